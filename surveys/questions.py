"""What can be asked, and what counts as an answer to it.

A question's ``key`` names it inside its survey. A platform hands in what somebody chose or typed
as a *raw answer* (one string, or several in order); ``fit`` turns it into an answer or says in the
reader's words why it does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveys.words import Text

RawAnswer = str | tuple[str, ...]
"""As handed in: a choice's key, a typed text or number, or keys in order. Empty means no answer."""

Answer = str | int | float | tuple[str, ...]
"""As kept: choice key (str), keys (tuple; a ranking's is in order), scale point (int),
number (float), text (str)."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose. ``goal`` ties a technology priority to a goal of the plan. ``fixed``
    keeps it behind the others where these are in random order ("None of these")."""

    key: str
    label: Text
    goal: str | None = None
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class SingleChoice:
    """``random_order``: each person is shown the choices in an order of their own."""

    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    required: bool = True
    hint: Text | None = None
    random_order: bool = False


@dataclass(frozen=True, kw_only=True)
class SeveralChoice:
    key: str
    prompt: Text
    choices: tuple[Choice, ...]
    at_most: int | None = None
    required: bool = True
    hint: Text | None = None
    random_order: bool = False


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Points 1..``points`` (2 to 11), named at least at both ends.

    ``labels`` maps a point to its words; ``labels[1]`` and ``labels[points]`` are always there.
    """

    key: str
    prompt: Text
    points: int = 5
    labels: Mapping[int, Text] = field(default_factory=dict)
    required: bool = True
    hint: Text | None = None


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


@dataclass(frozen=True, kw_only=True)
class FreeText:
    key: str
    prompt: Text
    longest: int = 2000
    required: bool = False
    hint: Text | None = None


Question = SingleChoice | SeveralChoice | Scale | Ranking | Number | FreeText


@dataclass(frozen=True, kw_only=True)
class Unfit:
    """Why an answer does not fit, as a template in English with values (``words.tr`` fills it)."""

    why: str
    values: Mapping[str, str | int] = field(default_factory=dict)


def chosen_keys(raw: RawAnswer) -> Sequence[str]:
    """The non-empty strings of a raw answer, in order."""
    parts = (raw,) if isinstance(raw, str) else raw
    return [part for part in parts if part.strip()]
