"""Results as they may be shown: released cells only, withheld ones as one and the same state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.text import Text
from surveys.results.beside import Comparison, MakeUp, Rates, Trend, Weighted
from surveys.survey import SCORES_FROM, PlannedTable


@dataclass(frozen=True, kw_only=True)
class Share:
    """One bar: the share (0..1) of ``n`` who chose it, with a 95% interval where given.

    ``coded`` replaces the share where only its side is named: ">" for most, "<" for few (with a
    number in what was released before); both None: a dash.
    ``count`` is how many chose it, in what was released before counts had noise.
    """

    key: str
    label: Text
    count: int | None
    share: float | None
    low: float | None = None
    high: float | None = None
    coded: str | None = None


@dataclass(frozen=True, kw_only=True)
class EnpsScore:
    """The employee net promoter score, -100 to 100, with a 95% interval."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ShareResult:
    """Choice, scale, number or date: bars in the question's order; ``mean`` for scales of the
    district, with its 95% interval, and ``high``, the share of their high end, from the same
    counts as the points. Below the district a scale has its two ends and what is between
    (``disclosure.measures``); numbers are told in bands.

    ``scale`` and ``dates`` say what the bars are, where they are no choices; ``net_promoter``, that
    they are the points of that score, which is in ``enps`` where it may be told. ``asked_in``: the
    prompt of the matrix of which this is one statement (``question`` is "matrix.statement").
    """

    question: str
    prompt: Text
    n: int
    shares: tuple[Share, ...]
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    high: Share | None = None
    scale: bool = False
    dates: bool = False
    net_promoter: bool = False
    enps: EnpsScore | None = None
    asked_in: Text | None = None


@dataclass(frozen=True, kw_only=True)
class RankedChoice:
    """Borda points per respondent (0..1, 1 = everybody's first), with a 95% interval. Of pairs, the
    chance to be preferred to another choice (All Our Ideas' score); then ``strength`` is Bradley
    and Terry's with its interval, and ``met``, how many of its comparisons were decided.

    ``firsts`` (how many put it first), ``wins``, ``losses`` and ``estimate`` (0..100, All Our
    Ideas') are only in what was released before counts had noise, ``tied_with_next`` before places
    were told of groups that cannot be told apart (``placing``).
    """

    key: str
    label: Text
    points: float
    low: float
    high: float
    firsts: int | None
    tied_with_next: bool = False
    wins: int | None = None
    losses: int | None = None
    estimate: float | None = None
    met: int | None = None
    strength: float | None = None
    strength_low: float | None = None
    strength_high: float | None = None


@dataclass(frozen=True, kw_only=True)
class RankingResult:
    """Priorities in order, most important first.

    ``pairs``: how many pairs were decided, where that is what was asked (None: a ranking).
    ``majorities``: keys in Schulze's order, those together that nothing puts in an order;
    ``circles``: where majorities go round. Both are empty where majorities were not counted.
    ``undecided`` (pairs) is only in what was released before counts had noise.
    """

    question: str
    prompt: Text
    n: int
    ranked: tuple[RankedChoice, ...]
    majorities: tuple[tuple[str, ...], ...] = ()
    circles: tuple[tuple[str, ...], ...] = ()
    pairs: int | None = None
    undecided: int | None = None


@dataclass(frozen=True, kw_only=True)
class NumberResult:
    """Only in what was released before counts had noise: numbers are told in bands since."""

    question: str
    prompt: Text
    n: int
    mean: float
    median: float
    unit: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CommentsResult:
    """Comments after redaction, in random order, cut loose from every other answer. ``n`` are
    released; ``comments`` are those that a page shows (``release.COMMENTS_SHOWN`` at most), and
    ``quotes`` a few that stand for many, the most typical first. ``asked_in``: the prompt of the
    choice to whose "something else" they were written.
    """

    question: str
    prompt: Text
    n: int
    comments: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    asked_in: Text | None = None


@dataclass(frozen=True, kw_only=True)
class ThemeCount:
    """A theme, by its key, and about how many people wrote of it: noisy, to the nearest 5."""

    theme: str
    people: int


@dataclass(frozen=True, kw_only=True)
class CommentThemes:
    """What all comments of a survey are about that are shown, each writer under one theme. No
    comment says under which. ``people``: about how many wrote; None: nobody could read them in
    time. ``least``: from about how many on a theme is shown. ``others``: about how many wrote of
    no shown theme."""

    people: int | None = None
    least: int
    themes: tuple[ThemeCount, ...] = ()
    others: int = 0


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Small, blank and withheld look alike: nothing is shown to anyone. ``least``: from how many
    answers on something might be. ``live``: so far; the survey is still open, and ``least`` is the
    next look, or as of a closed one where figures wait for the closing."""

    question: str
    prompt: Text
    least: int
    asked_in: Text | None = None
    live: bool = False


QuestionResult = ShareResult | RankingResult | NumberResult | CommentsResult | Withheld


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A group of a planned table (empty ``group``: the whole district) and its results.

    ``group`` holds (dimension, value) pairs. ``n`` is None where the cell is withheld.
    """

    group: tuple[tuple[str, str], ...]
    n: int | None
    questions: tuple[QuestionResult, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    plan: PlannedTable
    cells: tuple[Cell, ...]


class Restored(StrEnum):
    """Why a survey has no results in a database that was put back to an older state."""

    WAITS = "waits"
    """The operator has to say whether results were seen before."""
    NO_RESULTS = "no-results"
    """They may have been, so its answers were deleted and nothing was drawn."""


@dataclass(frozen=True, kw_only=True)
class WaveResults:
    """Everything that is released of a wave. ``final``: after closing; else the live,
    district-wide batch. ``asked`` and ``answered`` are None until they may be shown.

    ``compared`` is how many pairs of groups were tested, ``comparisons`` are those that differ by
    more than chance. ``rates`` is all that live figures have of what stands below the tables.
    ``noisy``: each count had noise drawn for it, once; False: released before that, when small
    counts were left out and the others were exact. ``smallest_group``: where there is noise,
    answers from which on a group is shown.
    """

    wave_id: UUID
    title: Text
    final: bool
    asked: int | None
    answered: int | None
    tables: tuple[Table, ...]
    as_of: datetime
    noisy: bool = False
    smallest_group: int = SCORES_FROM
    rates: Rates | None = None
    make_up: tuple[MakeUp, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    compared: int = 0
    weighted: tuple[Weighted, ...] = ()
    trends: tuple[Trend, ...] = ()
    themes: CommentThemes | None = None
    """None: no comments are shown that have themes, or they are of before themes were read."""
    population: int | None = None
    """Of how many those asked were chosen at random; None: nobody drew, all were asked who may
    be."""
    buildings: Mapping[str, str] = field(default_factory=dict)
    """Buildings' names by key, as they are when somebody reads this; not stored."""
    restored: Restored | None = None
