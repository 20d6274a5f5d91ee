"""Responding: one after the other is called until somebody takes it, and each of them is on record
before they read it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.operator.loading import load
from core.people import Platform
from core.school_calendar import Calendar, Holiday, Hours
from governance.committees.model import Office
from governance.composing import compose
from governance.docket.commands import FileReading, GiveFeedback
from governance.feedback.model import Urgency
from governance.forms.messages import FormView
from governance.home.commands import ShowInbox
from governance.messages import Refused, Told
from governance.urgent.commands import CloseCase, EscalateCase, ShowCase, ShowCases, TakeCase
from governance.urgent.messages import CaseNews, CasesView, UrgentAlert
from governance.urgent.model import Did, Outcome, answer_within, at_work
from governance.views import InboxView
from storage.ledger_tables import audit, delivery
from storage.transaction import Transaction
from storage.urgent_tables import urgent_case
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CTO, ISO, TEACHER, example, person, small_roster

WORDS = "He says he has a gun in his locker"
SAFETY = Urgency.SAFETY
NIGHT = datetime(2026, 11, 29, 22, 0, tzinfo=ZoneInfo("America/Chicago"))
"""A Sunday."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def responders(urgency: Urgency = SAFETY) -> tuple[str, ...]:
    found = next(one for one in example().district.officers if one.office == f"responder-{urgency}")
    return (found.person, *found.deputies)


def limit(urgency: Urgency = SAFETY) -> int:
    return answer_within(example().district, urgency)


async def urgent(town: Hall, *kinds: Urgency) -> UUID:
    """Something that is urgent in these ways."""
    item, (first, *more) = uuid4(), kinds or (SAFETY,)
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=WORDS))
    read = replace(reading("He says …", "network", first), also_urgent=tuple(more))
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    return item


async def wait(town: Hall, minutes: float) -> None:
    town.clock.forward(minutes=minutes)
    await town.core.dispatch.keep_time()


async def called(town: Hall, item: UUID, urgency: Urgency = SAFETY) -> list[str]:
    """Who was sent the original, in order, as often as they were."""

    def look(tx: Transaction) -> list[str]:
        steps = [step for step in tx.case_steps(item, urgency) if step.did is Did.TOLD]
        found = [tx.person(step.person) for step in steps]
        return [one.email for one in found if one is not None]

    return await town.core.store.read(look)


async def logged(town: Hall, item: UUID) -> list[tuple[UUID, str]]:
    def look(tx: Transaction) -> list[tuple[UUID, str]]:
        lines = select(audit.c.who, audit.c.what).where(audit.c.subject == item)
        return [(r.who, r.what) for r in tx.connection.execute(lines.order_by(audit.c.number))]

    return await town.core.store.read(look)


# -- who is called -------------------------------------------------------------------------------


async def test_without_an_answer_the_next_is_called_then_everybody_and_who_stands_above(
    town: Hall,
) -> None:
    item, ladder = await urgent(town), responders()
    assert await called(town, item) == [ladder[0]]
    await wait(town, limit() - 1)
    assert await called(town, item) == [ladder[0]], "they have their time"
    for count in range(2, len(ladder) + 1):
        await wait(town, limit())
        assert await called(town, item) == list(ladder[:count])
    everybody = sorted({*ladder, ISO, CTO})
    for round_ in (1, 2):
        await wait(town, limit())
        again = (await called(town, item))[len(ladder) :]
        assert sorted(again) == sorted(everybody * round_), "again and again"


async def test_every_disclosure_is_in_the_audit_before_its_message_is_queued(town: Hall) -> None:
    item = await urgent(town)
    await wait(town, limit())
    first, second = [await person(town.core, email) for email in responders()[:2]]
    told = [who for who, what in await logged(town, item) if "disclosed unredacted" in what]
    assert told == [first.id, second.id]
    queued = select(delivery.c.person_id).where(
        delivery.c.subject == item, delivery.c.kind == "urgent-safety"
    )
    sent = await town.core.store.read(lambda tx: set(tx.connection.execute(queued).scalars()))
    assert sent == set(told)


async def test_whoever_takes_it_ends_the_calling_also_over_a_late_clock(town: Hall) -> None:
    item, (first, second, *_) = await urgent(town), responders()
    await wait(town, limit())
    taken = await town.ask(second, TakeCase(item_id=item, urgency=SAFETY))
    assert isinstance(taken, UrgentAlert)
    assert taken.original == WORDS
    assert taken.answer_by is None
    before = await called(town, item)
    await wait(town, 10 * limit())
    assert await called(town, item) == before
    again = await town.ask(first, TakeCase(item_id=item, urgency=SAFETY))
    assert isinstance(again, UrgentAlert)
    assert again.taken_by == taken.taken_by, "the first who said so has it"
    news = await composed(town, "case-taken-safety", item)
    assert isinstance(news, CaseNews)
    assert WORDS not in repr(news)


async def test_a_rung_happens_once_however_often_the_clock_says_so(town: Hall) -> None:
    item = await urgent(town)
    up = EscalateCase(item_id=item, urgency=SAFETY, rung=1)
    for _ in range(3):
        await town.core.dispatch.by_itself(up)
    assert await called(town, item) == list(responders()[:2])


async def test_a_machine_that_was_away_all_night_calls_the_next_once(town: Hall) -> None:
    item = await urgent(town)
    await wait(town, 20 * limit())
    assert await called(town, item) == list(responders()[:2])


async def test_what_is_urgent_in_two_ways_calls_both_and_each_has_to_take_it(town: Hall) -> None:
    item = await urgent(town, Urgency.SAFETY, Urgency.PRIVACY)
    assert await called(town, item) == [responders()[0]]
    assert await called(town, item, Urgency.PRIVACY) == [responders(Urgency.PRIVACY)[0]]
    await town.ask(responders()[0], TakeCase(item_id=item, urgency=SAFETY))
    await wait(town, limit(Urgency.PRIVACY))
    assert await called(town, item, Urgency.PRIVACY) == list(responders(Urgency.PRIVACY)[:2])
    assert await called(town, item) == [responders()[0]]


async def test_the_alert_goes_wherever_they_are_reached(town: Hall) -> None:
    one = await person(town.core, responders()[0])
    for platform in (Platform.SLACK, Platform.TEAMS):
        await town.core.store.write(
            lambda tx, platform=platform: tx.note_address(  # type: ignore[misc]
                one,
                platform=platform,
                workspace="W1",
                user="U1",
                conversation=f"{platform}-chat",
                service_url=None,
                reachable=True,
            )
        )
    item = await urgent(town)
    rows = select(delivery.c.platform).where(
        delivery.c.subject == item, delivery.c.kind == "urgent-safety"
    )
    where = await town.core.store.read(lambda tx: list(tx.connection.execute(rows).scalars()))
    assert sorted(where) == ["slack", "teams", "web"]


# -- what they see and do ------------------------------------------------------------------------


async def composed(town: Hall, kind: str, item: UUID) -> object:
    return await town.core.store.read(lambda tx: compose(tx, kind, item, None, None, town.clock()))


async def test_the_list_has_no_words_and_opening_a_case_is_on_record(town: Hall) -> None:
    item, third = await urgent(town), responders()[2]
    view = await town.ask(third, ShowCases())
    assert isinstance(view, CasesView)
    assert [one.item_id for one in view.open_cases] == [item]
    assert WORDS not in repr(view)
    page = await town.ask(third, ShowCase(item_id=item, urgency=SAFETY))
    assert isinstance(page, UrgentAlert)
    assert page.original == WORDS
    who = (await person(town.core, third)).id
    assert (who, "read unredacted on the page of responder-safety") in await logged(town, item)
    assert [line.did for line in page.history] == [Did.TOLD, Did.READ]


async def test_who_stands_above_sees_a_case_only_once_it_came_to_them(town: Hall) -> None:
    item = await urgent(town)
    show = ShowCase(item_id=item, urgency=SAFETY)
    assert isinstance(await town.ask(CTO, show), Refused)
    view = await town.ask(CTO, ShowCases())
    assert isinstance(view, CasesView)
    assert not view.open_cases
    for _ in responders():
        await wait(town, limit())
    assert isinstance(await town.ask(CTO, show), UrgentAlert)
    taken = await town.ask(ISO, TakeCase(item_id=item, urgency=SAFETY))
    assert isinstance(taken, UrgentAlert)
    assert taken.taken_by


async def test_closing_says_how_it_ended_and_frees_the_original(town: Hall) -> None:
    item, first = await urgent(town), responders()[0]
    close = CloseCase(item_id=item, urgency=SAFETY)
    back = await town.ask(first, close)
    assert isinstance(back, FormView)
    assert set(back.unfit) == {"outcome", "note"}
    assert await town.core.store.read(lambda tx: tx.open_urgent(item))
    note = "Marta's mother was called."
    done = await town.ask(first, replace(close, outcome="helped", note=note))
    assert isinstance(done, UrgentAlert)
    assert (done.outcome, done.note, bool(done.closed_at)) == (Outcome.HELPED, note, True)
    assert not await town.core.store.read(lambda tx: tx.open_urgent(item))
    later = await town.ask(first, replace(close, outcome="no-danger", note="No."))
    assert isinstance(later, FormView), "nothing that was typed is dropped"
    assert (later.values["note"], later.unfit["note"].values) == ("No.", {"reason": note})
    choice = await town.ask(first, replace(close, outcome="no-danger", note=note))
    assert isinstance(choice, FormView), "another outcome is not dropped either"
    assert (choice.values["outcome"], choice.unfit["note"].values) == (
        "no-danger",
        {"reason": note},
    )
    same = await town.ask(first, replace(close, outcome="helped", note=note))
    assert isinstance(same, UrgentAlert)
    assert same.note == note, "closed is closed"
    await wait(town, 10 * limit())
    assert await called(town, item) == [first]
    kept = await town.core.store.read(
        lambda tx: tx.connection.execute(select(urgent_case.c.note)).scalar()
    )
    assert b"Marta" not in kept, "what was done may name a child"


async def test_a_case_of_two_kinds_keeps_its_original_until_both_are_closed(town: Hall) -> None:
    item = await urgent(town, Urgency.SAFETY, Urgency.PRIVACY)
    for urgency, still in ((Urgency.SAFETY, True), (Urgency.PRIVACY, False)):
        close = CloseCase(item_id=item, urgency=urgency, outcome="no-danger", note="Looked.")
        await town.ask(responders(urgency)[0], close)
        assert await town.core.store.read(lambda tx: tx.open_urgent(item)) is still


async def test_a_committee_sees_nothing_of_it_but_the_redacted_brief(town: Hall) -> None:
    item = await urgent(town)
    await town.ask(responders()[0], TakeCase(item_id=item, urgency=SAFETY))
    rows = select(delivery.c.kind).where(
        delivery.c.subject == item, delivery.c.recipient.startswith("queue:")
    )
    kinds = await town.core.store.read(lambda tx: set(tx.connection.execute(rows).scalars()))
    assert kinds == {"brief"}


async def test_a_responders_page_counts_open_cases_and_other_peoples_pages_do_not(
    town: Hall,
) -> None:
    await urgent(town)
    counts = {}
    for email in (responders()[0], responders(Urgency.PRIVACY)[0], CTO, TEACHER):
        view = await town.ask(email, ShowInbox())
        assert isinstance(view, InboxView)
        counts[email] = view.urgent_cases
    assert list(counts.values()) == [1, 0, 0, None]


# -- hours ---------------------------------------------------------------------------------------


async def test_the_author_hears_who_is_called_and_that_it_is_outside_their_hours(
    town: Hall,
) -> None:
    await with_hours(town, Hours(begins=time(7), ends=time(16)))
    town.clock.moved = NIGHT - datetime.now(NIGHT.tzinfo)
    item = await urgent(town)
    told = await composed(town, "told-urgent", item)
    assert isinstance(told, Told)
    assert not told.at_work
    assert told.called == ((await person(town.core, responders()[0])).name,)
    assert re.search("555|@", told.contacts["safety"]), "and whom to call now"


async def with_hours(town: Hall, hours: Hours) -> None:
    district = example().district
    officers = tuple(
        replace(one, hours=hours) if one.office is Office.RESPONDER_SAFETY else one
        for one in district.officers
    )
    loaded = replace(
        example(), district=replace(district, officers=officers), roster=small_roster(5)
    )
    await load(town.core.store, loaded, town.clock(), apply=True)


@pytest.mark.parametrize(
    ("day", "hour", "there"),
    [
        ("2026-11-30", 9, True),
        ("2026-11-30", 6, False),
        ("2026-11-30", 16, False),
        ("2026-11-29", 9, False),  # a Sunday
        ("2026-12-25", 9, False),  # a holiday
    ],
)
def test_hours_are_those_of_a_school_day_on_the_districts_clock(
    day: str, hour: int, there: bool
) -> None:
    break_ = Holiday(
        name="Winter break",
        first=datetime(2026, 12, 21, tzinfo=NIGHT.tzinfo).date(),
        last=datetime(2027, 1, 4, tzinfo=NIGHT.tzinfo).date(),
    )
    found = example().district
    officers = tuple(
        replace(one, hours=Hours(begins=time(7), ends=time(16))) for one in found.officers
    )
    district = replace(found, officers=officers, calendar=Calendar(holidays=(break_,)))
    at = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=NIGHT.tzinfo) + timedelta(hours=hour)
    assert at_work(district, SAFETY, at) is there
    assert at_work(replace(found, officers=()), SAFETY, at), "who names no hours is there always"
