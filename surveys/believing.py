"""What somebody believes who takes every share of a group to be as likely, from all that is said
of all groups together: also from codes in several tables, and where no table adds up by itself.

The average of all worlds that agree with what is said is estimated by tilting: each finest group's
count is drawn from its whole range, the more likely the higher (or lower), by one factor for each
figure that it is part of, so that on the average every figure is met. (The distribution nearest to
the one without figures: E. T. Jaynes, "Information theory and statistical mechanics", Physical
Review 106 (1957) 620-630.) Its dual is convex, and solved by Newton's method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from surveys.codes import Span
from surveys.tabulating import Atom
from surveys.withdrawing import NEARLY_ALL, SURE

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

FEW_KINDS = 6
"""Where groups are of so few finest kinds, what is said is decided by all that could be said
instead: that something is not said would tell there."""

_ROUNDS = 40
_CLOSE = 0.02
"""People by which a figure may be missed."""

_EXACT = 0.05
"""People by which an exact figure is taken to be vague, so that there is room for an average."""


def believed_too_much(
    people: Mapping[Atom, int],
    groups: Sequence[tuple[frozenset[Atom], bool]],
    spans: Sequence[Mapping[str, Span]],
    hidden: Set[int],
    *,
    contrary: bool,
) -> set[int]:
    """The places of the groups of which nothing may be said, since all that is said of all groups
    together tells of somebody. A group is its finest ones, and whether it is told in any case."""
    if len(people) <= FEW_KINDS:
        return set()
    at, sizes, gone = places_of(people), [people[atom] for atom in sorted(people)], set[int]()
    with threadpool_limits(limits=1):  # small matrices: threads that wait took 35 s for 0.8 s
        for key in spans[0] if spans else ():
            said = said_of(key, at, groups, spans, hidden | gone)
            share = next((one.low / sum(sizes) for one in said if one.open), 0.0)
            limit = 2.0 if share >= SURE else max(NEARLY_ALL, (share + SURE) / 2)
            gone |= too_much(sizes, said, limit, contrary=contrary and share > 1 - SURE)
    return gone


@dataclass(frozen=True, kw_only=True)
class Said:
    """Of a group of finest kinds, that between ``low`` and ``high`` people gave an answer; ``open``
    where it is said in any case."""

    place: int
    kinds: frozenset[int]
    low: int
    high: int
    open: bool


def places_of(people: Mapping[Atom, int]) -> dict[Atom, int]:
    """The number of each finest group."""
    return {atom: place for place, atom in enumerate(sorted(people))}


def said_of(
    key: str,
    at: Mapping[Atom, int],
    groups: Sequence[tuple[frozenset[Atom], bool]],
    spans: Sequence[Mapping[str, Span]],
    left_out: Set[int],
) -> list[Said]:
    """What is said of one answer, of the groups whose places are not left out."""
    return [
        Said(
            place=place,
            kinds=frozenset(at[atom] for atom in atoms if atom in at),
            low=span.low,
            high=span.high,
            open=always,
        )
        for place, ((atoms, always), all_said) in enumerate(zip(groups, spans, strict=True))
        if place not in left_out and ((span := all_said[key]).exact or span.words is not None)
    ]


def too_much(
    people: Sequence[int], said: Sequence[Said], limit: float, *, contrary: bool
) -> set[int]:
    """The places of what has to go unsaid, so that nobody believes more than ``limit`` of anybody
    of a finest kind of whom what is open does not make them so sure. ``contrary``: nor that they
    did not give the answer."""
    gone: set[int] = set()
    import numpy as np  # not at import: most processes never close a survey

    sizes = np.maximum(np.array(people, dtype=float), 1)
    alone = _tilted(people, list(together([one for one in said if one.open])))[0] / sizes
    # Where what is open makes them nearly as sure, not much surer than that.
    high, low = _limits(alone, limit), _limits(1 - alone, limit) + (0 if contrary else 2)
    while True:
        told = together([one for one in said if one.place not in gone])
        believed, pull = _tilted(people, list(told))
        shares = believed / sizes
        beyond = float(max((shares - high).max(), (1 - shares - low).max()))
        may_go = [
            (abs(strength), places)
            for strength, (_, places) in zip(pull, told.items(), strict=True)
            if places
        ]
        if beyond <= 0 or not may_go:
            return gone
        gone |= max(may_go, key=lambda one: (one[0], min(one[1])))[1]


def _limits(alone: Numbers, limit: float) -> Numbers:
    import numpy as np

    return np.where(alone > SURE, 2.0, np.maximum(limit, (alone + SURE) / 2))


Figure = tuple[frozenset[int], int, int]


def together(said: Sequence[Said]) -> dict[Figure, Set[int]]:
    """What is said of the same people in several tables is one figure. Those that are open have no
    places: they cannot go."""
    found: dict[frozenset[int], list[Said]] = {}
    for one in said:
        found.setdefault(one.kinds, []).append(one)
    return {
        (kinds, max(one.low for one in same), min(one.high for one in same)): (
            set() if any(one.open for one in same) else {one.place for one in same}
        )
        for kinds, same in found.items()
    }


def _tilted(people: Sequence[int], told: Sequence[Figure]) -> tuple[Numbers, Numbers]:
    """The average count of each kind, and the factor of each figure."""
    import numpy as np

    sizes = np.array(people, dtype=float)
    inside = np.zeros((len(told), len(people)))
    low, width = np.zeros(len(told)), np.zeros(len(told))
    for number, (kinds, least, most) in enumerate(told):
        inside[number, sorted(kinds)] = 1
        room = _EXACT if least == most else 0.5
        low[number], width[number] = least - room, most - least + 2 * room
    pull = np.zeros(len(told))
    value = _dual(inside, sizes, low, width, pull)
    for _ in range(_ROUNDS):
        mean, spread = _moments(sizes, pull @ inside)
        figure, loose = _moments(width, -pull)
        slope = inside @ mean - low - figure
        if float(np.abs(slope).max(initial=0.0)) < _CLOSE:
            break
        curve = (inside * spread) @ inside.T + np.diag(loose + 1e-9)
        step = -np.linalg.solve(curve, slope)
        length, down = 1.0, float(slope @ step)
        while length > 1e-6:
            ahead = _dual(inside, sizes, low, width, pull + length * step)
            if ahead <= value + 1e-4 * length * down:
                break
            length /= 2
        pull, value = pull + length * step, ahead
    return _moments(sizes, pull @ inside)[0], pull


def _dual(inside: Numbers, sizes: Numbers, low: Numbers, width: Numbers, pull: Numbers) -> float:
    """Convex in ``pull``; least where every figure is met."""
    ranges = _log_sums(sizes, pull @ inside).sum() + _log_sums(width, -pull).sum()
    return float(ranges - pull @ low)


def _log_sums(width: Numbers, tilt: Numbers) -> Numbers:
    """log of the integral of exp(tilt x) from 0 to ``width``."""
    import numpy as np

    at = tilt * width
    size = np.abs(at)
    flat = np.where(size < 1e-4, 1.0, size)
    body = np.log(-np.expm1(-flat) / flat)
    result: Numbers = np.log(width) + np.where(
        size < 1e-4, at / 2 + at * at / 24, np.maximum(at, 0) + body
    )
    return result


def _moments(width: Numbers, tilt: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and variance of what is drawn from 0 to ``width`` with density exp(tilt x)."""
    import numpy as np

    at = np.clip(tilt * width, -500, 500)
    near = np.abs(at) < 1e-2
    safe = np.where(near, 1.0, at)
    mean = np.where(near, 0.5 + at / 12, 1 / -np.expm1(-safe) - 1 / safe)
    half = np.exp(-np.abs(safe) / 2) / -np.expm1(-np.abs(safe))
    spread = np.where(near, 1 / 12, 1 / safe**2 - half**2)
    return mean * width, np.maximum(spread, 1e-12) * width**2
