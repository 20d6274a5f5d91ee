"""What a safeguard's owner can ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.controls.commands import Number
from governance.controls.model import Dimension
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
class ShowAnswerForm(Command):
    assessment_id: UUID
    number: Number


@dataclass(frozen=True, kw_only=True)
class AnswerSafeguard(Command):
    """The four scores are as they were chosen, from "1" to "5". ``seen``: which state of it the
    form showed (``finding.seen_of``); None: it was not answered in a form."""

    assessment_id: UUID
    number: Number
    seen: int | None = None
    applies: Applies | None = field(default=None, repr=False)
    why_not: str = field(default="", repr=False)
    policy: str = field(default="", repr=False)
    implemented: str = field(default="", repr=False)
    automated: str = field(default="", repr=False)
    reported: str = field(default="", repr=False)
    evidence: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
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
        missing="Fill in this field.",
    )
    which: HandsOver = form_field(
        "Which safeguards?",
        HandsOver.ONE,
        listed=True,
        missing="Please choose from the list.",
    )
