"""Which planned figures may be shown together, so that no sum or difference of them tells about
fewer people than promised.

Both questions are linear algebra over the planned cells. They are answered exactly, modulo a large
prime, by admitting figures one by one, most important first, and refusing each that would give
something away together with those admitted before. What is admitted is sound at every step, and
nothing that was refused could be added at the end.
Background: L. Willenborg, T. de Waal, Elements of Statistical Disclosure Control (2001), chapter 4.
"""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from typing import TypeVar

PRIME = (1 << 61) - 1
"""Ratios of small whole numbers behave modulo this prime as they do exactly."""

Row = dict[int, int]
"""A sparse row: column to its coefficient (never 0), modulo ``PRIME``."""

Key = TypeVar("Key", bound=Hashable)
Column = TypeVar("Column", bound=Hashable)


class Span:
    """Everything that can be computed from the rows added so far, by sums and multiples."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}

    def rest(self, row: Mapping[int, int]) -> Row:
        """What of a row the span does not explain: empty where it can be computed.

        Unique up to the span, and scaled so that its first coefficient is 1.
        """
        left = dict(row)
        pivots = self._rows
        while (hits := [column for column in left if column in pivots]) != []:
            pivot = min(hits)
            factor = left[pivot]
            for column, value in pivots[pivot].items():
                changed = (left.get(column, 0) - factor * value) % PRIME
                if changed:
                    left[column] = changed
                else:
                    left.pop(column, None)
        if not left:
            return left
        scale = pow(left[min(left)], -1, PRIME)
        return {column: value * scale % PRIME for column, value in left.items()}

    def copy(self) -> Span:
        """Another that goes on from here by itself; rows are never changed, so they are shared."""
        other = Span()
        other._rows = dict(self._rows)
        return other

    def add(self, row: Mapping[int, int]) -> bool:
        """Whether the row told something new."""
        rest = self.rest(row)
        if rest:
            self._rows[min(rest)] = rest
        return bool(rest)

    def null_vector(self, columns: int) -> list[int]:
        """A random vector that every row of the span maps to zero.

        A set of columns can be computed from the rows exactly when every such vector sums to zero
        over it; a random one does so by chance once in 2^61.
        """
        rows = self._rows
        vector = [secrets.randbelow(PRIME) for _ in range(columns)]
        for pivot in sorted(rows, reverse=True):
            others = (
                vector[column] * value for column, value in rows[pivot].items() if column != pivot
            )
            vector[pivot] = -sum(others) % PRIME
        return vector


class _Family:
    """Sets of columns that are published together, and the people in each column (all > 0)."""

    def __init__(self, people: Mapping[int, int], least: int) -> None:
        self._people = people
        self._least = least
        self._span = Span()
        self._in = dict.fromkeys(people, 0)  # column -> bits of the sets it is in
        self._sets = 0

    def publish(self, sets: Sequence[Set[int]], *, checked: bool = True) -> bool:
        """Publish all of these at once, unless (``checked``) they give such a group away."""
        span, marked = self._span.copy(), dict(self._in)
        for place, inside in enumerate(sets, start=self._sets):
            span.add(dict.fromkeys(inside, 1))
            for column in inside:
                marked[column] |= 1 << place
        if checked and self._tells_too_much(span, marked):
            return False
        self._span, self._in, self._sets = span, marked, self._sets + len(sets)
        return True

    def admit(self, cells: Sequence[tuple[Key, Set[int]]]) -> set[Key]:
        """Publish each of the cells, in order of importance, that gives no such group away
        together with those before it; their keys.

        Many are tried at once, and halved where they give something away, since one look at
        hundreds of small columns takes as long for one cell as for all. That is the same as one
        by one: what some published sets give away, more of them give away, too.
        """
        shown: set[Key] = set()
        waiting = [list(cells)]
        while waiting:
            some = [one for one in waiting.pop() if self._enough(one[1])]
            if self.publish([inside for _, inside in some]):
                shown.update(key for key, _ in some)
            elif len(some) > 1:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]  # the more important half goes first
        return shown

    def _enough(self, inside: Set[int]) -> bool:
        return sum(self._people[i] for i in inside) >= self._least

    def _tells_too_much(self, span: Span, marked: Mapping[int, int]) -> bool:
        """Whether some union of 1 to ``least`` - 1 people can be computed.

        Columns in the same published sets always come together, so it is a union of such blocks.
        """
        blocks: dict[int, list[int]] = {}
        for column, bits in marked.items():
            if bits:
                blocks.setdefault(bits, []).append(column)
        small = [
            (columns, n)
            for columns in blocks.values()
            if (n := sum(self._people[i] for i in columns)) < self._least
        ]
        if not small:
            return False
        vector = span.null_vector(len(self._people))
        hashed = [(sum(vector[i] for i in columns) % PRIME, n) for columns, n in small]
        return _some_sum_to_zero(hashed, self._least - 1)


def _some_sum_to_zero(parts: Sequence[tuple[int, int]], most: int) -> bool:
    """Whether some of the (value, people) have values that sum to 0 and at most ``most`` people.

    Meets in the middle: each such choice is one of up to half as many parts, or two of them.
    """
    fewest: dict[int, int] = {}
    chosen = [(0, 0, 0)]  # sums of values, of people, and from which part on others may join
    for _ in range((most + 1) // 2):
        chosen = [
            ((value + more) % PRIME, people + n, place + 1)
            for value, people, begin in chosen
            for place, (more, n) in enumerate(parts[begin:], begin)
            if people + n <= most
        ]
        for value, people, _ in chosen:
            if people < fewest.get(value, most + 1):
                fewest[value] = people
    return 0 in fewest or any(
        people + fewest.get(PRIME - value, most + 1) <= most for value, people in fewest.items()
    )


def admitted(
    cells: Sequence[tuple[Key, frozenset[Column]]], people: Mapping[Column, int], least: int
) -> set[Key]:
    """The cells that may be published, of ``cells`` in order of importance.

    ``people`` counts who answered in each column (a finest group). Of everything that sums and
    differences of published cells amount to, nothing is a set of 1 to ``least`` - 1 people: also
    where who looks knows which columns are empty.
    """
    return admitted_beside([], cells, people, least)


def admitted_beside(
    published: Sequence[frozenset[Column]],
    cells: Sequence[tuple[Key, frozenset[Column]]],
    people: Mapping[Column, int],
    least: int,
) -> set[Key]:
    """As ``admitted``, where other cells are ``published`` already."""
    kind = kinds([*published, *(cell for _, cell in cells)], people)
    merged = dict.fromkeys(kind.values(), 0)
    for column, number in kind.items():
        merged[number] += people[column]
    family = _Family(merged, least)
    family.publish([{kind[c] for c in cell if c in kind} for cell in published], checked=False)
    return family.admit([(key, {kind[c] for c in cell if c in kind}) for key, cell in cells])


def exact(
    figures: Sequence[tuple[Key, Row]], known: Iterable[Row], guarded: Iterable[Row]
) -> set[Key]:
    """The figures that may be told exactly, of ``figures`` in order of importance, where ``known``
    rows are told anyway and no ``guarded`` row may be computed.

    A guarded row that the known ones give away already cannot be kept, and is let go.
    """
    span = Span()
    for row in known:
        span.add(row)
    hidden = [rest for row in guarded if (rest := span.rest(row))]
    told: set[Key] = set()
    for key, row in figures:
        rest = span.rest(row)
        if rest and rest in hidden:  # both rests are scaled: equal means one gives the other
            continue
        told.add(key)
        if rest:
            span.add(rest)
            hidden = [span.rest(row) if min(rest) in row else row for row in hidden]
    return told


def kinds(cells: Sequence[frozenset[Column]], people: Mapping[Column, int]) -> dict[Column, int]:
    """Columns with somebody in them, numbered from 0 so that those in the same cells are one."""
    inside = {column: 0 for column, n in people.items() if n > 0}
    for place, cell in enumerate(cells):
        for column in cell & inside.keys():
            inside[column] |= 1 << place
    number: dict[int, int] = {}
    return {column: number.setdefault(bits, len(number)) for column, bits in inside.items()}
