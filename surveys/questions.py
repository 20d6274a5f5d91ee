"""What can be asked, and what counts as an answer to it.

A question's ``key`` names it inside its survey. A platform hands in what somebody chose or typed
as a *raw answer* (one string, or several in order); ``fit`` turns it into an answer or says in the
reader's words why it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from core.text import Text, text
from surveys.priorities.model import Ideas

RawAnswer = str | tuple[str, ...]
"""As handed in: a choice's key, a typed text or number, or keys in order. Empty means no answer."""

Answer = str | int | float | tuple[str, ...]
"""As kept: choice key (str), keys (tuple; a ranking's is in order, of pairs see ``pairing``), scale
point (int), number (float), text (str), date (str, ISO 8601)."""

OTHER = "other"
"""The key of the choice "something else", and what follows the dot in the key of its words."""


SOMETHING_ELSE = text("Something else", es="Otra cosa")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose. ``goal`` ties a technology priority to a goal of the plan. ``fixed``
    keeps it behind the others where these are in random order ("None of these")."""

    key: str
    label: Text
    goal: str | None = None
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Other:
    """A last choice for what the others leave out, with room to say what it is."""

    label: Text = SOMETHING_ELSE
    longest: int = 200


@dataclass(frozen=True, kw_only=True)
class SingleChoice:
    """``random_order``: each person is shown the choices in an order of their own."""

    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    required: bool = True
    hint: Text | None = None
    random_order: bool = False
    other: Other | None = None


@dataclass(frozen=True, kw_only=True)
class SeveralChoice:
    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    at_most: int | None = None
    required: bool = True
    hint: Text | None = None
    random_order: bool = False
    at_least: int | None = None
    other: Other | None = None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """``points`` points (2 to 11) from ``lowest`` (0 or 1) up, named at least at both ends.

    ``labels`` maps a point to its words; the two ends always have some. ``enps``: the question of
    the employee net promoter score, 0 to 10. ``asked_in`` is set where it is counted only: the
    prompt of the matrix that asks it as one of its statements.
    """

    key: str
    prompt: Text
    points: int = 5
    labels: Mapping[int, Text] = field(default_factory=dict)
    required: bool = True
    hint: Text | None = None
    lowest: int = 1
    enps: bool = False
    asked_in: Text | None = None

    @property
    def highest(self) -> int:
        return self.lowest + self.points - 1

    @property
    def every_point(self) -> range:
        """Every point, from the lowest."""
        return range(self.lowest, self.highest + 1)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One line of a matrix."""

    key: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Statements that are answered on one scale; counted as a scale for each of them.

    ``points``, ``labels`` and ``lowest`` are as a ``Scale``'s. ``required``: every statement.
    """

    key: str
    prompt: Text
    statements: tuple[Statement, ...]
    points: int = 5
    labels: Mapping[int, Text] = field(default_factory=dict)
    required: bool = True
    hint: Text | None = None
    lowest: int = 1
    random_order: bool = False

    @property
    def highest(self) -> int:
        return self.lowest + self.points - 1

    @property
    def every_point(self) -> range:
        """Every point, from the lowest."""
        return range(self.lowest, self.highest + 1)


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Technology priorities, most important first; ``top`` of them are asked for."""

    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    top: int = 3
    required: bool = True
    hint: Text | None = None
    random_order: bool = False


Pair = tuple[str, str]
"""Keys of two choices, in the order in which somebody is asked."""


@dataclass(frozen=True, kw_only=True)
class Pairwise:
    """ "Which of these two?", ``pairs`` times for each person, of all pairs of the choices.

    ``shown`` are one person's own pairs; in a survey as its author wrote it, there are none.
    ``ideas``: staff may add choices; None: they may not.
    """

    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    pairs: int = 6
    required: bool = True
    hint: Text | None = None
    shown: tuple[Pair, ...] = ()
    ideas: Ideas | None = None


@dataclass(frozen=True, kw_only=True)
class Number:
    key: str
    prompt: Text
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    unit: Text | None = None
    required: bool = True
    hint: Text | None = None


class Period(StrEnum):
    """What dates are counted by."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Date:
    """A day from ``minimum`` to ``maximum`` (both included), counted ``by`` month or day.

    The limits are always there: what is counted has to be known before anybody answers.
    """

    key: str
    prompt: Text
    minimum: date
    maximum: date
    by: Period = Period.MONTH
    required: bool = True
    hint: Text | None = None


@dataclass(frozen=True, kw_only=True)
class FreeText:
    """``asked_in`` is set where it is counted only: the prompt of the choice whose "something
    else" it says more of."""

    key: str
    prompt: Text
    longest: int = 2000
    required: bool = False
    hint: Text | None = None
    shortest: int = 0
    asked_in: Text | None = None


CountedQuestion = (
    SingleChoice | SeveralChoice | Scale | Ranking | Pairwise | Number | Date | FreeText
)
"""What is counted: simple questions (``surveys.asking.counted``)."""

Question = CountedQuestion | Matrix
"""What somebody is asked."""


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """Why an answer does not fit, as a template in English with values (``words.tr`` fills it)."""

    why: str
    values: Mapping[str, str | int] = field(default_factory=dict)


def chosen_keys(raw: RawAnswer) -> Sequence[str]:
    """The non-empty strings of a raw answer, in order."""
    parts = (raw,) if isinstance(raw, str) else raw
    return [part for part in parts if part.strip()]
