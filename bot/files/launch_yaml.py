"""A launch in a file: whom it asks, when, and on which dates it repeats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from bot.files.audience_yaml import read_audience
from bot.files.fields import Entry, open_entry
from bot.files.problems import Problem, in_order
from bot.files.repeat_reading import checked, how, repeat_rule
from bot.files.yaml_source import Source
from core.people import Audience
from governance.series.model import LONGEST_OPEN, DaysOff, Repeat
from surveys.waves.launching import LONGEST_REASON, MOST_REMINDERS
from surveys.waves.sampling import FEWEST_GROUPS, MOST_GROUPS, Rotation, Sample, Selection

_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Once:
    """One run. Times are local; ``opens`` None: now; ``closes`` None: in a week."""

    opens: datetime | None = None
    closes: datetime | None = None
    remind: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LaunchPlan:
    """Whom a survey asks, and when: once, or again and again."""

    audience: Audience
    when: Once | Repeat
    selection: Selection | None = None
    despite_limit: str | None = None
    hold: bool = False


def load_launch(path: Path, *, today: date, file: str | None = None) -> LaunchPlan | list[Problem]:
    """``today``: the local day from which dates count, where the file names none."""
    source = Source(file=file or path.name)
    entry = open_entry(path, source, "the launch")
    if entry is None:
        return in_order(source.problems)
    entry.only("audience", "sample", "rotate", "despite_limit", "hold", "once", "repeat")
    if "once" in entry.fields and "repeat" in entry.fields:
        entry.wrong("once", 'The launch has "once" and "repeat".', "Keep one of them.")
    repeat = _repeat(entry, today)
    plan = LaunchPlan(
        audience=read_audience(entry),
        when=repeat or _once(entry),
        selection=_selection(entry),
        despite_limit=entry.string("despite_limit", longest=LONGEST_REASON, required=False) or None,
        hold=entry.flag("hold", default=False),
    )
    return in_order(source.problems) or plan


def _selection(launch: Entry) -> Selection | None:
    written = launch.scalar("sample", required=False, kind="a number or a share")
    groups = launch.whole("rotate", least=FEWEST_GROUPS, most=MOST_GROUPS)
    if written is not None and groups is not None:
        launch.wrong("rotate", 'The launch has "sample" and "rotate".', "Keep one of them.")
    if groups is not None:
        return Rotation(groups=groups)
    if written is None:
        return None
    number, percent, rest = written.partition("%")
    digits = number.strip()
    if rest.strip() or not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        message = f'"sample" of the launch is "{written}".'
        launch.wrong("sample", message, 'Use a number of people, or a share such as "10%".')
        return None
    return Sample(share=int(digits) / 100) if percent else Sample(people=int(digits))


def _once(launch: Entry) -> Once:
    entry = launch.entry("once")
    if entry is None:
        return Once()
    entry = entry.called('"once"')
    entry.only("opens", "closes", "remind")
    remind = [_moment(entry, "remind", word) for _, word in entry.words("remind")]
    if len(remind) > MOST_REMINDERS:
        message = f'"once" has {len(remind)} reminders.'
        entry.wrong("remind", message, f"Use at most {MOST_REMINDERS}.")
    return Once(
        opens=_local(entry, "opens"),
        closes=_local(entry, "closes"),
        remind=tuple(at for at in remind if at is not None),
    )


def _repeat(launch: Entry, today: date) -> Repeat | None:
    entry = launch.entry("repeat")
    if entry is None:
        return None
    entry = entry.called('"repeat"')
    entry.only("on", "begins", "days_off", "days", "closes", "reminders")
    usual = Repeat(rule="0 9 * * mon", begins=today)
    written = entry.scalar("on", kind='words such as "every tuesday 9:00"')
    if written is None:
        return usual
    off_words = entry.scalar("days_off", required=False) or usual.days_off.value
    if off_words not in [one.value for one in DaysOff]:
        message = f'"days_off" of "repeat" is "{off_words}".'
        entry.wrong("days_off", message, 'Use "shift" (to the next school day) or "skip".')
        off_words = usual.days_off.value
    found = Repeat(
        rule=usual.rule,
        begins=entry.day("begins") if "begins" in entry.fields else today,
        days_off=DaysOff(off_words),
        days=_number(entry, "days", LONGEST_OPEN, usual.days),
        closes=_time(entry, "closes", usual.closes),
        reminders=_number(entry, "reminders", MOST_REMINDERS, usual.reminders),
    )
    try:
        rule, every = repeat_rule(written)
        return checked(replace(found, rule=rule, every=every))
    except ValueError as error:
        message, _, fix = str(error).partition(". ")
        entry.wrong("on", f"{message.rstrip('.')}.", fix or how())
        return usual


def _number(entry: Entry, name: str, most: int, default: int) -> int:
    found = entry.whole(name, least=0, most=most, default=default)
    return default if found is None else found


def _time(entry: Entry, name: str, default: time) -> time:
    written = entry.scalar(name, required=False, kind="a time of day")
    if written is None:
        return default
    try:
        if len(written) != len("16:00"):
            raise ValueError
        return time.fromisoformat(written)
    except ValueError:
        message = f'"{name}" of {entry.what} is "{written}", which is not a time of day.'
        entry.wrong(name, message, 'Write it with 24 hours, in quotes: "16:00".')
        return default


def _local(entry: Entry, name: str) -> datetime | None:
    written = entry.scalar(name, required=False, kind="a time")
    return _moment(entry, name, written) if written else None


def _moment(entry: Entry, name: str, written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
        if at.tzinfo is not None:
            raise ValueError
    except ValueError:
        message = f'"{name}" of {entry.what} is "{written}", which is not a local time.'
        entry.wrong(name, message, 'Write it like "2026-12-01 15:30".')
        return None
    return at
