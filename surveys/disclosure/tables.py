"""The tables of a wave with noise in every count: drawn once, when it closes, and written.

Nothing but what is here may be shown of who answered and what. Whatever is computed from it tells
nothing more, so it needs no rule of its own (Dwork and Roth 2014, proposition 2.1).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from math import sqrt
from secrets import randbelow
from statistics import median
from typing import TypeVar

from surveys.disclosure.budget import (
    ANSWER,
    ANSWERED,
    ANSWERING,
    BESIDE,
    LEAST,
    People,
    by_people,
    divided,
)
from surveys.disclosure.measures import Measure, measures, told_apart
from surveys.disclosure.noise import Below, Noisy, noisy
from surveys.ports import OpenResponse
from surveys.questions import Answer, CountedQuestion, Date, FreeText, Pairwise, Ranking
from surveys.results.barriers import BARRIER, depends, rests_on, told_of, with_barriers
from surveys.results.tabulating import Atom, ScoreQuestion, atom_of, planned_cells
from surveys.survey import PlannedTable, Survey

K = TypeVar("K")

RANKED_FROM = 300
"""People asked in a table's median group, and in a group itself, from which on rankings and pairs
are counted there."""

WHOLE_ORDER = Fraction(3, 5)
"""The district's part of what is told of a ranking or of pairs, where groups have the rest."""

MOST_TWO_BY_TWO = 10
"""Choices of a ranking up to which majorities are counted."""

HARDLY = 0.015
"""Points, of 1, that the noise of majorities may have (a standard deviation), for the district."""

MORE_THAN_A_SCHOOL = 250
"""People asked, from whom on no margin is needed for all of them together: no group of more than
220 is of one mind by chance."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One question in one group: how many answered it, and its counts by name (see ``measures``:
    a choice's key, a point, an end of a scale)."""

    n: Noisy
    counts: Mapping[str, Noisy]


@dataclass(frozen=True, kw_only=True)
class Released:
    """All that there is of a wave after it closed, but for comments. ``complete``: how many of each
    group answered everything that everybody had to; ``partial``: how many did not, and are counted
    where they answered (empty: there can be none); ``questions``: by question's key and group;
    ``least``: answers from which on a group is shown."""

    complete: Mapping[People, Noisy]
    questions: Mapping[str, Mapping[People, Counted]]
    partial: Mapping[People, Noisy] = field(default_factory=dict)
    least: int = LEAST

    @cached_property
    def answered(self) -> Mapping[People, Noisy]:
        """How many of each group answered, completely or partly."""
        return {
            people: n + self.partial[people] if self.partial else n
            for people, n in self.complete.items()
        }


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What of one person's answer, and of having answered, is told by each group's counts."""

    answer: Mapping[People, Fraction]
    answered: Mapping[People, Fraction]


def budget(
    tables: Sequence[PlannedTable],
    asked: Mapping[Atom, float],
    whole: Fraction = ANSWER,
    beside: Sequence[PlannedTable] = (),
    least: int = LEAST,
) -> Budget:
    """Divided over the groups of all tables, by how many were asked in them. Groups that are too
    small ever to be shown are left out. Before a lot is drawn ``asked`` is what is expected, which
    need not be whole. ``beside``: more tables, of which only how many answered
    is told."""
    cells: list[tuple[PlannedTable, People]] = []
    sizes: defaultdict[PlannedTable, list[float]] = defaultdict(list)
    for table in dict.fromkeys((*tables, *beside)):
        for cell in planned_cells(table, asked):
            size = sum(asked[atom] for atom in cell.atoms)
            if round(size, 6) >= least:
                cells.append((table, cell.atoms))
                sizes[table].append(size)
    own = {table: size for table, size in sizes.items() if table in tables}
    return Budget(
        answer=by_people(divided(whole, own), (one for one in cells if one[0] in own)),
        answered=by_people(divided(ANSWERED, sizes, power=2 / 3), cells),
    )


def whole_of(asked: Mapping[Atom, int]) -> People:
    """Everybody who was asked, where they are more than a school has: of so many the figures need
    no margin. Nobody, where fewer were asked: then all of them are shown like a group."""
    return frozenset(asked) if sum(asked.values()) >= MORE_THAN_A_SCHOOL else frozenset()


def released(
    survey: Survey,
    asked: Mapping[Atom, int],
    responses: Sequence[OpenResponse],
    whole: Fraction = ANSWER,
    below: Below = randbelow,
    beside: Sequence[PlannedTable] = (),
    least: int = LEAST,
) -> Released:
    """Every planned count of a wave, with noise. ``asked``: how many of each finest group were;
    ``beside``: more tables, of which only how many answered is counted.

    What a page asks only of some is counted for the district alone: who was asked it tells what
    they had answered before, so all such questions share a budget, and all that somebody says to
    one of them is one answer.

    What everybody has to answer is counted of complete responses only, so that it needs no count of
    its own of how many answered it. A response is complete or partial, so these two counts tell
    together no more of anybody than one of them would.
    """
    parts = budget(survey.tables, asked, whole, beside, least)
    everybody = whole_of(asked)
    by_atom: defaultdict[Atom, list[OpenResponse]] = defaultdict(list)
    for response in with_barriers(survey, responses):
        by_atom[atom_of(response)].append(response)
    needed = _always(survey)
    finished = {
        atom: [r for r in those if needed <= r.answers.keys()] for atom, those in by_atom.items()
    }

    def people_of(counted: Mapping[Atom, int]) -> dict[People, Noisy]:
        return {
            people: noisy(sum(counted.get(atom, 0) for atom in people), 1, part, below)
            for people, part in parts.answered.items()
        }

    complete = people_of({atom: len(those) for atom, those in finished.items()})
    partial = (
        people_of({atom: len(those) - len(finished[atom]) for atom, those in by_atom.items()})
        if len(needed) > 1
        else {}
    )
    questions: dict[str, dict[People, Counted]] = {}
    for question in told_of(survey):
        if isinstance(question, FreeText):
            continue
        own = _groups(survey, question, asked, whole, least)
        groups = parts.answer if own is None else own
        skipped = may_be_skipped(survey, question)
        said = {
            atom: Counter(r.answers[question.key] for r in those if question.key in r.answers)
            for atom, those in (by_atom if skipped else finished).items()
        }
        questions[question.key] = {}
        for all_of_it in (True, False):
            drawn = measures(
                question,
                whole=all_of_it,
                skipped=skipped,
                one_answer=depends(survey, question),
                majorities=all_of_it and _by_majority(question, asked, groups.get(everybody)),
            )
            sums = _sums(drawn, said)
            questions[question.key] |= {
                people: _with_noise(
                    drawn,
                    [sum(at) for at in zip(*(sums[a] for a in people if a in sums), strict=True)],
                    part,
                    complete[people],
                    below,
                )
                for people, part in groups.items()
                if people in complete and (people == everybody) is all_of_it
            }
    return Released(complete=complete, partial=partial, questions=questions, least=least)


def _groups(
    survey: Survey,
    question: ScoreQuestion,
    asked: Mapping[Atom, int],
    whole: Fraction,
    least: int,
) -> Mapping[People, Fraction] | None:
    """The groups in which a question is counted, with what each tells of an answer; None: in those
    of all the survey's tables."""
    district = frozenset(asked)
    if depends(survey, question):
        figures = [one for one in survey.counted if not isinstance(one, FreeText)]
        sharing = 1 if question.key == BARRIER else sum(survey.depends(one) for one in figures)
        return {district: BESIDE / sharing}
    if isinstance(question, Date):
        return {district: whole}
    if isinstance(question, Ranking | Pairwise):
        return _of_an_order(survey.tables, asked, whole, least)
    if question.key == BARRIER:
        return budget(survey.tables, asked, BESIDE, least=least).answer
    return None


def _of_an_order(
    tables: Sequence[PlannedTable], asked: Mapping[Atom, int], whole: Fraction, least: int
) -> Mapping[People, Fraction]:
    """Of rankings and pairs the district has three fifths: of many choices the order is worth most
    there. The rest is divided over the tables of large groups."""
    large = _of_large_groups(tables, asked)
    parts = [[table for table in large if bool(table.by) is by_group] for by_group in (False, True)]
    shares = (WHOLE_ORDER, 1 - WHOLE_ORDER) if all(parts) else (Fraction(1), Fraction(1))
    everybody, found = frozenset(asked), defaultdict[People, Fraction](Fraction)
    for of, share in zip(parts, shares, strict=True):
        for people, part in budget(of, asked, whole * share, least=least).answer.items():
            if people == everybody or sum(asked[atom] for atom in people) >= RANKED_FROM:
                found[people] += part
    return found


def _by_majority(
    question: CountedQuestion, asked: Mapping[Atom, int], part: Fraction | None
) -> bool:
    """Whether so many are asked of a ranking that noise in each two choices hardly moves points."""
    if not isinstance(question, Ranking) or part is None:
        return False
    others, answers = len(question.choices) - 1, ANSWERING * sum(asked.values())
    noise = sqrt(2 / others) * told_apart(question) / float(part) / answers
    return others < MOST_TWO_BY_TWO and noise <= HARDLY


def _of_large_groups(
    tables: Sequence[PlannedTable], asked: Mapping[Atom, int]
) -> list[PlannedTable]:
    """Those in which rankings are counted. One ballot moves many counts, so in small groups there
    would be little but noise, and it would take the budget of the others."""
    sizes = {
        table: [sum(asked[atom] for atom in cell.atoms) for cell in planned_cells(table, asked)]
        for table in tables
    }
    return [
        table for table, of in sizes.items() if not table.by or (of and median(of) >= RANKED_FROM)
    ]


def may_be_skipped(survey: Survey, question: CountedQuestion) -> bool:
    """Whether a response may be complete without an answer to this."""
    needed = _always(survey)
    return any(one.key not in needed for one in rests_on(survey, question))


def _always(survey: Survey) -> frozenset[str]:
    """The keys of the questions that everybody is asked, and has to answer."""
    return frozenset(
        one.key
        for one in survey.counted
        if one.required and not isinstance(one, FreeText) and not survey.depends(one)
    )


def counted(
    drawn: Sequence[Measure],
    answers: Sequence[Answer],
    part: Fraction,
    everybody: Noisy | None,
    below: Below,
) -> Counted:
    """A question's counts with noise, of which each measure tells ``part``. ``everybody``: how many
    answered the survey, where no count of the question's own says how many answered it.

    Raises ValueError where nothing does.
    """
    return _with_noise(drawn, _sums(drawn, {(): Counter(answers)})[()], part, everybody, below)


def _sums(drawn: Sequence[Measure], said: Mapping[K, Counter[Answer]]) -> dict[K, list[int]]:
    """What the answers of each add to each count, measure by measure. Many answers are alike."""
    adding = [(measure, cache(measure.of)) for measure in drawn]
    return {
        whose: [
            one
            for measure, adds in adding
            for one in _sum(measure, adds, _entries(answers) if measure.by_entry else answers)
        ]
        for whose, answers in said.items()
    }


def _sum(
    measure: Measure, adds: Callable[[Answer], Sequence[int]], answers: Counter[Answer]
) -> list[int]:
    found = [0] * len(measure.names)
    for answer, times in answers.items():
        for at, one in enumerate(adds(answer)):
            if one:
                found[at] += one * times
    return found


def _entries(answers: Counter[Answer]) -> Counter[Answer]:
    """How often each entry was given, as an answer of its own."""
    found: Counter[str] = Counter()
    for answer, times in answers.items():
        for entry in answer if isinstance(answer, tuple) else ():
            found[entry] += times
    alone: Counter[Answer] = Counter()
    for entry, times in found.items():
        alone[(entry,)] = times
    return alone


def _with_noise(
    drawn: Sequence[Measure],
    sums: Sequence[int],
    part: Fraction,
    everybody: Noisy | None,
    below: Below,
) -> Counted:
    """``sums``: as ``_sums`` has them; none at all where nobody answered."""
    n, counts = everybody, dict[str, Noisy]()
    left = iter(sums)
    for measure in drawn:
        told = {name: noisy(next(left, 0), measure.moves, part, below) for name in measure.names}
        if measure.answered:
            n = told.pop("answered")
        counts |= told
    if n is None:
        raise ValueError("a group of which nothing says how many answered")
    return Counted(n=n, counts=counts)
