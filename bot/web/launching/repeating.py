"""On which dates a launch repeats, on its form: what was typed, and the series that it means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.web.forms import Form
from bot.web.launching.seen import Seen
from bot.web.launching.typed import Troubles
from bot.web.rendering import local
from core.words import Words
from governance.series import wording as repeat_words
from governance.series.commands import StartSeries
from governance.series.model import DaysOff, Repeat
from governance.series.views import SeriesChecked
from governance.series.wording import DAYS
from surveys.commands import LaunchSurvey
from surveys.questions import Unfit

INPUTS = (
    *("repeats", "repeat_weeks", "repeat_day", "repeat_time", "repeat_begins"),
    *("repeat_days", "repeat_closes", "repeat_off"),
)
OF_TIMES = ("opens_at", "closes_at", "reminders")
"""What a launch that happens once says of its times: of one that repeats its dates say it."""

INPUT_OF = {"repeat": "f-repeats", "days": "f-repeat-days", "begins": "f-repeat-begins"}

_WEEKS, _MONTH = "weeks", "month"
_SCHOOL_DAYS = DAYS[:5]
_MOST_WEEKS = 8


def repeats(form: Form) -> bool:
    return form.one("repeats") in (_WEEKS, _MONTH)


def start_of(seen: Seen, now: datetime) -> tuple[StartSeries, Troubles]:
    """The series that a form means as far as it could be read, and what could not."""
    launch, form = seen.typed.launch, seen.form
    unfit: Troubles = {key: why for key, why in seen.typed.unfit.items() if key not in OF_TIMES}
    repeat = _repeat(form, local(now, seen.view.timezone).date(), unfit)
    start = StartSeries.repeating(launch, repeat)
    return start, unfit


def first_launch(launch: LaunchSurvey, checked: SeriesChecked) -> LaunchSurvey:
    """The first of the dates, as a launch of its own: for the page that shows all of it before."""
    one = next((one for one in checked.dates if one.at and one.closes_at), None)
    if one is None or one.closes_at is None:
        return replace(launch, reminders=())
    return replace(launch, opens_at=one.at, closes_at=one.closes_at, reminders=())


def told(words: Words, repeat: Repeat, checked: SeriesChecked) -> list[str]:
    """The rule, what a year of it tells of one person, and the next dates, a line each."""
    said = [
        repeat_words.sentence(words, repeat),
        repeat_words.lasts(words, repeat),
        repeat_words.off_days(words, repeat),
        *repeat_words.over_a_year(words, checked.over_a_year),
    ]
    coming = repeat_words.coming(words, checked.dates)
    return [*said, words.say("Next: {dates}.", dates="; ".join(coming))] if coming else said


def weeks(words: Words) -> list[tuple[str, str]]:
    """How many weeks lie between two dates, to choose from."""
    every = [("1", words.say("Every week")), ("2", words.say("Every second week"))]
    rest = [
        (str(n), words.count("Every {n} week", "Every {n} weeks", n))
        for n in range(3, _MOST_WEEKS + 1)
    ]
    return [*every, *rest]


def days(words: Words) -> list[tuple[str, str]]:
    return [(day, repeat_words.weekday(words, day).capitalize()) for day in _SCHOOL_DAYS]


def _repeat(form: Form, today: date, unfit: Troubles) -> Repeat:
    at, closes = _time(form, "repeat_time", unfit), _time(form, "repeat_closes", unfit)
    weekly = form.one("repeats") == _WEEKS
    day, every = form.one("repeat_day"), form.one("repeat_weeks")
    if weekly and (day not in _SCHOOL_DAYS or every not in map(str, range(1, _MOST_WEEKS + 1))):
        unfit["repeat"] = (Unfit(why="Choose on which days, and one time of day."),)
        weekly = False
    on = f"* * {day}" if weekly else "1 * *"
    return Repeat(
        rule=f"{at.minute} {at.hour} {on}",
        every=int(every) if weekly else 1,
        begins=_begins(form, today, unfit),
        days_off=DaysOff.SKIP if form.one("repeat_off") == DaysOff.SKIP else DaysOff.SHIFT,
        days=_days(form, unfit),
        closes=closes,
        reminders=int(form.one("reminders")) if form.one("reminders") in ("0", "1", "2") else 0,
    )


def _time(form: Form, name: str, unfit: Troubles) -> time:
    try:
        return time.fromisoformat(form.one(name).strip()).replace(second=0, microsecond=0)
    except ValueError:
        key = "repeat" if name == "repeat_time" else "days"
        unfit[key] = (Unfit(why="Enter a time of day, such as 09:00."),)
        return time(9)


def _days(form: Form, unfit: Troubles) -> int:
    typed = form.one("repeat_days").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4):
        unfit["days"] = (Unfit(why="Enter a number of days."),)
        return 0
    return int(typed)


def _begins(form: Form, today: date, unfit: Troubles) -> date:
    typed = form.one("repeat_begins").strip()
    if not typed:
        return today
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        found = date.min
    if not 2000 < found.year < 9000:
        unfit["begins"] = (
            Unfit(why="Enter a date, or leave it empty to begin with the next one."),
        )
        return today
    return found
