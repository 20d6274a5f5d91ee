"""Near-unanimity below the district: what nearly everybody, or nearly nobody, of a group said is
what each of them said. Such figures are coded, and so are those that would give them away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import assert_never

from surveys.believing import believed_too_much
from surveys.certainty import certain
from surveys.codes import (
    CODED_FROM,
    Span,
    decides,
    narrowed,
    near,
    pinned,
    possible,
    spans_of,
    spans_of_periods,
)
from surveys.questions import (
    Answer,
    Date,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results import NumberResult, RankingResult, ShareResult
from surveys.suppression import Row, exact, kinds
from surveys.survey import SCORES_FROM, PlannedTable
from surveys.tabulating import Atom, PlannedCell, ScoreQuestion, ShareQuestion, counts, items
from surveys.withdrawing import Group, Variable, told_exactly, variables

FEW_GROUPS = 4
"""Of so many groups that share a sum, all codes that they could have are tried."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A planned cell that may be shown, with its answers to one question and what they come to."""

    cell: PlannedCell
    answers: Sequence[Answer]
    result: ShareResult | RankingResult | NumberResult

    @property
    def district(self) -> bool:
        return not self.cell.group


def code(
    question: ScoreQuestion,
    cells: Sequence[Counted],
    answers: Mapping[Atom, Sequence[Answer]],
    in_bands: bool = False,
) -> list[ShareResult | RankingResult | NumberResult | None]:
    """Each cell's result as it may be shown (None: not at all), of ``cells`` in order of
    importance; the district's stay as they are, but for days. ``answers`` are all there are, by
    finest group. ``in_bands``: below the district without one exact figure, for shares that are
    sums of another question's, whose coded ones they would give away."""
    kind = kinds([counted.cell.atoms for counted in cells], {a: len(s) for a, s in answers.items()})
    said: list[list[Answer]] = [[] for _ in range(len(set(kind.values())))]
    for atom, number in kind.items():
        said[number] += answers[atom]
    inside = [sorted({kind[a] for a in counted.cell.atoms if a in kind}) for counted in cells]
    told = _told(variables(question, said), cells, inside)
    if in_bands:
        told = [{i for i in places if cells[i].district} for places in told]
    match question:
        case SingleChoice() | SeveralChoice() | Scale() | Date():
            way = _way(question, cells, answers)
            return _code_shares(question, cells, inside, told, way)
        case Ranking() | Pairwise() | Number():
            everywhere = set.intersection(*told) if told else set()
            return _hide_near_unanimous(cells, inside, everywhere)
        case _:
            assert_never(question)


def _told(
    asked: Sequence[Variable], cells: Sequence[Counted], inside: Sequence[Sequence[int]]
) -> list[set[int]]:
    """Of each variable, the places of the cells that may be told exactly."""
    groups = [
        Group(table=counted.cell.table, inside=set(kinds_in))
        for counted, kinds_in in zip(cells, inside, strict=True)
    ]
    return [
        told_exactly(
            variable,
            groups,
            {
                i
                for i, counted in enumerate(cells)
                if counted.district or not variable.near_unanimous(variable.counts(inside[i]))
            },
        )
        for variable in asked
    ]


@dataclass(frozen=True, kw_only=True)
class _Way:
    """What everybody knows of how a question is answered. ``two``: of each cell, whether not to
    give an answer is an answer as well; ``another``: of each answer, how many gave the most given
    of all others (0: everybody may give several)."""

    two: Sequence[bool]
    another: Mapping[str, int]
    people: Mapping[Atom, int]
    """How many answered in each finest group."""


def _way(
    question: ShareQuestion, cells: Sequence[Counted], said: Mapping[Atom, Sequence[Answer]]
) -> _Way:
    """By everybody's answers together: what is decided by them tells nothing of a group."""
    people = {atom: len(answers) for atom, answers in said.items()}
    whole = counts(question, chain(*said.values()))
    keys = [item.key for item in items(question)]
    if isinstance(question, SeveralChoice) or len(keys) == 2:
        nobody = dict.fromkeys(keys, 0)
        return _Way(two=[True] * len(cells), another=nobody, people=people)
    rest = sum(sorted(whole[key] for key in keys)[:-2])  # all but the two most given
    days = isinstance(question, Date)
    return _Way(
        two=[not days and decides(counted.result.n, rest) for counted in cells],
        another={key: max((whole[k] for k in keys if k != key), default=0) for key in keys},
        people=people,
    )


def _code_shares(
    question: ShareQuestion,
    cells: Sequence[Counted],
    inside: Sequence[Sequence[int]],
    told: Sequence[Set[int]],
    way: _Way,
) -> list[ShareResult | RankingResult | NumberResult | None]:
    """Variables are (kind of column, item); an exact figure is a sum of such variables.

    A day on which something happened to somebody is known to others (the first day at work): so a
    period with few people in it is coded in the whole district, too.
    """
    days = isinstance(question, Date)
    open_ = {i for i, counted in enumerate(cells) if counted.district and not days}
    keys = [item.key for item in items(question)]
    held = [_held(question, keys, counted.answers) for counted in cells]
    several = isinstance(question, SeveralChoice)

    def row(place: int, item: int) -> Row:
        return {column * len(keys) + item: 1 for column in inside[place]}

    known, guarded, figures = [], [], []
    for place, counted in enumerate(cells):
        n = counted.result.n
        if not several:  # the shares of a group add up to n
            known.append({c: 1 for item in range(len(keys)) for c in row(place, item)})
        for item in sorted(range(len(keys)), key=lambda i: -held[place][keys[i]]):
            count = held[place][keys[item]]
            of = told[item] if several else told[0]
            if place in open_:
                known.append(row(place, item))
            elif count < SCORES_FROM if days else near(count, n, way.two[place]):
                guarded.append(row(place, item))
            elif place in of:
                figures.append(((place, keys[item]), row(place, item)))
        if days:
            guarded += _together(row, place, [held[place][key] for key in keys])
    exactly = exact(figures, known, guarded) | {(i, key) for i in open_ for key in keys}
    spans = []
    for place, counted in enumerate(cells):
        keys_told = [key for key in keys if (place, key) in exactly]
        spans.append(_said(held[place], counted.result.n, keys_told, way.two[place], days))
    hidden = _unsaid(question, cells, inside, spans, way)
    both = enumerate(zip(cells, spans, strict=True))
    return [None if i in hidden else coded_shares(c.result, said) for i, (c, said) in both]


def _unsaid(
    question: ShareQuestion,
    cells: Sequence[Counted],
    inside: Sequence[Sequence[int]],
    spans: Sequence[Mapping[str, Span]],
    way: _Way,
) -> set[int]:
    """The cells of which nothing may be said at all, for what all that is said comes to."""
    if isinstance(question, Date):  # of the whole district only
        return _told_too_closely(cells, inside, spans, way)
    alone = spans
    if not isinstance(question, SeveralChoice):
        alone = [narrowed(said, c.result.n) for said, c in zip(spans, cells, strict=True)]
    hidden = _told_too_closely(cells, inside, alone, way)
    groups = [(counted.cell.atoms, counted.district) for counted in cells]
    hidden |= believed_too_much(way.people, groups, alone, hidden, contrary=all(way.two))
    one_each = not isinstance(question, SeveralChoice)
    return hidden | certain(way.people, groups, alone, hidden, one_each=one_each)


def _said(
    held: Mapping[str, int], n: int, told: Sequence[str], two: bool, days: bool
) -> dict[str, Span]:
    return spans_of_periods(held, n, told) if days else spans_of(held, n, told, two)


def _held(
    question: ShareQuestion, keys: Sequence[str], answers: Sequence[Answer]
) -> dict[str, int]:
    found = counts(question, answers)
    return {key: found[key] for key in keys}


def _together(row: Callable[[int, int], Row], place: int, held: Sequence[int]) -> list[Row]:
    """The periods of few people as one sum, where that is about few people, too: the rest that
    exact figures leave of everybody must not tell it."""
    few = [item for item, count in enumerate(held) if count < SCORES_FROM]
    if not 0 < sum(held[item] for item in few) < SCORES_FROM:
        return []
    return [{column: 1 for item in few for column in row(place, item)}]


def coded_shares(result: object, spans: Mapping[str, Span]) -> ShareResult | None:
    """The shares in what is said of each; None where nothing is."""
    assert isinstance(result, ShareResult)  # noqa: S101 - tabulate makes it of these questions
    shares = []
    for share in result.shares:
        span = spans[share.key]
        if span.words is not None:
            share = replace(share, count=None, share=None, low=None, high=None, coded=span.words)
        elif not span.exact:
            return None
        shares.append(share)
    if all(share.coded is None for share in shares):
        return result
    return replace(result, shares=tuple(shares), mean=None, enps=None)


def _told_too_closely(
    cells: Sequence[Counted],
    inside: Sequence[Sequence[int]],
    spans: Sequence[Mapping[str, Span]],
    way: _Way,
) -> set[int]:
    """The cells of which nothing may be said, since codes that stand beside each other, and a sum
    that everybody knows, leave too few possibilities: all that share the sum.

    What is decided for few groups must not depend on how they answered: that nothing is said would
    tell it. So it is asked whether any codes that fit the sum would say too much.
    """
    hidden: set[int] = set()
    for at in range(len(cells)):
        known = {key: span.low for key, span in spans[at].items() if span.exact}
        for parts in _parts_of(at, cells, inside):
            if any(
                _too_close(total, key, cells, parts, spans, way) for key, total in known.items()
            ):
                hidden.update(i for i in parts if not all(span.exact for span in spans[i].values()))
    return hidden


def _parts_of(
    at: int, cells: Sequence[Counted], inside: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The cells of each finer table that a cell is the sum of."""
    whole, table = set(inside[at]), cells[at].cell.table
    tables: dict[PlannedTable, list[int]] = {}
    for i, counted in enumerate(cells):
        if inside[i] and counted.cell.table != table and whole > set(inside[i]):
            tables.setdefault(counted.cell.table, []).append(i)
    n = cells[at].result.n
    return [parts for parts in tables.values() if sum(cells[i].result.n for i in parts) == n]


def _too_close(
    total: int,
    key: str,
    cells: Sequence[Counted],
    parts: Sequence[int],
    spans: Sequence[Mapping[str, Span]],
    way: _Way,
) -> bool:
    """Whether the counts of the parts, which add up to ``total``, could be pinned near to all, or
    to none, of a part."""
    vague = [i for i in parts if not spans[i][key].exact]
    rest = total - sum(spans[i][key].low for i in parts if i not in vague)
    sizes, both = [cells[i].result.n for i in vague], [way.two[i] for i in vague]
    if sum(n >= CODED_FROM for n in sizes) > FEW_GROUPS:
        return pinned(rest, [spans[i][key] for i in vague], sizes, both)
    another = way.another[key]
    every = product(*(possible(n, alone, another) for n, alone in zip(sizes, both, strict=True)))
    return any(pinned(rest, said, sizes, both) for said in every)


def _hide_near_unanimous(
    cells: Sequence[Counted], inside: Sequence[Sequence[int]], told: Set[int]
) -> list[ShareResult | RankingResult | NumberResult | None]:
    """Means cannot be coded half: a near-unanimous group's are not shown, nor those from which
    they could be computed."""
    rows: list[Row] = [dict.fromkeys(columns, 1) for columns in inside]
    hidden = [i for i, counted in enumerate(cells) if i not in told and not counted.district]
    shown = exact(
        [(i, row) for i, row in enumerate(rows) if i in told and not cells[i].district],
        [row for i, row in enumerate(rows) if cells[i].district],
        [rows[i] for i in hidden],
    )
    return [
        counted.result
        if counted.district
        else _without_counts(counted.result)
        if i in shown
        else None
        for i, counted in enumerate(cells)
    ]


def _without_counts(
    result: ShareResult | RankingResult | NumberResult,
) -> ShareResult | RankingResult | NumberResult:
    """How many put a choice first is a share, and often nearly nobody's; so is how many put the one
    above the other, which majorities tell about."""
    if not isinstance(result, RankingResult):
        return result
    ranked = tuple(
        replace(r, firsts=None, wins=None, losses=None, estimate=None) for r in result.ranked
    )
    return replace(result, ranked=ranked, majorities=(), circles=(), undecided=None)
