"""A committee puts an item aside until a school day, and calls it what it likes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.cards import card_of
from core.home import Coming
from core.lists import ListRequest
from core.school_calendar import Calendar, Holiday
from core.words import Words
from governance.chairs.commands import ShowChair
from governance.chairs.views import ChairView
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.commands import (
    AnswerItem,
    BringBack,
    MoveItem,
    PutAside,
    ShowItem,
    WriteSubject,
)
from governance.docket.history import StepKind
from governance.docket.lists import docket_list
from governance.docket.messages import DocketLine
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import Brief, Refused
from governance.redaction.commands import RemoveStudentData
from governance.redaction.put_back import PutBack
from governance.views import DocketView, InboxView
from storage.ledger_tables import audit, delivery
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example

SAID = "The wifi in the portables drops every afternoon. It is worst after lunch."
WHY = "The new access points arrive that week."
ENGLISH = Words("en", "America/New_York")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def school_day(town: Hall, days: int) -> date:
    """So many school days from today: the town has no holidays."""
    return Calendar().school_day_after(town.clock().date(), days)


def member() -> str:
    committee = example().district.committee("network")
    assert committee is not None
    return committee.members[0]


async def docket(town: Hall) -> DocketView:
    view = await town.ask(CHAIR, ShowDocket(queue="network"))
    assert isinstance(view, DocketView), view
    return view


async def listed(town: Hall, state: str) -> list[UUID]:
    """What a filter of the list shows."""
    view = docket_list(ENGLISH, await docket(town), town.clock())
    return [UUID(row.key) for row in view.rows if state in row.filters]


async def line(town: Hall) -> DocketLine:
    return (await docket(town)).open_items[0]


async def waiting(town: Hall) -> int:
    inbox = await town.ask(CHAIR, ShowInbox())
    assert isinstance(inbox, InboxView)
    return inbox.open_items.get("network", 0)


async def queued(town: Hall) -> list[str]:
    wanted = select(delivery.c.kind, delivery.c.recipient, delivery.c.campaign)
    rows = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return sorted(str(row) for row in rows)


async def test_what_is_put_aside_leaves_the_open_list_until_its_day(town: Hall) -> None:
    item, other = await town.item(TEACHER, SAID), await town.item(TEACHER, "The printer jams.")
    before, sent = await town.stored(item), await queued(town)
    until = school_day(town, 3)
    seen = await town.ask(member(), PutAside(item_id=item, until=until, why=WHY))
    assert isinstance(seen, Brief), seen
    assert seen.aside is not None
    assert (seen.aside.until, seen.aside.why) == (until, WHY)
    assert await town.stored(item) == before, "its day and its state stay"
    assert await queued(town) == sent, "nobody hears of it"
    assert item not in await listed(town, "")
    assert await listed(town, "aside") == [item]
    assert await waiting(town) == len(await listed(town, ""))
    chair = await town.ask(CHAIR, ShowChair(queue="network"))
    assert isinstance(chair, ChairView)
    assert item not in [one.brief.item_id for one in chair.lines]

    town.clock.forward(days=(until - town.clock().date()).days)
    assert town.clock().date() == until
    assert item in await listed(town, ""), "back by itself"
    assert await listed(town, "aside") == []
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    assert page.aside is None
    assert other in await listed(town, "")


async def test_home_of_who_leads_it_says_when_it_is_back(town: Hall) -> None:
    item, day = await town.item(TEACHER, SAID), school_day(town, 3)
    assert await back_on_home(town, CHAIR) == []
    await town.ask(CHAIR, PutAside(item_id=item, until=day, why=WHY))
    soon = [("1 item is back on the docket", "/committees/network?state=aside")]
    assert await back_on_home(town, CHAIR) == soon
    assert await back_on_home(town, TEACHER) == []
    town.clock.forward(days=(day - town.clock().date()).days)
    today = [("1 item is back on the docket", "/committees/network")]
    assert await back_on_home(town, CHAIR) == today
    await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    assert await back_on_home(town, CHAIR) == []


async def back_on_home(town: Hall, email: str) -> list[tuple[str, str]]:
    view = await town.ask(email, ShowInbox(parts=True))
    assert isinstance(view, InboxView)
    drawn = [draw(ENGLISH) for _, draw in view.parts]
    coming = [one for one in drawn if isinstance(one, Coming)]
    return [(one.what, one.path) for one in coming if "docket" in one.what]


async def test_what_is_late_stays_in_the_list_of_what_is_late(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    due = (await town.stored(item)).due_at
    assert due is not None
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 40), why=WHY))
    assert await listed(town, "late") == []
    town.clock.forward(hours=1 + (due - town.clock()) / timedelta(hours=1))
    assert await listed(town, "late") == [item]
    assert await listed(town, "") == []


async def test_anyone_of_the_committee_brings_it_back(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 3), why=WHY))
    assert isinstance(await town.ask(TEACHER, BringBack(item_id=item)), Refused)
    for _ in range(2):
        back = await town.ask(member(), BringBack(item_id=item))
        assert isinstance(back, Brief)
        assert back.aside is None
    assert item in await listed(town, "")
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    assert [one.kind for one in page.steps] == [StepKind.PUT_ASIDE, StepKind.BROUGHT_BACK]
    assert page.steps[0].about == school_day(town, 3).isoformat()
    chain = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.what)).scalars().all()
    )
    assert f"put aside until {school_day(town, 3)}" in chain
    assert chain.count("brought back before its day") == 1
    assert not [one for one in chain if WHY in one], "the audit keeps no words"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Choose a school day after today."),
        (-3, "Choose a school day after today."),
        (400, "Choose a school day within a year."),
        (None, "Choose a school day after today."),
    ],
)
async def test_only_a_school_day_soon_fits(town: Hall, days: int | None, said: str) -> None:
    item = await town.item(TEACHER, SAID)
    until = None if days is None else town.clock().date() + timedelta(days=days)
    back = await town.ask(CHAIR, PutAside(item_id=item, until=until, why=WHY))
    assert isinstance(back, FormView), back
    assert back.unfit["until"].why == said
    assert back.values["why"] == WHY, "what was typed is kept"
    assert item in await listed(town, "")


async def test_weekends_and_holidays_are_named(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    today = town.clock().date()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 or 7)
    monday = saturday + timedelta(days=9)
    holiday = Holiday(name="Founders' Day", first=monday, last=monday)
    district = replace(example().district, calendar=Calendar(holidays=(holiday,)))
    await town.core.store.write(lambda tx: tx.put_district(district, "", town.clock()))
    for until, said in (
        (saturday, "This is a weekend. Choose a school day."),
        (holiday.first, "Schools are closed on this day: {holiday}. Choose a school day."),
    ):
        back = await town.ask(CHAIR, PutAside(item_id=item, until=until, why=WHY))
        assert isinstance(back, FormView), back
        assert back.unfit["until"].why == said
    assert back.unfit["until"].values == {"holiday": holiday.name}


async def test_the_form_offers_a_school_day_and_then_what_stands(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    form = await town.ask(CHAIR, Open(of=PutAside(item_id=item)))
    assert isinstance(form, FormView)
    assert form.values["until"] == school_day(town, 5)
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 8), why=WHY))
    form = await town.ask(CHAIR, Open(of=PutAside(item_id=item)))
    assert isinstance(form, FormView)
    assert form.values == {"until": school_day(town, 8), "why": WHY}
    changed = await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 2), why=WHY))
    assert changed.aside.until == school_day(town, 2)


@pytest.mark.parametrize("queue", [TRIAGE, RESTRICTED, "library-media"])
async def test_another_queue_gets_it_as_new_and_without_the_subject(town: Hall, queue: str) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 8), why=WHY))
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="Portables"))
    await town.ask(CHAIR, MoveItem(item_id=item, to=queue))
    day = school_day(town, 0)
    left = await town.core.store.read(
        lambda tx: (tx.asides_of([item], day), tx.subjects_of([item]))
    )
    assert left == ({}, {})


async def test_what_is_answered_is_not_put_aside(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 8), why=WHY))
    answered = await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    assert answered.aside is None
    assert await listed(town, "aside") == []
    assert await listed(town, "done") == [item]


async def test_names_are_taken_out_of_a_reason_and_a_subject(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    typed = "Call 555-867-5309 about it"
    for command in (
        PutAside(item_id=item, until=school_day(town, 3), why=typed, put_back=PutBack(seen="")),
        WriteSubject(item_id=item, subject=typed, put_back=PutBack(seen="")),
    ):
        asked = await town.ask(CHAIR, command)
        assert isinstance(asked, FormView), asked
        assert asked.doubt is not None
    await town.ask(CHAIR, PutAside(item_id=item, until=school_day(town, 3), why=typed))
    await town.ask(CHAIR, WriteSubject(item_id=item, subject=typed))
    found = await line(town)
    assert found.aside is not None
    for words in (found.aside.why, found.subject):
        assert "867" not in words
        assert words.startswith("Call")


async def test_a_subject_stands_for_the_first_words_in_lists_and_beside(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)

    async def shown() -> str:
        row = docket_list(ENGLISH, await docket(town), town.clock()).rows[0]
        return row.cells[1].text

    assert await shown() == "The wifi in the portables drops every afternoon"
    await town.ask(member(), WriteSubject(item_id=item, subject="  Wi-Fi in the portables "))
    assert await shown() == "Wi-Fi in the portables"
    asked = ListRequest(row=str(item))
    beside = (await town.ask(CHAIR, ShowDocket(queue="network", asked=asked))).beside
    assert isinstance(beside, Brief)
    assert beside.subject == "Wi-Fi in the portables"
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    assert isinstance(page, Brief)
    assert [one.kind for one in page.steps] == [StepKind.SUBJECT]
    too_long = await town.ask(CHAIR, WriteSubject(item_id=item, subject="x" * 81))
    assert isinstance(too_long, FormView)
    assert isinstance(await town.ask(TEACHER, WriteSubject(item_id=item, subject="Mine")), Refused)
    await town.ask(CHAIR, WriteSubject(item_id=item, subject=""))
    assert await shown() == "The wifi in the portables drops every afternoon"


async def test_a_subject_goes_with_student_data(town: Hall) -> None:
    item, other = await town.item(TEACHER, SAID), await town.item(TEACHER, "The printer jams.")
    for one in (item, other):
        await town.ask(CHAIR, WriteSubject(item_id=one, subject="Sixth period in the portables"))
    purged = await town.ask(CHAIR, RemoveStudentData(item_id=item, words="Sixth period"))
    assert isinstance(purged, Brief), "a word that is only in the subject is found there"
    subjects = {one.item_id: one.subject for one in (await docket(town)).open_items}
    assert subjects == {item: "", other: "Sixth period in the portables"}


async def test_no_message_has_a_subject(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    sent = await queued(town)
    done = await town.ask(CHAIR, WriteSubject(item_id=item, subject="Annex roof"))
    page = await town.ask(CHAIR, ShowItem(item_id=item))
    for shown in (done, page):
        assert isinstance(shown, Brief)
        assert "Annex roof" not in repr(card_of(shown, ENGLISH)), "no message has it"
    assert await queued(town) == sent
