"""What is told beside a wave's tables: who took part, what differs, and what changed.

All of it is computed from released figures (``release``). A figure that is None is not shown, and
looks like one that there was nothing to say about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from core.text import Text
from surveys.survey import Dimension

Group = tuple[tuple[str, str], ...]
"""A cell's (dimension, value) pairs; empty for the whole district."""


@dataclass(frozen=True, kw_only=True)
class GroupRate:
    """What part of a group's ``asked`` people answered (0..1). ``coded`` replaces the share where
    nearly everybody or nearly nobody did (">90%"); both None: withheld."""

    group: Group
    asked: int
    share: float | None = None
    coded: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Response rates by AAPOR, 0..1, and the counts of people behind them.

    ``response_rate_2`` counts everybody whose answers are in the results, also who began and
    answered half or more; so do ``groups``, the rate of each cell of the planned tables, in their
    order. How many answered has noise; how many said no, or were not reached, is not told.
    The other counts and rates, and ``together`` (what ``groups`` are held against), are only in
    what was released before counts had noise: ``partial`` answered half or more, ``declined`` said
    no or broke off before that, ``not_reached`` got neither invitation nor reminder, ``left`` are
    not counted.
    """

    asked: int
    answered: int
    response_rate_1: float | None = None
    response_rate_2: float | None = None
    cooperation_rate_1: float | None = None
    partial: int | None = None
    declined: int | None = None
    not_reached: int | None = None
    left: int | None = None
    groups: tuple[GroupRate, ...] = ()
    together: float | None = None

    @property
    def beside_groups(self) -> float:
        """The district's rate, counted as the groups' are."""
        known = (self.together, self.response_rate_1, self.response_rate_2)
        return next((rate for rate in known if rate is not None), 0.0)


@dataclass(frozen=True, kw_only=True)
class MakeUpRow:
    """One role, level or building: how many were asked, and how many of them answered, with what
    part of all that is (0..1). ``answered`` None: withheld."""

    value: str
    asked: int
    asked_share: float
    answered: int | None
    answered_share: float | None


@dataclass(frozen=True, kw_only=True)
class MakeUp:
    """Who answered beside who was asked, by one dimension."""

    by: Dimension
    rows: tuple[MakeUpRow, ...]


class Unit(StrEnum):
    """What a figure is of, and so how it is printed wherever it stands."""

    SHARE = "share"
    """Of the people who answered, 0 to 1."""
    POINTS = "points"
    """Of a choice that was ranked or compared in pairs, 0 to 1."""
    MEAN = "mean"
    """On the question's own scale, or of its numbers."""
    SCORE = "score"
    """The net promoter score, -100 to 100."""


class ComparedBy(StrEnum):
    """How two groups are held against each other. ``MANN_WHITNEY`` and ``WELCH``, of means, are
    only in what was released before counts had noise."""

    PROPORTIONS = "proportions"
    MANN_WHITNEY = "mann-whitney"
    WELCH = "welch"
    POINTS = "points"

    @property
    def unit(self) -> Unit:
        """What such a comparison compares."""
        match self:
            case ComparedBy.PROPORTIONS:
                return Unit.SHARE
            case ComparedBy.POINTS:
                return Unit.POINTS
            case ComparedBy.MANN_WHITNEY | ComparedBy.WELCH:
                return Unit.MEAN
            case _:
                assert_never(self)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two groups of one planned table that answered a question otherwise than chance explains.

    ``lower`` answered lower than ``higher`` (a group, or ``()``: all other groups that are
    shown). ``low`` and ``high`` are their figures, and ``test.unit`` says what these are: shares
    or points of the choice ``item``, shares of those who answered the point ``at_least`` or a
    higher one, or means. ``p`` is after Holm's correction over all comparisons of the question.
    """

    question: str
    prompt: Text
    lower: Group
    higher: Group
    low: float
    high: float
    p: float
    test: ComparedBy
    item: str | None = None
    label: Text | None = None
    at_least: int | None = None


@dataclass(frozen=True, kw_only=True)
class WeightedShare:
    """A share (0..1) of the whole district as it is, and as it would be if those who answered were
    made up as those who were asked; the weights leave as much certainty as ``effective`` equal
    ones would."""

    key: str
    label: Text
    unweighted: float
    weighted: float
    effective: float


@dataclass(frozen=True, kw_only=True)
class Weighted:
    """A check of how much it matters who answered: never the result itself.

    ``by`` is what was weighted on, ``n`` how many answered. A choice that no group's figures tell
    exactly is left out. ``mean`` and ``weighted_mean`` are a scale's of which all points are told.
    """

    question: str
    prompt: Text
    by: tuple[Dimension, ...]
    n: int
    shares: tuple[WeightedShare, ...]
    mean: float | None = None
    weighted_mean: float | None = None


class Break(StrEnum):
    """Why a figure is not what it was in the wave before."""

    WORDING = "wording"
    POINTS = "points"
    CHOICES = "choices"
    GOAL = "goal"


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A figure in one wave, with its 95% interval where it has one. ``value`` None: withheld there.
    ``broken``: why it cannot be held against the point before (empty: it can)."""

    wave_id: UUID
    as_of: datetime
    n: int | None
    value: float | None
    broken: tuple[Break, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Trend:
    """One figure over the waves of a survey, oldest first, in the district (``group`` empty) or a
    planned group: ``unit`` says which. A share or points are of the choice ``item``. ``lowest`` and
    ``highest`` are the ends of the scale that a mean is on.

    ``change`` is the last point's value less the one before, ``low`` and ``high`` its 95% interval;
    None where either is withheld or there is a break between them.
    """

    question: str
    prompt: Text
    group: Group
    points: tuple[TrendPoint, ...]
    item: str | None = None
    label: Text | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    kind: Unit | None = None
    lowest: int | None = None
    highest: int | None = None

    @property
    def unit(self) -> Unit:
        """Trends of before had no ``kind``: of an item they were shares, else means."""
        return self.kind or (Unit.MEAN if self.item is None else Unit.SHARE)
