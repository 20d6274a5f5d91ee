"""What follows for certain from all that is said of all groups, in all tables and of all answers of
a question together: by a linear program over how many of each finest group gave each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from threadpoolctl import threadpool_limits

from surveys.believing import FEW_KINDS, places_of, said_of, together
from surveys.codes import Span
from surveys.tabulating import Atom
from surveys.withdrawing import FRIENDS, SURE

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_NOTHING: Final = 1e-7


def certain(
    people: Mapping[Atom, int],
    groups: Sequence[tuple[frozenset[Atom], bool]],
    spans: Sequence[Mapping[str, Span]],
    hidden: Set[int],
    *,
    one_each: bool,
) -> set[int]:
    """The places of the groups of which nothing may be said, since with it somebody's answer would
    follow, for up to four who tell each other what they answered, too. A group is its finest ones,
    and whether it is told in any case; ``one_each``: everybody gave one of the answers."""
    if len(people) <= FEW_KINDS:
        return set()
    gone: set[int] = set()
    with threadpool_limits(limits=1):
        while True:
            program = _Program(people, groups, spans, hidden | gone, one_each)
            followed = program.first()
            if followed is None:
                return gone
            gone |= followed


@dataclass(frozen=True, kw_only=True)
class _Row:
    """That the sum of some columns lies between two numbers; ``places`` are of the groups that say
    so, none where it is known in any case."""

    columns: Sequence[int]
    low: int
    high: int
    places: Set[int]


class _Program:
    """One column for each finest group and answer."""

    def __init__(
        self,
        people: Mapping[Atom, int],
        groups: Sequence[tuple[frozenset[Atom], bool]],
        spans: Sequence[Mapping[str, Span]],
        left_out: Set[int],
        one_each: bool,
    ) -> None:
        import numpy as np  # not at import: most processes never close a survey

        keys = list(spans[0]) if spans else []
        at = places_of(people)
        self._keys = len(keys)
        self._sizes = np.repeat([float(people[atom]) for atom in at], len(keys))
        rows = [
            _Row(columns=range(i * len(keys), (i + 1) * len(keys)), low=n, high=n, places=set())
            for i, n in enumerate(people[atom] for atom in at)
            if one_each
        ]
        rows += _rows(keys, at, groups, spans, left_out)
        self._equal = [row for row in rows if row.low == row.high]
        self._between = [row for row in rows if row.low < row.high]
        whole = self._district(rows)
        open_answers = np.tile([share < SURE for share in whole], len(at))
        self._asked = (self._sizes > 0) & open_answers
        self._matrices = self._of(self._equal), self._of(self._between)

    def first(self) -> set[int] | None:
        """The places of one figure without which somebody's answer would follow less, where it
        follows; None: nobody's does. The smallest group goes."""
        import numpy as np

        least = self._sizes.copy()
        left = self._asked.copy()
        while left.any():  # one solution shows of many that they need not be
            least = np.minimum(least, self._solved(left.astype(float))[0])
            still = left & self._tells(least)
            if (still == left).all():
                break
            left = still
        for column in np.flatnonzero(left):
            if not self._tells(least)[column]:
                continue
            aim = np.zeros(len(least))
            aim[column] = 1
            found, binding = self._solved(aim)
            least = np.minimum(least, found)
            if self._tells(found)[column] and binding:
                return set(min(binding, key=lambda row: (len(row.columns), min(row.places))).places)
        return None

    def _tells(self, least: Numbers) -> Flags:
        """Where so many at least gave an answer that whoever did not, four of them telling each
        other, would be sure of another's."""
        import numpy as np

        friends = np.minimum(np.floor(self._sizes - least + _NOTHING), FRIENDS)
        found: Flags = (least > SURE - _NOTHING) & (least >= SURE * (self._sizes - friends))
        return found

    def _solved(self, aim: Numbers) -> tuple[Numbers, list[_Row]]:
        """The columns' values where the aim is least, and what says that it is not less."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import vstack

        equal, between = self._matrices
        high = np.array([row.high for row in self._between], dtype=float)
        low = np.array([row.low for row in self._between], dtype=float)
        found = linprog(
            aim,
            A_eq=equal if self._equal else None,
            b_eq=[row.low for row in self._equal] or None,
            A_ub=vstack([between, -between]) if self._between else None,
            b_ub=np.concatenate([high, -low]) if self._between else None,
            bounds=np.stack([np.zeros(len(aim)), self._sizes], axis=1),
            method="highs",
        )
        if found.status != 0:
            raise ArithmeticError(f"what is said of groups agrees with no answers: {found.message}")
        count = len(self._between)
        pulls = np.abs(found.ineqlin.marginals[:count]) + np.abs(found.ineqlin.marginals[count:])
        binding = [
            row
            for rows, pull in (
                (self._equal, np.abs(found.eqlin.marginals)),
                (self._between, pulls),
            )
            for row, strength in zip(rows, pull, strict=True)
            if strength > _NOTHING and row.places
        ]
        return found.x, binding

    def _district(self, rows: Sequence[_Row]) -> list[float]:
        """The share of each answer in the largest group that is told in any case."""
        shares = [0.0] * self._keys
        everybody = self._sizes.sum() / max(1, self._keys)
        for row in rows:
            answers = {column % self._keys for column in row.columns}
            if not row.places and len(answers) == 1 and everybody:
                shares[answers.pop()] = row.low / everybody
        return shares

    def _of(self, rows: Sequence[_Row]) -> Any:  # scipy's sparse arrays have no types
        from scipy.sparse import csr_array

        columns = [column for row in rows for column in row.columns]
        ends = [0]
        for row in rows:
            ends.append(ends[-1] + len(row.columns))
        shape = len(rows), len(self._sizes)
        return csr_array(([1.0] * len(columns), columns, ends), shape=shape)


def _rows(
    keys: Sequence[str],
    at: Mapping[Atom, int],
    groups: Sequence[tuple[frozenset[Atom], bool]],
    spans: Sequence[Mapping[str, Span]],
    left_out: Set[int],
) -> Iterator[_Row]:
    for item, key in enumerate(keys):
        said = together(said_of(key, at, groups, spans, left_out))
        for (inside, low, high), places in said.items():
            columns = sorted(i * len(keys) + item for i in inside)
            yield _Row(columns=columns, low=low, high=high, places=places)
