"""What a safeguard's owner can ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, FROM_THE_LIST, form_field
from governance.controls.commands import Number
from governance.controls.model import (
    LONGEST_EVIDENCE,
    LONGEST_NEXT_STEP,
    LONGEST_WHY_NOT,
    Dimension,
)
from governance.redaction.put_back import PutBack


class Applies(StrEnum):
    YES = "yes"
    NO = "no"


class HandsOver(StrEnum):
    ONE = "one"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class AnswerNext(Command):
    """The reader's next safeguard without an answer, those of the request ``ask`` first."""

    assessment_id: UUID
    ask: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerSafeguard(Command):
    """The four scores are as they were chosen, from "1" to "5". ``seen``: which state of it the
    form showed (``finding.seen_of``); None: it opens the form."""

    assessment_id: UUID
    number: Number
    seen: int | None = None
    applies: Applies | None = form_field(
        "Does it apply to the district?",
        None,
        hint="If it does, rate the four parts below.",
        choices={Applies.YES: "Yes", Applies.NO: "No"},
        missing=FROM_THE_LIST,
    )
    why_not: str = form_field(
        "Why it does not apply",
        hint="Fill this in only if you chose “No.” You can then leave the rest empty.",
        longest=LONGEST_WHY_NOT,
        rows=2,
        depends=True,
    )
    policy: str = form_field("Policy", listed=True, depends=True)
    implemented: str = form_field("Implemented", listed=True, depends=True)
    automated: str = form_field("Automated", listed=True, depends=True)
    reported: str = form_field("Reported", listed=True, depends=True)
    evidence: str = form_field(
        "Evidence",
        hint="Links and notes, such as where to find the procedure. No passwords.",
        longest=LONGEST_EVIDENCE,
        rows=4,
    )
    next_step: str = form_field("What would raise the score", longest=LONGEST_NEXT_STEP, rows=2)
    put_back: PutBack = field(default_factory=PutBack, repr=False)

    @property
    def scores(self) -> dict[Dimension, str]:
        return {one: getattr(self, one.value) for one in Dimension}


@dataclass(frozen=True, kw_only=True)
class KeepAnswer(Command):
    """The earlier answer is still true. ``seen``: as in ``AnswerSafeguard``."""

    assessment_id: UUID
    number: Number
    seen: int


@dataclass(frozen=True, kw_only=True)
class HandOverSafeguards(Command):
    """``to``: an address, or a name that only one person has. ``which``: this one, or all of the
    owner's without an answer."""

    assessment_id: UUID
    number: Number
    to: str = form_field(
        "New owner",
        hint="Their email address, or their full name.",
        missing=FILL_IN,
    )
    which: HandsOver = form_field(
        "Which safeguards?",
        HandsOver.ONE,
        listed=True,
        missing=FROM_THE_LIST,
    )
