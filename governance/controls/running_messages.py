"""What the ISO's office is shown and told of assessments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.messages import Asks
from core.text import Text
from governance.controls.model import Assessed, Assessment, Control, Framework, Named, Place
from governance.controls.running_commands import Verdict
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class AssessmentForm:
    """``versions``: of the framework, the newest first. ``last``: the assessment that a new one can
    start from. ``committees``: (key, name)."""

    assessment_id: UUID
    framework: str
    versions: tuple[Framework, ...]
    committees: tuple[tuple[str, str], ...]
    last: Assessment | None = None
    new: bool = True
    name: str = ""
    version: str = ""
    group: str = ""
    controls: tuple[str, ...] = ()
    due: date | None = None
    committee: str = ""
    from_last: bool = False
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None

    @property
    def groups(self) -> tuple[Named, ...]:
        """Of every version, each once."""
        found = {one.key: one for each in self.versions for one in each.groups}
        return tuple(found.values())

    @property
    def all_controls(self) -> tuple[Control, ...]:
        found = {one.number: one for each in reversed(self.versions) for one in each.controls}
        return tuple(found.values())


@dataclass(frozen=True, kw_only=True)
class OwnerLine:
    """What somebody owns in an assessment, by number. ``handed_by``: the names of those who handed
    over some of it."""

    name: str
    due: tuple[date, ...]
    waiting: tuple[str, ...]
    done: tuple[str, ...]
    confirmed: tuple[str, ...]
    handed_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunView:
    """How far an assessment is. ``unowned``: numbers without an owner who works here.
    ``to_confirm``: numbers by control. ``runs``: the reader's office runs it."""

    assessment: Assessment
    framework: Framework
    committee: str
    owners: tuple[OwnerLine, ...]
    unowned: tuple[str, ...]
    to_confirm: tuple[tuple[Control, tuple[str, ...]], ...]
    waiting: int
    confirmed: int
    total: int
    runs: bool = True
    asked: int = 0
    """So many people were just asked."""


@dataclass(frozen=True, kw_only=True)
class OwnersForm:
    """``owned``: number, name and owner of each safeguard in scope. ``problems``: (line, what is
    wrong with it), where several are."""

    assessment: Assessment
    short: str
    unowned: tuple[str, ...]
    owned: tuple[tuple[str, Text, str], ...] = ()
    owners: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    problems: tuple[Unfit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpeningView:
    """``stays_with``: the name of the person who gets the safeguards without an owner."""

    assessment: Assessment
    people: int
    total: int
    unowned: tuple[str, ...]
    stays_with: str


@dataclass(frozen=True, kw_only=True)
class ClosingView:
    assessment: Assessment
    total: int
    unassessed: tuple[str, ...]
    unconfirmed: tuple[str, ...]

    @property
    def left(self) -> int:
        return len(self.unassessed) + len(self.unconfirmed)


@dataclass(frozen=True, kw_only=True)
class ReviewForm:
    """An answer, to be confirmed or sent back. ``by``: the name of the person who gave it."""

    place: Place
    row: Assessed
    by: str
    seen: int
    verdict: Verdict | None = None
    word: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class ControlReview:
    """The answers of a control that wait to be confirmed, each with the name of the person who
    gave it."""

    assessment: Assessment
    framework: Framework
    control: Control
    answers: tuple[tuple[Place, Assessed, str], ...]
    seen: int = 0


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """After an answer was confirmed or sent back. ``next``: the number of the next one."""

    assessment: Assessment
    short: str
    number: str
    verdict: Verdict
    next: str = ""
    left: int = 0


@dataclass(frozen=True, kw_only=True)
class OwnerFinished(Asks):
    """To the ISO: an owner has answered all that one request asked for, so many safeguards.
    ``numbers``: those that still wait to be confirmed."""

    assessment: Assessment
    ask: UUID
    name: str
    numbers: tuple[str, ...]
    assessed: int

    @property
    def waiting(self) -> bool:
        return bool(self.numbers)


@dataclass(frozen=True, kw_only=True)
class SafeguardsHandedOver:
    """To the ISO: owners handed safeguards to somebody else. ``by`` and ``to``: names."""

    assessment: Assessment
    by: tuple[str, ...]
    to: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentDropped:
    name: Text


RunMessage = (
    AssessmentForm
    | RunView
    | OwnersForm
    | OpeningView
    | ClosingView
    | ReviewForm
    | ControlReview
    | Reviewed
    | OwnerFinished
    | SafeguardsHandedOver
    | AssessmentDropped
)
