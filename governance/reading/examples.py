"""Labelled messages: what a router learns from, and is measured on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from core.people import Level, Role
from governance.feedback.model import Tone, Urgency

_Word = TypeVar("_Word", bound=StrEnum)


class BadLineError(ValueError):
    """A line of a JSON-lines file that cannot be used. ``line`` counts from 1."""

    def __init__(self, line: int, why: str, source: str = "") -> None:
        super().__init__(f"{source + ', ' if source else ''}line {line}: {why}")
        self.line = line
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message with the committees it is for (the primary one first; none: out of scope), and
    its themes likewise, where they are known.

    ``personal`` are the pieces of personal data in it as (text, kind); only measuring needs them.
    """

    text: str
    role: Role
    level: Level
    committees: tuple[str, ...] = ()
    sentiment: Tone | None = None
    urgent: Urgency | None = None
    personal: tuple[tuple[str, str], ...] = ()
    themes: tuple[str, ...] = ()


def load_examples(path: Path, committees: Iterable[str] | None = None) -> tuple[Example, ...]:
    """Read examples from a JSON-lines file. Raises ``BadLineError`` that names the file, the line
    and what to fix; with ``committees``, also where a key is not one of them."""
    with path.open("rb") as lines:
        try:
            return read_examples(lines, committees)
        except BadLineError as bad:
            raise BadLineError(bad.line, bad.why, str(path)) from None


def read_examples(
    lines: Iterable[str | bytes], committees: Iterable[str] | None = None
) -> tuple[Example, ...]:
    """Examples of JSON lines; blank lines are passed over. Raises ``BadLineError``."""
    known = None if committees is None else frozenset(committees)
    return tuple(
        _example(parse_line(line, number), number, known)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def parse_line(line: str | bytes, number: int) -> Mapping[str, object]:
    """One JSON object (bytes: in UTF-8). Raises ``BadLineError``."""
    try:
        parsed = json.loads(line if isinstance(line, str) else line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLineError(number, "not UTF-8 text") from None
    except RecursionError:
        raise BadLineError(number, "not JSON (nested too deeply)") from None
    except json.JSONDecodeError as error:
        raise BadLineError(number, f"not JSON ({error.msg} at column {error.colno})") from None
    if not isinstance(parsed, dict):
        raise BadLineError(number, "not an object: write {...} with text, role and level")
    return parsed


def text_field(parsed: Mapping[str, object], field: str, number: int) -> str:
    """A field that must be text. Raises ``BadLineError``."""
    if field not in parsed:
        raise BadLineError(number, f'"{field}" is missing')
    value = parsed[field]
    if not isinstance(value, str):
        raise BadLineError(number, f'"{field}" must be text, not {json.dumps(value)[:40]}')
    return value


def word_field(parsed: Mapping[str, object], field: str, number: int, words: type[_Word]) -> _Word:
    """A field that must be one word of a list (any case). Raises ``BadLineError``."""
    value = text_field(parsed, field, number)
    try:
        return words(value.strip().lower())
    except ValueError:
        options = ", ".join(words)
        raise BadLineError(number, f'"{field}" is "{value}"; use one of {options}') from None


def _example(parsed: Mapping[str, object], number: int, known: frozenset[str] | None) -> Example:
    text = text_field(parsed, "text", number)
    if not text.strip():
        raise BadLineError(number, '"text" is empty')
    return Example(
        text=text,
        role=word_field(parsed, "role", number, Role),
        level=word_field(parsed, "level", number, Level),
        committees=_committees(parsed, number, known),
        sentiment=_optional(parsed, "sentiment", number, Tone),
        urgent=_optional(parsed, "urgent", number, Urgency),
        personal=_personal(parsed, number),
    )


def _committees(
    parsed: Mapping[str, object], number: int, known: frozenset[str] | None
) -> tuple[str, ...]:
    keys = parsed.get("committees")
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise BadLineError(number, '"committees" must be a list of keys ([] is out of scope)')
    for key in keys:
        if known is not None and key not in known:
            raise BadLineError(number, f'there is no committee "{key}"')
    return tuple(keys)


def _optional(
    parsed: Mapping[str, object], field: str, number: int, words: type[_Word]
) -> _Word | None:
    return None if parsed.get(field) is None else word_field(parsed, field, number, words)


def _personal(parsed: Mapping[str, object], number: int) -> tuple[tuple[str, str], ...]:
    pairs = parsed.get("pii") or []
    if not isinstance(pairs, list):
        raise BadLineError(number, '"pii" must be a list of [text, kind]')
    for pair in pairs:
        if not (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)
        ):
            raise BadLineError(number, '"pii" must be a list of [text, kind]')
    return tuple((text, kind) for text, kind in pairs)
