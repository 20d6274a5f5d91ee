"""An order by majorities, two choices at a time: Schulze's, and where majorities go in a circle."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

Matrix = Sequence[Sequence[float]]


@dataclass(frozen=True, kw_only=True)
class Majorities:
    """``order``: choices, best first; those together that nothing puts in an order.

    ``circles``: a shortest way round each group of choices whose majorities go round: ("a", "b",
    "c") says that a beats b, b beats c, and c beats a.
    """

    order: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...] = ()


def schulze(preferred: Matrix, choices: Sequence[str], doubt: float = 0.0) -> Majorities:
    """The order of ``choices`` by the strengths of their paths. ``preferred``: how many put the one
    (row) above the other (column); of how many more, 0 on the other side, the order is the same
    where everybody ranked all. ``doubt``: two paths that go either way differ by more than this, or
    nothing puts their ends in an order.

    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011)
    267-303.
    """
    strength = path_strengths(preferred)
    order, left = list[tuple[str, ...]](), list(range(len(choices)))
    while left:
        best = [b for b in left if not any(_ahead(strength, a, b, doubt) for a in left)]
        order.append(tuple(choices[b] for b in best))
        left = [b for b in left if b not in best]
    return Majorities(order=tuple(order), circles=_circles(preferred, choices))


def _ahead(strength: Matrix, one: int, other: int, doubt: float) -> bool:
    back = strength[other][one]
    return strength[one][other] > back + (doubt if back else 0.0)


def path_strengths(preferred: Matrix) -> list[list[float]]:
    """The strength of the strongest path from each choice to each other: the weakest of its
    majorities. Paths are widened over one more choice at a time (Floyd and Warshall)."""
    everyone = range(len(preferred))
    strength = [
        [preferred[a][b] if preferred[a][b] > preferred[b][a] else 0.0 for b in everyone]
        for a in everyone
    ]
    for through in everyone:
        for a in everyone:
            for b in everyone:
                if a != b and a != through != b:
                    by_way = min(strength[a][through], strength[through][b])
                    strength[a][b] = max(strength[a][b], by_way)
    return strength


def _circles(preferred: Matrix, choices: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """A shortest circle of majorities for each group of choices that reach one another."""
    everyone = range(len(choices))
    beaten = [[b for b in everyone if preferred[a][b] > preferred[b][a]] for a in everyone]
    reached = [_reached(beaten, one) for one in everyone]
    found, told = [], set[int]()
    for start in everyone:
        group = {b for b in reached[start] if start in reached[b]}
        if group and start not in told:
            told |= group
            shortest = min((_way_round(beaten, one) for one in sorted(group)), key=len)
            found.append(tuple(choices[one] for one in shortest))
    return tuple(found)


def _reached(beaten: Sequence[Sequence[int]], start: int) -> set[int]:
    """Whom a choice beats, directly or by way of others."""
    seen: set[int] = set()
    waiting = list(beaten[start])
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += beaten[one]
    return seen


def _way_round(beaten: Sequence[Sequence[int]], start: int) -> list[int]:
    """A shortest circle through a choice that is in one."""
    waiting = deque([[start]])
    seen = set[int]()
    while True:
        way = waiting.popleft()
        for after in beaten[way[-1]]:
            if after == start:
                return way
            if after not in seen:
                seen.add(after)
                waiting.append([*way, after])
