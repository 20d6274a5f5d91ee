"""Near-unanimity below the district: what nearly everybody, or nearly nobody, of a group said is
what each of them said. Such figures are coded, and so are those that would give them away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from surveys.pairing import decisions
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
from surveys.results import NumberResult, RankingResult, Share, ShareResult
from surveys.suppression import Row, exact, kinds
from surveys.survey import SCORES_FROM
from surveys.tabulating import (
    Atom,
    PlannedCell,
    ScoreQuestion,
    ShareQuestion,
    counts,
    decided_about,
    items,
)

FEW = 2
"""As many or fewer who said otherwise make a group near-unanimous, however large it is."""


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
    question: ScoreQuestion, cells: Sequence[Counted], people: Mapping[Atom, int]
) -> list[ShareResult | RankingResult | NumberResult | None]:
    """Each cell's result as it may be shown (None: not at all), of ``cells`` in order of
    importance; the district's stay as they are, but for days. ``people`` counts answers by finest
    group."""
    kind = kinds([counted.cell.atoms for counted in cells], people)
    inside = [sorted({kind[a] for a in counted.cell.atoms if a in kind}) for counted in cells]
    match question:
        case SingleChoice() | SeveralChoice() | Scale() | Date():
            return [*_code_shares(question, cells, inside)]
        case Ranking() | Pairwise() | Number():
            return _hide_near_unanimous(question, cells, inside)
        case _:
            assert_never(question)


def near_all(count: int, n: int) -> bool:
    """Whether ``count`` of ``n`` is nearly everybody: 90% or more, or all but two."""
    return 10 * count >= 9 * n or n - count <= FEW


def top_code(n: int) -> str:
    """What is said of a near-unanimous share of ``n``: true of all shares that are coded alike.

    ">90%" from 20 people on (90% or more); in smaller groups two people are more than 10%, so
    the code has to say less: ">50%" among five.
    """
    return f">{_bound(n)}%"


def bottom_code(n: int) -> str:
    """The same of a share that is nearly nobody's: "<10%", among five "<50%"."""
    return f"<{100 - _bound(n)}%"


def few_code(n: int) -> str:
    """What is said of a period with fewer than five people of ``n``: "<2%" of 400."""
    return f"<{min(100, -(-100 * SCORES_FROM // n))}%"


def band(count: int, n: int) -> str:
    """A rounded share, so wide that several counts look alike: "40–60%"."""
    width = 10 if n >= 50 else 20 if n >= 25 else 50
    low = 100 * count // n // width * width
    return f"{low}–{low + width}%"


def _bound(n: int) -> int:
    least = min(-(-9 * n // 10), n - FEW)  # the smallest count that is coded
    return 90 if 10 * least >= 9 * n else (-(-10 * least // n) - 1) * 10


def _code_shares(
    question: ShareQuestion,
    cells: Sequence[Counted],
    inside: Sequence[Sequence[int]],
) -> list[ShareResult]:
    """Variables are (kind of column, item); an exact figure is a sum of such variables.

    A day on which something happened to somebody is known to others (the first day at work): so a
    period with few people in it is coded in the whole district, too.
    """
    days = isinstance(question, Date)
    keys = [item.key for item in items(question)]
    held = [counts(question, counted.answers) for counted in cells]

    def row(place: int, item: int) -> Row:
        return {column * len(keys) + item: 1 for column in inside[place]}

    known, guarded, figures = [], [], []
    for place, counted in enumerate(cells):
        n = counted.result.n
        if not isinstance(question, SeveralChoice):  # the shares of a group add up to n
            known.append({c: 1 for item in range(len(keys)) for c in row(place, item)})
        for item in sorted(range(len(keys)), key=lambda i: -held[place][keys[i]]):
            count = held[place][keys[item]]
            if counted.district and not days:
                known.append(row(place, item))
            elif count < SCORES_FROM if days else near_all(count, n) or near_all(n - count, n):
                guarded.append(row(place, item))
            else:
                figures.append(((place, keys[item]), row(place, item)))
        if days:
            guarded += _together(row, place, [held[place][key] for key in keys])
    told = exact(figures, known, guarded)
    return [
        _shown(
            counted.result,
            set(keys)
            if counted.district and not days
            else {key for at, key in told if at == place},
        )
        for place, counted in enumerate(cells)
    ]


def _together(row: Callable[[int, int], Row], place: int, held: Sequence[int]) -> list[Row]:
    """The periods of few people as one sum, where that is about few people, too: the rest that
    exact figures leave of everybody must not tell it."""
    few = [item for item, count in enumerate(held) if count < SCORES_FROM]
    if not 0 < sum(held[item] for item in few) < SCORES_FROM:
        return []
    return [{column: 1 for item in few for column in row(place, item)}]


def _shown(result: object, told: set[str]) -> ShareResult:
    assert isinstance(result, ShareResult)  # noqa: S101 - tabulate makes it of these questions
    shares = tuple(
        share if share.key in told else _coded(share, result.n, days=result.dates)
        for share in result.shares
    )
    if all(share.coded is None for share in shares):
        return result
    return replace(result, shares=shares, mean=None, enps=None)


def in_bands(result: object) -> ShareResult:
    """Without one exact figure, for shares that are sums of another question's: an exact one, and
    that question's exact ones, would give its coded ones away."""
    return _shown(result, set())


def _coded(share: Share, n: int, *, days: bool) -> Share:
    count = share.count or 0
    if days and count < SCORES_FROM:
        words = few_code(n)
    elif near_all(count, n):
        words = top_code(n)
    elif near_all(n - count, n):
        words = bottom_code(n)
    else:
        words = band(count, n)
    return replace(share, count=None, share=None, low=None, high=None, coded=words)


def _hide_near_unanimous(
    question: Ranking | Pairwise | Number, cells: Sequence[Counted], inside: Sequence[Sequence[int]]
) -> list[ShareResult | RankingResult | NumberResult | None]:
    """Means cannot be coded half: a near-unanimous group's are not shown, nor those from which
    they could be computed."""
    rows: list[Row] = [dict.fromkeys(columns, 1) for columns in inside]
    guarded = [
        not counted.district and _near_unanimous(question, counted.answers) for counted in cells
    ]
    told = exact(
        [(i, row) for i, row in enumerate(rows) if not guarded[i] and not cells[i].district],
        [row for i, row in enumerate(rows) if cells[i].district],
        [row for i, row in enumerate(rows) if guarded[i]],
    )
    return [
        counted.result
        if counted.district
        else _without_counts(counted.result)
        if i in told
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


def _near_unanimous(question: Ranking | Pairwise | Number, answers: Sequence[Answer]) -> bool:
    """Whether nearly everybody gave one number, or put a choice first, or last or nowhere, or
    always or never preferred it."""
    n = len(answers)
    if isinstance(question, Pairwise):
        return _one_sided(question, answers)
    if isinstance(question, Number):
        return near_all(max(Counter(answers).values()), n)
    ballots = [answer for answer in answers if isinstance(answer, tuple)]
    m = len(question.choices)
    for choice in question.choices:
        first = sum(ballot[0] == choice.key for ballot in ballots)
        wanted = sum(choice.key in ballot[: m - 1] for ballot in ballots)
        if near_all(first, n) or near_all(n - wanted, n):
            return True
    return False


def _one_sided(question: Pairwise, answers: Sequence[Answer]) -> bool:
    """Whether of those who decided about a choice nearly all did so for it each time, or against
    it each time: each of them, then, did. So it is where only few decided about one."""
    people = decided_about(question, answers)
    always, never = Counter[str](), Counter[str]()
    for answer in answers:
        pairs = decisions(answer) if isinstance(answer, tuple) else []
        won, lost = {better for better, _ in pairs}, {worse for _, worse in pairs}
        always.update(won - lost)
        never.update(lost - won)
    return any(
        people[choice.key] < SCORES_FROM
        or near_all(always[choice.key], people[choice.key])
        or near_all(never[choice.key], people[choice.key])
        for choice in question.choices
    )
