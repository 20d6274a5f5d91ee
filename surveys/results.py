"""Results as they may be shown: released cells only, withheld ones as one and the same state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from surveys.beside import Comparison, MakeUp, Rates, Trend, Weighted
from surveys.survey import PlannedTable
from surveys.words import Text


@dataclass(frozen=True, kw_only=True)
class Share:
    """One bar: how many of ``n`` chose it, with a Wilson 95% interval (0..1) where given.

    ``coded`` replaces the share where a near-unanimous one is not shown (">80%", "<10%", in small
    groups ">60%"), or a band ("40–60%") where an exact one would give a coded one away; then
    ``count``, ``share``, ``low`` and ``high`` are None.
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
    """Choice, scale or date: bars in the question's order; ``mean`` for scales.

    ``scale`` and ``dates`` say what the bars are, where they are no choices; ``net_promoter``, that
    they are the points of that score, which is in ``enps`` where it may be told. ``asked_in``: the
    prompt of the matrix of which this is one statement (``question`` is "matrix.statement").
    """

    question: str
    prompt: Text
    n: int
    shares: tuple[Share, ...]
    mean: float | None = None
    scale: bool = False
    dates: bool = False
    net_promoter: bool = False
    enps: EnpsScore | None = None
    asked_in: Text | None = None


@dataclass(frozen=True, kw_only=True)
class RankedChoice:
    """Borda points per respondent (0..1, 1 = everybody's first), with a bootstrap 95% interval.

    ``firsts``: how many put it first; None below the district, where it could be near-unanimous.
    Of pairs, ``points`` are the chance to be preferred to an average choice, and there are ``wins``
    and ``losses``, and ``estimate`` (0..100), which is All Our Ideas'; of the district only.
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


@dataclass(frozen=True, kw_only=True)
class RankingResult:
    """Priorities in order, most important first.

    ``majorities``: their keys in Schulze's order, two by two, those together that nothing puts in
    an order; ``circles``: where majorities go round ("a" before "b", "b" before "c", "c" before
    "a"). Both are the whole district's only, and empty in what was stored before they were.
    ``pairs``: how many pairs were compared, where that is what was asked (None: a ranking);
    ``undecided``: in how many of them people could not decide; None below the district.
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
class Withheld:
    """Small, blank and withheld look alike: nothing is shown, for anyone. ``least``: from how many
    answers on something might be. ``live``: so far; the survey is still open."""

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


@dataclass(frozen=True, kw_only=True)
class WaveResults:
    """Everything that is released of a wave. ``final``: after closing; else the live,
    district-wide batch. ``asked`` and ``answered`` are None until they may be shown.

    ``compared`` is how many pairs of groups were tested, ``comparisons`` are those that differ by
    more than chance. ``rates`` is all that live figures have of what stands below the tables.
    """

    wave_id: UUID
    title: Text
    final: bool
    asked: int | None
    answered: int | None
    tables: tuple[Table, ...]
    as_of: datetime
    rates: Rates | None = None
    make_up: tuple[MakeUp, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    compared: int = 0
    weighted: tuple[Weighted, ...] = ()
    trends: tuple[Trend, ...] = ()
    population: int | None = None
    """Of how many those asked were drawn by lot; None: nobody drew, all were asked who may be."""
