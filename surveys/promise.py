"""What a survey promises of its answers, read from its plan: said before the first question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp

from core.text import Text
from surveys.asking.counted import asked_key
from surveys.disclosure.budget import BESIDE
from surveys.disclosure.live import looks
from surveys.questions import Pairwise
from surveys.survey import USUAL, Dimension, Rules, Survey


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Who will see what of the answers, as far as a survey's plan decides it.

    ``groups``: what its tables are split by, the coarser first, each once; empty is the whole
    district. ``committees``: the names of those whose members see the tables, too. ``held``: a
    records hold keeps the answers linkable after the closing, and ``held_why`` is its reason, if it
    was set after the launch. ``some``: the pages, from 1, that
    only some are asked, with the question on whose answer that depends; ``barriers``: whether
    ADKAR's barrier is counted. ``looks``: at how many answers figures are shown while it is open;
    None: that is not known, since it depends on how many are asked. ``pairs``: how many two choices
    one person compares at most; of these every two count as one answer. ``rules``: those that its
    answers are told by.
    """

    groups: tuple[frozenset[Dimension], ...] = (frozenset(),)
    comments: bool = False
    committees: tuple[str, ...] = ()
    held: bool = False
    held_why: str = ""
    some: tuple[tuple[int, Text], ...] = ()
    barriers: bool = False
    looks: tuple[int, ...] | None = None
    pairs: int = 0
    rules: Rules = USUAL

    @property
    def epsilon(self) -> Fraction:
        """What all that is shown tells of one answer, at most: the tables, live figures, and
        where there are any, pages for some and barriers. All comments of one person are one answer:
        what their themes tell is no more than what the tables tell of another answer."""
        return self.rules.answer + BESIDE * (1 + bool(self.some) + self.barriers)

    def epsilon_of(self, answers: Fraction) -> Fraction:
        """The same of so many answers to one question, changed together: rows of a matrix, boxes of
        several, every two comparisons. What pages for some and barriers tell is told once."""
        once = self.epsilon - self.rules.answer - BESIDE
        return answers * (self.rules.answer + BESIDE) + once

    @property
    def most_sure(self) -> int:
        """How sure, in percent, somebody can become of an answer who was 50% sure before."""
        return ceil(100 * _sure(self.epsilon))


@dataclass(frozen=True, kw_only=True)
class OverAYear:
    """What a survey that repeats tells of one person's answers to one question, all ``waves`` of a
    year together in which the same person is asked. ``each``: of one wave."""

    waves: int
    each: Promise

    @property
    def epsilon(self) -> Fraction:
        return self.waves * self.each.epsilon

    @property
    def most_sure(self) -> int:
        """As of one wave, but rounded down: nothing is ever certain."""
        return min(99, int(100 * _sure(self.epsilon)))


def _sure(epsilon: Fraction) -> float:
    return 1 / (1 + exp(-epsilon))


def promise(
    survey: Survey,
    *,
    committees: tuple[str, ...] = (),
    held: bool = False,
    held_why: str = "",
    rules: Rules = USUAL,
    asked: int = 0,
) -> Promise:
    """``committees``: their names, in the order in which they are told. ``asked``: how many people
    are; 0 is not known."""
    splits = dict.fromkeys(frozenset(table.by) for table in survey.tables)
    shown = looks(asked) if frozenset() in splits else ()
    order = list(Dimension)
    return Promise(
        groups=tuple(
            sorted(splits, key=lambda by: (len(by), sorted(order.index(part) for part in by)))
        ),
        comments=survey.has_comments,
        committees=committees,
        held=held,
        held_why=held_why,
        some=tuple(_pages_for_some(survey)),
        barriers=bool(survey.adkar),
        looks=tuple(sorted(shown)) if asked else None,
        pairs=max((q.pairs for q in survey.counted if isinstance(q, Pairwise)), default=0),
        rules=rules,
    )


def _pages_for_some(survey: Survey) -> Iterator[tuple[int, Text]]:
    for number, page in enumerate(survey.pages, start=1):
        if page.show_if is not None:
            asked = survey.question(asked_key(page.show_if.question))
            if asked is not None:
                yield number, asked.prompt
