"""One matter said by many: one docket item with a count, and everybody hears what comes of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.demo.start import follow
from governance.committees.model import RESTRICTED
from governance.docket.commands import AcknowledgeItem, AnswerItem, MoveItem, ShowItem
from governance.duplicates.commands import MergeItem, ShowMatter, SplitItem
from governance.duplicates.model import Alike, SaidBy
from governance.duplicates.views import MatterView
from governance.feedback.model import ItemState, Naming, Urgency
from governance.home.commands import ShowDocket
from governance.messages import Brief, Refused
from governance.views import DocketView
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, OFFICE, TEACHER, small_roster, teachers

SAID = "The wifi in the portables drops every afternoon"
SAME = "Portables: no wifi after lunch, again"
OTHER = "The wifi in the gym drops at noon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=12) as found:
        yield found


def staff(most: int) -> list[str]:
    return [one.email for one in teachers(small_roster(12), most)]


async def many(town: Hall, people: int) -> list[UUID]:
    """The same, said by so many people; the first one's item leads."""
    first = await town.item(TEACHER, SAID, alike=Alike(vector=b"1"))
    items = [first]
    for email in staff(people - 1):
        town.clock.forward(seconds=1)
        items.append(await town.item(email, SAME, alike=Alike(vector=b"2", lead=first)))
    return items


async def told(town: Hall, kind: str) -> set[UUID]:
    def subjects(tx: Transaction) -> set[UUID]:
        rows = tx.connection.execute(select(delivery.c.subject).where(delivery.c.kind == kind))
        return set(rows.scalars())

    return await town.core.store.read(subjects)


async def docket(town: Hall) -> tuple[Brief, ...]:
    view = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(view, DocketView)
    return view.open_items


async def briefs(town: Hall) -> int:
    def count(tx: Transaction) -> int:
        rows = tx.connection.execute(
            select(delivery.c.id).where(
                delivery.c.kind == "brief", delivery.c.recipient.startswith("queue:network")
            )
        )
        return len(rows.all())

    return await town.core.store.read(count)


@pytest.mark.parametrize(
    ("people", "shown"), [(1, None), (2, SaidBy(people=None)), (4, SaidBy(people=None))]
)
async def test_below_five_people_a_docket_says_no_number(
    town: Hall, people: int, shown: SaidBy | None
) -> None:
    await many(town, people)
    (only,) = await docket(town)
    assert only.said_by == shown


async def test_said_by_five_people_it_is_one_item_with_a_count_and_briefed_twice(
    town: Hall,
) -> None:
    items = await many(town, 5)
    (only,) = await docket(town)
    assert only.item_id == items[0]
    assert only.said_by == SaidBy(people=5)
    assert only.redacted == SAID
    assert await town.core.store.read(lambda tx: tx.open_count("network", without=())) == 1
    assert await briefs(town) == 2, "at the first, and again at the fifth"


async def test_all_who_said_it_hear_that_it_was_acknowledged_and_answered(town: Hall) -> None:
    items = await many(town, 5)
    await town.ask(CHAIR, AcknowledgeItem(item_id=items[0]))
    assert await told(town, "told-acknowledged") == set(items)
    late = await town.item(OFFICE, SAME, alike=Alike(vector=b"3", lead=items[0]))
    assert await told(town, "told-acknowledged") == {*items, late}, "at once: it is looked into"
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Two access points on Friday."))
    assert await told(town, "told-answered") == {*items, late}
    for item in (*items, late):
        stored = await town.stored(item)
        assert (stored.state, stored.answer) == (
            ItemState.ANSWERED,
            "Two access points on Friday.",
        )


async def test_somebody_who_says_it_again_counts_once_and_hears_once(town: Hall) -> None:
    first = await town.item(TEACHER, SAID, alike=Alike(vector=b"1"))
    await town.item(TEACHER, SAME, alike=Alike(vector=b"2", lead=first))
    (only,) = await docket(town)
    assert only.said_by is None
    await town.ask(CHAIR, AnswerItem(item_id=first, text="Friday."))
    assert await told(town, "told-answered") == {first}


async def test_anonymous_authors_count_as_one_and_their_answer_waits_for_the_receipt(
    town: Hall,
) -> None:
    items = await many(town, 4)
    unknown = [
        await town.item(None, SAME, alike=Alike(vector=b"4", lead=items[0])) for _ in range(3)
    ]
    (only,) = await docket(town)
    assert only.said_by == SaidBy(people=5), "nobody can tell those three apart"
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Friday."))
    for item in unknown:
        kept = await town.core.store.read(lambda tx, item=item: tx.news_of(item))
        assert [news for news, _ in kept] == ["answered"]


async def test_what_is_said_after_the_answer_is_an_item_of_its_own(town: Hall) -> None:
    items = await many(town, 2)
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Friday."))
    again = await town.item(OFFICE, SAME, alike=Alike(vector=b"3", lead=items[0]))
    assert [brief.item_id for brief in await docket(town)] == [again]


@pytest.mark.parametrize("queue", ["library-media", RESTRICTED])
async def test_it_is_never_kept_with_an_item_of_another_queue(town: Hall, queue: str) -> None:
    first = await town.item(TEACHER, SAID, alike=Alike(vector=b"1"))
    other = await town.item(OFFICE, SAME, queue, alike=Alike(vector=b"2", lead=first))
    assert await town.core.store.read(lambda tx: tx.lead_of(other)) is None


async def test_what_is_urgent_stands_by_itself_whichever_came_first(town: Hall) -> None:
    first = await town.item(TEACHER, SAID, alike=Alike(vector=b"1"))
    urgent = await town.item(
        OFFICE, SAME, urgency=Urgency.SECURITY, alike=Alike(vector=b"2", lead=first)
    )
    calm = await town.item(staff(1)[0], SAME, alike=Alike(vector=b"3", lead=urgent))
    assert {brief.item_id for brief in await docket(town)} == {first, urgent, calm}
    refused = await town.ask(CHAIR, MergeItem(item_id=urgent, into=first))
    assert isinstance(refused, Refused)


async def test_an_old_card_of_an_item_that_was_merged_acts_on_the_matter(town: Hall) -> None:
    first, second = await town.item(TEACHER, SAID), await town.item(OFFICE, SAME)
    await town.ask(CHAIR, MergeItem(item_id=second, into=first))
    shown = await town.ask(CHAIR, ShowItem(item_id=second))
    assert isinstance(shown, Brief)
    assert shown.item_id == first
    await town.ask(CHAIR, AnswerItem(item_id=second, text="Friday."))
    assert await told(town, "told-answered") == {first, second}


async def test_the_demos_tour_leads_to_the_matter_that_an_item_was_merged_into(town: Hall) -> None:
    first, second = await town.item(TEACHER, SAID), await town.item(OFFICE, SAME)
    await town.ask(CHAIR, MergeItem(item_id=second, into=first))
    found = await follow(town.core, second)
    assert found is not None
    path, _, fragment = found.path.partition("#")
    assert not fragment, "its place on the docket went with the merge"
    shown = await town.ask(CHAIR, ShowItem(item_id=UUID(path.removeprefix("/items/"))))
    assert shown.item_id == first


async def test_a_merge_is_undone_with_all_that_had_come_along(town: Hall) -> None:
    items = await many(town, 3)
    other = await town.item(OFFICE, OTHER)
    merged = await town.ask(CHAIR, MergeItem(item_id=items[0], into=other))
    assert isinstance(merged, MatterView)
    assert {one.item_id for one in merged.others} == set(items)
    await town.ask(CHAIR, SplitItem(item_id=items[0]))
    assert {brief.item_id for brief in await docket(town)} == {items[0], other}
    back = await town.ask(CHAIR, ShowMatter(item_id=items[0]))
    assert {one.item_id for one in back.others} == set(items[1:])


async def test_a_split_off_item_is_on_the_docket_again_and_can_be_put_back(town: Hall) -> None:
    items = await many(town, 3)
    await town.ask(CHAIR, AcknowledgeItem(item_id=items[0]))
    await town.ask(CHAIR, SplitItem(item_id=items[2]))
    found = {brief.item_id: brief.state for brief in await docket(town)}
    assert found == {items[0]: ItemState.ACKNOWLEDGED, items[2]: ItemState.NEW}
    await town.ask(CHAIR, AnswerItem(item_id=items[0], text="Friday."))
    assert await told(town, "told-answered") == set(items[:2]), "the third was about another thing"
    refused = await town.ask(CHAIR, MergeItem(item_id=items[2], into=items[0]))
    assert isinstance(refused, Refused), "what is answered takes nothing in"


async def test_only_items_of_one_queue_can_be_merged_and_only_by_who_works_on_it(
    town: Hall,
) -> None:
    ours, theirs = await town.item(TEACHER, SAID), await town.item(OFFICE, SAME, "library-media")
    for command in (
        MergeItem(item_id=ours, into=theirs),
        MergeItem(item_id=theirs, into=ours),
        ShowMatter(item_id=theirs),
    ):
        assert isinstance(await town.ask(CHAIR, command), Refused), command
    second = await town.item(OFFICE, SAME)
    await town.ask(CHAIR, MergeItem(item_id=second, into=ours))
    assert isinstance(await town.ask(OFFICE, SplitItem(item_id=second)), Refused)


async def test_a_matter_moves_as_one_but_only_the_sensitive_message_is_restricted(
    town: Hall,
) -> None:
    items = await many(town, 3)
    await town.ask(CHAIR, MoveItem(item_id=items[0], to="library-media"))
    assert {(await town.stored(item)).queue for item in items} == {"library-media"}
    library = await town.core.store.read(lambda tx: tx.district().committee("library-media"))
    assert library is not None
    await town.ask(library.chair, MoveItem(item_id=items[0], to=RESTRICTED))
    assert (await town.stored(items[0])).queue == RESTRICTED
    assert await told(town, "told-restricted") == {items[0]}
    left = await town.ask(library.chair, ShowMatter(item_id=items[1]))
    assert [one.item_id for one in left.others] == [items[2]]


async def test_the_page_of_a_matter_names_only_who_gave_their_name(town: Hall) -> None:
    first = await town.item(TEACHER, SAID, alike=Alike(vector=b"1"))
    named = await town.item(OFFICE, SAME, naming=Naming.NAMED, alike=Alike(vector=b"2", lead=first))
    view = await town.ask(CHAIR, ShowMatter(item_id=first))
    assert isinstance(view, MatterView)
    assert view.first.byline.name is None
    assert [(one.item_id, one.byline.name is None) for one in view.others] == [(named, False)]
