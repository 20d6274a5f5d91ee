"""What the owner of a safeguard is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from governance.controls.answer_commands import Applies
from governance.controls.model import Assessment, Dimension, SafeguardPlace
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """``stale``: its answer was taken over and is more than a year old. ``changed``: it was sent
    back or changed while its owner was writing. ``scores``: as they were chosen. ``said``: redacted
    staff messages that the ISO's office accepted as evidence."""

    place: SafeguardPlace
    stale: bool = False
    changed: bool = False
    seen: int = 0
    applies: Applies | None = None
    why_not: str = ""
    scores: Mapping[Dimension, str] = field(default_factory=dict)
    evidence: str = ""
    next_step: str = ""
    said: tuple[str, ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class SafeguardDone:
    """After an owner's answer. ``next``: the number of their next safeguard; ``left``: how many
    they have left."""

    assessment: Assessment
    short: str
    number: str
    next: str = ""
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class NothingLeft:
    """There is nothing left to answer, or (``reviews``) to confirm."""

    assessment: Assessment
    reviews: bool = False


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    short: str
    numbers: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class SafeguardView:
    """A safeguard with its answer, and (``earlier``) as it was in closed assessments. ``owner``,
    ``by``, ``confirmed_by`` and ``handed_by``: names. ``answers``: the reader can answer it now;
    ``reviews``: they can confirm it or send it back."""

    place: SafeguardPlace
    owner: str = ""
    by: str = ""
    confirmed_by: str = ""
    handed_by: str = ""
    stale: bool = False
    earlier: tuple[SafeguardPlace, ...] = ()
    facets: tuple[object, ...] = ()
    answers: bool = False
    reviews: bool = False


AnswerMessage = AnswerForm | SafeguardDone | NothingLeft | HandedOver | SafeguardView
