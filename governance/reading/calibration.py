"""How sure a reading is, so that of what it calls 80% sure 80% is right; and what follows from it.

Chosen on what is said of known messages by others: of a district's own messages as if none of them
were known, for the next ones come from people whom the reader has not met. First a temperature
and what "none of them" is worth beside the committees (its examples are of all that there is to
talk about, and pull too hard); then the surety of the first choice by a logistic curve (J. Platt,
Advances in Large Margin Classifiers, 1999, 61-74), said in no more steps than so few messages can
support here (A. Kumar, P. Liang, T. Ma, Verified Uncertainty Calibration, NeurIPS 2019).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from governance.reading.learning import softmax
from governance.reading.scores import surest
from governance.reading.wording import Floats

ROUTED_RIGHT = 0.9
"""Share of routed messages that must be right, out of sample: a committee that gets others' mail
stops reading its own."""

FILED_FROM = 0.5
"""Filed as out of scope is what is more likely so than not: a higher one leaves small talk to
triage, a lower one files what a committee should hear (decision 44)."""

LEAST_JUDGED = 20
"""Fewest messages above a threshold before it is believed."""

NEVER = 2.0
"""A threshold that no probability reaches."""

_SPREAD = 2.0
"""How far from 0 the worth of "none" is, before anything is seen (a standard deviation, nats)."""

A_STEP = 60
"""Messages of a step of surety, at least. Of so many a share of .8 is known to a twentieth (its
standard deviation); with fewer the steps would claim to tell apart what nobody has seen apart."""

MOST_STEPS = 10

_TILT = 0.05
"""Of what lies within a step this much is left of the distance to its middle: the surer still comes
first."""

_Right = NDArray[np.bool_]

_Shares = NDArray[np.floating[Any]]
"""0..1, as exact as they come."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Least calibrated probability to route to a committee, and to file as out of scope."""

    route: float = NEVER
    file: float = NEVER


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """``temperature`` of log probabilities; ``none`` is added to that of "none", where it is the
    last class; ``slope`` and ``offset`` lead from the log odds of the first choice to those that it
    is right; ``edges`` part the shares (0..1) that follow from it into steps, each said as its
    ``middle``."""

    temperature: float = 1.0
    none: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    edges: tuple[float, ...] = ()
    middles: tuple[float, ...] = ()

    def of(self, logs: Floats, *, none: bool) -> Floats:
        """Probabilities, a message a row, of uncalibrated logs; minus infinity stays at 0."""
        warm = logs / self.temperature
        if none:
            warm[:, -1] += self.none
        return softmax(warm, 1.0)

    def sure(self, share: float) -> float:
        """That a choice of this probability is right, 0..1 (0 of 0)."""
        if share <= 0:
            return 0.0
        found = float(_curve(np.array([share]), self.slope, self.offset)[0])
        if not self.middles:
            return found
        middle = self.middles[bisect_right(self.edges, found)]
        return middle + _TILT * (found - middle)


def calibrated(logs: Floats, right: _Right, *, none: bool) -> Calibration:
    """The calibration under which what is right of these messages is least surprising."""

    def surprise(at: NDArray[np.float64]) -> float:
        one = Calibration(temperature=float(np.exp(at[0])), none=float(at[1]) if none else 0.0)
        believed = (one.of(logs, none=none) * right).sum(axis=1)
        before = (at[1] / _SPREAD) ** 2 / 2 / len(logs)
        return -float(np.log(np.maximum(believed, 1e-9)).mean()) + float(before)

    temperature, worth = _least(surprise, [0.0, 0.0])
    warm = Calibration(temperature=float(np.exp(temperature)), none=worth if none else 0.0)
    shares = warm.of(logs, none=none)
    top = shares.max(axis=1)
    slope, offset = _surety(top, first_right(shares, right))
    edges, middles = _steps(_curve(top, slope, offset))
    return replace(warm, slope=slope, offset=offset, edges=edges, middles=middles)


def first_right(shares: Floats, right: _Right) -> _Right:
    """Of each message, whether the likeliest class is right."""
    hits: _Right = right[np.arange(len(shares)), shares.argmax(axis=1)]
    return hits


def promised(shares: Floats, right: _Right, *, none: bool) -> Thresholds:
    """The thresholds that keep the promise on these messages."""
    hits = first_right(shares, right)
    files = (shares.argmax(axis=1) == shares.shape[1] - 1) & none
    sure = shares.max(axis=1)
    routed = [*zip(sure[~files].tolist(), hits[~files].tolist(), strict=True)]
    known = none and right[:, -1].sum() >= LEAST_JUDGED
    return Thresholds(
        route=threshold(routed, ROUTED_RIGHT),
        file=FILED_FROM if known else NEVER,
    )


def threshold(judged: Sequence[tuple[float, bool]], wanted: float) -> float:
    """The lowest confidence at and above which at least ``wanted`` of the judged (confidence,
    right) are right, with ``LEAST_JUDGED`` of them there; ``NEVER`` if there is none."""
    most = surest(judged, wanted)
    return (
        sorted((one for one, _ in judged), reverse=True)[most - 1]
        if most >= LEAST_JUDGED
        else NEVER
    )


def _surety(sure: Floats, hits: _Right) -> tuple[float, float]:
    def surprise(at: NDArray[np.float64]) -> float:
        said = np.clip(_curve(sure, float(at[0]), float(at[1])), 1e-6, 1 - 1e-6)
        far = (at[0] - 1) ** 2 + at[1] ** 2  # few messages change little
        return float(-np.log(np.where(hits, said, 1 - said)).mean() + far / 2 / len(hits))

    slope, offset = _least(surprise, [1.0, 0.0])
    return max(slope, 0.05), offset


def _steps(sure: _Shares) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Edges and middles of steps with equally many of these messages in each: the mean of what the
    curve says there, not the share that was right, which is chance's as much."""
    ordered = np.sort(sure)
    many = max(1, min(MOST_STEPS, len(ordered) // A_STEP))
    parts = np.array_split(ordered, many)
    edges = tuple(float(part[0]) for part in parts[1:])
    return edges, tuple(float(part.mean()) for part in parts)


def _curve(shares: _Shares, slope: float, offset: float) -> _Shares:
    odds: _Shares = np.clip(shares, 1e-6, 1 - 1e-6)
    found: _Shares = 1 / (1 + np.exp(-(slope * np.log(odds / (1 - odds)) + offset)))
    return found


def _least(surprise: Callable[[NDArray[np.float64]], float], start: list[float]) -> list[float]:
    """Where it is least, from a start (downhill by a simplex: two numbers, no slopes needed)."""
    from scipy.optimize import minimize

    found = minimize(surprise, start, method="Nelder-Mead", options={"xatol": 1e-3, "fatol": 1e-6})
    return [float(one) for one in found.x]
