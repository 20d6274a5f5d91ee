"""What somebody should think about before a survey is asked: questions that tell who answers,
subjects that the district bargains over with its staff, and questions that ask the same. Warnings
only; their author decides.

It is read from the words of a question, in English and Spanish, with rules that were written to
stay silent rather than to cry wolf: a warning that is mostly wrong is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.text import Text
from surveys.asking.counted import asked_key
from surveys.authoring.asked_twice import repeated
from surveys.authoring.bargaining import BARGAINING
from surveys.authoring.caution_rules import Asks, Rule
from surveys.authoring.identifying import IDENTIFYING, MOST_TRAITS, TRAITS
from surveys.questions import Date, FreeText, Matrix, Number, Question, Unfit
from surveys.results.tabulating import Atom, planned_cells
from surveys.survey import SCORES_FROM, PlannedTable, Survey


class Concern(StrEnum):
    """What a warning is about."""

    IDENTIFIES = "identifies"
    BARGAINING = "bargaining"
    REPEATS = "repeats"
    GOAL = "goal"


@dataclass(frozen=True, kw_only=True)
class Caution:
    """``question``: its key; None: several together. ``why`` and ``advice`` are whole sentences
    of the catalogue."""

    concern: Concern
    question: str | None
    why: Unfit
    advice: Unfit


@dataclass(frozen=True, kw_only=True)
class SmallGroups:
    """Of a planned table: in how many of ``groups`` fewer than ``least`` people are asked, if
    ``part`` (0..1) of each group is drawn. Nothing can ever be shown for those groups; where a lot
    draws the people, which groups they are is known only then."""

    table: PlannedTable
    few: int
    groups: int
    least: int = SCORES_FROM
    part: float = 1


def cautions(survey: Survey) -> tuple[Caution, ...]:
    """Each question at most once for each concern, in the order of the survey."""
    found: list[Caution] = []
    traits: dict[str, str] = {}
    for question in survey.questions:
        said = list(_said(question))
        for concern, rules in (
            (Concern.IDENTIFIES, IDENTIFYING),
            (Concern.BARGAINING, BARGAINING),
        ):
            rule = _first(rules, question, said)
            if rule is not None:
                found.append(
                    Caution(
                        concern=concern, question=question.key, why=rule.why, advice=rule.advice
                    )
                )
        traits |= {
            trait: question.key
            for trait, pattern in TRAITS.items()
            if any(pattern.search(one) for one in said)
        }
    if len(traits) >= MOST_TRAITS:
        found.append(
            Caution(
                concern=Concern.IDENTIFIES,
                question=None,
                why=Unfit(
                    why="{n} questions ask what kind of person answers. Together they can single "
                    "someone out.",
                    values={"n": len(traits)},
                ),
                advice=Unfit(
                    why="Leave out those that you will not act on. Role, level and building are "
                    "known from the roster: plan a table in place of a question."
                ),
            )
        )
    return (*found, *_repeats(survey))


def _repeats(survey: Survey) -> Iterator[Caution]:
    told = set[str]()
    for later, first in repeated(survey):
        key = asked_key(later.key)
        if key not in told:
            told.add(key)
            yield Caution(
                concern=Concern.REPEATS,
                question=key,
                why=Unfit(
                    why="It asks the same as “{other}”. Asked twice, it tells more about each "
                    "person.",
                    values={"other": first.prompt.default},
                ),
                advice=Unfit(why="Leave one of them out, or ask about something else."),
            )


def small_groups(
    survey: Survey, asked: Mapping[Atom, int], least: int = SCORES_FROM, part: float = 1
) -> tuple[SmallGroups, ...]:
    """The planned tables with groups of which fewer than ``least`` people are asked. ``asked``:
    people of the audience in each finest group, of whom ``part`` (0..1) are drawn."""
    return small_in(survey.tables, asked, least, part)


def small_in(
    tables: Iterable[PlannedTable],
    asked: Mapping[Atom, int],
    least: int = SCORES_FROM,
    part: float = 1,
) -> tuple[SmallGroups, ...]:
    """The same of some tables."""
    told = []
    for table in dict.fromkeys(tables):
        sizes = [
            sum(asked.get(atom, 0) for atom in cell.atoms) for cell in planned_cells(table, asked)
        ]
        few = sum(round(part * size, 6) < least for size in sizes)
        if few:
            told.append(
                SmallGroups(table=table, few=few, groups=len(sizes), least=least, part=part)
            )
    return tuple(told)


def _said(question: Question) -> Iterator[str]:
    """What the question asks, in each language. Not its hint ("please leave names out"), and not
    its choices, which are answers."""
    asked: Sequence[Text] = (question.prompt,)
    if isinstance(question, Matrix):
        asked = (question.prompt, *(statement.label for statement in question.statements))
    for words in asked:
        yield words.default
        yield from words.translations.values()


def _first(rules: Sequence[Rule], question: Question, said: Sequence[str]) -> Rule | None:
    return next(
        (
            rule
            for rule in rules
            if _asked_so(rule.asks, question) and any(rule.pattern.search(one) for one in said)
        ),
        None,
    )


def _asked_so(asks: Asks, question: Question) -> bool:
    match asks:
        case Asks.ANYHOW:
            return True
        case Asks.IN_WORDS:
            return isinstance(question, FreeText)
        case Asks.EXACTLY:
            return isinstance(question, FreeText | Number | Date)
