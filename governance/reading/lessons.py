"""What a router learns from, as rows: the district's labelled messages, the messages that come with
the reader, and the charters; each with the committees and the themes that it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from core.people import Level, Role
from governance.committees.model import Committee
from governance.reading.examples import Example
from governance.reading.themes import all_themes, owners
from governance.reading.wording import Floats

NONE = "none"
"""The class of what is out of scope, among committees and among themes."""

SECOND = 0.5
"""What a committee or theme counts that is not the first of a message."""

_PHRASE = 0.3
_OWN = 2.0
"""What a message that the district itself labelled, or put right, counts beside a written one."""


class Source(Enum):
    """Where a row is from."""

    OWN = auto()
    """The district's labelled messages."""
    WRITTEN = auto()
    """The messages that come with the reader."""
    CORRECTION = auto()
    """What people put right: nobody is measured by it, for it is what was hard."""
    CHARTER = auto()


@dataclass(frozen=True, kw_only=True)
class Row:
    """A text to learn from, with what it is for and how much (0..1]. ``themes`` None: not known.
    ``role``, ``level``: its author's; a charter has none."""

    text: str
    committees: Mapping[str, float]
    themes: Mapping[str, float] | None
    source: Source
    role: Role | None = None
    level: Level | None = None
    weight: float = 1.0


class Classes:
    """The committees (and ``NONE``) and the themes (and ``NONE``) of a district, and who may take
    what."""

    def __init__(self, committees: Sequence[Committee], *, none: bool) -> None:
        self.committees = (*sorted(c.key for c in committees), *([NONE] if none else []))
        self.themes = (*all_themes(), NONE)
        self._serves = {c.key: c.serves for c in committees}
        taken = owners(committees)
        self.takes: Floats = np.zeros((len(self.themes), len(self.committees)), np.float32)
        for at, theme in enumerate(self.themes):
            for place, key in enumerate(taken.get(theme, ())):
                self.takes[at, self.committees.index(key)] = SECOND**place
        if none:
            self.takes[-1, -1] = 1.0
        self.handled = self.takes
        """As ``takes``, and as people put it right."""

    def open_to(self, role: Role | None, level: Level | None) -> NDArray[np.bool_]:
        """Per committee, whether it may take what this author says: a school-level committee takes
        only what comes from its own schools (so nothing from the district office or the Board).
        Of an anonymous author neither is known (None): every class is open."""
        serves = [self._serves.get(key) for key in self.committees]
        return np.array(
            [s is None or level is None or (s is level and role is not Role.BOARD) for s in serves],
            bool,
        )

    def of_themes(self, themes: Floats, open_to: NDArray[np.bool_]) -> Floats:
        """Probabilities of committees from those of themes, a message a row: who takes a theme
        shares what it has, and what nobody open takes counts for nobody."""
        takers = np.maximum(open_to @ self.handled.T, 1e-9)
        shares = ((themes / takers) @ self.handled + 1e-6) * open_to
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)


def rows_of(
    committees: Sequence[Committee],
    examples: Sequence[Example],
    written: Sequence[Example],
    corrections: Sequence[Example] = (),
) -> list[Row]:
    """Everything there is to learn from. Written messages teach only a district that says who takes
    which theme."""
    taken = owners(committees)
    serves = {c.key: c.serves for c in committees}
    rows = [row for e in written if taken and (row := _written(e, taken, serves))]
    rows += [row for e in examples if (row := _labelled(e, set(serves), Source.OWN))]
    rows += [row for e in corrections if (row := _labelled(e, set(serves), Source.CORRECTION))]
    return [*rows, *_charters(committees)]


def _labelled(example: Example, known: set[str], source: Source) -> Row | None:
    """One whose committees are all unknown says nothing."""
    keys = [key for key in example.committees if key in known]
    if example.committees and not keys:
        return None
    themes = None if keys else {NONE: 1.0}
    return _row(example, _fading(keys or [NONE]), themes, source)


def _written(
    example: Example, taken: Mapping[str, Sequence[str]], serves: Mapping[str, Level | None]
) -> Row | None:
    """Its committees are those that take its themes: of several school-level ones its own level's.
    One on a theme that nobody takes says nothing."""
    if not example.themes:
        return _row(example, {NONE: 1.0}, {NONE: 1.0}, Source.WRITTEN)
    themes = _fading(example.themes)
    found: dict[str, float] = {}
    for theme, weight in themes.items():
        own = [c for c in taken.get(theme, ()) if serves[c] in (None, example.level)]
        for place, key in enumerate(own):
            found[key] = max(found.get(key, 0.0), weight * SECOND**place)
    return _row(example, found, themes, Source.WRITTEN) if found else None


def _row(
    example: Example,
    committees: Mapping[str, float],
    themes: Mapping[str, float] | None,
    source: Source,
) -> Row:
    return Row(
        text=example.text,
        committees=committees,
        themes=themes,
        source=source,
        role=example.role,
        level=example.level,
        weight=_OWN if source in (Source.OWN, Source.CORRECTION) else 1.0,
    )


def _fading(keys: Sequence[str]) -> dict[str, float]:
    """The first counts whole, the others less."""
    return {key: SECOND if place else 1.0 for place, key in reversed([*enumerate(keys)])}


def _charters(committees: Sequence[Committee]) -> list[Row]:
    """Each whole, and each phrase of it for a little."""
    rows = []
    for c in committees:
        phrases = [p for p in re.split(r"[.:;,]\s+", c.charter) if len(p) > 6]
        for text, weight in [(f"{c.name}. {c.charter}", 1.0), *((p, _PHRASE) for p in phrases)]:
            mine = {c.key: 1.0}
            row = Row(text=text, committees=mine, themes=None, source=Source.CHARTER, weight=weight)
            rows.append(row)
    return rows


def numbers(weights: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """Weights by name as numbers, a row each, in the order of the names."""
    at = {name: place for place, name in enumerate(names)}
    out = np.zeros((len(weights), len(names)), np.float32)
    for row, found in zip(out, weights, strict=True):
        for name, weight in found.items():
            row[at[name]] = weight
    return out
