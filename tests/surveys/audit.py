"""An audit by brute force of what is published together, for small cases.

It knows nothing of how cells were chosen. It tries every set of columns with 1 to K-1 people and
asks, in exact fractions, whether it is a combination of the published rows.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

Column = TypeVar("Column", bound=Hashable)
K = 5
Vector = list[Fraction]


def echelon(rows: Iterable[Sequence[int]]) -> list[tuple[int, Vector]]:
    found: list[tuple[int, Vector]] = []
    for row in rows:
        left = remainder(found, [Fraction(value) for value in row])
        pivot = next((i for i, value in enumerate(left) if value), None)
        if pivot is not None:
            found.append((pivot, left))
    return found


def remainder(basis: list[tuple[int, Vector]], row: Vector) -> Vector:
    for pivot, other in basis:
        factor = row[pivot] / other[pivot]
        row = [a - factor * b for a, b in zip(row, other, strict=True)]
    return row


def given_away(published: Sequence[Set[Column]], people: Mapping[Column, int]) -> list[set[Column]]:
    """All sets of columns with 1 to K-1 people that the published rows amount to."""
    columns = [c for c, n in people.items() if n]
    basis = echelon([[int(c in cell) for c in columns] for cell in published])
    return [
        set(chosen)
        for size in range(1, K)
        for chosen in combinations(columns, size)
        if sum(people[c] for c in chosen) < K
        and not any(remainder(basis, [Fraction(c in chosen) for c in columns]))
    ]
