"""What a pulse asks, whom and when: a launch of an ordinary survey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from core.text import Text, text
from core.words import LANGUAGES, Words
from governance.announcements.handlers import sender
from governance.changes.model import ChangeRecord, ChangeState
from governance.languages import base_of
from governance.ports import GovernanceStore
from governance.pulses.model import CLOSES, OPEN_DAYS, OPENS, REMINDS, STATEMENTS, Moment, Pulse
from governance.school_days import calendar as calendar_of
from governance.school_days import today
from surveys.authoring.presets import AGREEMENT
from surveys.commands import LaunchSurvey
from surveys.disclosure.expected import too_fine
from surveys.questions import FreeText, Scale, Unfit
from surveys.survey import Dimension, Page, PlannedTable, Survey
from surveys.waves.launching import foreseen
from surveys.waves.reaching import Foreseen

_OPEN = FreeText(
    key="obstacle",
    prompt=text("What is in your way?", es="¿Qué se lo dificulta?"),
    hint=text("Please leave names out.", es="Por favor, no escriba nombres."),
    longest=1000,
    required=False,
)

_TABLES = (PlannedTable(), PlannedTable(by=(Dimension.ROLE, Dimension.LEVEL)))
"""The whole audience, and its groups where there are enough people in them."""

TOO_LATE = Unfit(why="It is too late to ask before the change. Ask after it.")
NOT_APPROVED = Unfit(why="Staff can be asked about a change once it is approved.")


def survey_of(store: GovernanceStore, record: ChangeRecord) -> Survey:
    """Before and after it asks the same, so that the two can be compared."""
    zone = store.district().timezone
    known = store.district().committee(record.committee) is not None
    scales = tuple(
        Scale(key=key, prompt=prompt, labels=AGREEMENT) for key, prompt in STATEMENTS.items()
    )
    return Survey(
        key=f"ready-{record.id.hex[:12]}",
        title=_said(
            record,
            lambda tag, title: Words(tag, zone).say("Are you ready? {title}", title=title),
        ),
        asked_by=text(sender(store)),
        purpose=_said(
            record,
            lambda tag, title: Words(tag, zone).say(
                "This is about “{title}”, planned for {day}. Your answers show what is missing, so "
                "that we can add it.",
                title=title,
                day=record.words.when.in_locale(tag),
            ),
        ),
        pages=(Page(questions=(*scales, _OPEN)),),
        tables=_TABLES,
        minutes=2,
        committees=(record.committee,) if known else (),
        adkar=tuple(STATEMENTS),
    )


def _said(record: ChangeRecord, say: Callable[[str, str], str]) -> Text:
    """Our words around the change's title, in every language that we speak."""
    title = record.words.title
    told = {tag: say(tag, title.in_locale(tag)) for tag in ("en", *LANGUAGES)}
    language = base_of(title.language)
    default = told.pop(language, told["en"])
    return Text(default=default, language=title.language, translations=told)


def opens_at(store: GovernanceStore, record: ChangeRecord, pulse: Pulse) -> datetime:
    """In the morning of a school day, so many before the change's day or after it."""
    days = -pulse.days if pulse.moment is Moment.BEFORE else pulse.days
    on = calendar_of(store).school_day_after(record.day, days)
    return store.moment_of(datetime.combine(on, OPENS))


def times(
    store: GovernanceStore, record: ChangeRecord, pulse: Pulse, now: datetime
) -> tuple[datetime, datetime]:
    """When it opens, not before now, and when it closes: in the afternoon of its last school day,
    and before a change on the last school day before it at the latest."""
    opens = max(opens_at(store, record, pulse), now)
    calendar = calendar_of(store)
    last = calendar.school_day_after(_first_day(store, opens), OPEN_DAYS - 1)
    if pulse.moment is Moment.BEFORE:
        last = min(last, calendar.school_day_after(record.day, -1))
    return opens, store.moment_of(datetime.combine(last, CLOSES))


def _first_day(store: GovernanceStore, opens: datetime) -> date:
    return calendar_of(store).school_day_from(today(store, opens))


def launch_of(
    store: GovernanceStore, record: ChangeRecord, pulse: Pulse, now: datetime
) -> LaunchSurvey:
    """Its launch as things are now. Tables that are not worth their noise are left out or made
    coarser, as the launch would object to them."""
    opens, closes = times(store, record, pulse, now)
    middle = calendar_of(store).school_day_after(_first_day(store, opens), OPEN_DAYS // 2)
    reminder = store.moment_of(datetime.combine(middle, REMINDS))
    before = store.pulse(record.id, Moment.BEFORE) if pulse.moment is Moment.AFTER else None
    earlier = store.wave(before.wave_id) if before else None
    command = LaunchSurvey(
        wave_id=pulse.wave_id,
        survey=survey_of(store, record),
        audience=earlier.audience if earlier else record.audience,
        opens_at=opens if opens > now else None,
        closes_at=closes,
        reminders=(reminder,) if opens < reminder < closes else (),
        selection=pulse.sample,
        continues=earlier.id if earlier else None,
    )
    tables = _worth(store, command, foreseen(store, command, now))
    return replace(command, survey=replace(command.survey, tables=tables))


def _worth(
    store: GovernanceStore, command: LaunchSurvey, found: Foreseen
) -> tuple[PlannedTable, ...]:
    if not found.frame.people:
        return command.survey.tables
    part = found.panel / found.frame.people
    tables = command.survey.tables
    while fine := too_fine(tables, found.frame.population, part, store.release_rules()):
        kept = [one for one in tables if one != fine[0].table]
        coarser = fine[0].instead
        tables = (*kept, coarser) if coarser and coarser not in kept else tuple(kept)
    return tables


def too_late(store: GovernanceStore, record: ChangeRecord, pulse: Pulse, now: datetime) -> bool:
    """Whether it can no longer be asked before the change."""
    if pulse.moment is Moment.AFTER:
        return False
    opens, closes = times(store, record, pulse, now)
    return closes <= opens


def open_for(record: ChangeRecord) -> bool:
    """Whether staff can be asked about it: they know of it, and it is not withdrawn."""
    return record.shown and record.state is not ChangeState.WITHDRAWN
