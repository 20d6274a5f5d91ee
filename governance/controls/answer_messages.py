"""What the owner of a safeguard is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from governance.controls.answer_commands import Applies, HandsOver
from governance.controls.model import Assessed, Assessment, Place
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """``stale``: its answer is of an earlier assessment, and older than a year. ``changed``: it was
    sent back or changed while its owner was writing. ``said``: what staff said about it, redacted,
    as far as the ISO's office took it as evidence."""

    place: Place
    row: Assessed
    stale: bool = False
    changed: bool = False
    seen: int = 0
    applies: Applies | None = None
    why_not: str = ""
    policy: str = ""
    implemented: str = ""
    automated: str = ""
    reported: str = ""
    evidence: str = ""
    next_step: str = ""
    said: tuple[str, ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class SafeguardDone:
    """After an owner's answer. ``next``: the number of the next of theirs; ``left``: how many."""

    assessment: Assessment
    short: str
    number: str
    next: str = ""
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class NothingLeft:
    """There is nothing more to answer, or (``reviews``) to confirm."""

    assessment: Assessment
    reviews: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOverForm:
    """``others``: the reader's further safeguards without an answer."""

    assessment: Assessment
    short: str
    number: str
    others: tuple[str, ...] = ()
    to: str = ""
    which: HandsOver = HandsOver.ONE
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    assessment: Assessment
    short: str
    numbers: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What was answered in a closed assessment."""

    assessment: Assessment
    place: Place
    row: Assessed


@dataclass(frozen=True, kw_only=True)
class SafeguardView:
    """A safeguard with its answer, and earlier ones. ``owner``, ``by``, ``confirmed_by`` and
    ``handed_by``: names. ``answers``: the reader can answer it now; ``reviews``: they can confirm
    it or send it back."""

    place: Place
    row: Assessed
    owner: str = ""
    by: str = ""
    confirmed_by: str = ""
    handed_by: str = ""
    stale: bool = False
    earlier: tuple[Earlier, ...] = ()
    facets: tuple[object, ...] = ()
    answers: bool = False
    reviews: bool = False
    at: datetime | None = None


AnswerMessage = AnswerForm | SafeguardDone | NothingLeft | HandOverForm | HandedOver | SafeguardView
