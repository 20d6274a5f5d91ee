"""What the ISO's office can ask for: beginning, naming owners, opening, confirming and closing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.tokens import Slug
from governance.controls.commands import Number
from governance.redaction.put_back import PutBack


class Verdict(StrEnum):
    CONFIRM = "confirm"
    SEND_BACK = "send_back"


@dataclass(frozen=True, kw_only=True)
class ShowAssessmentForm(Command):
    """Begin an assessment against a framework, or edit a draft."""

    framework: Slug
    assessment_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteAssessment(Command):
    """``from_last``: a new one takes over what the last one of the framework was answered."""

    framework: Slug
    assessment_id: UUID
    name: str = ""
    version: str = ""
    group: str = ""
    controls: tuple[str, ...] = ()
    due: date | None = None
    committee: str = ""
    from_last: bool = False
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowRun(Command):
    """How far an assessment is: owners, what has none, what waits to be confirmed."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowOwnersForm(Command):
    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class NameOwners(Command):
    """``owners``: lines with a number, an address, and a day where it is another one."""

    assessment_id: UUID
    owners: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowOpening(Command):
    """What opening it does, before it is done."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class OpenAssessment(Command):
    """Ask every owner. ``unowned``: so many without an owner go to the ISO."""

    assessment_id: UUID
    unowned: int


@dataclass(frozen=True, kw_only=True)
class DropAssessment(Command):
    """Delete a draft."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowClosing(Command):
    """What is not done yet, before it is closed."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CloseAssessment(Command):
    """``left``: so many are not confirmed."""

    assessment_id: UUID
    left: int


@dataclass(frozen=True, kw_only=True)
class ReviewNext(Command):
    """The next answer that waits to be confirmed. ``ask``: those of one request first."""

    assessment_id: UUID
    ask: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ShowReviewForm(Command):
    assessment_id: UUID
    number: Number


@dataclass(frozen=True, kw_only=True)
class ReviewSafeguard(Command):
    """Confirm an answer, or send it back with a word. ``seen``: when it was given."""

    assessment_id: UUID
    number: Number
    seen: int
    verdict: Verdict | None = field(default=None, repr=False)
    word: str = field(default="", repr=False)
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowControlReview(Command):
    """The answers of a control that wait to be confirmed."""

    assessment_id: UUID
    control: Number


@dataclass(frozen=True, kw_only=True)
class ConfirmControl(Command):
    """Confirm the answers of a control. ``seen``: when the newest of them was given."""

    assessment_id: UUID
    control: Number
    seen: int
