"""The results of a wave from its released tables, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from typing import assert_never

from core.text import Text, text
from surveys.asking.dates import periods
from surveys.disclosure.budget import LEAST, People
from surveys.disclosure.estimates import (
    Estimate,
    Preferred,
    majority,
    mean,
    points,
    preferred,
    score,
    share,
)
from surveys.disclosure.live import following, in_points, told_live
from surveys.disclosure.measures import bands, ends, met_by, two_by_two
from surveys.disclosure.noise import Noisy
from surveys.disclosure.rules import (
    Figure,
    Shown,
    Side,
    judged,
    margin,
    of_several,
    without_remainders,
)
from surveys.disclosure.tables import Counted, Released, whole_of
from surveys.questions import (
    Choice,
    CountedQuestion,
    Date,
    FreeText,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.barriers import depends, told_of
from surveys.results.model import (
    Cell,
    EnpsScore,
    QuestionResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Table,
    Withheld,
)
from surveys.results.placing import MET_FROM, in_order
from surveys.results.schulze import Majorities, schulze
from surveys.results.tabulating import Atom, PlannedCell, ScoreQuestion, planned_cells
from surveys.survey import COMMENTS_FROM, PlannedTable, Survey

ROUNDED = 5
"""How many answered is shown to the nearest of these."""


def tables(
    survey: Survey,
    released: Released,
    asked: Mapping[Atom, int],
    whole: People | None = None,
) -> tuple[Table, ...]:
    """Every planned table, with what may be shown of each group. Comments are not counted, and so
    not here. ``asked``: the population of the intervals; ``whole``: those of whom the figures need
    no margin (``tables.whole_of``; None: as many were asked as there are)."""
    district = frozenset(asked)
    whole = whole_of(asked) if whole is None else whole
    cells = {table: _cells(table, asked) for table in dict.fromkeys(survey.tables)}
    groups = [[cell.atoms for cell in found] for found in cells.values()]
    size = {people: sum(asked[atom] for atom in people) for of in groups for people in of}
    inside = _nested(groups)
    told: dict[People, list[QuestionResult]] = {people: [] for people in size}
    alone = {q.key for q in told_of(survey) if isinstance(q, Date) or depends(survey, q)}
    for question in told_of(survey):
        if isinstance(question, FreeText):
            continue
        counted = released.questions[question.key]
        bars = _all_bars(question, counted, whole, released.least)
        shown = _shown(question, counted, bars, inside, whole, for_some=depends(survey, question))
        for people, found in told.items():
            if question.key in alone and people != district:
                continue
            alike = shown.get(people) if _enough(released, people) else None
            found.append(
                _withheld(question, released.least)
                if alike is None
                else _at_most(
                    answered(released, people, size[people]),
                    _result(
                        question,
                        counted[people],
                        bars[people],
                        alike,
                        size[people],
                        people == whole,
                        free=people == whole and not depends(survey, question),
                    ),
                )
            )
    return tuple(
        Table(
            plan=table,
            cells=tuple(
                Cell(
                    group=cell.group,
                    n=answered(released, cell.atoms, size[cell.atoms]),
                    questions=tuple(
                        one for one in told[cell.atoms] if not table.by or one.question not in alone
                    ),
                )
                for cell in found
            ),
        )
        for table, found in cells.items()
    )


def _all_bars(
    question: ScoreQuestion, counted: Mapping[People, Counted], whole: People, least: int
) -> dict[People, list[_Bar]]:
    """The bars of every group in which enough people answered."""
    return {
        people: _bars(question, one, people == whole)
        for people, one in counted.items()
        if one.n.value >= least
    }


def _cells(table: PlannedTable, asked: Mapping[Atom, int]) -> list[PlannedCell]:
    """Of a table by groups, those of whom somebody was asked."""
    return [
        cell
        for cell in planned_cells(table, asked)
        if not table.by or any(asked[atom] for atom in cell.atoms)
    ]


def _nested(groups: Sequence[Sequence[People]]) -> dict[People, list[list[People]]]:
    """For the people of each group, the groups of each table that are within them."""
    every = dict.fromkeys(people for of in groups for people in of)
    return {
        people: [within for of in groups if (within := [one for one in of if one < people])]
        for people in every
    }


def figures(
    survey: Survey, counted: Mapping[str, Counted], asked: int, answers: int, least: int = LEAST
) -> tuple[QuestionResult, ...]:
    """The whole district's figures while a survey is open; ``counted`` at the look at so many
    answers, of which 0 is none."""
    next_look = following(asked, answers) or LEAST
    found: list[QuestionResult] = []
    for question in survey.counted:
        one = counted.get(question.key)
        if isinstance(question, FreeText):
            found.append(replace(_withheld(question, COMMENTS_FROM), live=True))
        elif not told_live(survey, question):
            found.append(replace(_withheld(question, LEAST), live=True))
        elif one is None or one.n.value < least:
            found.append(replace(_withheld(question, next_look), live=True))
        else:
            whole = in_points(question)
            bars = _bars(question, one, whole)
            told = [_figure(bar.count, one.n) for bar in bars]
            found.append(
                _at_most(answers, _result(question, one, bars, told, asked, whole, free=True))
            )
    return tuple(found)


def answered(released: Released, people: People, asked: int) -> int | None:
    """How many of a group's ``asked`` people answered, as it is told; None: too few to be."""
    n = released.answered[people] if _enough(released, people) else None
    return None if n is None else min(rounded(n), asked)


def _at_most(answers: int | None, result: QuestionResult) -> QuestionResult:
    """No question says that more people answered it than answered the survey. Each of these counts
    has noise of its own, so one may come out larger; what is said of them is one figure."""
    if answers is None or not isinstance(result, ShareResult | RankingResult):
        return result
    return replace(result, n=min(result.n, answers))


def _enough(released: Released, people: People) -> bool:
    n = released.answered.get(people)
    return n is not None and n.value >= released.least


def rounded(n: Noisy) -> int:
    """To the nearest 5."""
    return ROUNDED * round(n.value / ROUNDED)


@dataclass(frozen=True, kw_only=True)
class _Bar:
    """One share of a question, with how many chose it."""

    key: str
    label: Text
    count: Noisy


def _shown(
    question: ScoreQuestion,
    counted: Mapping[People, Counted],
    bars: Mapping[People, Sequence[_Bar]],
    inside: Mapping[People, Sequence[Sequence[People]]],
    whole: People,
    *,
    for_some: bool,
) -> dict[People, list[Shown]]:
    """What of each group's shares is shown, in the order of its ``bars``; a group is missing that
    has none, since too few of it answered the question. The district's are all figures, but on a
    page for some."""
    held = {people: [bar.count for bar in found] for people, found in bars.items()}
    shown: dict[People, list[Shown]] = {}
    for people, counts in held.items():
        one = counted[people]
        if isinstance(question, Ranking | Pairwise):
            if people == whole or _all_mixed(question, one):
                shown[people] = []
            continue
        if people == whole and not for_some:
            shown[people] = [_figure(count, one.n) for count in counts]
        elif _together(question, counts):
            shown[people] = of_several(counts, one.n, _of_each(question))
        else:
            shown[people] = _each(question, [judged(count, one.n) for count in counts])
    places = max(map(len, shown.values()), default=0)
    compared = {
        people: _compared(question, counted[people], held[people], people == whole)
        for people in shown
    }
    for at in range(places):
        count = {people: counts[at] for people, counts in compared.items() if at < len(counts)}
        figures = {
            people for people in count if people == whole or isinstance(shown[people][at], Figure)
        }
        n = {people: counted[people].n for people in count}
        for people in figures - without_remainders(figures, inside, len, n, count):
            shown[people][at] = None
            if _together(question, held[people]):
                hidden = {i for i, one in enumerate(shown[people]) if one is None}
                each = _of_each(question)
                shown[people] = of_several(held[people], n[people], each, hidden)
            else:
                shown[people] = _each(question, shown[people])
    return shown


def _each(question: ScoreQuestion, shown: list[Shown]) -> list[Shown]:
    """Shares that are judged by themselves; but what is between the ends of a scale is the whole
    less the ends, and would give an end away that is no figure."""
    if isinstance(question, Scale) and len(shown) == 3:
        low, middle, high = shown
        both = isinstance(low, Figure) and isinstance(high, Figure)
        return [low, middle if both else None, high]
    return shown


def _together(question: ScoreQuestion, held: Sequence[Noisy]) -> bool:
    """Whether the shares add up to what is known, so that all but one would give that one away."""
    match question:
        case SeveralChoice():
            return question.at_least is not None and question.at_least == question.at_most
        case SingleChoice() | Date() | Number():
            return len(held) > 2
        case _:
            return False


def _of_each(question: ScoreQuestion) -> int:
    """How many of its choices each person has, where all have as many."""
    return (question.at_least or 1) if isinstance(question, SeveralChoice) else 1


def _figure(count: Noisy, n: Noisy) -> Figure:
    return Figure(share=min(max(count.value / n.value, 0.0), 1.0), noise=0.0)


def _bars(question: ScoreQuestion, counted: Counted, whole: bool) -> list[_Bar]:
    """The shares of a question. What is left of two, or between two ends, is the whole less what
    was counted."""
    counts = counted.counts
    match question:
        case SingleChoice() | SeveralChoice():
            choices = question.choices
        case Scale() if not whole:
            return _ends(question, counted)
        case Scale():
            choices = tuple(
                Choice(key=str(p), label=question.labels.get(p, text(str(p))))
                for p in question.every_point
            )
        case Date():
            choices = periods(question)
        case Number():
            choices = bands(question)
        case Ranking() | Pairwise():
            return []
        case _:
            assert_never(question)
    return [
        _Bar(key=one.key, label=one.label, count=counts.get(one.key) or _rest(counted))
        for one in choices
    ]


def _rest(counted: Counted) -> Noisy:
    return counted.n - sum(counted.counts.values(), start=Noisy(0, 0.0))


def _points(scale: Scale, counted: Counted) -> list[Noisy]:
    """The district's count of each point. Of two points one is counted, and the other is the
    rest."""
    counts = counted.counts
    return [counts.get(str(point)) or _rest(counted) for point in scale.every_point]


def high_end(scale: Scale) -> Choice:
    """The bar of a scale's high end, as groups below the district have it."""
    _, high = ends(scale)
    return Choice(key="high", label=_span(scale.every_point[-high:]))


def _ends(scale: Scale, counted: Counted) -> list[_Bar]:
    """The low and the high end as they were counted. What is between them is not judged by itself,
    since it is what they leave."""
    low, high = ends(scale)
    points = scale.every_point
    found = [_Bar(key="low", label=_span(points[:low]), count=counted.counts["low"])]
    if low + high < len(points):
        found.append(_Bar(key="middle", label=_span(points[low:-high]), count=_rest(counted)))
    top = counted.counts.get("high") or counted.n - counted.counts["low"]
    last = high_end(scale)
    return [*found, _Bar(key=last.key, label=last.label, count=top)]


def _compared(
    question: ScoreQuestion, counted: Counted, held: Sequence[Noisy], whole: bool
) -> Sequence[Noisy]:
    """The shares as groups have them: of a scale the district, too, has two ends."""
    if not whole or not isinstance(question, Scale):
        return held
    low, high = ends(question)
    points = _points(question, counted)
    nothing = Noisy(0, 0.0)
    both = {"low": sum(points[:low], start=nothing), "high": sum(points[-high:], start=nothing)}
    return [bar.count for bar in _ends(question, Counted(n=counted.n, counts=both))]


def _span(points: Sequence[int]) -> Text:
    return _from_to(points[0], points[-1])


@cache
def _from_to(first: int, last: int) -> Text:
    return text(f"{first}" if first == last else f"{first}–{last}")


def _result(
    question: ScoreQuestion,
    counted: Counted,
    bars: Sequence[_Bar],
    shown: Sequence[Shown],
    asked: int,
    whole: bool,
    *,
    free: bool,
) -> QuestionResult:
    """``free``: its shares are figures, however many people are on each side."""
    n = min(rounded(counted.n), asked)
    bar = None if free else margin(counted.n.value)
    if isinstance(question, Ranking | Pairwise):
        return _ranked(question, counted, asked, n, whole)
    scale = question if isinstance(question, Scale) else None
    average = None
    if scale and whole and any(bar.count.value > 0 for bar in bars):
        average = mean({float(bar.key): bar.count for bar in bars}, counted.n, asked)
    return ShareResult(
        question=question.key,
        prompt=question.prompt,
        n=n,
        shares=tuple(
            _share(one, state, counted.n, asked, bar)
            for one, state in zip(bars, shown, strict=True)
        ),
        mean=average.value if average else None,
        mean_low=average.low if average else None,
        mean_high=average.high if average else None,
        high=_high(scale, counted, asked) if scale and whole and free and not scale.enps else None,
        scale=scale is not None,
        dates=isinstance(question, Date),
        net_promoter=scale is not None and scale.enps,
        enps=_score(scale, counted, shown, asked, whole, bar) if scale and scale.enps else None,
        asked_in=scale.asked_in if scale else None,
    )


def _high(scale: Scale, counted: Counted, asked: int) -> Share:
    """The share of a scale's high end, added up from the points' own counts: nothing is drawn
    again."""
    last = high_end(scale)
    _, many = ends(scale)
    held = _points(scale, counted)[-many:]
    bar = _Bar(key=last.key, label=last.label, count=sum(held, start=Noisy(0, 0.0)))
    return _share(bar, _figure(bar.count, counted.n), counted.n, asked, None)


def _share(bar: _Bar, shown: Shown, n: Noisy, asked: int, least: float | None) -> Share:
    key, label = bar.key, bar.label
    if isinstance(shown, Figure):
        one = share(bar.count, n, asked, least)
        return Share(key=key, label=label, count=None, share=one.value, low=one.low, high=one.high)
    coded = None
    if shown is not None:
        coded = ">" if shown is Side.MOST else "<"
    return Share(key=key, label=label, count=None, share=None, coded=coded)


def _score(
    scale: Scale,
    counted: Counted,
    shown: Sequence[Shown],
    asked: int,
    whole: bool,
    bar: float | None,
) -> EnpsScore | None:
    """The score, where both of its ends are figures. ``bar``: as of ``estimates.share``."""
    low, high = ends(scale)
    if whole:
        held = _points(scale, counted)
        down = sum(held[:low], start=Noisy(0, 0.0))
        up = sum(held[-high:], start=Noisy(0, 0.0))
    elif isinstance(shown[0], Figure) and isinstance(shown[-1], Figure):
        down, up = counted.counts["low"], counted.counts["high"]
    else:
        return None
    found = score(down, up, counted.n, asked, bar)
    return EnpsScore(score=found.value, low=found.low, high=found.high)


def _all_mixed(question: Ranking | Pairwise, counted: Counted) -> bool:
    people = _people(question, counted)
    return len(people) > 1 and all(isinstance(judged(c, counted.n), Figure) for c in people)


def _listed(question: Ranking | Pairwise, counted: Counted) -> list[Choice]:
    """The choices of a group's list. Of pairs, what was compared too few times for a place is left
    out: of so few nothing may be said, and the rest would be hidden with it."""
    if isinstance(question, Ranking):
        return list(question.choices)
    return [one for one in question.choices if counted.counts[met_by(one.key)].value >= MET_FROM]


def _people(question: Ranking | Pairwise, counted: Counted) -> list[Noisy]:
    """Each choice's points, or wins, as if so many people had put it first and all others last."""
    half, found = counted.n.value / 2, list[Noisy]()
    for key in (choice.key for choice in _listed(question, counted)):
        most = 2.0 * (len(question.choices) - 1)
        if met := counted.counts.get(met_by(key)):
            most = 2 * met.value / counted.n.value
        net = counted.counts[key]
        found.append(Noisy(round(half + net.value / most), net.variance / most**2))
    return found


def _ranked(
    question: Ranking | Pairwise, counted: Counted, asked: int, n: int, whole: bool
) -> RankingResult:
    choices = list(question.choices) if whole else _listed(question, counted)
    keys = [choice.key for choice in choices]
    by_two: Mapping[tuple[str, str], Noisy] = {}
    if isinstance(question, Ranking) and not counted.counts.keys() & set(keys):
        by_two = {pair: counted.counts[name] for pair, name in two_by_two(question).items()}
    nets = [counted.counts.get(key) or _of_one(key, by_two) for key in keys]
    majorities = _majorities(by_two, keys, counted.n.value, asked)
    pairs, found = None, list[RankedChoice]()
    if isinstance(question, Pairwise):
        mets = [counted.counts[met_by(key)] for key in keys]
        told = preferred(nets, mets, every=len(keys) == len(question.choices))
        pairs = round(sum(one.met for one in told) / 2)
        found = [_compared_choice(*one) for one in zip(choices, told, strict=True)]
    else:
        each = [points(net, counted.n, len(nets), asked) for net in nets]
        found = [_ranked_choice(*one) for one in zip(choices, each, strict=True)]
    return RankingResult(
        question=question.key,
        prompt=question.prompt,
        n=n,
        ranked=tuple(sorted(found, key=in_order)),
        majorities=majorities.order,
        circles=majorities.circles,
        pairs=pairs,
    )


def _of_one(key: str, by_two: Mapping[tuple[str, str], Noisy]) -> Noisy:
    """A choice's points as ``measures`` counts them: the sum over each two with it."""
    nothing = Noisy(0, 0.0)
    above = sum((net for (one, _), net in by_two.items() if one == key), start=nothing)
    below = sum((net for (_, other), net in by_two.items() if other == key), start=nothing)
    return above - below


def _majorities(
    by_two: Mapping[tuple[str, str], Noisy], keys: Sequence[str], n: int, asked: int
) -> Majorities:
    """Schulze's order of majorities that are larger than chance and noise; none where they were
    not counted."""
    if not by_two:
        return Majorities(order=())
    least = max(majority(net, n, asked) for net in by_two.values())
    ahead = {pair: net.value for pair, net in by_two.items()}
    ahead |= {(other, one): -value for (one, other), value in ahead.items()}
    sure = {pair: float(value) for pair, value in ahead.items() if value > least}
    return schulze([[sure.get((a, b), 0.0) for b in keys] for a in keys], keys, sqrt(2) * least)


def _ranked_choice(choice: Choice, one: Estimate) -> RankedChoice:
    return RankedChoice(
        key=choice.key,
        label=choice.label,
        points=one.value,
        low=one.low,
        high=one.high,
        firsts=None,
    )


def _compared_choice(choice: Choice, told: Preferred) -> RankedChoice:
    return replace(
        _ranked_choice(choice, told.chance),
        met=round(told.met),
        strength=told.strength.value,
        strength_low=told.strength.low,
        strength_high=told.strength.high,
    )


def _withheld(question: CountedQuestion, least: int) -> Withheld:
    return Withheld(
        question=question.key,
        prompt=question.prompt,
        least=least,
        asked_in=question.asked_in if isinstance(question, Scale) else None,
    )
