"""What reaches many is done in parts: no transaction of any operation touches the rows of more
people than a part has, so nobody else waits long for the writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, or_, select, update

from bot.registry import operation_of
from core.people import Audience, Platform
from governance.access import Source
from governance.acknowledgements.commands import AskAcknowledgements, ShowAcknowledgements
from governance.acknowledgements.messages import AcknowledgementFigures
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.board_reports import handlers as reports
from governance.board_reports.commands import ChoosePeriod, IssueReport
from governance.board_reports.messages import ReportView
from governance.board_reports.periods import Preset
from governance.duties import handlers as duties
from governance.duties.commands import TendDuties
from governance.messages import Progress, Refused
from governance.service_notices.commands import PostUpdate, WriteServiceNotice
from governance.service_notices.messages import ServiceNoticeView
from scheduler.lanes import WEB_PAGES
from storage import deliveries
from storage.duties import asked_duty
from storage.ledger_tables import delivery, fan_out, fan_out_part, halt
from storage.tables import person
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall, ledger_of
from tests.governance import test_access
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.running import MovableClock
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER
from tests.postgres import migrated_database
from tests.storage.transactions import Done, most, watched

SPARE = 1.2
"""A few rows beside those of a part: of the person who pressed, say."""


@dataclass
class Large:
    """A hall whose staff is more than several parts."""

    hall: Hall
    people: int
    done: list[Done]

    async def write_parts(self, most: int = 10_000) -> int:
        """What the service does beside everything else; how many transactions it took."""
        for written in range(most):
            if not await ledger_of(self.hall).write_part(self.hall.clock()):
                return written
        return most

    async def states(self, kind: str) -> Counter[str]:
        wanted = select(delivery.c.state, func.count()).where(delivery.c.kind == kind)
        found = await self.hall.core.store.read(
            lambda tx: tx.connection.execute(wanted.group_by(delivery.c.state)).all()
        )
        return Counter(dict(found))  # type: ignore[arg-type]

    async def arrived(self, kind: str = "notice") -> None:
        """It is sent to everybody: to one half in Slack, and to the other on the web."""
        slack = {"platform": Platform.SLACK, "lane": "slack:T1", "reference": "1.1"}
        sent = update(delivery).where(delivery.c.kind == kind, delivery.c.state == "queued")
        half = or_(*(delivery.c.recipient.endswith(one) for one in "01234567"))
        now = self.hall.clock()

        def send(tx: Transaction) -> None:
            tx.connection.execute(sent.where(half).values(slack))
            tx.connection.execute(sent.values(state="sent", sent_at=now))

        await self.hall.core.store.write(send)
        self.done.clear()

    def told(self, what: str) -> None:
        """Nobody waited for more than a part; and what was longest, to be read."""
        part, rows = deliveries.PART, most(self.done)
        longest = max(self.done, key=lambda one: one.cpu)
        slowest = max(one.wall for one in self.done)
        print(
            f"{what}: {len(self.done)} transactions, the longest {longest.cpu * 1000:.0f} ms of "
            f"CPU, {slowest * 1000:.0f} ms in all; the most rows {dict(rows)}"
        )
        assert max(rows.values(), default=0) <= part * SPARE, (what, rows)
        self.done.clear()


async def large(
    stack: AsyncExitStack, folder: Path, database: str, *, part: int, staff: int
) -> Large:
    patched = stack.enter_context(pytest.MonkeyPatch.context())
    patched.setattr(deliveries, "PART", part)
    url = stack.enter_context(migrated_database(hasty=True)) if database == "postgres" else ""
    found = await stack.enter_async_context(hall(folder, staff=staff, url=url))
    people = len(await found.core.store.read(lambda tx: tx.ids_of(Audience())))
    assert people > 5 * part
    done = stack.enter_context(watched(found.core.store))
    return Large(found, people, done)


@pytest.fixture(
    params=[
        pytest.param(("sqlite", 20, 60), id="sqlite"),
        pytest.param(("postgres", 20, 60), id="postgres"),
        pytest.param(
            ("sqlite", 250, 7000),
            id="sqlite, 7,000",
            marks=[pytest.mark.prove, pytest.mark.timeout(900)],
        ),
        pytest.param(
            ("postgres", 250, 7000),
            id="postgres, 7,000",
            marks=[pytest.mark.prove, pytest.mark.timeout(900)],
        ),
    ]
)
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Large]:
    database, part, staff = request.param
    async with AsyncExitStack() as stack:
        yield await large(stack, tmp_path, database, part=part, staff=staff)


async def announced(town: Large, **more: object) -> UUID:
    """Everybody has it."""
    found = uuid4()
    await town.hall.ask(CTO, WriteAnnouncement(announcement_id=found, **by_name(WORDS), **more))  # type: ignore[arg-type]
    await town.hall.ask(CTO, SendAnnouncement(announcement_id=found, everyone="everyone"))
    await town.write_parts()
    assert (await town.states("notice"))["queued"] == town.people
    town.told("sending an announcement")
    await town.arrived()
    return found


async def progress(town: Large, found: UUID) -> Progress:
    shown = await town.hall.ask(CTO, ShowProgress(announcement_id=found))
    assert isinstance(shown, Progress)
    return shown


async def test_an_edit_reaches_everybody_in_parts(town: Large) -> None:
    found = await announced(town)
    words = {**WORDS, "when": "On Friday"}
    edit = EditAnnouncement(announcement_id=found, **by_name(words), everyone="everyone")
    first = await town.hall.ask(CTO, edit)
    assert first.tally.editing == town.people, "the page says at once how many are to get it"
    again = await town.hall.ask(CTO, edit)
    assert again.tally.editing == town.people, "pressed again meanwhile nobody gets it twice"
    await town.write_parts()
    town.told("an edit")
    changed, corrected = await town.states("edited-now"), await town.states("edited")
    written = {kind.total() for kind in (changed, corrected)}
    assert 0 not in written
    newest = (await progress(town, found)).tally
    assert newest.editing == town.people
    assert await left(town) == 0


async def left(town: Large) -> int:
    """Rows of parts that nobody has written."""
    counted = [select(func.count()).select_from(table) for table in (fan_out, fan_out_part)]
    return await town.hall.core.store.read(
        lambda tx: sum(tx.connection.execute(one).scalar_one() for one in counted)
    )


async def test_nothing_leaves_after_a_recall_though_thousands_are_still_queued(
    town: Large,
) -> None:
    """Half of them have it; of the others every one is in the queue when somebody takes it back."""
    found = await announced(town)
    waiting = update(delivery).where(delivery.c.kind == "notice", delivery.c.platform == "web")
    again = {"state": "queued", "sent_at": None, "lane": WEB_PAGES}
    await town.hall.core.store.write(lambda tx: tx.connection.execute(waiting.values(again)))
    states, town.done[:] = await town.states("notice"), []
    shown = await town.hall.ask(CTO, RecallAnnouncement(announcement_id=found))
    assert shown.tally.recalling == states["sent"], "it says at once how many are to be taken back"
    assert shown.tally.stopped == states["queued"], "and how many do not get it"
    assert shown.tally.queued == 0
    assert (await town.states("notice"))["queued"] > 0, "they are taken out in parts"
    now = town.hall.clock()
    claimed = await ledger_of(town.hall).claim(WEB_PAGES, now, 20, 60)
    assert [one for one in claimed if one.subject == found] == []
    await town.hall.ask(CTO, RecallAnnouncement(announcement_id=found))  # impatient
    await town.write_parts()
    town.told("a recall")
    assert await town.states("notice") == {"sent": states["sent"], "recalled": states["queued"]}
    assert await town.states("recall") == {"queued": states["sent"]}
    assert await left(town) == 0


async def test_stopped_gone_on_with_and_sent_again_in_parts(town: Large) -> None:
    found = await announced(town)
    waiting = update(delivery).where(delivery.c.kind == "notice")
    values = {"state": "queued", "sent_at": None}
    await town.hall.core.store.write(lambda tx: tx.connection.execute(waiting.values(values)))
    town.done.clear()
    stopped = await town.hall.ask(CTO, StopCampaign(subject=found))
    assert stopped.tally.stopped == town.people
    await town.write_parts(1)
    gone_on = await town.hall.ask(CTO, ResumeCampaign(subject=found))
    assert (gone_on.tally.to_go, gone_on.tally.stopped) == (town.people, 0)
    await town.write_parts(1)
    await town.hall.ask(CTO, StopCampaign(subject=found))
    await town.write_parts()
    assert await town.states("notice") == {"recalled": town.people}
    await town.hall.ask(CTO, ResumeCampaign(subject=found))
    await town.write_parts()
    assert await town.states("notice") == {"queued": town.people}
    town.told("stopping and going on")
    failed = {"state": "failed", "why": "x"}
    await town.hall.core.store.write(lambda tx: tx.connection.execute(waiting.values(failed)))
    town.done.clear()
    again = await town.hall.ask(CTO, ResendAnnouncement(announcement_id=found))
    assert (again.tally.to_go, again.tally.failed) == (town.people, 0)
    await town.write_parts()
    town.told("sending again")
    assert await town.states("notice") == {"queued": town.people}


async def test_a_service_notices_updates_and_its_end_in_parts(town: Large) -> None:
    found, title, what = uuid4(), {"": "Phones are down"}, {"": "Use e-mail."}
    await town.hall.ask(CTO, WriteServiceNotice(announcement_id=found, title=title, what=what))
    await town.hall.ask(CTO, SendAnnouncement(announcement_id=found, everyone="everyone"))
    await town.write_parts()
    town.told("sending a service notice")
    await town.arrived()
    for last in (False, False, True):
        update_ = PostUpdate(
            announcement_id=found,
            update_id=uuid4(),
            last=last,
            words={"": "It takes longer."},
            everyone="everyone",
        )
        told = await town.hall.ask(CTO, update_)
        assert isinstance(told, ServiceNoticeView), told
        assert (await progress(town, found)).tally.telling > 0
        await town.write_parts(3)
    await town.write_parts()
    town.told("updates and the end")
    assert (await town.states("service-update"))["queued"] == town.people, "only the newest waits"
    assert (await progress(town, found)).tally.telling == 0


async def test_acknowledgements_are_asked_in_parts(town: Large) -> None:
    def prepare(tx: Transaction) -> None:
        publish(tx, "ITR 1", town.hall.clock())

    await town.hall.core.store.write(prepare)
    town.done.clear()
    asked = await town.hall.ask(ISO, AskAcknowledgements())
    assert isinstance(asked, AcknowledgementFigures), asked
    assert asked.asked == town.people
    assert 0 < asked.asking < town.people
    assert isinstance(await town.hall.ask(ISO, AskAcknowledgements()), Refused), "once a year"
    await town.write_parts()
    town.told("asking acknowledgements")
    shown = await town.hall.ask(ISO, ShowAcknowledgements())
    assert (shown.asked, shown.asking) == (town.people, 0)
    assert await town.states("rule-ack") == {"queued": town.people}


async def owed(town: Large, subject: UUID) -> int:
    """How many are asked about a subject and were not let go."""
    mine = asked_duty.c.subject == subject, asked_duty.c.let_go_at.is_(None)
    owing = select(func.count()).select_from(asked_duty).where(*mine)
    return await town.hall.core.store.read(lambda tx: tx.connection.execute(owing).scalar_one())


async def employ(town: Large, *, active: bool) -> int:
    """All but the four who act here; how many."""
    others = person.c.email.not_in((TEACHER, CHAIR, CTO, ISO))
    change = update(person).where(others).values(active=active)
    found = await town.hall.core.store.write(lambda tx: tx.connection.execute(change).rowcount)
    town.done.clear()
    return found


async def test_who_owes_an_announcement_is_asked_and_let_go_in_parts(town: Large) -> None:
    due = (town.hall.clock() + timedelta(days=20)).date()
    found = await announced(town, due=due)
    assert await owed(town, found) == town.people
    await town.hall.ask(CTO, RecallAnnouncement(announcement_id=found))
    await town.write_parts()
    town.told("taking back what is owed")
    assert await owed(town, found) == 0


async def test_who_left_is_let_go_in_parts_though_others_are_still_asked(town: Large) -> None:
    due = (town.hall.clock() + timedelta(days=20)).date()
    kept = await announced(town, due=due)
    other = await announced(town, due=due)
    left = await employ(town, active=False)
    assert left > 2 * deliveries.PART
    await town.hall.ask(CTO, RecallAnnouncement(announcement_id=other))
    await town.write_parts()
    town.told("letting go who left")
    assert await owed(town, kept) == town.people - left


async def test_whoever_joins_is_asked_the_next_morning_though_the_first_parts_are_full(
    town: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "AT_ONCE", deliveries.PART + 10)
    await employ(town, active=False)
    now = town.hall.clock()
    await town.hall.core.store.write(lambda tx: publish(tx, "ITR 1", now))
    asked = await town.hall.ask(ISO, AskAcknowledgements())
    assert asked.asked == town.people - (joined := await employ(town, active=True))
    assert joined > 2 * duties.AT_ONCE
    town.hall.clock.forward(hours=24)
    await town.hall.core.dispatch.by_itself(TendDuties())
    for _ in range(town.people // duties.AT_ONCE + 1):
        await town.hall.core.dispatch.keep_time()
    await town.write_parts()
    shown = await town.hall.ask(ISO, ShowAcknowledgements())
    assert (shown.asked, shown.asking) == (town.people, 0)
    assert await town.states("rule-ack") == {"queued": town.people}


async def test_a_board_report_is_gathered_beside_the_writer(
    town: Large, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather: Callable[..., object] = reports.gather
    where = []

    def noted(store: Transaction, *more: object) -> object:
        where.append(store.connection.engine is town.hall.core.store._reading)
        return gather(store, *more)

    monkeypatch.setattr(reports, "gather", noted)
    found = uuid4()
    begun = await town.hall.ask(CTO, ChoosePeriod(report_id=found, preset=Preset.MONTH))
    issued = await town.hall.ask(CTO, IssueReport(report_id=found, seen=begun.seen))
    assert isinstance(issued, ReportView)
    assert not issued.draft, "as it was seen"
    assert where == [True, True], "gathering it takes a part of a second"


# -- every operation ---------------------------------------------------------------------------

_ASKED_BY = (TEACHER, CTO, ISO, CHAIR)


async def _tried(town: Hall, command: object) -> None:
    """By whoever may."""
    for source in (Source.CLOCK, Source.OPERATOR, Source.NOBODY):
        reply = await town.core.dispatch.by_itself(command, source)  # type: ignore[arg-type]
        if not isinstance(reply.message, Refused):
            return
    for email in _ASKED_BY:
        if not isinstance(await town.ask(email, command), Refused):  # type: ignore[arg-type]
            return


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_no_operation_touches_more_people_at_once_than_a_part_has(
    tmp_path: Path, database: str
) -> None:
    """Each that writes, out of the table that ``test_access`` holds beside the registry."""
    async with AsyncExitStack() as stack:
        patched = stack.enter_context(pytest.MonkeyPatch.context())
        patched.setattr(deliveries, "PART", 30)
        url = f"sqlite:///{tmp_path / 'town.sqlite3'}"
        if database == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        core = await stack.enter_async_context(test_access.furnished(url, staff=150))
        town, clock = Hall(core=core, clock=MovableClock()), core.now
        ledger = ledger_of(town)
        while await ledger.write_part(clock()):
            pass
        sent = {"state": "sent", "sent_at": clock(), "platform": "slack", "reference": "1.1"}
        arrived = update(delivery).where(delivery.c.kind == "notice").values(sent)
        found = await core.store.write(lambda tx: tx.connection.execute(arrived).rowcount)
        assert found > 300, "several announcements, and everybody has each"
        over = {}
        for command in test_access.EVERYTHING:
            if operation_of(command).reads:
                continue
            with watched(core.store) as done:
                await _tried(town, command)
                while await ledger.write_part(clock()):
                    pass
            rows = most(done)
            if max(rows.values(), default=0) > 30 * SPARE:
                over[type(command).__name__] = rows
        assert over == {}
        stops = select(func.count()).select_from(halt)
        assert await core.store.read(lambda tx: tx.connection.execute(stops).scalar_one()), (
            "something was stopped"
        )
