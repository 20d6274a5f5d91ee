"""How much each released count may tell of one answer, and so how much noise it gets.

What is drawn from one person's answer to one question tells ``ANSWER`` at most over all tables
together, since each person stands in one group of each. Source of the sum: C. Dwork, A. Roth, "The
Algorithmic Foundations of Differential Privacy" (2014), theorem 3.16.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from statistics import median
from typing import TypeVar

from surveys.survey import USUAL, PlannedTable

ANSWER = USUAL.answer
"""Epsilon of one answer, over all tables that are released at the closing; a district may choose
another (``surveys.survey.Rules``)."""

ANSWERED = Fraction(3, 2)
"""Epsilon of having answered at all, over all counts of people who did."""

BESIDE = Fraction(1, 2)
"""Epsilon of what an answer tells beside its own tables: over all figures that are shown while a
survey is open, over all pages that only some are asked, and over what ADKAR's scales add up to."""

LEAST = USUAL.smallest_group

ANSWERING = 0.3
"""The share of the people asked who are expected to answer."""

_FINE = 1000
"""Epsilons are multiples of 1/1000, so that scales are short fractions."""

Part = TypeVar("Part", bound=Hashable)

People = frozenset[tuple[str, str, str]]
"""A set of people, by the finest groups of which it consists."""


def divided(
    whole: Fraction, tables: Mapping[Part, Iterable[float]], power: float = 1 / 2
) -> dict[Part, Fraction]:
    """Each table's part of ``whole``, in proportion to 1 / m**power, where m is the median number
    of people *asked* in a group of it: the smaller the groups, the more noise would hurt.

    ``tables`` gives the people asked in each group. The parts add up to ``whole`` at most. Nothing
    that anybody answered goes in, so the division itself tells nothing. A power of 1/2 makes the
    sum of the groups' relative errors least, 2/3 the sum of their squares.
    """
    weights = {table: median(asked) ** -power for table, asked in tables.items()}
    fine = (whole.numerator * _FINE // whole.denominator) - len(weights)
    total = sum(weights.values())
    return {
        table: Fraction(1 + int(fine * weight / total), _FINE) for table, weight in weights.items()
    }


def by_people(
    parts: Mapping[PlannedTable, Fraction], cells: Iterable[tuple[PlannedTable, People]]
) -> dict[People, Fraction]:
    """The epsilon of each distinct set of people. Where several tables have the same set, it is
    counted once, with the tables' parts together: two draws would be averaged to one better one."""
    found: dict[People, Fraction] = {}
    for table, group in cells:
        found[group] = found.get(group, Fraction(0)) + parts[table]
    return found
