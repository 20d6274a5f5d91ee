"""Training in words that chat, pages, mails and calendars share."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time

from core.words import Words, known_locale
from governance.learning.commands import FORMATS
from governance.learning.messages import SessionLine
from governance.learning.model import Format, TrainingSession


def format_of(words: Words, one: Format) -> str:
    return words.say(FORMATS[one])


def when(words: Words, line: SessionLine) -> str:
    """In the reader's zone."""
    start, end = _time(words, line.starts), _time(words, line.ends)
    return words.say("{day}, {start} to {end}", day=words.day(line.starts), start=start, end=end)


def short_when(words: Words, line: SessionLine) -> str:
    """The same for a table."""
    start, end = _time(words, line.starts), _time(words, line.ends)
    day = words.short_day(line.starts)
    return words.say("{day}, {start} to {end}", day=day, start=start, end=end)


def _time(words: Words, at: datetime) -> str:
    zoned = at.astimezone(ZoneInfo(words.timezone))
    return format_time(zoned.timetz(), "h:mm a", locale=known_locale(words.locale))


def where(words: Words, session: TrainingSession) -> str:
    if session.format is Format.IN_PERSON:
        return session.place
    online = format_of(words, session.format)
    return f"{online} · {session.place}" if session.place else online


def seats(words: Words, line: SessionLine) -> str:
    """How many are left: nobody sees who has one."""
    if line.left is None:
        return words.say("No seat limit")
    if line.left:
        return words.count("{n} seat left", "{n} seats left", line.left)
    if not line.seats.waiting:
        return words.say("Full")
    return words.count("Full, {n} person waiting", "Full, {n} people waiting", line.seats.waiting)


def mine(words: Words, line: SessionLine) -> str:
    """The reader's own seat; "" where they have not signed up."""
    if line.session.cancelled:
        return words.say("Canceled")
    if line.mine is None:
        return ""
    if line.mine.seated:
        return words.say("You have a seat.")
    return words.say("You are number {n} on the waiting list.", n=words.number(line.place))


def taken(words: Words, taken: int, capacity: int | None) -> str:
    if capacity is None:
        return words.count("{n} person signed up", "{n} people signed up", taken)
    return words.say(
        "{taken} of {seats} seats taken", taken=words.number(taken), seats=words.number(capacity)
    )
