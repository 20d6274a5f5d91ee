"""Messages written for the readers of urgency, sensitive matters and tone to learn from.

By people who had seen none of the messages that reading is measured on: ``data/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from governance.feedback.model import Tone, Urgency

WRITTEN = Path(__file__).with_name("data") / "written"

_ON_TECHNOLOGY = ("first_*.jsonl", "second_*.jsonl")
_URGENT = ("urgent_displays.jsonl", "urgent_more.jsonl", "urgent_strangers.jsonl")
_PIECES = ("clauses_urgent.jsonl", "clauses_ordinary.jsonl")
_UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class Exemplar:
    """A message and what it is: urgent (and which way), sensitive, and its tone where known.

    ``urgent`` and ``sensitive`` are None where a careful reader cannot say. ``alike``: written to
    sound like an emergency or a sensitive matter, and to be none.
    """

    text: str
    urgent: Urgency | bool | None = False
    sensitive: bool | None = False
    tone: Tone | None = None
    alike: bool = False


@cache
def exemplars() -> tuple[Exemplar, ...]:
    """All of them, in the order of the files."""
    return (*_emergencies(), *_sensitive(), *_others())


@cache
def pieces() -> tuple[Exemplar, ...]:
    """Clauses that tell of danger to a person, and clauses that only sound like it."""
    return tuple(
        Exemplar(
            text=line["text"],
            urgent=Urgency(line["urgent"]) if line["urgent"] else False,
            sensitive=None,
        )
        for line in _lines(*_PIECES)
    )


def _emergencies() -> Iterable[Exemplar]:
    for line in _lines("urgent.jsonl", *_URGENT):
        kind = line["urgent"]
        yield Exemplar(
            text=line["text"],
            urgent=Urgency(kind) if kind else False,
            sensitive=None if kind else False,  # a child hurt at home is both
            alike=kind is None,
        )


def _sensitive() -> Iterable[Exemplar]:
    for line in _lines("sensitive.jsonl", "sensitive_more.jsonl"):
        there = line["kind"] != "none"
        yield Exemplar(text=line["text"], sensitive=there, alike=not there)


def _others() -> Iterable[Exemplar]:
    """What staff write about technology, and about other things. Among them are emergencies that
    their writers meant as a theme: ``cannot_wait.jsonl`` says which."""
    known = {line["text"]: line["urgent"] for line in _lines("cannot_wait.jsonl")}
    for line in _lines(*_ON_TECHNOLOGY, "out_of_scope.jsonl"):
        kind = known.get(line["text"])
        yield Exemplar(
            text=line["text"],
            urgent=None if kind == _UNCLEAR else Urgency(kind) if kind else False,
            tone=Tone(line["tone"]),
        )


def _lines(*patterns: str) -> Iterable[Mapping[str, str]]:
    for pattern in patterns:
        for path in sorted(WRITTEN.glob(pattern)):
            yield from map(json.loads, filter(None, path.read_text("utf-8").splitlines()))
