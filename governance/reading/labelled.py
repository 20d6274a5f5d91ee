"""Labelled messages to measure by, in parts: what is held out together, and what is not labelled.

A district's own file need not say everything: a label that a line does not have is not measured
by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from governance.reading.examples import BadLineError, Example, parse_line, read_examples

FOLDS = 5

_SEED = 1


class Label(StrEnum):
    """What a line may say beside its committees; the value is the name of the field."""

    TONE = "sentiment"
    URGENT = "urgent"
    PERSONAL = "pii"
    MATTER = "dup"


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One line. ``labels``: which fields it has (``null`` is a label: not urgent, said once).
    ``matter``: what it has in common with others that say the same. ``together``: what must not
    be torn apart between learning and testing: its author, else its matter."""

    example: Example
    labels: frozenset[Label]
    matter: str | None = None
    together: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Messages that are read by a reader that has learned from those of the other parts."""

    name: str
    messages: tuple[Labelled, ...]


def load_labelled(path: Path, committees: Iterable[str]) -> tuple[Labelled, ...]:
    """Messages of a JSON-lines file. Raises ``BadLineError`` (file, line, what to fix) and
    ``OSError``."""
    known = frozenset(committees)
    with path.open("rb") as lines:
        try:
            return tuple(
                _labelled(line, number, known)
                for number, line in enumerate(lines, start=1)
                if line.strip()
            )
        except BadLineError as bad:
            raise BadLineError(bad.line, bad.why, str(path)) from None


def _labelled(line: bytes, number: int, known: frozenset[str]) -> Labelled:
    parsed = parse_line(line, number)
    try:
        example = read_examples([line], known)[0]
    except BadLineError as bad:
        raise BadLineError(number, bad.why) from None
    matter = _word(parsed, "dup", number)
    author = _word(parsed, "author", number) or _word(parsed, "group", number)
    together = f"author {author}" if author else f"matter {matter}" if matter else None
    labels = frozenset(label for label in Label if label.value in parsed)
    return Labelled(example=example, labels=labels, matter=matter, together=together)


def _word(parsed: Mapping[str, object], field: str, number: int) -> str | None:
    value = parsed.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadLineError(number, f'"{field}" must be a word, a number or null')
    return str(value)


def parts_of(files: Mapping[str, Sequence[Labelled]]) -> tuple[Part, ...]:
    """Of several files each is a part; one is dealt into ``FOLDS``, what belongs together into
    the same. Raises ``ValueError`` where there is too little to hold anything out."""
    if len(files) > 1:
        for name, messages in files.items():
            if not messages:
                raise ValueError(f"{name} has no messages: leave it out, or label some.")
        return tuple(Part(name=name, messages=tuple(ms)) for name, ms in files.items())
    ((name, messages),) = files.items()
    return _dealt(name, messages)


def _dealt(name: str, messages: Sequence[Labelled]) -> tuple[Part, ...]:
    held: dict[str, list[Labelled]] = {}
    for at, one in enumerate(messages):
        held.setdefault(one.together or f"line {at}", []).append(one)
    if len(held) < FOLDS:
        raise ValueError(
            f"{name} has messages of {len(held)} authors or matters; to learn from some and test "
            f"on others takes {FOLDS}. Label more, or give a second file."
        )
    sets = list(held.values())
    Random(_SEED).shuffle(sets)  # noqa: S311  (the same deal every time, not a secret)
    folds: list[list[Labelled]] = [[] for _ in range(FOLDS)]
    for those in sorted(sets, key=len, reverse=True):
        min(folds, key=len).extend(those)
    return tuple(
        Part(name=f"fold {at}", messages=tuple(fold)) for at, fold in enumerate(folds, start=1)
    )
