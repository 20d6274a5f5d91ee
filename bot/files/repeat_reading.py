"""When a survey repeats, as somebody writes it: "every second tuesday 9:00", or a rule of cron."""

from __future__ import annotations

import re

from governance.series.model import Repeat
from scheduler.recurring import check_rule

_DAYS = {
    "monday": "mon",
    "tuesday": "tue",
    "wednesday": "wed",
    "thursday": "thu",
    "friday": "fri",
}
_EACH = {"": 1, "second": 2, "other": 2, "third": 3, "fourth": 4}
_WEEKLY = re.compile(
    rf"(?:every|each) (?:({'|'.join(filter(None, _EACH))}) )?({'|'.join(_DAYS)})"
    r"(?: at)? (\d{1,2}):(\d\d)"
)
_WEEKS = re.compile(rf"every (\d\d?) weeks on ({'|'.join(_DAYS)})(?: at)? (\d{{1,2}}):(\d\d)")
_MONTHLY = re.compile(
    r"(?:on )?(?:the )?first school day of (?:each|every|the|a) month(?: at)? (\d{1,2}):(\d\d)"
)


def how() -> str:
    """How to write it, for whoever writes files and types commands."""
    return (
        'Write "every tuesday 9:00", "every second tuesday 9:00", "first school day of the month '
        '9:00" or a rule of cron such as "0 9 * * tue".'
    )


def repeat_rule(written: str) -> tuple[str, int]:
    """The rule of cron, and of its dates every which. ``ValueError`` in plain words where it is
    neither."""
    plain = " ".join(written.lower().split())
    if found := _WEEKLY.fullmatch(plain):
        each, day, hour, minute = found.groups()
        return _weekly(day, hour, minute), _EACH[each or ""]
    if found := _WEEKS.fullmatch(plain):
        weeks, day, hour, minute = found.groups()
        return _weekly(day, hour, minute), int(weeks)
    if found := _MONTHLY.fullmatch(plain):
        hour, minute = found.groups()
        return f"{int(minute)} {int(hour)} 1 * *", 1
    if len(plain.split()) != 5:
        raise ValueError(f'"{written}" names no dates. {how()}')
    check_rule(plain)
    return plain, 1


def checked(repeat: Repeat) -> Repeat:
    """The same, where its rule names one time a day; else ``ValueError``."""
    from scheduler.repeating import check_repeat

    check_repeat(repeat)
    return repeat


def _weekly(day: str, hour: str, minute: str) -> str:
    return f"{int(minute)} {int(hour)} * * {_DAYS[day]}"
