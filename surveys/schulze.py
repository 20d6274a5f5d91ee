"""Which choice beats which, pair by pair, over whole rankings: Schulze's order, and its circles.

Borda's points say how high a choice stands on average; this says which one more people prefer to
each other one. The two may differ, and preferences may go in a circle: that is told, not hidden.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ballot = tuple[str, ...]
"""Choice keys, the most important first; what is not in it stands below, all alike."""

Matrix = list[list[int]]


@dataclass(frozen=True, kw_only=True)
class Majorities:
    """``order``: choices best first, those together that nothing puts in an order.

    ``circles``: where majorities go round, a shortest way round of each such group of choices:
    ("a", "b", "c") says that a beats b, b beats c, and c beats a.
    """

    order: tuple[tuple[str, ...], ...]
    circles: tuple[tuple[str, ...], ...] = ()


def majorities(ballots: Mapping[Ballot, int], choices: Sequence[str]) -> Majorities:
    """The order of ``choices`` by the strengths of their paths, from ballots with how many gave
    each.

    Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011)
    267-303, with strength measured by winning votes.
    """
    preferred = preferences(ballots, choices)
    strength = path_strengths(preferred)
    everyone = range(len(choices))
    beats = [[strength[a][b] > strength[b][a] for b in everyone] for a in everyone]
    order, left = [], list(everyone)
    while left:
        best = [b for b in left if not any(beats[a][b] for a in left)]
        order.append(tuple(choices[b] for b in best))
        left = [b for b in left if b not in best]
    return Majorities(order=tuple(order), circles=_circles(preferred, choices))


def preferences(ballots: Mapping[Ballot, int], choices: Sequence[str]) -> Matrix:
    """How many put the one (row) above the other (column)."""
    at = {key: place for place, key in enumerate(choices)}
    counted = [[0] * len(choices) for _ in choices]
    for ballot, count in ballots.items():
        below = set(range(len(choices)))
        for key in ballot:
            below.discard(at[key])
            for other in below:
                counted[at[key]][other] += count
    return counted


def path_strengths(preferred: Matrix) -> Matrix:
    """The strength of the strongest path from each choice to each other: the weakest of its
    majorities. By widening paths over one more choice at a time (Floyd and Warshall)."""
    everyone = range(len(preferred))
    strength = [
        [preferred[a][b] if preferred[a][b] > preferred[b][a] else 0 for b in everyone]
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
    found, told = [], set[int]()
    for start in everyone:
        if start in told:
            continue
        group = {b for b in _reached(beaten, start) if start in _reached(beaten, b)}
        if group:
            told |= group
            ways = [_way_round(beaten, one) for one in sorted(group)]
            shortest = min(ways, key=len)
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
    while waiting:
        way = waiting.popleft()
        for after in beaten[way[-1]]:
            if after == start:
                return way
            if after not in seen:
                seen.add(after)
                waiting.append([*way, after])
    raise ValueError("not in a circle")
