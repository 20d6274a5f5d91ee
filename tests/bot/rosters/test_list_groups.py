"""Lists that follow a group of Slack's or of Microsoft 365."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rosters.list_groups import ask_lists_if_due, list_findings
from core.people import Audience
from governance.access import Source
from governance.committees.model import GroupKind
from governance.forms.messages import FormView
from governance.lists.commands import AskGroup, DeleteList, WriteList
from governance.lists.messages import ListView
from governance.lists.model import NamedList
from tests.attacks.hall import MONDAY
from tests.bot.doctor.chat_town import Town, chat_town
from tests.journeys.town import CTO, OFFICE, TEACHER

SLACK, ENTRA = "S0615G0KT", "02bd9fd6-8f93-4758-87c3-1fb73740a315"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with chat_town(tmp_path) as found:
        found.clock.moved += MONDAY - found.clock()
        yield found


async def follow(town: Town, kind: GroupKind, group: str, name: str = "Pilots") -> None:
    command = WriteList(name=name, kind=kind, group=group)
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, ListView), reply.message


async def found(town: Town, key: str = "pilots") -> NamedList:
    one = await town.core.store.read(lambda tx: tx.named_list(key))
    assert one is not None
    return one


async def on(town: Town, key: str = "pilots") -> set[str]:
    audience = Audience(lists=frozenset({key}))
    return {one.email for one in await town.core.store.read(lambda tx: tx.people_of(audience))}


def in_slack(town: Town, *emails: str, **marks: bool) -> list[str]:
    return [town.slack.add_user(email, **marks) for email in emails]


async def test_a_user_group_fills_a_list_at_once_and_each_school_morning(town: Town) -> None:
    users = in_slack(town, TEACHER, OFFICE, "new@elsewhere.example")
    guests = in_slack(town, CTO, is_restricted=True)
    town.slack.world.groups[SLACK] = [*users, *guests]
    await follow(town, GroupKind.SLACK, SLACK)
    looks = await asyncio.gather(*(ask_lists_if_due(town.core) for _ in range(3)))
    assert sorted(looks) == [0, 0, 1], "by one process"
    assert await on(town) == {TEACHER, OFFICE}, "no guest, nobody who is not on the roster"
    assert (await found(town)).left_out == 1
    town.slack.world.groups[SLACK] = users[:1]
    assert await ask_lists_if_due(town.core) == 0, "not before the next morning"
    town.clock.moved += timedelta(hours=20)  # Tuesday, in the morning
    assert await ask_lists_if_due(town.core) == 1
    assert await on(town) == {TEACHER}
    town.clock.moved += timedelta(days=4)  # Saturday
    await ask_lists_if_due(town.core)
    town.slack.world.groups[SLACK] = users
    assert await ask_lists_if_due(town.core) == 0
    await town.core.dispatch.by_itself(AskGroup(key="pilots"), Source.OPERATOR)
    assert await ask_lists_if_due(town.core) == 1, "whenever somebody wants it"
    assert await on(town) == {TEACHER, OFFICE}


async def test_a_group_of_microsoft_is_read_with_the_groups_in_it_page_by_page(
    town: Town,
) -> None:
    graph = town.graph
    graph.groups["g-2"] = [graph.add(OFFICE, "Ottilie Brandvold")]
    graph.groups[ENTRA] = [
        graph.add(TEACHER, "Naomi Whitehorse"),
        "g-2",
        graph.add("a.guest@elsewhere.example", "A Guest", userType="Guest"),
        graph.add(CTO, "Ramona Castellanos", accountEnabled=False),
    ]
    graph.granted = {"GroupMember.Read.All", "User.Read.All"}
    await follow(town, GroupKind.MICROSOFT, ENTRA)
    assert await ask_lists_if_due(town.core) == 1
    assert await on(town) == {TEACHER, OFFICE}
    assert (await found(town)).left_out == 0, "a group is nobody"
    pages = [path for path in graph.calls if path.endswith("/transitiveMembers")]
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("granted", "said"),
    [({"User.Read.All"}, "GroupMember.Read.All"), ({"GroupMember.Read.All"}, "User.Read.All")],
)
async def test_without_a_permission_of_microsofts_the_list_stays(
    town: Town, granted: set[str], said: str
) -> None:
    graph = town.graph
    graph.groups[ENTRA] = [graph.add(TEACHER, "Naomi Whitehorse")]
    await follow(town, GroupKind.MICROSOFT, ENTRA)
    await ask_lists_if_due(town.core)
    graph.granted = granted
    graph.groups[ENTRA] = [graph.add(OFFICE, "Ottilie Brandvold")]
    await stays(town, said)


async def test_without_slacks_permission_the_list_stays(town: Town) -> None:
    town.slack.world.groups[SLACK] = in_slack(town, TEACHER)
    await follow(town, GroupKind.SLACK, SLACK)
    await ask_lists_if_due(town.core)
    town.slack.scopes = town.slack.scopes.replace(",usergroups:read", "")
    await stays(town, "usergroups:read")


@pytest.mark.parametrize("left", [{}, {SLACK: []}])
async def test_when_the_group_is_gone_or_empty_the_list_stays(
    town: Town, left: dict[str, list[str]]
) -> None:
    town.slack.world.groups[SLACK] = in_slack(town, TEACHER)
    await follow(town, GroupKind.SLACK, SLACK)
    await ask_lists_if_due(town.core)
    town.slack.world.groups.clear()
    town.slack.world.groups.update(left)
    await stays(town, "group")


async def stays(town: Town, said: str) -> None:
    """The next morning its group does not tell, and the doctor says so and since when."""
    before = (await found(town)).filled_at
    assert await list_findings(town.core) == []
    town.clock.moved += timedelta(hours=20)
    assert await ask_lists_if_due(town.core) == 1
    assert await ask_lists_if_due(town.core) == 0, "it is not asked again and again"
    assert await on(town) == {TEACHER}
    one = await found(town)
    assert said in one.trouble
    assert one.filled_at == before
    [(good, line)] = await list_findings(town.core)
    assert not good
    assert line.startswith("The list pilots is not updated since 2026-10-05: ")


async def test_what_is_typed_as_a_group_must_be_an_id(town: Town) -> None:
    for group in ("", "pilots of Slack", "../users", "S" * 101):
        command = WriteList(name="Pilots", kind=GroupKind.SLACK, group=group)
        reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
        assert isinstance(reply.message, FormView), group
        assert set(reply.message.unfit) == {"group"}
    await follow(town, GroupKind.SLACK, SLACK)
    assert await ask_lists_if_due(town.core) == 1
    assert (await found(town)).filled_at is None
    await town.core.dispatch.by_itself(DeleteList(key="pilots"), Source.OPERATOR)
    assert await ask_lists_if_due(town.core) == 0
