"""What the example district's staff said before a visitor comes (``examples/said.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.files.fields import Entry, open_entry
from bot.files.yaml_source import Source
from core.people import Level, Role

LONGEST = 1_000
_WEEKS = 12


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One message. ``week`` 0 is this week, 1 last week; ``day`` 0 is Monday. ``by`` is an e-mail
    address, or a ``role`` (with a ``level``) whoever has it. ``handed_over``: whether its author
    says yes where the help desk is offered. ``after``: how long until who leads
    where it went did what (``acknowledged``, ``discussed``, ``answered``)."""

    week: int
    day: int
    text: str
    email: str | None = None
    role: Role | None = None
    level: Level | None = None
    named: bool = False
    handed_over: bool = False
    key: str = ""
    after: tuple[tuple[str, timedelta], ...] = ()
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Advised:
    """A recommendation that is made of messages (their keys). ``decided``: days until the CTO
    did; None: it waits for that."""

    week: int
    day: int
    queue: str
    about: tuple[str, ...]
    title: str
    advice: str
    decided: timedelta | None = None
    accepted: bool = False
    reason: str = ""
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Past:
    said: tuple[Saying, ...]
    advised: tuple[Advised, ...]


def read_past(path: Path) -> Past:
    """``ValueError``: it is not as it has to be; says where."""
    source = Source(file=path.name)
    entry = open_entry(path, source, "the file")
    past = Past(said=(), advised=())
    if entry is not None:
        entry.only("said", "recommendations")
        said = tuple(_saying(one) for one in entry.entries("said", "message", required=True))
        advised = tuple(_advised(one) for one in entry.entries("recommendations", "recommendation"))
        past = Past(said=said, advised=advised)
    if source.problems:
        raise ValueError("\n".join(map(str, source.problems)))
    return past


_STEPS = ("acknowledged", "discussed", "answered")


def _saying(entry: Entry) -> Saying:
    own = ("by", "level", "named", "handed_over", "key", "text", "answer")
    entry.only("week", "day", *own, *_STEPS)
    by = entry.string("by", longest=200)
    steps = [(step, _days(entry, step)) for step in _STEPS]
    has_address = "@" in by
    return Saying(
        week=entry.whole("week", least=0, most=_WEEKS) or 0,
        day=entry.whole("day", least=0, most=6) or 0,
        text=entry.string("text", longest=LONGEST),
        email=by if has_address else None,
        role=None if has_address else entry.member("by", Role, Role.TEACHER),
        level=None if has_address else entry.member("level", Level, Level.ELEMENTARY),
        named=entry.flag("named", default=False),
        handed_over=entry.flag("handed_over", default=False),
        key=_maybe(entry, "key"),
        after=tuple((step, after) for step, after in steps if after is not None),
        answer=_maybe(entry, "answer"),
    )


def _advised(entry: Entry) -> Advised:
    entry.only(
        "week",
        "day",
        "queue",
        "about",
        "title",
        "advice",
        "decided",
        "accepted",
        "reason",
        "outcome",
    )
    return Advised(
        week=entry.whole("week", least=0, most=_WEEKS) or 0,
        day=entry.whole("day", least=0, most=4) or 0,
        queue=entry.key("queue"),
        about=tuple(word for _, word in entry.words("about", required=True)),
        title=entry.string("title", longest=200),
        advice=entry.string("advice", longest=LONGEST),
        decided=_days(entry, "decided"),
        accepted=entry.flag("accepted", default=False),
        reason=_maybe(entry, "reason"),
        outcome=_maybe(entry, "outcome"),
    )


def _days(entry: Entry, name: str) -> timedelta | None:
    days = entry.whole(name, least=0, most=7 * _WEEKS)
    return None if days is None else timedelta(days=days)


def _maybe(entry: Entry, name: str) -> str:
    return entry.scalar(name, required=False) or ""
