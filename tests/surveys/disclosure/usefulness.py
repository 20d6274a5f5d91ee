"""What readers get of a yes-or-no question: ``python -m tests.surveys.disclosure.usefulness``.

Of the example district and of a small one, and of each table's groups of 12 people and more: how
many show a figure, the part of all people in them, how many show a figure or name a side, and how
far figures are from what was answered. And what each look at an open survey is worth.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from core.text import text
from surveys.disclosure.budget import LEAST, People
from surveys.disclosure.live import looks, seen
from surveys.disclosure.noise import Noisy
from surveys.disclosure.results import figures
from surveys.disclosure.rules import Figure, judged
from surveys.disclosure.tables import released
from surveys.questions import Answer, Choice, Question, Scale, SingleChoice
from surveys.results.model import ShareResult
from surveys.results.tabulating import Atom, planned_cells
from surveys.survey import PlannedTable
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


if __name__ == "__main__":
    main()
