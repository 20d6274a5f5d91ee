"""A question about an announcement, and what is known of its answers: counts, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from core.text import Text
from surveys.disclosure.noise import noisy

FEWEST_CHOICES, MOST_CHOICES = 2, 5

LONGEST_TEXT = 1500
LONGEST_QUESTION = 300
LONGEST_CHOICE = 75
"""Characters. Slack takes no more in a list of choices."""

LONGEST_EXPLANATION = 300

FLOOR = 12
"""First answers, together, from which on something is shown of them."""

EPSILON = Fraction(1)
"""By how much the shown counts may change the odds on what one person answered: e to this."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """``right`` is the place of the right choice, from 0; ``explanation`` says why it is."""

    text: Text
    choices: tuple[Text, ...]
    right: int
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class AnswerCount:
    """First answers that chose one of the choices. ``waiting``: so many since counts were last
    shown; ``shown``: all others, with noise."""

    waiting: int = 0
    shown: int = 0


def to_be_shown(counts: Sequence[AnswerCount], confirmed: int) -> tuple[int, ...] | None:
    """The waiting counts with noise, once there are enough to be shown; None: not yet.

    Whether there are is decided by how many people have ``confirmed``, whose names and days may be
    known, and by what is shown already. How many answers wait has no say, since that would tell
    who answered and did not confirm: who was wrong. Whoever confirmed has answered, so at least
    as many wait. Nobody's answer is in two draws, so however often somebody looks, all that is ever
    shown tells ``EPSILON`` of it. Another answer would move two counts by one.
    """
    shown = max(sum(one.shown for one in counts), 0)
    if confirmed - shown < max(FLOOR, shown // 4):
        return None
    return tuple(noisy(one.waiting, 2, EPSILON).value for one in counts)


def shares(counts: Sequence[AnswerCount]) -> tuple[int, ...] | None:
    """Percent of first answers for each choice, to the nearest five; None: too few are shown."""
    shown = [max(one.shown, 0) for one in counts]
    if sum(shown) < FLOOR:
        return None
    return tuple(5 * round(20 * one / sum(shown)) for one in shown)


@dataclass(frozen=True, kw_only=True)
class MyLesson:
    """A lesson that somebody was sent."""

    announcement_id: UUID
    title: Text
    due: date | None
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class LessonLine:
    """What must be confirmed by a date, as whoever is responsible sees it in a list. ``right``:
    percent of first answers that were right; None: not shown, or no question. ``draft``: it can
    still be checked and changed; what is neither sent nor a draft waits to go out."""

    announcement_id: UUID
    title: Text
    sent: bool
    draft: bool
    lesson: bool
    due: date | None
    asked: int = 0
    done: int = 0
    right: int | None = None
