"""Tables from responses, by the tabulation plan: plain counting. What of it may be shown is
decided in ``release``, through which everything computed here has to pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import assert_never
from uuid import UUID

from surveys.beside import Group
from surveys.dates import period_of, periods
from surveys.pairing import decisions
from surveys.people import Level, Person, Role
from surveys.ports import OpenResponse
from surveys.priorities import standings, strengths
from surveys.questions import (
    Answer,
    Choice,
    Date,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results import (
    EnpsScore,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
)
from surveys.schulze import majorities
from surveys.statistics import enps, mean, wilson
from surveys.survey import Dimension, PlannedTable
from surveys.words import text

Atom = tuple[str, str, str]
"""Role, level and building: the finest group that any table can tell apart."""

ShareQuestion = SingleChoice | SeveralChoice | Scale | Date
"""What is told as shares."""

ScoreQuestion = ShareQuestion | Ranking | Pairwise | Number
"""Everything that has figures; free text has none."""

PLACE = {Dimension.ROLE: 0, Dimension.LEVEL: 1, Dimension.BUILDING: 2}
_ORDER = [*Role, *Level]


@dataclass(frozen=True, kw_only=True)
class PlannedCell:
    """One cell of one planned table, and which finest groups it is made of."""

    table: PlannedTable
    group: Group
    atoms: frozenset[Atom]


def asked_by_atom(people: Iterable[Person]) -> Counter[Atom]:
    """How many of the asked are in each finest group."""
    return Counter((p.role.value, p.level.value, p.building) for p in people)


def atom_of(response: OpenResponse) -> Atom:
    return response.role, response.level, response.building


def planned_cells(table: PlannedTable, atoms: Iterable[Atom]) -> list[PlannedCell]:
    """The cells of a table, for every group somebody was asked in, whether or not one answered.

    The table of the whole district has its one cell always.
    """
    found: dict[Group, set[Atom]] = {} if table.by else {(): set()}
    for atom in atoms:
        group = tuple((dimension.value, atom[PLACE[dimension]]) for dimension in table.by)
        found.setdefault(group, set()).add(atom)
    return [
        PlannedCell(table=table, group=group, atoms=frozenset(members))
        for group, members in sorted(found.items(), key=lambda item: _in_order(item[0]))
    ]


def _in_order(group: Group) -> list[tuple[int, str]]:
    """Roles and levels as the district names them, buildings by key."""
    return [
        (_ORDER.index(value) if dimension != Dimension.BUILDING else 0, value)
        for dimension, value in group
    ]


def tabulate(
    question: ScoreQuestion, answers: Sequence[Answer], population: int, wave_id: UUID
) -> ShareResult | RankingResult | NumberResult:
    """Everything there is to say about a question in one group; at least one answer.

    ``population`` is how many people were asked in the group (for the intervals).
    """
    match question:
        case SingleChoice() | SeveralChoice() | Scale() | Date():
            return _shares(question, answers, population)
        case Ranking():
            return _ranking(question, answers, wave_id)
        case Pairwise():
            return _pairwise(question, answers, wave_id)
        case Number():
            values = [float(a) for a in answers if isinstance(a, int | float)]
            return NumberResult(
                question=question.key,
                prompt=question.prompt,
                n=len(values),
                mean=mean(values),
                median=median(values),
                unit=question.unit,
            )
        case _:
            assert_never(question)


def items(question: ScoreQuestion) -> tuple[Choice, ...]:
    """What is counted in a question: its choices, or points or periods as choices."""
    match question:
        case SingleChoice() | SeveralChoice() | Ranking():
            return question.choices
        case Scale():
            return tuple(
                Choice(key=str(point), label=question.labels.get(point, text(str(point))))
                for point in question.every_point
            )
        case Date():
            return periods(question)
        case Number():
            return ()
        case Pairwise():
            return question.choices
        case _:
            assert_never(question)


def chosen(question: ScoreQuestion, answer: Answer) -> tuple[str, ...]:
    """The keys of the items that an answer counts for."""
    if isinstance(question, Date):
        return (period_of(question, str(answer)),)
    return answer if isinstance(answer, tuple) else (str(answer),)


def counts(question: ScoreQuestion, answers: Iterable[Answer]) -> Counter[str]:
    """How many chose each item."""
    return Counter(key for answer in answers for key in chosen(question, answer))


def _shares(question: ShareQuestion, answers: Sequence[Answer], population: int) -> ShareResult:
    n, held = len(answers), counts(question, answers)
    scale = question if isinstance(question, Scale) else None
    points = [a for a in answers if isinstance(a, int)] if scale else []
    shares = []
    for item in items(question):
        low, high = wilson(held[item.key], n, population)
        shares.append(
            Share(
                key=item.key,
                label=item.label,
                count=held[item.key],
                share=held[item.key] / n,
                low=low,
                high=high,
            )
        )
    return ShareResult(
        question=question.key,
        prompt=question.prompt,
        n=n,
        shares=tuple(shares),
        mean=mean(points) if points else None,
        scale=scale is not None,
        dates=isinstance(question, Date),
        net_promoter=scale is not None and scale.enps,
        enps=_enps(points, population) if scale and scale.enps and points else None,
        asked_in=scale.asked_in if scale else None,
    )


def _enps(points: Sequence[int], population: int) -> EnpsScore:
    score, low, high = enps(points, population)
    return EnpsScore(score=score, low=low, high=high)


def _ranking(question: Ranking, answers: Sequence[Answer], wave_id: UUID) -> RankingResult:
    labels: Mapping[str, Choice] = {choice.key: choice for choice in question.choices}
    ballots = [answer for answer in answers if isinstance(answer, tuple)]
    pairs = majorities(Counter(ballots), list(labels))
    return RankingResult(
        question=question.key,
        prompt=question.prompt,
        n=len(ballots),
        ranked=tuple(
            RankedChoice(
                key=standing.key,
                label=labels[standing.key].label,
                points=standing.points,
                low=standing.low,
                high=standing.high,
                firsts=standing.firsts,
                tied_with_next=standing.tied_with_next,
            )
            for standing in standings(ballots, list(labels), wave_id, question.key)
        ),
        majorities=pairs.order,
        circles=pairs.circles,
    )


def _pairwise(question: Pairwise, answers: Sequence[Answer], wave_id: UUID) -> RankingResult:
    labels: Mapping[str, Choice] = {choice.key: choice for choice in question.choices}
    entries = [answer for answer in answers if isinstance(answer, tuple)]
    decided = [decisions(answer) for answer in entries]
    ranked = strengths(decided, list(labels), wave_id, question.key) if any(decided) else []
    pairs = sum(map(len, entries))
    return RankingResult(
        question=question.key,
        prompt=question.prompt,
        n=len(entries),
        ranked=tuple(
            RankedChoice(
                key=strength.key,
                label=labels[strength.key].label,
                points=strength.chance,
                low=strength.low,
                high=strength.high,
                firsts=None,
                tied_with_next=strength.tied_with_next,
                wins=strength.wins,
                losses=strength.losses,
                estimate=strength.estimate,
            )
            for strength in ranked
        ),
        pairs=pairs,
        undecided=pairs - sum(map(len, decided)),
    )


def decided_about(question: Pairwise, answers: Iterable[Answer]) -> Counter[str]:
    """How many people decided a pair with each choice in it."""
    return Counter(
        key
        for answer in answers
        if isinstance(answer, tuple)
        for key in {key for pair in decisions(answer) for key in pair}
    )


def told_by_enough(question: ScoreQuestion, answers: Sequence[Answer], k: int) -> bool:
    """Whether as many people stand behind each figure as behind the question. Of pairs each person
    is asked a few: a choice that few were asked about would tell what those few said."""
    if not isinstance(question, Pairwise):
        return True
    people = decided_about(question, answers)
    return all(people[choice.key] >= k for choice in question.choices)
