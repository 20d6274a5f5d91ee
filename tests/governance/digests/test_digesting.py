"""A committee's week: one message instead of many, once, on a school day; and what cannot wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.operator.loading import load
from core.people import Platform
from core.school_calendar import Calendar, Holiday
from governance.committees.handlers import overdue
from governance.committees.handlers import subject_of as docket_of
from governance.committees.model import RESTRICTED, Channel
from governance.composing import compose
from governance.digests.commands import ChooseBriefs, ShowDigest, ShowFigures, TellDigests
from governance.digests.messages import Digest, MonthlyFigures, ThemeCount
from governance.digests.model import BriefChoice, Briefs, SchoolDay, digest_is_due
from governance.digests.monthly import subject_of
from governance.digests.views import FiguresView, WeekView
from governance.docket.commands import AcknowledgeItem, AnswerItem, MoveItem
from governance.feedback.model import Urgency
from governance.messages import Done, Refused
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, example, person, small_roster

SAID = "The wifi in the portables drops every afternoon"
WEEKLY = BriefChoice(briefs=Briefs.WEEKLY, day=SchoolDay.TUESDAY, hour=7)
SLACK = Channel(platform=Platform.SLACK, workspace="T1", conversation="C1")
TUESDAY = datetime(2026, 10, 6, 12, 5, tzinfo=UTC)
"""7:05 in Chicago."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        found.clock.moved = TUESDAY - timedelta(days=4) - datetime.now(UTC)
        yield found


async def sent(town: Hall, *kinds: str) -> list[tuple[str, str]]:
    """(kind, platform) of what was queued for the network's committee."""

    def rows(tx: Transaction) -> list[tuple[str, str]]:
        found = tx.connection.execute(
            select(delivery.c.kind, delivery.c.platform)
            .where(delivery.c.kind.in_(kinds), delivery.c.recipient.startswith("queue:network@"))
            .order_by(delivery.c.queued_at)
        )
        return [(row.kind, str(row.platform)) for row in found]

    return await town.core.store.read(rows)


async def told(town: Hall, kind: str) -> list[UUID]:
    def subjects(tx: Transaction) -> list[UUID]:
        return list(
            tx.connection.execute(
                select(delivery.c.subject).where(delivery.c.kind == kind).distinct()
            ).scalars()
        )

    return await town.core.store.read(subjects)


async def configure(town: Hall, calendar: Calendar | None = None, **committee: object) -> None:
    """Load the district anew, with the network's committee changed."""
    district = example().district
    changed = replace(
        district,
        calendar=calendar,
        committees=tuple(
            replace(c, **committee) if c.key == "network" else c  # type: ignore[arg-type]
            for c in district.committees
        ),
    )
    loaded = replace(example(), district=changed, roster=small_roster(5))
    await load(town.core.store, loaded, town.clock(), apply=True)


async def look(town: Hall, at: datetime) -> None:
    town.clock.moved = at - datetime.now(UTC)
    await town.core.dispatch.by_itself(TellDigests())


# -- once a week -----------------------------------------------------------------------------------


async def test_a_committee_that_chose_a_digest_gets_one_message_for_many(town: Hall) -> None:
    await configure(town, briefs=WEEKLY, channels=(SLACK,))
    for n in range(3):
        await town.item(TEACHER, f"{SAID}, room {n}")
    assert await sent(town, "brief") == []
    for at in (TUESDAY - timedelta(hours=1), TUESDAY, TUESDAY, TUESDAY + timedelta(hours=1)):
        await look(town, at)
    assert await sent(town, "digest") == [("digest", "slack"), ("digest", "web")]
    [subject] = await told(town, "digest")
    week = await town.core.store.read(
        lambda tx: compose(tx, "digest", subject, None, "network", town.clock())
    )
    assert isinstance(week, Digest)
    assert (week.new, week.open, week.late) == (3, 3, 0)
    assert {line.words for line in week.oldest} == {f"{SAID}, room {n}" for n in range(3)}


async def test_the_next_week_tells_only_what_came_since(town: Hall) -> None:
    await configure(town, briefs=WEEKLY)
    await town.item(TEACHER, SAID)
    await look(town, TUESDAY)
    await town.item(OFFICE, "The printers are on another network")
    await look(town, TUESDAY + timedelta(days=7))
    view = await town.ask(CHAIR, ShowDigest(queue="network"))
    assert isinstance(view, WeekView)
    assert (view.digest.new, view.digest.open) == (1, 2)


async def test_a_holiday_brings_the_digest_on_the_next_school_day(town: Hall) -> None:
    off = Holiday(name="Fall break", first=TUESDAY.date(), last=TUESDAY.date())
    await configure(town, Calendar(holidays=(off,)), briefs=WEEKLY)
    await town.item(TEACHER, SAID)
    await look(town, TUESDAY)
    assert await told(town, "digest") == []
    await look(town, TUESDAY + timedelta(days=1))
    assert len(await told(town, "digest")) == 1


async def test_a_quiet_week_brings_no_message(town: Hall) -> None:
    await configure(town, briefs=WEEKLY)
    await look(town, TUESDAY)
    assert await told(town, "digest") == []


@pytest.mark.parametrize(
    ("local", "due"),
    [
        ("2026-10-06T06:59", None),
        ("2026-10-06T07:00", date(2026, 10, 5)),
        ("2026-10-06T18:00", None),
        ("2026-10-08T09:00", date(2026, 10, 5)),
        ("2026-10-10T09:00", None),
        ("2026-10-12T09:00", None),
    ],
)
def test_a_digest_that_was_missed_comes_in_the_daytime_of_the_same_week(
    local: str, due: date | None
) -> None:
    assert digest_is_due(WEEKLY, None, datetime.fromisoformat(local)) == due


# -- what cannot wait ------------------------------------------------------------------------------


async def test_what_is_urgent_comes_at_once_all_the_same(town: Hall) -> None:
    await configure(town, briefs=WEEKLY, channels=(SLACK,))
    await town.item(TEACHER, "Somebody asks for passwords", urgency=Urgency.SECURITY)
    assert await sent(town, "brief") == [("brief", "slack"), ("brief", "web")]


async def test_an_answer_that_becomes_late_is_told_at_once_and_once(town: Hall) -> None:
    await configure(town, briefs=WEEKLY, answer_days=6, channels=(SLACK,))
    item = await town.item(TEACHER, SAID)
    await look(town, TUESDAY)
    assert await sent(town, "late") == []
    due = (await town.stored(item)).due_at
    assert due is not None
    for day in (1, 2, 3):
        await look(town, TUESDAY + timedelta(days=day, hours=3))
    assert TUESDAY < due < town.clock()
    assert await sent(town, "late") == [("late", "slack"), ("late", "web")]


async def test_what_went_to_the_restricted_page_is_in_no_digest(town: Hall) -> None:
    await configure(town, briefs=WEEKLY)
    item = await town.item(TEACHER, "My principal harasses me")
    await town.item(TEACHER, SAID)
    await look(town, TUESDAY)
    await town.ask(CHAIR, MoveItem(item_id=item, to=RESTRICTED))
    view = await town.ask(CHAIR, ShowDigest(queue="network"))
    assert view.digest.new == 1
    assert "harasses" not in repr(view)


# -- choosing --------------------------------------------------------------------------------------


async def test_the_chair_chooses_on_the_page_and_a_member_does_not(town: Hall) -> None:
    network = example().district.committee("network")
    assert network is not None
    choose = ChooseBriefs(queue="network", choice=WEEKLY)
    assert isinstance(await town.ask(network.members[0], choose), Refused)
    for leader in (CHAIR, network.deputy):
        assert isinstance(await town.ask(leader, choose), Done)
    await town.item(TEACHER, SAID)
    assert await sent(town, "brief") == []


async def test_whoever_goes_back_to_single_messages_gets_those_that_waited(town: Hall) -> None:
    await configure(town, briefs=WEEKLY)
    await town.item(TEACHER, SAID)
    await town.ask(CHAIR, ChooseBriefs(queue="network", choice=BriefChoice()))
    assert await sent(town, "brief") == [("brief", "web")]


# -- the district's month --------------------------------------------------------------------------


async def test_the_month_is_told_once_to_the_cto_and_to_all_of_the_staff(town: Hall) -> None:
    everybody = [one.email for one in small_roster(5).people][:6]
    town.clock.moved = datetime(2026, 8, 20, 15, tzinfo=UTC) - datetime.now(UTC)
    august = [await town.item(email, SAID) for email in everybody]
    for item in august:
        await town.ask(CHAIR, AcknowledgeItem(item_id=item))
        await town.ask(CHAIR, AnswerItem(item_id=item, text="On Friday."))
    town.clock.moved = datetime(2026, 9, 20, 15, tzinfo=UTC) - datetime.now(UTC)
    for email in everybody:
        await town.item(email, SAID)
    for day in (1, 1, 2):
        await look(town, datetime(2026, 10, day, 14, tzinfo=UTC))
    [subject] = await told(town, "figures")
    assert subject == subject_of(date(2026, 9, 1))
    cto = await person(town.core, CTO)
    to_cto = await town.core.store.read(
        lambda tx: compose(tx, "figures", subject, cto, None, town.clock())
    )
    view = await town.ask(TEACHER, ShowFigures())
    assert isinstance(view, FiguresView)
    assert view.months == (to_cto,)
    assert isinstance(to_cto, MonthlyFigures)
    assert to_cto.received == 6
    assert (to_cto.answered.base, to_cto.answered.within) == (6, 6)
    assert to_cto.themes == (ThemeCount(name="", count=6),)


async def test_a_month_of_few_people_tells_nothing_however_much_they_wrote(town: Hall) -> None:
    town.clock.moved = datetime(2026, 9, 20, 15, tzinfo=UTC) - datetime.now(UTC)
    for n in range(9):
        await town.item(TEACHER, f"{SAID} {n}")
        await town.item(None, f"{SAID} again {n}")
    await look(town, datetime(2026, 10, 1, 14, tzinfo=UTC))
    view = await town.ask(TEACHER, ShowFigures())
    assert view.months[0].received is None
    assert view.months[0].themes == ()


async def test_the_digest_and_the_reminder_count_the_same_answers_as_late(town: Hall) -> None:
    network = example().district.committee("network")
    assert network is not None
    for n in range(3):
        await town.item(TEACHER, f"{SAID} {n}")
    due = (await town.core.store.read(lambda tx: tx.open_items_in("network")))[0].due_at
    assert due is not None
    town.clock.moved += due - town.clock() + timedelta(minutes=1)
    week = await town.ask(CHAIR, ShowDigest(queue="network"))
    seen = await town.core.store.read(
        lambda tx: overdue(tx, docket_of(network), None, town.clock())
    )
    assert isinstance(week, WeekView)
    assert seen is not None
    assert (week.digest.late, seen.items) == (3, 3)
    assert [one.late for one in week.digest.due] == [True, True, True]
