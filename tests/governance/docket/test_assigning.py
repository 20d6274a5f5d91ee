"""A committee among themselves: taken up for discussion, given to one of them, told as history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    DiscussItem,
    MoveItem,
    ShowItem,
)
from governance.docket.history import StepKind
from governance.docket.messages import NOBODY
from governance.feedback.model import ItemState
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import Brief
from governance.views import DocketView, InboxView
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def members(key: str) -> list[str]:
    committee = example().district.committee(key)
    assert committee is not None
    return [committee.chair, committee.deputy, *committee.members]


async def queued(town: Hall, item: UUID, kind: str) -> list[str]:
    """Who was queued something of a kind about an item, in order."""

    def recipients(tx: Transaction) -> list[str]:
        wanted = (delivery.c.subject == item, delivery.c.kind == kind)
        rows = tx.connection.execute(
            select(delivery.c.recipient).where(*wanted).order_by(delivery.c.campaign)
        )
        return list(rows.scalars())

    return await town.core.store.read(recipients)


async def test_an_author_hears_once_that_it_is_discussed_however_many_committees_do(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    for _ in range(2):
        seen = await town.ask(CHAIR, DiscussItem(item_id=item))
        assert seen.state is ItemState.IN_DISCUSSION
    await town.ask(CHAIR, MoveItem(item_id=item, to="library-media"))
    assert (await town.stored(item)).state is ItemState.NEW, "new where it went"
    await town.ask(members("library-media")[0], DiscussItem(item_id=item))
    author = await person(town.core, TEACHER)
    assert await queued(town, item, "told-in-discussion") == [f"person:{author.id}"]


async def test_what_is_discussed_is_still_open_counted_and_answered(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, DiscussItem(item_id=item))
    inbox = await town.ask(CHAIR, ShowInbox())
    assert isinstance(inbox, InboxView)
    assert inbox.open_items["network"] == 1
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(docket, DocketView)
    assert [one.item_id for one in docket.open_items] == [item]
    done = await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    assert done.state is ItemState.ANSWERED
    again = await town.ask(CHAIR, DiscussItem(item_id=item))
    assert again.state is ItemState.ANSWERED, "what is answered stays so"


async def test_whoever_is_given_an_item_is_told_each_time_and_whoever_takes_it_is_not(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    member = await person(town.core, members("network")[2])
    chair = await person(town.core, CHAIR)
    give = AssignItem(item_id=item, to=str(member.id))
    for _ in range(2):
        seen = await town.ask(CHAIR, give)
        assert (seen.assigned_to, seen.chosen) == (member.name, True)
    assert await queued(town, item, "assigned") == [f"person:{member.id}"]
    mine = await town.ask(CHAIR, AssignItem(item_id=item, to=str(chair.id)))
    assert mine.assigned_to == chair.name
    assert len(await queued(town, item, "assigned")) == 1, "who takes it knows it"
    await town.ask(CHAIR, give)
    assert len(await queued(town, item, "assigned")) == 2
    free = await town.ask(CHAIR, AssignItem(item_id=item, to=NOBODY))
    assert free.assigned_to is None


async def test_an_item_is_given_to_nobody_who_is_not_on_its_committee(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    stranger = await person(town.core, TEACHER)
    for to in (str(stranger.id), "", "chair", "../nobody"):
        back = await town.ask(CHAIR, AssignItem(item_id=item, to=to))
        assert isinstance(back, FormView), to
    assert (await town.stored(item)).assigned_to is None


async def test_a_member_who_wrote_it_stands_in_the_list_like_everybody_else(town: Hall) -> None:
    """A name that is missing from the list would tell whose words they are."""
    author = members("network")[2]
    by_member = await town.item(author, SAID)
    by_teacher = await town.item(TEACHER, SAID)
    one, other = [
        await town.ask(CHAIR, Open(of=AssignItem(item_id=item))) for item in (by_member, by_teacher)
    ]
    assert isinstance(one, FormView)
    assert one.opening.choices == other.opening.choices
    assert {name for _, name in one.opening.choices["to"][1:]} == {
        (await person(town.core, email)).name for email in members("network")
    }


@pytest.mark.parametrize("queue", [TRIAGE, RESTRICTED])
async def test_triage_and_the_restricted_page_have_an_owner_already(town: Hall, queue: str) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, MoveItem(item_id=item, to=queue))
    owner = next(
        one.person
        for one in example().district.officers
        if one.office.value == ("triage-owner" if queue == TRIAGE else "restricted-reader")
    )
    await town.ask(owner, ShowItem(item_id=item))
    chair = await person(town.core, CHAIR)
    before = await town.stored(item)
    for command in (
        DiscussItem(item_id=item),
        Open(of=AssignItem(item_id=item)),
        AssignItem(item_id=item, to=str(chair.id)),
    ):
        assert isinstance(await town.ask(owner, command), Brief)
    assert await town.stored(item) == before


async def test_an_items_page_tells_what_its_committee_did_and_of_others_only_the_moves(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    member = await person(town.core, members("network")[2])
    await town.ask(CHAIR, AcknowledgeItem(item_id=item))
    await town.ask(CHAIR, AssignItem(item_id=item, to=str(member.id)))
    await town.ask(member.email, DiscussItem(item_id=item))
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    chair = (await person(town.core, CHAIR)).name
    assert [(one.kind, one.who, one.about) for one in page.steps] == [
        (StepKind.ACKNOWLEDGED, chair, ""),
        (StepKind.ASSIGNED, chair, member.name),
        (StepKind.DISCUSSED, member.name, ""),
    ]
    await town.ask(CHAIR, MoveItem(item_id=item, to="library-media", why="Theirs."))
    there = await town.ask(members("library-media")[0], ShowItem(item_id=item))
    assert there.steps == ()
    assert there.assigned_to is None
    assert [why for _, _, why in there.history] == ["Theirs."]
