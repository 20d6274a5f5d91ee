"""What the command line asks about surveys that repeat."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from bot.app.core import Core
from bot.files.repeat_reading import checked, repeat_rule
from bot.operator.arguments import id_of, moment_of, zone_of
from bot.operator.telling import Arguments, Told, by_operator
from core.words import Words
from governance.series import wording as repeat_words
from governance.series.commands import (
    CheckSeries,
    MoveDate,
    PauseSeries,
    ResumeSeries,
    StartSeries,
    StopSeries,
)
from governance.series.jobs import line
from governance.series.model import DaysOff, Repeat, SeriesState
from governance.series.views import SeriesLine
from surveys.commands import LaunchSurvey


def repeat_of(given: Arguments, today: date) -> Repeat:
    """``repeat`` (words or a rule of cron), ``begins``, ``days``, ``until`` (a time of day),
    ``reminders``, ``skip_days_off``. ``ValueError`` in plain words."""
    rule, every = repeat_rule(given["repeat"])
    usual = Repeat(rule=rule, begins=today)
    days, reminders = given.get("days"), given.get("reminders")
    return checked(
        Repeat(
            rule=rule,
            every=every,
            begins=_day(given["begins"]) if given.get("begins") else today,
            days_off=DaysOff.SKIP if given.get("skip_days_off") else DaysOff.SHIFT,
            days=usual.days if days is None else int(days),
            closes=_time(given["until"]) if given.get("until") else usual.closes,
            reminders=usual.reminders if reminders is None else int(reminders),
        )
    )


async def begin_series(core: Core, launch: LaunchSurvey, repeat: Repeat, *, check: bool) -> Told:
    """Launch on each date what a launch says; with ``check`` only say them and whom it reaches."""
    if launch.opens_at or launch.reminders:
        raise ValueError(
            "a survey that repeats takes neither --opens nor --remind: its dates say when."
        )
    start = StartSeries.repeating(launch, repeat)
    words = await _words(core)
    said = await by_operator(core, CheckSeries(start=start) if check else start)
    when = (f"{repeat_words.sentence(words, repeat)} {repeat_words.off_days(words, repeat)}",)
    return Told(lines=(*when, *said.lines), ok=said.ok)


async def series_list(core: Core, given: Arguments) -> Told:
    """Those that run or are paused; with ``all`` also those that were stopped."""
    states = () if given.get("all") else (SeriesState.RUNNING, SeriesState.PAUSED)
    now, words = core.now(), await _words(core)
    found = await core.store.read(lambda tx: [line(tx, one, now) for one in tx.all_series(*states)])
    if not found:
        return Told(lines=("No survey repeats.",))
    return Told(lines=tuple(said for one in found for said in _lines(words, one)))


async def series_pause(core: Core, given: Arguments) -> Told:
    """``series``: its id; ``why``."""
    command = PauseSeries(series_id=id_of(given["series"]), why=given["why"])
    told = await by_operator(core, command)
    said = "Paused. Dates are skipped until it is resumed."
    return Told(lines=(said,)) if told.ok else told


async def series_resume(core: Core, given: Arguments) -> Told:
    """``series``: its id."""
    series_id = id_of(given["series"])
    told = await by_operator(core, ResumeSeries(series_id=series_id))
    return await _with_dates(core, "Resumed.", series_id) if told.ok else told


async def series_stop(core: Core, given: Arguments) -> Told:
    """``series``: its id; ``why``."""
    command = StopSeries(series_id=id_of(given["series"]), why=given["why"])
    told = await by_operator(core, command)
    said = "Stopped for good. A wave that is open stays open until it closes."
    return Told(lines=(said,)) if told.ok else told


async def series_move(core: Core, given: Arguments) -> Told:
    """``series``: its id; ``to``: when its next one is launched (ISO, local)."""
    series_id, zone = id_of(given["series"]), await zone_of(core)
    told = await by_operator(core, MoveDate(series_id=series_id, to=moment_of(given["to"], zone)))
    return await _with_dates(core, "Moved.", series_id) if told.ok else told


async def _with_dates(core: Core, said: str, series_id: UUID) -> Told:
    now, words = core.now(), await _words(core)
    series = await core.store.read(lambda tx: tx.series(series_id))
    if series is None:
        return Told(lines=(said,))
    shown = await core.store.read(lambda tx: line(tx, series, now))
    return Told(lines=(said, *_next(words, shown)))


def _lines(words: Words, shown: SeriesLine) -> tuple[str, ...]:
    series = shown.series
    rule = repeat_words.rule(words, series.repeat)
    first = f"{words.text(series.survey.title)}: {rule} ({series.state})."
    return (first, *_next(words, shown), f"Series {series.id}")


def _next(words: Words, shown: SeriesLine) -> tuple[str, ...]:
    if shown.series.state is SeriesState.PAUSED or not shown.dates:
        return ()
    return (f"Next: {'; '.join(repeat_words.coming(words, shown.dates))}.",)


async def _words(core: Core) -> Words:
    district = await core.store.read(lambda tx: tx.district())
    return Words(district.locale, district.timezone)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f'"{written}" is not a day. Write it like "2026-12-01".') from None


def _time(written: str) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        raise ValueError(f'"{written}" is not a time of day. Write it like "16:00".') from None
