"""Messages that were written for the reader to learn from, each with its themes.

By people who had seen none of the messages it is measured on: ``data/README.md`` says more. Their
vectors are shipped beside them, so that nobody waits for them at a start.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.people import Level, Role
from governance.reading.embedding import SIZE, Vectors, available, embed
from governance.reading.examples import Example
from governance.reading.personal_data import find, redact
from governance.reading.themes import all_themes

DATA = Path(__file__).with_name("data")
ON_THEMES = ("first_*.jsonl", "second_*.jsonl")
OFF_THEMES = ("out_of_scope.jsonl", "sensitive.jsonl")
VECTORS = DATA / "vectors.npz"
REDACTED = DATA / "redacted.json"

FINEST = 127.0
"""A vector's largest number, as it is shipped: a byte each (the cosines stay within .01)."""


@cache
def written() -> tuple[Example, ...]:
    """Messages on themes (the main one first), and such as are about none of them; without the
    personal data in them, as they will be judged."""
    on, off = [*_lines(ON_THEMES)], [*_lines(OFF_THEMES)]
    shipped = _redacted(_texts([*on, *off]))
    return (
        *(_example(line, tuple(line["themes"]), shipped) for line in on),
        *(_example(line, (), shipped) for line in off if line["kind"] != "none"),
        *_charters(),
    )


def _charters() -> Iterable[Example]:
    """What a theme covers, in its own words."""
    for theme in all_themes().values():
        text = f"{theme.name}: {theme.about}"
        yield Example(text=text, role=Role.TEACHER, level=Level.HIGH, themes=(theme.key,))


def _lines(patterns: Iterable[str]) -> Iterable[dict[str, Any]]:
    for pattern in patterns:
        for path in sorted((DATA / "written").glob(pattern)):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield json.loads(line)


def texts_on_and_off() -> list[str]:
    """The written messages as they were written."""
    return _texts(_lines((*ON_THEMES, *OFF_THEMES)))


def _texts(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(line["text"]) for line in lines]


def digest_of(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\0".join(texts).encode(), digest_size=12).hexdigest()


def _redacted(texts: Sequence[str]) -> Mapping[str, str] | None:
    """Of the messages with personal data in them what is left, by the hex of their keys. None:
    these texts are others than those that were looked through."""
    if not REDACTED.exists():
        return None
    told = json.loads(REDACTED.read_text(encoding="utf-8"))
    changed: Mapping[str, str] = told["changed"]
    return changed if told["of"] == digest_of(texts) else None


def _example(
    line: dict[str, Any], themes: tuple[str, ...], shipped: Mapping[str, str] | None = None
) -> Example:
    text = str(line["text"])
    found = None if shipped is None else shipped.get(key_of(text).hex(), text)
    return Example(
        text=redact(text, find(text)) if found is None else found,
        role=Role(line["role"]),
        level=Level(line["level"]),
        themes=themes,
    )


# -- vectors ------------------------------------------------------------------------------------


class VectorStore:
    """Vectors of texts that come again: shipped ones, and those that were made since."""

    def __init__(self) -> None:
        self._made: dict[bytes, Vectors] = {}

    def of(self, texts: Sequence[str]) -> Vectors | None:
        """A row each; None without the embedding model."""
        if not available():
            return None
        shipped = _shipped()
        keys = [key_of(text) for text in texts]
        missing = {
            key: text
            for key, text in zip(keys, texts, strict=True)
            if key not in shipped.places and key not in self._made
        }
        if missing:
            self._made.update(zip(missing, embed([*missing.values()]), strict=True))
        out = np.empty((len(keys), SIZE), np.float32)
        for row, key in zip(out, keys, strict=True):
            made = self._made.get(key)
            row[:] = shipped.row(key) if made is None else made
        return out


@dataclass(frozen=True, kw_only=True)
class _Shipped:
    """``rows`` stay a byte a number: thousands of them, of which few are asked for twice."""

    places: Mapping[bytes, int]
    rows: NDArray[np.int8]

    def row(self, key: bytes) -> Vectors:
        """Of length 1."""
        row = self.rows[self.places[key]].astype(np.float32) / np.float32(FINEST)
        found: Vectors = row / np.linalg.norm(row)
        return found


@cache
def _shipped() -> _Shipped:
    if not VECTORS.exists():
        return _Shipped(places={}, rows=np.zeros((0, SIZE), np.int8))
    with np.load(VECTORS) as kept:
        keys, rows = kept["keys"], kept["rows"]
    return _Shipped(places={bytes(key): at for at, key in enumerate(keys)}, rows=rows)


def key_of(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
