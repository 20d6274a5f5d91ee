"""What readers get of a yes-or-no question: ``python -m tests.surveys.disclosure.usefulness``.

Of the example district and of a small one, and of each table's groups of 12 people and more: how
many show a figure, the part of all people in them, how many show a figure or name a side, and how
far figures are from what was answered. And what each look at an open survey is worth.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from core.text import text
from surveys.asking.counted import all_counted
from surveys.disclosure.budget import LEAST, People
from surveys.disclosure.live import looks, seen
from surveys.disclosure.measures import ends
from surveys.disclosure.noise import Noisy
from surveys.disclosure.results import figures
from surveys.disclosure.rules import Figure, judged
from surveys.disclosure.tables import released
from surveys.ports import OpenResponse
from surveys.questions import (
    Answer,
    Choice,
    Matrix,
    Question,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.results.model import QuestionResult, Share, ShareResult
from surveys.results.tabulating import Atom, planned_cells
from surveys.survey import PlannedTable
from tests.attacks.disclosure.door import closed
from tests.journeys.town import example
from tests.surveys.disclosure.plans import EVERY_TABLE, response, survey_of, yes_or_no

ANYWHERE = ("teacher", "high", "north")


@dataclass(frozen=True, kw_only=True)
class Use:
    """Shares (0..1) of a table's groups, ``people`` of those who answered; ``error``: the mean
    distance of a figure from what was answered, in points of a hundred."""

    groups: float
    people: float
    sides: float
    error: float


def everybody() -> Counter[Atom]:
    roster = example().roster
    assert roster is not None
    return Counter((p.role.value, p.level.value, p.building) for p in roster.people)


def small_district() -> Counter[Atom]:
    """300 people in six schools."""
    return Counter(
        {
            (role, level, f"{level}-{school}"): people
            for level, schools in (("elementary", 3), ("middle", 2), ("high", 1))
            for school in range(schools)
            for role, people in (("teacher", 36), ("support", 10), ("office", 4))
        }
    )


def use(
    asked: Mapping[Atom, int], rate: float, seeds: range, answering: float = 0.3
) -> dict[PlannedTable, Use]:
    """Of so many districts that answer alike: each person says yes with the same chance."""
    rows = defaultdict[PlannedTable, list[tuple[bool, bool, int, float]]](list)
    survey = survey_of([yes_or_no()])
    for seed in seeds:
        numbers = np.random.default_rng(seed)
        answered = {a: int(numbers.binomial(n, answering)) for a, n in asked.items()}
        yes = {a: int(numbers.binomial(n, rate)) for a, n in answered.items()}
        given = [
            response(atom, {"q": "yes" if i < yes[atom] else "no"})
            for atom, n in answered.items()
            for i in range(n)
        ]
        chance = random.Random(seed)  # noqa: S311 - a district is repeatable
        told = released(survey, asked, given, below=chance.randrange).questions["q"]
        for table in EVERY_TABLE:
            for cell in planned_cells(table, asked):
                counted = told.get(cell.atoms)
                if counted is None:  # fewer than 12 asked
                    continue
                n = sum(answered[atom] for atom in cell.atoms)
                share = sum(yes[atom] for atom in cell.atoms) / n if n else 0.0
                seen, error = _seen(cell.atoms, asked, counted.counts["yes"], counted.n, share)
                rows[table].append((*seen, n, error))
    return {table: _of(found) for table, found in rows.items()}


def _seen(
    people: People, asked: Mapping[Atom, int], count: Noisy, n: Noisy, share: float
) -> tuple[tuple[bool, bool], float]:
    """Whether a figure is shown, whether anything is, and how far the figure is off."""
    if n.value < LEAST:
        return (False, False), 0.0
    shown = judged(count, n)
    if len(people) == len(asked):
        shown = Figure(share=count.value / n.value, noise=0.0)
    if isinstance(shown, Figure):
        return (True, True), 100 * abs(shown.share - share)
    return (False, shown is not None), 0.0


def _of(rows: list[tuple[bool, bool, int, float]]) -> Use:
    figures = [row for row in rows if row[0]]
    return Use(
        groups=len(figures) / len(rows),
        people=sum(row[2] for row in figures) / max(1, sum(row[2] for row in rows)),
        sides=sum(row[1] for row in rows) / len(rows),
        error=sum(row[3] for row in figures) / max(1, len(figures)),
    )


def ends_of_scores(asked: Mapping[Atom, int], seeds: range) -> dict[PlannedTable, float]:
    """The share of groups that show both ends of a net promoter score (30% low, 40% high), of all
    with 30% of answers: so the score itself."""
    shown = defaultdict[PlannedTable, list[bool]](list)
    scale: Question = Scale(key="q", prompt=text("?"), points=11, lowest=0, enps=True)
    survey = survey_of([scale])
    for seed in seeds:
        numbers = np.random.default_rng(seed)
        given = [
            response(atom, {"q": int(numbers.choice((4, 8, 10), p=(0.3, 0.3, 0.4)))})
            for atom, n in asked.items()
            for _ in range(int(numbers.binomial(n, 0.3)))
        ]
        chance = random.Random(seed)  # noqa: S311 - a district is repeatable
        told = released(survey, asked, given, below=chance.randrange).questions["q"]
        for table in EVERY_TABLE[1:]:
            for cell in planned_cells(table, asked):
                one = told.get(cell.atoms)
                if one is None:
                    continue
                both = [judged(one.counts[end], one.n) for end in ("low", "high")]
                figures = all(isinstance(end, Figure) for end in both)
                shown[table].append(one.n.value >= LEAST and figures)
    return {table: sum(found) / len(found) for table, found in shown.items()}


@dataclass(frozen=True, kw_only=True)
class Worth:
    """What readers get of one table, as it is shown: the part (0..1) of its groups' shares that are
    figures, the part of the people in them, the part that are figures or sides, how far figures are
    off in points of a hundred, and the part of the intervals that hold what everybody who was asked
    would say."""

    figures: float
    people: float
    sides: float
    error: float
    held: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """``rates``: what part of the district says each of ``said``; ``concentration``: of how far
    buildings vary around them (Beta or Dirichlet; None: not at all). ``before``: questions on an
    earlier page."""

    question: Question
    said: Sequence[Answer]
    rates: Sequence[float]
    concentration: float | None = None
    before: Sequence[Question] = ()
    tables: Sequence[PlannedTable] = EVERY_TABLE


def worth(line: Line, asked: Mapping[Atom, int], seeds: range) -> dict[PlannedTable, Worth]:
    """Of so many districts of which 30% answer. Of several boxes each is a share, and ``rates``
    are of each by itself; of a net promoter score each end is."""
    rows = defaultdict[PlannedTable, list[tuple[bool, bool, int, float, bool]]](list)
    pages = [list(line.before), [line.question]] if line.before else [[line.question]]
    survey = survey_of(*pages, tables=line.tables)
    for seed in seeds:
        numbers = np.random.default_rng(seed)
        minds, given = _minds(line, asked, numbers), list[OpenResponse]()
        answered: dict[Atom, NDArray[np.int64]] = {}
        for atom, mind in minds.items():
            took_part = numbers.random(len(mind)) < 0.3
            answered[atom] = mind[took_part]
            given += [response(atom, _answers(line, one)) for one in answered[atom]]
        chance = random.Random(seed)  # noqa: S311 - a district is repeatable
        results = closed(survey, asked, given, chance.randrange).results
        assert results is not None
        for table in results.tables:
            cells = {cell.group: cell.atoms for cell in planned_cells(table.plan, asked)}
            for cell in table.cells:
                atoms = cells[cell.group]
                if sum(asked[atom] for atom in atoms) < LEAST:
                    continue
                meant, said = (
                    np.concatenate([of[atom] for atom in atoms]) for of in (minds, answered)
                )
                of_it = [one for one in cell.questions if _belongs(line.question, one.question)]
                rows[table.plan] += list(_worth(line, of_it, meant, said))
    return {table: _told(found) for table, found in rows.items()}


def _belongs(question: Question, key: str) -> bool:
    return key.partition(".")[0] == question.key


def _minds(
    line: Line, asked: Mapping[Atom, int], numbers: np.random.Generator
) -> dict[Atom, NDArray[np.int64]]:
    """What each person would say: a place in ``said``; of several, a row of boxes."""
    varied: dict[str, NDArray[np.float64]] = {}
    found = {}
    for atom, people in asked.items():
        rates = np.array(line.rates)
        if line.concentration is not None:
            if atom[2] not in varied:
                varied[atom[2]] = numbers.dirichlet(line.concentration * rates)
            rates = varied[atom[2]]
        if isinstance(line.question, SeveralChoice):
            found[atom] = (numbers.random((people, len(rates))) < rates).astype(np.int64)
        elif isinstance(line.question, Matrix):
            rows = len(line.question.statements)
            found[atom] = numbers.choice(len(rates), size=(people, rows), p=rates)
        else:
            found[atom] = numbers.choice(len(rates), size=(people, 1), p=rates)
    return found


def _answers(line: Line, mind: NDArray[np.int64]) -> dict[str, Answer]:
    key = line.question.key
    before: dict[str, Answer] = {one.key: "yes" for one in line.before}
    if isinstance(line.question, SeveralChoice):
        return {
            **before,
            key: tuple(str(k) for k, ticked in zip(line.said, mind, strict=True) if ticked),
        }
    if isinstance(line.question, Matrix):
        rows = line.question.statements
        return before | {
            f"{key}.{row.key}": line.said[int(at)] for row, at in zip(rows, mind, strict=True)
        }
    return {**before, key: line.said[int(mind[0])]}


def _worth(
    line: Line,
    results: Sequence[QuestionResult],
    meant: NDArray[np.int64],
    said: NDArray[np.int64],
) -> Iterator[tuple[bool, bool, int, float, bool]]:
    """One row for each share: of one of two choices, of each box, of each end of a scale."""
    for at, result in enumerate(results):
        for key in _shares(line.question):
            truth, seen = (
                100 * float(np.mean(_chose(line, key, of, at))) if len(of) else 0.0
                for of in (meant, said)
            )
            share = _named(result, key) if isinstance(result, ShareResult) else None
            if share is None or share.share is None or share.low is None or share.high is None:
                yield False, share is not None and bool(share.coded), len(said), 0.0, False
                continue
            low, high = 100 * share.low, 100 * share.high
            error = abs(100 * share.share - seen)
            yield True, True, len(said), error, low - 1e-6 <= truth <= high + 1e-6


def _shares(question: Question) -> Sequence[str]:
    match question:
        case SeveralChoice():
            return [choice.key for choice in question.choices]
        case Scale() | Matrix():
            return ["low", "high"]
        case _:
            return ["yes"]


def _named(result: ShareResult, key: str) -> Share | None:
    """Of everybody every point of a scale is a share of its own: those are left out."""
    return next((one for one in result.shares if one.key == key), None)


def _chose(line: Line, key: str, minds: NDArray[np.int64], at: int) -> NDArray[np.bool_]:
    if isinstance(line.question, SeveralChoice):
        return np.asarray(minds[:, line.said.index(key)] == 1)
    points = np.array([str(one) for one in line.said])[minds[:, at]]
    if key in {"low", "high"}:
        scale = all_counted([line.question])[0]
        assert isinstance(scale, Scale)
        few, many = ends(scale)
        inside = scale.every_point[:few] if key == "low" else scale.every_point[-many:]
        return np.isin(points, [str(point) for point in inside])
    return np.asarray(points == key)


def _told(rows: Sequence[tuple[bool, bool, int, float, bool]]) -> Worth:
    figures = [row for row in rows if row[0]]
    return Worth(
        figures=len(figures) / len(rows),
        people=sum(row[2] for row in figures) / max(1, sum(row[2] for row in rows)),
        sides=sum(row[1] for row in rows) / len(rows),
        error=sum(row[3] for row in figures) / max(1, len(figures)),
        held=sum(row[4] for row in figures) / max(1, len(figures)),
    )


_FIRST = yes_or_no("first")
_SIX = tuple(Choice(key=key, label=text(key)) for key in "abcdef")
_ROWS = tuple(Statement(key=f"s{at}", label=text("?")) for at in range(5))

LINES: Mapping[str, Line] = {
    "70/30, buildings vary": Line(
        question=yes_or_no(), said=["yes", "no"], rates=(0.7, 0.3), concentration=30
    ),
    "70/30": Line(question=yes_or_no(), said=["yes", "no"], rates=(0.7, 0.3)),
    "70/30 on page 2": Line(
        question=yes_or_no(), said=["yes", "no"], rates=(0.7, 0.3), before=[_FIRST]
    ),
    "80/20": Line(question=yes_or_no(), said=["yes", "no"], rates=(0.8, 0.2)),
    "eNPS": Line(
        question=Scale(key="q", prompt=text("?"), points=11, lowest=0, enps=True),
        said=[4, 8, 10],
        rates=(0.3, 0.3, 0.4),
    ),
    "several of six": Line(
        question=SeveralChoice(key="q", prompt=text("?"), choices=_SIX),
        said=[*"abcdef"],
        rates=(0.05, 0.1, 0.2, 0.3, 0.4, 0.5),
    ),
    "a matrix of five rows": Line(
        question=Matrix(key="q", prompt=text("?"), statements=_ROWS),
        said=range(1, 6),
        rates=(0.1, 0.15, 0.2, 0.3, 0.25),
    ),
}


_FOUR = tuple(Choice(key=key, label=text(key)) for key in "abcd")

LIVE: Mapping[str, tuple[Question, Sequence[Answer]]] = {
    "yes or no": (yes_or_no(), ["yes", "no"]),
    "the same, may be skipped": (yes_or_no(required=False), ["yes", "no"]),
    "a point of five": (Scale(key="q", prompt=text("?")), range(1, 6)),
    "one of four": (SingleChoice(key="q", prompt=text("?"), choices=_FOUR), [*"abcd"]),
    "eNPS": (
        Scale(key="q", prompt=text("?"), points=11, lowest=0, enps=True),
        [4, 5, 6, 7, 8, 8, 9, 9, 10, 10],
    ),
}


def live_error(kind: str, asked: int, look: int, times: int) -> float:
    """The median of the ± that are shown at a look, in points; answers are alike in number."""
    question, answers = LIVE[kind]
    survey, chance = survey_of([question]), random.Random(f"{asked} {look}")  # noqa: S311
    printed = []
    for _ in range(times):
        given = [response(ANYWHERE, {"q": chance.choice(answers)}) for _ in range(look)]
        counted = seen(survey, asked, given, chance.randrange)
        (told,) = figures(survey, counted, asked, look)
        assert isinstance(told, ShareResult)
        if told.enps is not None:
            printed.append((told.enps.high - told.enps.low) / 2)
        else:
            printed += [50 * (s.high - s.low) for s in told.shares if s.high and s.low is not None]
    return median(printed)


def main() -> None:
    for people in (300, 1000, 3000, 7000):
        for look in looks(people):
            errors = (f"{kind} ± {live_error(kind, people, look, 200):.1f}" for kind in LIVE)
            print(f"{people:,} asked, {look:,} answers: {', '.join(errors)}")
    for name, asked in (("example district", everybody()), ("300 people", small_district())):
        print(f"{name}, 30% answer: groups with a figure (people in them), with a side too, error")
        for rate in (0.55, 0.7, 0.8, 0.92):
            for table, one in use(asked, rate, range(20)).items():
                by = " and ".join(table.by) or "district"
                print(
                    f"  {rate:.0%} by {by}: {one.groups:.0%} ({one.people:.0%}), "
                    f"{one.sides:.0%}, {one.error:.1f} points"
                )
        for table, share in ends_of_scores(asked, range(5)).items():
            print(f"  eNPS by {' and '.join(table.by)}: {share:.0%}")
    print("example district: shares with a figure (people), with a side too, error, 95% that hold")
    for name, line in LINES.items():
        for table, one in worth(line, everybody(), range(5)).items():
            print(
                f"  {name} by {' and '.join(table.by) or 'district'}: {one.figures:.0%} "
                f"({one.people:.0%}), {one.sides:.0%}, {one.error:.1f} points, {one.held:.1%}"
            )


if __name__ == "__main__":
    main()
