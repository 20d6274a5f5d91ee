"""The messages about a change: what each says, when it goes out, and what else reaches the same
people in that week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.school_calendar import Calendar
from core.text import Text
from core.words import LANGUAGES, Words
from governance.access import refusal
from governance.announcements.approvals import guard_of
from governance.announcements.asked import TRANSLATED
from governance.announcements.model import Announcement, AnnouncementState, Change, Guard, Tally
from governance.changes.messages import Collision, MessageDate, PlannedLine
from governance.changes.model import ChangeRecord, ChangeState, ChangeStep, Phase, Planned
from governance.languages import base_of
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.school_days import calendar
from surveys.survey import WaveState

BUSY = 4
"""Messages to a group in one week from which on whoever plans is told."""

_WEEK = timedelta(days=7)


def moment_of(store: GovernanceStore, day: date, planned: Planned) -> datetime:
    """When a message goes out, by the district's clock. On the day itself also where schools are
    closed: it is then that things change."""
    on = calendar(store).school_day_after(day, planned.days)
    return store.moment_of(datetime.combine(on, planned.at))


def lines_of(
    store: GovernanceStore, record: ChangeRecord, now: datetime
) -> tuple[PlannedLine, ...]:
    """The messages in the order in which they go out."""
    planned = _announced(store, record)
    store.reached_ahead(found.audience for _, found in planned)
    tallies = store.brief_tallies([found.id for _, found in planned if found.sent_at])
    lines = [_line(store, record, one, found, tallies.get(found.id), now) for one, found in planned]
    return tuple(sorted(lines, key=lambda one: (one.at, one.planned.phase)))


def _announced(store: GovernanceStore, record: ChangeRecord) -> list[tuple[Planned, Announcement]]:
    """The messages that are planned, with what each says."""
    planned = store.planned(record.id)
    store.announcements_ahead(one.announcement_id for one in planned)
    return [
        (one, found)
        for one in planned
        if (found := store.announcement(one.announcement_id)) is not None
    ]


def dates_of(store: GovernanceStore, record: ChangeRecord) -> tuple[MessageDate, ...]:
    """The same in short."""
    planned = _announced(store, record)
    tallies = store.brief_tallies([found.id for _, found in planned if found.sent_at])
    dates = (
        MessageDate(
            announcement=found,
            phase=one.phase,
            at=found.sent_at or found.send_at or moment_of(store, record.day, one),
            tally=tallies.get(found.id),
        )
        for one, found in planned
    )
    return tuple(sorted(dates, key=lambda one: (one.at, one.phase)))


def _line(
    store: GovernanceStore,
    record: ChangeRecord,
    planned: Planned,
    found: Announcement,
    tally: Tally | None,
    now: datetime,
) -> PlannedLine:
    at = found.sent_at or found.send_at or moment_of(store, record.day, planned)
    draft = found.state is AnnouncementState.DRAFT
    if draft:
        guard = guard_of(store, found.audience, now)
    else:
        guard = Guard(people=store.reach(found.audience, now).people)
    return PlannedLine(
        planned=planned,
        announcement=found,
        at=at,
        people=guard.people,
        passed=draft and at <= now,
        everyone=guard.everyone,
        tally=tally,
    )


# -- collisions ------------------------------------------------------------------------------------


def collisions(store: GovernanceStore, lines: Iterable[PlannedLine]) -> tuple[Collision, ...]:
    """In each week in which a message goes out: groups of a role and a level that get many, and
    what else is in that week, such as exams."""
    still = [one for one in lines if one.announcement.sent_at is None]
    mine = {one.announcement.id for one in still}
    zone = ZoneInfo(store.district().timezone)
    weeks = sorted({_monday(one.at, zone) for one in still})
    others = [
        (at, found.audience)
        for found in store.announcements()
        if found.id not in mine and (at := _goes_out(found))
    ]
    others += [(one.at, one.announcement.audience) for one in still]
    others += [
        (one.opens_at, one.audience) for one in store.waves() if one.state is not WaveState.CLOSED
    ]
    by_week = {
        week: [audience for at, audience in others if _monday(at, zone) == week] for week in weeks
    }
    groups_of = store.groups_of({audience for here in by_week.values() for audience in here})
    found = []
    for week, here in by_week.items():
        groups: Counter[tuple[str, str]] = Counter(
            group for audience in here for group in groups_of[audience]
        )
        busy = tuple(sorted((*one, many) for one, many in groups.items() if many >= BUSY))
        periods = tuple(_periods(calendar(store), week))
        if busy or periods:
            found.append(Collision(week=week, groups=busy, periods=periods))
    return tuple(found)


def _goes_out(found: Announcement) -> datetime | None:
    return None if found.recalled_at else found.sent_at or found.send_at


def _monday(at: datetime, zone: ZoneInfo) -> date:
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def _periods(calendar: Calendar, week: date) -> Iterator[str]:
    last = week + _WEEK - timedelta(days=1)
    for one in calendar.periods:
        if one.first <= last and one.last >= week:
            yield one.name


# -- words -----------------------------------------------------------------------------------------


def spoken_day(day: date, timezone: str, language: str = "en") -> Text:
    """The day as people read it, in every language that we speak."""
    said = {tag: Words(tag, timezone).day(day) for tag in ("en", *LANGUAGES)}
    default = said.pop(base_of(language), said["en"])
    return Text(default=default, language=language, translations=said)


def message_words(record: ChangeRecord, phase: Phase, timezone: str) -> Change:
    """What a message says before anybody edits it."""
    title = record.words.title
    titles = {tag: _titled(phase, tag, said) for tag, said in title.translations.items()}
    return replace(
        record.words,
        title=replace(
            title,
            default=_titled(phase, title.language, title.default),
            translations=titles,
        ),
        when=spoken_day(record.day, timezone, title.language),
    )


def _titled(phase: Phase, language: str, title: str) -> str:
    words = Words(language)
    return {
        Phase.HEADS_UP: words.say("Coming up: {title}", title=title),
        Phase.HOW_TO: words.say("How to prepare: {title}", title=title),
        Phase.DAY_BEFORE: words.say("Reminder: {title}", title=title),
        Phase.LIVE: words.say("Now live: {title}", title=title),
        Phase.FOLLOW_UP: words.say("Follow-up: {title}", title=title),
    }[phase]


def moved_since(store: GovernanceStore, sent: Announcement) -> Text | None:
    """The new day of a change that was moved after this message about it was sent."""
    planned = store.planned_message(sent.id)
    record = store.change(planned.change_id) if planned else None
    if record is None or sent.sent_at is None:
        return None
    taken = store.change_steps(record.id)
    moves = [one.at for one in taken if one.step is ChangeStep.MOVED]
    known = sent.edited_at or sent.sent_at
    return record.words.when if any(at >= known for at in moves) else None


def not_yet(store: GovernanceStore, announcement_id: UUID) -> Refused | None:
    """Why a message about a change cannot go out: the change is not approved, or withdrawn."""
    planned = store.planned_message(announcement_id)
    record = store.change(planned.change_id) if planned else None
    if record is None or (record.shown and record.state is not ChangeState.WITHDRAWN):
        return None
    return refusal("The change has to be approved before its messages go out.")


def followed(said: Change, before: Change, now: Change) -> Change:
    """A message whose change was edited: what nobody rewrote in it says what the change says."""
    names = (*TRANSLATED, "learn_url")
    return replace(
        said,
        **{
            name: getattr(now, name)
            for name in names
            if getattr(said, name) == getattr(before, name)
        },
    )
