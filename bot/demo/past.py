"""The weeks before the demo: what staff said, what committees did, played through the same door as
everything, by a clock that stands where each of it happened."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import structlog

from bot.app.core import Core
from bot.app.dispatch import Dispatch, Woken
from bot.app.watching import Unwatched
from bot.conversation import Speaker
from bot.demo.acknowledging import plan_acknowledging
from bot.demo.approving import approve_what_waits
from bot.demo.board import plan_survey
from bot.demo.changes import plan_change, plan_notice
from bot.demo.examples import example_past
from bot.demo.office import plan_office
from bot.demo.practices import plan_practices
from bot.demo.pulses import plan_pulses
from bot.demo.telling import EARLIER_YEARS, Played, Tell, playing
from bot.files.rule_markdown import RuleFile, load_rules
from bot.files.said_yaml import Advised, Past, Ruled, Saying, read_past
from bot.jobs.reading_district import DistrictReader
from bot.web.tour import demo_rule
from core.commands import Command
from core.people import Audience, Level, Person, Platform, Role
from core.school_calendar import Calendar
from governance.access import Source
from governance.anonymous.commands import BringIn, GiveAnonymously
from governance.anonymous.handlers import next_morning
from governance.committees.model import Office
from governance.digests.commands import TellDigests
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    DiscussItem,
    FileReading,
    GiveFeedback,
    PutAside,
)
from governance.feedback.model import Item, Naming, Urgency
from governance.help_desk.model import HandOverItem, NoteTicket
from governance.recommendations.commands import DecideAdvice, SendAdvice, TellOutcome, WriteAdvice
from governance.rules.commands import (
    CloseComments,
    DisposeComments,
    ImportRules,
    TakeEffect,
    TakeStep,
)
from governance.rules.comments import about
from governance.rules.handlers import RULE_OPEN
from governance.rules.model import RuleStep
from governance.school_days import calendar as calendar_of
from governance.urgent.commands import CloseCase, TakeCase
from governance.urgent.model import Outcome
from storage.transaction import Transaction
from surveys.commands import LaunchSurvey, OpenWave
from surveys.survey import PlannedTable
from surveys.waves.sampling import Sample

log = structlog.get_logger(__name__)

_BEGINS = time(8, 10)

_ASIDE = 8
"""School days from today until which something is put aside."""

_APART = timedelta(minutes=37)
"""Between two messages of a day, so that no two come at one time."""
_READ_AFTER = timedelta(minutes=1)
_CASE_CLOSED = timedelta(minutes=25)
_FIRST_DAYS = 8
"""Days of a month among which one is a school day."""

WAY = tuple(
    (step, timedelta(days=days))
    for step, days in (
        (RuleStep.PROPOSED, 1),
        (RuleStep.OPENED, 4),
        (RuleStep.CLOSED, 54),
        (RuleStep.SUBMITTED, 56),
        (RuleStep.RATIFIED, 61),
        (RuleStep.PUBLISHED, 66),
    )
)
"""The steps of a rule, by how long after its draft came each was taken. Comments end after thirty
days, or after the holidays that begin then."""
_LONG_AGO = timedelta(days=180)
IN_EFFECT = timedelta(days=150)
VOTE = {"present": "8", "favor": "7", "against": "0", "abstained": "1"}


_TICKET = "HD-20417"
"""The number that the help desk gave what was handed to it."""


def _nobody(_: str) -> None:
    """No progress is printed."""


@dataclass(order=True)
class _Event:
    at: datetime
    place: int
    happen: Callable[[], Awaitable[None]] = field(compare=False)
    what: Played = field(compare=False)


async def play_past(
    core: Core, path: Path, *, spared: Collection[UUID] = (), tell: Tell = _nobody
) -> None:
    """Before anybody may come in: nobody else reads or answers meanwhile. ``spared``: who signs up
    for nothing. ``tell``: hears what is played next, a month at a time."""
    zone = await core.store.read(lambda tx: ZoneInfo(tx.district().timezone))
    calendar = await core.store.read(calendar_of)
    player = Player(core, zone, calendar, spared)
    try:
        await player.play(read_past(path), tell)
    finally:
        await player.reader.close()


class Player:
    """Acts at the time that ``at`` says."""

    def __init__(
        self, core: Core, zone: ZoneInfo, calendar: Calendar, spared: Collection[UUID]
    ) -> None:
        self.core = core
        self.store = core.store
        self.spared = spared
        self._zone = zone
        self._calendar = calendar
        self._ends = self.at = core.now()
        self.reader = DistrictReader(core.store)
        nothing = Woken(pump=lambda: None, reading=lambda: None, clock=lambda at: None)
        self._dispatch = Dispatch(
            core.store,
            lambda: self.at,
            core.web_url,
            nothing,
            Unwatched(),
            themes_of=self.reader.themes_of,
        )
        self._items: dict[str, UUID] = {}
        self._events: list[_Event] = []

    async def play(self, past: Past, tell: Tell = _nobody) -> None:
        for place, saying in enumerate(past.said):
            self._plan_saying(place, saying)
        for advised in past.advised:
            self._plan_advice(advised)
        for ruled in past.ruled:
            self._plan_rule(ruled)
        for changed in past.changed:
            plan_change(self, changed)
        for noticed in past.noticed:
            plan_notice(self, noticed)
        plan_survey(self)
        plan_pulses(self)
        plan_office(self)
        plan_practices(self)
        plan_acknowledging(self)
        self._plan_months()
        for said, events in itertools.groupby(sorted(self._events), self._when):
            some = list(events)
            tell(playing(said, Counter(one.what for one in some)))
            for event in some:
                self.at = event.at
                try:
                    await event.happen()
                except Exception:
                    log.exception("demo.past_failed", at=str(event.at))

    def _when(self, event: _Event) -> str:
        """The month in which it happens; years before this one are one."""
        if event.at < self._ends - _LONG_AGO:
            return EARLIER_YEARS
        return f"{event.at.astimezone(self._zone):%B}"

    # -- when what happens -----------------------------------------------------------------------

    def plan(
        self, at: datetime, happen: Callable[[], Awaitable[None]], what: Played = Played.STEP
    ) -> None:
        """What would be still to come has just happened."""
        latest = self._ends - timedelta(minutes=2)
        self._events.append(_Event(min(at, latest), len(self._events), happen, what))

    def _day(self, week: int, day: int) -> datetime:
        today = self._ends.astimezone(self._zone).date()
        monday = today - timedelta(days=today.weekday())
        on = monday - timedelta(weeks=week) + timedelta(days=day)
        return datetime.combine(on, _BEGINS, tzinfo=self._zone)

    def school_day(self, days: int) -> datetime:
        """The morning of the school day that is so many after today."""
        today = self._ends.astimezone(self._zone).date()
        on = self._calendar.school_day_after(today, days)
        return datetime.combine(on, _BEGINS, tzinfo=self._zone)

    def _plan_saying(self, place: int, saying: Saying) -> None:
        item = uuid4()
        if saying.key:
            self._items[saying.key] = item
        at = self._day(saying.week, saying.day) + _APART * (place % 12)
        self.plan(at, partial(self._say, place, item, saying), Played.MESSAGE)
        steps: dict[str, Command] = {
            "acknowledged": AcknowledgeItem(item_id=item),
            "discussed": DiscussItem(item_id=item),
            "answered": AnswerItem(item_id=item, text=saying.answer),
            "put_aside": PutAside(
                item_id=item, until=self.school_day(_ASIDE).date(), why=saying.why
            ),
        }
        if saying.closed:
            self.plan(at + _CASE_CLOSED, partial(self._close_case, item))
        for step, after in saying.after:
            if saying.rule:
                self.plan(at + after, partial(self._dispose, item, saying))
            else:
                self.plan(at + after, partial(self._lead, item, steps[step]))

    def _plan_advice(self, advised: Advised) -> None:
        at = self._day(advised.week, advised.day) + timedelta(hours=6)
        advice = uuid4()
        self.plan(at, partial(self._advise, advice, advised))
        if advised.decided is not None:
            self.plan(at + advised.decided, partial(self._decide, advice, advised))

    def _plan_rule(self, ruled: Ruled) -> None:
        today = self._ends.astimezone(self._zone).date()
        began = today - timedelta(days=ruled.days)
        if ruled.effective:
            on = date(today.year, *ruled.effective)
            years = ruled.years + (on > today)
            began = on.replace(year=today.year - years) - IN_EFFECT
        self.plan(self._working(began), partial(self._bring, ruled))
        for step, after in WAY:
            at = self._working(began + after)
            on = began + IN_EFFECT if step is RuleStep.PUBLISHED else at.date()
            self.plan(at, partial(self._take, ruled, step, on))
            if step is RuleStep.PUBLISHED:
                begins = datetime.combine(on, time(), tzinfo=self._zone)
                self.plan(begins, partial(self._take_effect, ruled, on))
            if step is ruled.until:
                break

    def _working(self, day: date) -> datetime:
        """A morning of the week of that day."""
        on = day - timedelta(days=max(0, day.weekday() - 4))
        return datetime.combine(on, _BEGINS, tzinfo=self._zone)

    def _plan_months(self) -> None:
        """The first days of the last two months, on one of which a month's figures are told."""
        this_month = self._ends.astimezone(self._zone).date().replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        for first, day in itertools.product((last_month, this_month), range(_FIRST_DAYS)):
            at = datetime.combine(first + timedelta(days=day), time(9), tzinfo=self._zone)
            if at < self._ends:
                self.plan(at, self._tell)

    # -- what happens ----------------------------------------------------------------------------

    async def _say(self, place: int, item_id: UUID, saying: Saying) -> None:
        author = await self.store.read(partial(_author, place, saying))
        if author is None:
            return
        about = await self.store.read(partial(_about, saying)) if saying.rule else ""
        if saying.anonymous:
            await self._say_anonymously(saying, about)
            return
        naming = Naming.NAMED if saying.named else Naming.WITHHELD
        given = GiveFeedback(item_id=item_id, text=saying.text, naming=naming, about=about)
        await self.give(author, given)
        if saying.handed_over:
            await self.act(author.id, HandOverItem(item_id=item_id, contact=saying.named))
            await self.delivered(item_id)
            await self._dispatch.by_itself(NoteTicket(item_id=item_id, number=_TICKET))

    async def give(self, author: Person, given: GiveFeedback) -> None:
        await self.act(author.id, given)
        self.at += _READ_AFTER
        await self._read(given.item_id, given.text, author.role, author.level)

    async def _say_anonymously(self, saying: Saying, about: str) -> None:
        """It waits for the next morning, as everything of nobody's."""
        door, _ = await self.store.read(lambda tx: tx.anonymous_doors(self.at))
        given = GiveAnonymously(door=door, nonce=saying.text[:20], text=saying.text, about=about)
        await self._dispatch.unsigned(given)
        self.at = await self.store.read(lambda tx: next_morning(tx, self.at))
        await self._dispatch.by_itself(BringIn())
        for item_id in await self.store.read(lambda tx: tx.unread_items()):
            await self._read(item_id, saying.text, None, None)

    async def _read(self, item: UUID, text: str, role: Role | None, level: Level | None) -> None:
        reading = await self.reader.read(text, role, level)
        alike = await self.reader.alike(reading)
        await self._dispatch.by_itself(FileReading(item_id=item, reading=reading, alike=alike))

    async def _close_case(self, item_id: UUID) -> None:
        """The ISO took what reads as urgent, and closes it."""
        kind = Urgency.SECURITY
        await self.as_iso(TakeCase(item_id=item_id, urgency=kind))
        note = "Nobody’s password was entered. The sign-in page is blocked."
        closed = CloseCase(item_id=item_id, urgency=kind, outcome=Outcome.NO_DANGER, note=note)
        await self.as_iso(closed)

    # -- rules

    async def _bring(self, ruled: Ruled) -> None:
        """The draft of a file; where the rule is in effect, of its next version."""
        one = rule_of(ruled)
        there = await self.store.read(lambda tx: tx.rule_by_number(one.rule.number))
        iso = await self.store.read(partial(_officer, Office.ISO))
        if iso is None:
            return
        if there is not None:
            await self.act(iso.id, TakeStep(rule_id=there.id, step=RuleStep.REVISING))
        rule = replace(one.owned_by(iso.id), id=demo_rule(one.rule.number))
        await self._dispatch.by_itself(ImportRules(rules=(rule,)), Source.OPERATOR)

    async def _take(self, ruled: Ruled, step: RuleStep, on: date) -> None:
        one = rule_of(ruled).rule
        rule_id = demo_rule(one.number)
        if step is RuleStep.CLOSED:
            await self._dispatch.by_itself(CloseComments(rule_id=rule_id, number=0))
            return
        who = await self.store.read(partial(_whose, step, one.committee))
        if who is not None:
            await self.act(who.id, TakeStep(rule_id=rule_id, step=step, on=on, **VOTE))
        if step is RuleStep.OPENED and ruled.until is not RuleStep.OPENED:
            await self.store.write(partial(_all_were_told, rule_id))

    async def _take_effect(self, ruled: Ruled, on: date) -> None:
        rule_id = demo_rule(rule_of(ruled).rule.number)
        await self._dispatch.by_itself(TakeEffect(rule_id=rule_id, number=on.toordinal()))

    async def _dispose(self, item_id: UUID, saying: Saying) -> None:
        iso = await self.store.read(partial(_officer, Office.ISO))
        if iso is not None:
            disposed = DisposeComments(
                rule_id=demo_rule(saying.rule),
                item_id=item_id,
                comments=(str(item_id),),
                disposition=saying.disposition,
                reason=saying.answer,
            )
            await self.act(iso.id, disposed)

    # -- months and advice

    async def _tell(self) -> None:
        await self._dispatch.by_itself(TellDigests())

    async def _lead(self, item_id: UUID, command: Command) -> None:
        item = await self.store.read(lambda tx: tx.item(item_id))
        chair = await self._chair(item.queue) if item and item.queue else None
        if chair is not None:
            await self.act(chair, command)

    async def _advise(self, advice: UUID, advised: Advised) -> None:
        chair = await self._chair(advised.queue)
        found = [await self.store.read(partial(_item, self._items[k])) for k in advised.about]
        items = tuple(str(one.id) for one in found if one and one.queue == advised.queue)
        if chair is None or not items:
            return
        written = WriteAdvice(
            recommendation_id=advice,
            queue=advised.queue,
            title=advised.title,
            advice=advised.advice,
            items=items,
        )
        await self.act(chair, written)
        await self.act(chair, SendAdvice(recommendation_id=advice))

    async def _decide(self, advice: UUID, advised: Advised) -> None:
        cto = await self.store.read(partial(_officer, Office.CTO))
        if cto is None:
            return
        decision = DecideAdvice(
            recommendation_id=advice, accept=advised.accepted, reason=advised.reason
        )
        await self.act(cto.id, decision)
        if advised.outcome:
            await self.act(cto.id, TellOutcome(recommendation_id=advice, outcome=advised.outcome))

    async def delivered(self, subject: UUID) -> None:
        """Nothing is sent while the past is played: what goes to pages is there at once."""
        await self.store.write(lambda tx: tx.note_delivered(subject, self.at))

    async def asked_by(self, person: UUID, command: Command) -> object:
        """What somebody is shown."""
        speaker = Speaker(platform=Platform.WEB, person=person)
        return (await self._dispatch.handle(speaker, command)).message

    async def as_cto(self, command: Command) -> None:
        cto = await self.store.read(partial(_officer, Office.CTO))
        if cto is not None:
            await self.act(cto.id, command)

    async def as_iso(self, command: Command) -> None:
        iso = await self.store.read(partial(_officer, Office.ISO))
        if iso is not None:
            await self.act(iso.id, command)

    async def as_chair(self, queue: str, command: Command) -> None:
        chair = await self._chair(queue)
        if chair is not None:
            await self.act(chair, command)

    async def ask_some(
        self,
        wave_id: UUID,
        survey_key: str,
        sample: Sample,
        *,
        closes_at: datetime,
        continues: UUID | None = None,
        tables: tuple[PlannedTable, ...] = (PlannedTable(),),
    ) -> None:
        """Launch and open one of the district's surveys for a random part of the staff. Where
        these are a few, its tables are those of the whole district."""
        survey = await self.store.read(lambda tx: tx.ready_survey(survey_key))
        if survey is None:
            return
        launch = LaunchSurvey(
            wave_id=wave_id,
            survey=replace(survey, tables=tables),
            audience=Audience(),
            selection=sample,
            opens_at=None,
            closes_at=closes_at,
            continues=continues,
        )
        await self.by_itself(launch, Source.OPERATOR)
        await self.by_itself(OpenWave(wave_id=wave_id))
        await self.delivered(wave_id)

    async def by_itself(self, command: Command, source: Source = Source.CLOCK) -> None:
        await self._dispatch.by_itself(command, source)
        await approve_what_waits(self.store, self._dispatch)

    async def _chair(self, queue: str) -> UUID | None:
        chair = await self.store.read(partial(_chair, queue))
        return chair.id if chair else None

    async def act(self, person: UUID, command: Command) -> None:
        """What reaches many is approved by a second person at once."""
        await self._dispatch.handle(Speaker(platform=Platform.WEB, person=person), command)
        await approve_what_waits(self.store, self._dispatch)


def _author(place: int, saying: Saying, tx: Transaction) -> Person | None:
    """Who says it: the same at every start."""
    if saying.email:
        return tx.person_by_email(saying.email)
    roles = frozenset({saying.role} if saying.role else ())
    levels = frozenset({saying.level} if saying.level else ())
    people = tx.people_of(Audience(roles=roles, levels=levels))
    return people[(place * 97 + 13) % len(people)] if people else None


def _item(item_id: UUID, tx: Transaction) -> Item | None:
    return tx.item(item_id)


def _chair(queue: str, tx: Transaction) -> Person | None:
    committee = tx.district().committee(queue)
    return tx.person_by_email(committee.chair) if committee and committee.chair else None


def _officer(office: Office, tx: Transaction) -> Person | None:
    officer = tx.district().officer(office)
    return tx.person_by_email(officer.person) if officer else None


def _whose(step: RuleStep, committee: str, tx: Transaction) -> Person | None:
    """Who takes a step of a rule."""
    if step in (RuleStep.OPENED, RuleStep.RATIFIED):
        return _chair(committee, tx)
    return _officer(Office.CTO if step is RuleStep.PUBLISHED else Office.ISO, tx)


def _all_were_told(rule_id: UUID, tx: Transaction) -> None:
    """Comments on it ended long ago. Thousands of messages that say nothing any more would be
    written once the demo is open."""
    for one in tx.rule_steps(rule_id):
        if one.step is RuleStep.OPENED:
            tx.leave_unwritten(one.id, RULE_OPEN)


def _about(saying: Saying, tx: Transaction) -> str:
    rule = tx.rule_by_number(saying.rule)
    return about(rule, rule.version, saying.section).token if rule else ""


@cache
def rule_of(ruled: Ruled) -> RuleFile:
    """Raises ValueError for a file that is not as it has to be."""
    found = load_rules([example_past().parent / ruled.file])
    if not isinstance(found[0], RuleFile):
        raise ValueError("\n".join(map(str, found)))
    return found[0]
