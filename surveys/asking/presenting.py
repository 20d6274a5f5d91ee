"""How one person is asked: what is promised, and choices in an order of their own, always the same.

What stands first is chosen more often, whatever it is. Where an author asks for it, each person
gets one of a few orders in which, over all of them, every choice stands in each place equally
often. Which one follows from the wave, the person and the question: a reminder, another platform or
a second look shows the same. It is nowhere kept, and not with the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from surveys.asking.pairing import own_pairs
from surveys.messages import Invitation
from surveys.ports import SurveyStore
from surveys.promise import Promise, promise
from surveys.questions import (
    Choice,
    Matrix,
    Pairwise,
    Question,
    Ranking,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Page, Wave
from surveys.waves.drawing_lots import number, seeded

Item = TypeVar("Item")


def as_shown(questions: Sequence[Question], wave_id: UUID, person: UUID) -> tuple[Question, ...]:
    """The questions as this person is shown them."""
    return tuple(_shown(question, wave_id, person) for question in questions)


def as_asked(page: Page, wave_id: UUID, person: UUID) -> Page:
    """A page with this person's own pairs, to hold their answer against; else as authored."""
    if not any(isinstance(question, Pairwise) for question in page.questions):
        return page
    own = (_with_pairs(question, wave_id, person) for question in page.questions)
    return replace(page, questions=tuple(own))


def invited(invitation: Invitation, person: UUID) -> Invitation:
    """An invitation as this person is sent it; the same one where no order is their own."""
    if not any(_mixed(question) for question in invitation.inline):
        return invitation
    return replace(invitation, inline=as_shown(invitation.inline, invitation.wave_id, person))


def promise_of(store: SurveyStore, wave: Wave, page: int = 0) -> Promise:
    """What a wave promises, its committees by the names that they have now. Behind the first page
    it is not told in full, so nobody is counted for it."""
    keys = wave.survey.committees
    names = store.committee_names(keys) if keys else ()
    asked = 0 if page else store.panel_size(wave.id)
    return promise(
        wave.survey,
        committees=names,
        held=wave.hold,
        held_why=wave.hold_why,
        rules=wave.rules,
        asked=asked,
    )


def _mixed(question: Question) -> bool:
    match question:
        case Pairwise():
            return True
        case SingleChoice() | SeveralChoice() | Ranking() | Matrix():
            return question.random_order
        case _:
            return False


def _shown(question: Question, wave_id: UUID, person: UUID) -> Question:
    match question:
        case SingleChoice() | SeveralChoice() | Ranking() if question.random_order:
            return replace(
                question, choices=_choices(question.choices, wave_id, person, question.key)
            )
        case Matrix() if question.random_order:
            own = in_own_order(question.statements, wave_id, person, question.key)
            return replace(question, statements=own)
        case _:
            return _with_pairs(question, wave_id, person)


def _with_pairs(question: Question, wave_id: UUID, person: UUID) -> Question:
    if not isinstance(question, Pairwise):
        return question
    keys = [choice.key for choice in question.choices]
    own = own_pairs(keys, question.pairs, wave_id, person, question.key)
    return replace(question, shown=own)


def _choices(
    choices: tuple[Choice, ...], wave_id: UUID, person: UUID, question: str
) -> tuple[Choice, ...]:
    """Those that are ``fixed`` ("none of these") stay last, as the author put them."""
    fixed = tuple(choice for choice in choices if choice.fixed)
    free = [choice for choice in choices if not choice.fixed]
    return (*in_own_order(free, wave_id, person, question), *fixed)


def in_own_order(
    things: Sequence[Item], wave_id: UUID, person: UUID, question: str
) -> tuple[Item, ...]:
    """Things in this person's order: a row of the wave's and question's own square."""
    base = list(things)
    seeded(wave_id, question).shuffle(base)
    rows = square(len(base))
    return tuple(base[place] for place in rows[number(wave_id, person, question) % len(rows)])


def square(n: int) -> list[list[int]]:
    """Orders of n things, n of them for an even n and 2n for an odd: in all of them together each
    stands in each place equally often, and follows each other one equally often.

    Source: E. J. Williams, "Experimental designs balanced for the estimation of residual effects
    of treatments", Australian Journal of Scientific Research A 2 (1949) 149-168.
    """
    if n < 2:
        return [list(range(n))]
    zigzag = [(place + 1) // 2 if place % 2 else (n - place // 2) % n for place in range(n)]
    rows = [[(one + shift) % n for one in zigzag] for shift in range(n)]
    return rows if n % 2 == 0 else rows + [row[::-1] for row in rows]
