"""The docket through the one door: acknowledged, moved, answered; once, by whom it belongs to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from core.people import Role
from governance.committees.commands import SettlePost
from governance.committees.model import RESTRICTED, TRIAGE
from governance.composing import compose
from governance.docket.bylines import BYLINE_FROM
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    MoveItem,
    ShowAnswerForm,
    ShowItem,
)
from governance.docket.handlers import FILE_IT, LONGEST_ANSWER, LONGEST_WHY
from governance.feedback.model import ItemState, Naming
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import AnswerForm, Brief, Done, Refused, Told
from governance.views import DocketView, InboxView
from scheduler.delivery import MOST_LOOKS
from storage.ledger_tables import delivery, lane
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, OFFICE, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def network_member() -> str:
    network = example().district.committee("network")
    assert network is not None
    return network.members[0]


async def told(town: Hall, item: UUID) -> list[str]:
    """The kinds of news queued for the author."""

    def kinds(tx: Transaction) -> list[str]:
        rows = tx.connection.execute(
            select(delivery.c.kind)
            .where(delivery.c.subject == item, delivery.c.kind.startswith("told-"))
            .order_by(delivery.c.queued_at)
        )
        return list(rows.scalars())

    return await town.core.store.read(kinds)


async def briefs(town: Hall, item: UUID) -> list[str]:
    def recipients(tx: Transaction) -> list[str]:
        rows = tx.connection.execute(
            select(delivery.c.recipient)
            .where(delivery.c.subject == item, delivery.c.kind == "brief")
            .order_by(delivery.c.queued_at)
        )
        return [recipient.partition("@")[0] for recipient in rows.scalars()]

    return await town.core.store.read(recipients)


# -- acknowledging and answering --------------------------------------------------------------


async def test_acknowledging_twice_tells_the_author_once(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    for _ in range(2):
        seen = await town.ask(CHAIR, AcknowledgeItem(item_id=item))
        assert isinstance(seen, Brief)
        assert seen.state is ItemState.ACKNOWLEDGED
    assert await told(town, item) == ["told-acknowledged"]


async def test_two_members_who_answer_at_the_same_time_give_one_answer(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    first, second = await asyncio.gather(
        town.ask(CHAIR, AnswerItem(item_id=item, text="From the chair.")),
        town.ask(network_member(), AnswerItem(item_id=item, text="From a member.")),
    )
    faster, slower = (first, second) if isinstance(first, Brief) else (second, first)
    assert isinstance(slower, AnswerForm), "both are shown to the slower one, who chooses"
    assert slower.standing == faster.answer
    assert {slower.standing, slower.text} == {"From the chair.", "From a member."}
    assert (await town.stored(item)).answer == faster.answer
    assert await told(town, item) == ["told-answered"]


async def test_the_author_hears_the_answer_and_who_gave_it(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="  Two access points on Friday.  "))
    author = await person(town.core, TEACHER)
    news = await town.core.store.read(
        lambda tx: compose(tx, "told-answered", item, author, None, town.clock())
    )
    assert isinstance(news, Told)
    assert news.answer == "Two access points on Friday."
    assert news.answered_by == (await person(town.core, CHAIR)).name
    view = await town.ask(TEACHER, ShowInbox())
    assert isinstance(view, InboxView)
    assert [mine.answer for mine in view.items] == ["Two access points on Friday."]


@pytest.mark.parametrize("blank", ["", "  \n ", "\x00\x07", "\u202e"])
async def test_an_answer_that_says_nothing_is_sent_back(town: Hall, blank: str) -> None:
    item = await town.item(TEACHER, SAID)
    back = await town.ask(CHAIR, AnswerItem(item_id=item, text=blank))
    assert isinstance(back, Rejected)
    assert set(back.unfit) == {"text"}
    assert (await town.stored(item)).state is ItemState.NEW


async def test_an_answer_fits_up_to_its_limit_and_is_refused_one_beyond(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    for beyond in ("x" * (LONGEST_ANSWER + 1), "x" * 1_000_000):
        back = await town.ask(CHAIR, AnswerItem(item_id=item, text=beyond))
        assert isinstance(back, Rejected)
        assert back.unfit["text"].values == {"n": len(beyond), "most": LONGEST_ANSWER}
    taken = await town.ask(CHAIR, AnswerItem(item_id=item, text="x" * LONGEST_ANSWER))
    assert taken.state is ItemState.ANSWERED


async def test_hostile_answers_are_kept_as_plain_words(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    typed = "<!channel> *not bold* <b>x</b>\x00\x1b[2J \ud800 \u202eevil شكرا"
    shown = await town.ask(CHAIR, AnswerItem(item_id=item, text=typed))
    assert shown.answer == "<!channel> *not bold* <b>x</b>[2J  evil شكرا"


async def test_an_answered_item_offers_neither_form_nor_move(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    assert isinstance(await town.ask(CHAIR, ShowAnswerForm(item_id=item)), AnswerForm)
    assert isinstance(await town.ask(CHAIR, Open(of=MoveItem(item_id=item))), FormView)
    await town.ask(CHAIR, AnswerItem(item_id=item, text="Done."))
    before = await town.stored(item)
    for command in (
        ShowAnswerForm(item_id=item),
        Open(of=MoveItem(item_id=item)),
        MoveItem(item_id=item, to=TRIAGE),
        AcknowledgeItem(item_id=item),
    ):
        shown = await town.ask(CHAIR, command)
        assert isinstance(shown, Brief)
        assert not shown.can_answer
    assert await town.stored(item) == before


# -- moving ---------------------------------------------------------------------------------------


async def test_a_moved_item_is_new_where_it_went_with_a_due_date_of_its_own(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, AcknowledgeItem(item_id=item))
    gone = await town.ask(CHAIR, MoveItem(item_id=item, to="library-media", why="Theirs."))
    assert isinstance(gone, Brief)
    assert not gone.can_answer, "the old message has nothing left to press"
    moved = await town.stored(item)
    assert (moved.queue, moved.state, moved.moves) == ("library-media", ItemState.NEW, 1)
    assert moved.due_at is not None
    assert await briefs(town, item) == ["queue:network", "queue:library-media"]
    library = example().district.committee("library-media")
    assert library is not None
    shown = await town.ask(library.chair, ShowItem(item_id=item))
    network = example().district.committee("network")
    assert network is not None
    assert shown.history == ((network.name, library.name, "Theirs."),)


async def test_moving_there_and_back_briefs_each_time(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    library = example().district.committee("library-media")
    assert library is not None
    await town.ask(CHAIR, MoveItem(item_id=item, to="library-media"))
    await town.ask(library.chair, MoveItem(item_id=item, to="network"))
    assert await briefs(town, item) == [
        "queue:network",
        "queue:library-media",
        "queue:network",
    ]


@pytest.mark.parametrize("to", ["network", "", "nowhere", "queue:network"])
async def test_a_move_to_where_it_is_or_to_nowhere_is_sent_back(town: Hall, to: str) -> None:
    item = await town.item(TEACHER, SAID)
    back = await town.ask(CHAIR, MoveItem(item_id=item, to=to))
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"to"}
    assert (await town.stored(item)).moves == 0


async def test_a_reason_that_is_too_long_is_sent_back_and_a_hostile_one_is_cleaned(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    for beyond in ("x" * (LONGEST_WHY + 1), "Ab " * 100_000):
        back = await asyncio.wait_for(
            town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE, why=beyond)), timeout=60
        )
        assert set(back.unfit) == {"why"}
    await town.ask(CHAIR, MoveItem(item_id=item, to=TRIAGE, why="not\x00 ours \ud83d"))
    steps = await town.core.store.read(lambda tx: tx.moves(item))
    assert [step.why for step in steps] == ["not ours"]


async def test_filing_tells_the_author_and_takes_it_off_the_open_list(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    filed = await town.ask(CHAIR, MoveItem(item_id=item, to=FILE_IT, why="About parking."))
    assert filed.state is ItemState.FILED
    assert await told(town, item) == ["told-filed"]
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(docket, DocketView)
    assert not docket.open_items
    assert [one.item_id for one in docket.done_items] == [item]


async def test_what_is_moved_to_the_restricted_page_leaves_nothing_with_the_committee(
    town: Hall,
) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED, why="A grievance."))
    assert await told(town, item) == ["told-restricted"]
    unsent = await town.core.store.read(
        lambda tx: compose(tx, "brief", item, None, "network", town.clock())
    )
    assert unsent is None, "a brief that had not gone out yet must not go out now"
    assert isinstance(await town.ask(CHAIR, ShowItem(item_id=item)), Refused)


async def test_the_likeliest_places_come_first_and_only_real_ones(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    form = await town.ask(CHAIR, Open(of=MoveItem(item_id=item)))
    keys = [key for key, _ in form.opening.choices["to"]]
    known = {c.key for c in example().district.committees} | {TRIAGE, RESTRICTED, FILE_IT}
    assert set(keys) == known - {"network"}
    assert len(keys) == len(set(keys))


async def test_what_nobody_knows_is_refused(town: Hall) -> None:
    for command in (
        ShowItem(item_id=uuid4()),
        AcknowledgeItem(item_id=uuid4()),
        AnswerItem(item_id=uuid4(), text="x"),
        MoveItem(item_id=uuid4(), to=TRIAGE),
    ):
        assert isinstance(await town.ask(CHAIR, command), Refused)


# -- what may be known of an author ----------------------------------------------------------------


async def leave_only(town: Hall, email: str, many: int) -> None:
    """So many people, with this one, share the role and level of ``email``."""
    one = await person(town.core, email)

    def thin(tx: Transaction) -> None:
        same = tx.connection.execute(
            select(person_table.c.id).where(
                person_table.c.role == one.role, person_table.c.level == one.level
            )
        ).scalars()
        others = [i for i in same if i != one.id]
        everybody = [
            i for i in tx.connection.execute(select(person_table.c.id)).scalars() if i != one.id
        ]
        kept = (others + [i for i in everybody if i not in others])[: many - 1]
        update = person_table.update()
        tx.connection.execute(update.where(person_table.c.id.in_(others)).values(role=Role.SUPPORT))
        tx.connection.execute(
            update.where(person_table.c.id.in_(kept)).values(role=one.role, level=one.level)
        )

    await town.core.store.write(thin)


@pytest.mark.parametrize(("many", "shown"), [(BYLINE_FROM - 1, False), (BYLINE_FROM, True)])
async def test_role_and_level_are_shown_from_ten_people_on(
    town: Hall, many: int, shown: bool
) -> None:
    await leave_only(town, OFFICE, many)
    item = await town.item(OFFICE, SAID)
    brief = await town.ask(CHAIR, ShowItem(item_id=item))
    assert (brief.byline.role is Role.OFFICE) is shown
    assert (brief.byline.level is not None) is shown


async def test_people_who_left_do_not_hide_anybody(town: Hall) -> None:
    await leave_only(town, OFFICE, BYLINE_FROM)
    one = await person(town.core, OFFICE)

    def leaves(tx: Transaction) -> None:
        gone = select(person_table.c.id).where(
            person_table.c.role == one.role,
            person_table.c.level == one.level,
            person_table.c.id != one.id,
            person_table.c.email != CHAIR,  # who is asked below
        )
        first = tx.connection.execute(gone.limit(1)).scalar_one()
        tx.connection.execute(
            person_table.update().where(person_table.c.id == first).values(active=False)
        )

    await town.core.store.write(leaves)
    item = await town.item(OFFICE, SAID)
    brief = await town.ask(CHAIR, ShowItem(item_id=item))
    assert brief.byline.role is None


@pytest.mark.parametrize("naming", Naming)
async def test_a_withheld_name_is_in_no_brief_and_a_given_one_is(
    town: Hall, naming: Naming
) -> None:
    item = await town.item(TEACHER, SAID, naming=naming)
    author = await person(town.core, TEACHER)
    shown: list[object] = [
        await town.ask(CHAIR, ShowItem(item_id=item)),
        await town.ask(CHAIR, ShowDocket(queue="network")),
        await town.ask(CHAIR, ShowAnswerForm(item_id=item)),
        await town.ask(CHAIR, Open(of=MoveItem(item_id=item))),
        await town.ask(CHAIR, AcknowledgeItem(item_id=item)),
        await town.ask(CHAIR, AnswerItem(item_id=item, text="Thanks.")),
    ]
    said = repr(shown)
    assert author.email not in said
    assert str(author.id) not in said
    assert author.building not in said
    assert (author.name in said) is (naming is Naming.NAMED)


# -- what may not have arrived ----------------------------------------------------------------


async def test_a_member_says_once_that_a_brief_is_in_the_channel(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    brief = (delivery.c.subject == item, delivery.c.kind == "brief")
    lost = {"state": "unknown", "lane": "slack:T1", "looks": MOST_LOOKS, "why": "It was lost."}

    def lose(tx: Transaction) -> None:
        now = town.clock()
        tx.connection.execute(lane.insert().values(key="slack:T1", arrival=now, epoch=0))
        tx.connection.execute(update(delivery).where(*brief).values(lost))

    await town.core.store.write(lose)
    docket = await town.ask(CHAIR, ShowDocket(queue="network"))
    (post,) = docket.unsettled
    assert post.item_id == item
    command = SettlePost(queue="network", post=post.id, arrived=True)
    assert isinstance(await town.ask(OFFICE, command), Refused), "only the committee knows"
    assert await town.ask(network_member(), command) == Done()
    assert isinstance(await town.ask(CHAIR, replace(command, arrived=False)), Refused)
    found = select(delivery.c.state).where(*brief)
    states = await town.core.store.read(lambda tx: tx.connection.execute(found).scalars().all())
    assert states == ["sent"]
    assert (await town.ask(CHAIR, ShowDocket(queue="network"))).unsettled == ()
