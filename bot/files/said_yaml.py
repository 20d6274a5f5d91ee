"""What the example district's staff said before a visitor comes (``examples/said.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.files.changed_yaml import Changed, Noticed, read_change, read_notice
from bot.files.fields import Entry, open_entry
from bot.files.yaml_source import Source
from core.people import Level, Role
from governance.rules.model import Disposition, RuleStep

LONGEST = 1_000
_WEEKS = 12


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One message. ``week`` 0 is this week, 1 last week; ``day`` 0 is Monday. ``by`` is an e-mail
    address, or a ``role`` (with a ``level``) whoever has it. ``handed_over``: whether its author
    says yes where the help desk is offered. ``after``: how long until who leads
    where it went did what (``acknowledged``, ``discussed``, ``answered``, or ``put_aside``: until
    eight school days after today, and ``why``)."""

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
    why: str = ""
    rule: str = ""
    """The number of the rule that it is a comment on, where it is one."""
    section: int = 0
    anonymous: bool = False
    closed: bool = False
    """It reads as urgent, and the person who was alerted closed the case."""
    disposition: Disposition = Disposition.ACCEPTED
    """What became of the comment, with ``answer`` as its reason, once it is ``answered``."""


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
class Ruled:
    """How a rule came to where it stands: ``file`` was brought in some ``days`` ago, or so that it
    took effect on the last ``effective`` (month, day), or ``years`` before that, and was taken on
    to ``until``."""

    file: str
    until: RuleStep
    days: int = 0
    effective: tuple[int, int] | None = None
    years: int = 0


@dataclass(frozen=True, kw_only=True)
class Past:
    said: tuple[Saying, ...]
    advised: tuple[Advised, ...]
    ruled: tuple[Ruled, ...] = ()
    changed: tuple[Changed, ...] = ()
    noticed: tuple[Noticed, ...] = ()


def read_past(path: Path) -> Past:
    """``ValueError``: it is not as it has to be; says where."""
    source = Source(file=path.name)
    entry = open_entry(path, source, "the file")
    past = Past(said=(), advised=())
    if entry is not None:
        entry.only("said", "recommendations", "rules", "changes", "notices")
        said = tuple(_saying(one) for one in entry.entries("said", "message", required=True))
        advised = tuple(_advised(one) for one in entry.entries("recommendations", "recommendation"))
        ruled = tuple(_ruled(one) for one in entry.entries("rules", "rule"))
        changed = tuple(read_change(one) for one in entry.entries("changes", "change"))
        noticed = tuple(read_notice(one) for one in entry.entries("notices", "notice"))
        past = Past(said=said, advised=advised, ruled=ruled, changed=changed, noticed=noticed)
    if source.problems:
        raise ValueError("\n".join(map(str, source.problems)))
    return past


_STEPS = ("acknowledged", "discussed", "answered", "put_aside")


def _saying(entry: Entry) -> Saying:
    own = ("by", "level", "named", "handed_over", "key", "text", "answer", "why")
    entry.only(
        "week", "day", *own, *_STEPS, "rule", "section", "anonymous", "closed", "disposition"
    )
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
        why=_maybe(entry, "why"),
        rule=_maybe(entry, "rule"),
        section=entry.whole("section", least=1, most=99) or 0,
        anonymous=entry.flag("anonymous", default=False),
        closed=entry.flag("closed", default=False),
        disposition=entry.member("disposition", Disposition, Disposition.ACCEPTED),
    )


def _ruled(entry: Entry) -> Ruled:
    entry.only("file", "until", "days", "effective", "years")
    effective = _maybe(entry, "effective")
    month, _, day = effective.partition("-")
    return Ruled(
        file=entry.string("file", longest=200),
        until=entry.member("until", RuleStep, RuleStep.PROPOSED),
        days=entry.whole("days", least=1, most=2000) or 0,
        effective=(int(month), int(day)) if effective else None,
        years=entry.whole("years", least=1, most=9) or 0,
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
