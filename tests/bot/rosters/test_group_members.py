"""Committees whose members are a group of Slack's or of Microsoft 365."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.examples import example_district
from bot.files.exporting import export_district
from bot.operator.operations import do
from bot.operator.telling import Told
from bot.rosters.group_members import ASKED_EVERY, ask_groups_if_due
from governance.committees.model import GroupKind
from tests.bot.doctor.chat_town import Town, chat_town
from tests.journeys.town import CTO, OFFICE, TEACHER, example

GROUP = "S0NETWORK"
NETWORK = next(one for one in example().district.committees if one.key == "network")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with chat_town(tmp_path) as found:
        yield found


async def load(
    town: Town, folder: Path, groups: dict[GroupKind, str], *, apply: bool = True
) -> Told:
    """Load the example district, in which the network's members are these groups'."""
    district = replace(
        example().district,
        committees=tuple(
            replace(one, members=(), members_from=groups) if one.key == "network" else one
            for one in example().district.committees
        ),
    )
    await asyncio.to_thread(export_district, folder, district=district)
    text = (folder / "committees.yaml").read_text().replace("  members: []\n", "")
    (folder / "committees.yaml").write_text(text)
    await asyncio.to_thread(
        shutil.copytree, example_district() / "surveys", folder / "surveys", dirs_exist_ok=True
    )
    return await do(town.core, "district-load", {"path": str(folder), "apply": apply})


async def sit(town: Town) -> set[str]:
    asked = (
        "SELECT email FROM person JOIN duty ON person.id = duty.person_id "
        "WHERE duty.key = 'network'"
    )
    return {row[0] for row in await town.rows(asked)} - {NETWORK.chair, NETWORK.deputy}


def in_slack(town: Town, *emails: str, **marks: bool) -> list[str]:
    return [town.slack.add_user(email, **marks) for email in emails]


async def test_a_user_group_is_the_committee_and_a_dry_run_says_who(
    town: Town, tmp_path: Path
) -> None:
    users = in_slack(town, TEACHER, OFFICE, NETWORK.chair, "new@elsewhere.example")
    users += in_slack(town, CTO, is_restricted=True)
    town.slack.world.groups[GROUP] = users
    before = await sit(town)
    folder = tmp_path / "district"
    told = await load(town, folder, {GroupKind.SLACK: GROUP}, apply=False)
    assert await sit(town) == before, "a dry run"
    assert [line for line in told.lines if line[1:].startswith(" network: ")] == [
        f"+ network: {TEACHER}, from its group",
        f"+ network: {OFFICE}, from its group",
        "! network: in its group and not in the roster, so left out: new@elsewhere.example",
    ]
    assert (await load(town, folder, {GroupKind.SLACK: GROUP})).ok
    assert await sit(town) == {TEACHER, OFFICE}, "no guest, and the chair is the chair"


async def test_a_channels_members_are_the_committee(town: Town, tmp_path: Path) -> None:
    channel = town.slack.add_channel("network-team", members=in_slack(town, TEACHER))
    told = await load(town, tmp_path / "district", {GroupKind.SLACK_CHANNEL: channel})
    assert told.ok, told.lines
    assert await sit(town) == {TEACHER}


async def test_a_microsoft_group_is_the_committee_page_by_page(town: Town, tmp_path: Path) -> None:
    graph = town.graph
    graph.groups["g-1"] = [
        graph.add(TEACHER, "Naomi Whitehorse"),
        graph.add(OFFICE, "Ottilie Brandvold"),
        graph.add(CTO, "Ramona Castellanos", userType="Guest"),
        graph.add(NETWORK.deputy, "Some Body", accountEnabled=False),
    ]
    graph.throttle(0)
    told = await load(town, tmp_path / "district", {GroupKind.MICROSOFT: "g-1"})
    assert told.ok, told.lines
    assert await sit(town) == {TEACHER, OFFICE}


async def test_the_committee_follows_its_group_daily(town: Town, tmp_path: Path) -> None:
    users = in_slack(town, TEACHER, OFFICE)
    town.slack.world.groups[GROUP] = users
    await load(town, tmp_path / "district", {GroupKind.SLACK: GROUP})
    assert await ask_groups_if_due(town.core)
    town.slack.world.groups[GROUP] = users[:1]
    assert not await ask_groups_if_due(town.core), "once a day"
    town.clock.moved += ASKED_EVERY + timedelta(minutes=1)
    looks = await asyncio.gather(*(ask_groups_if_due(town.core) for _ in range(3)))
    assert sorted(looks) == [False, False, True]
    assert await sit(town) == {TEACHER}


async def test_a_group_that_cannot_be_asked_stays_as_it_was(town: Town, tmp_path: Path) -> None:
    town.slack.world.groups[GROUP] = in_slack(town, TEACHER)
    folder = tmp_path / "district"
    await load(town, folder, {GroupKind.SLACK: GROUP})
    town.slack.world.groups.clear()
    told = await load(town, folder, {GroupKind.SLACK: GROUP})
    assert told.ok
    assert any("Slack does not know the group." in line for line in told.lines)
    assert await sit(town) == {TEACHER}
    out = tmp_path / "out"
    assert (await do(town.core, "district-export", {"path": str(out)})).ok
    text = (out / "committees.yaml").read_text()
    assert f"slack: {GROUP}" in text
    assert f"- {TEACHER}" not in text.split("key: network")[1].split("- key:")[0]
