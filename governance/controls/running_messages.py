"""What the ISO's office sees while it runs an assessment, and the messages that it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.messages import Asks
from core.text import Text
from governance.controls.model import Assessment, Control, Framework, SafeguardPlace
from governance.controls.running_commands import Verdict
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class OwnerLine:
    """An owner's safeguards in an assessment, by number. ``waiting``: (due date, numbers).
    ``handed_by``: names of the people who handed some of them over."""

    name: str
    waiting: tuple[tuple[date, tuple[str, ...]], ...]
    done: tuple[str, ...]
    confirmed: tuple[str, ...]
    handed_by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunView:
    """Owners and progress. ``unowned``: numbers without an owner who works here. ``to_confirm``:
    numbers by control. ``runs``: the reader holds the ISO's office. ``asked``: how many people
    were just asked."""

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


@dataclass(frozen=True, kw_only=True)
class OwnerRow:
    """A control, or one of its safeguards, in the table of owners. ``waiting``: how many of its
    ``total`` safeguards have no answer yet. ``owners``: the names of those who own them.
    ``person``, ``day``: what is in its inputs; ``was_person``, ``was_day``: what was there when the
    table was opened."""

    number: str
    name: Text
    total: int
    waiting: int
    owners: tuple[str, ...] = ()
    person: str = ""
    day: str = ""
    was_person: str = ""
    was_day: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnersForm:
    """``names``: of the owners, by the safeguard's number. ``problems``: what is wrong with which
    line. ``rows``: each control, or each safeguard of ``control``. ``people``: who may be meant, as
    what is entered for them and their name."""

    assessment: Assessment
    framework: Framework
    unowned: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    owners: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    problems: tuple[Unfit, ...] = ()
    control: Control | None = None
    rows: tuple[OwnerRow, ...] = ()
    people: tuple[tuple[str, str], ...] = ()


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
class ControlReview:
    """A control's answers that wait to be confirmed, each with the name of the person who gave
    it."""

    assessment: Assessment
    framework: Framework
    control: Control
    answers: tuple[tuple[SafeguardPlace, str], ...]
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
    """To the ISO: an owner has answered everything that one request asked for. ``assessed``: how
    many safeguards that is. ``numbers``: those that still wait to be confirmed. ``in_all``: how
    many answers of the whole assessment do, as its page says."""

    assessment: Assessment
    ask: UUID
    name: str
    numbers: tuple[str, ...]
    assessed: int
    in_all: int

    @property
    def waiting(self) -> bool:
        return bool(self.numbers)


@dataclass(frozen=True, kw_only=True)
class SafeguardsHandedOver:
    """To the ISO: owners handed safeguards to someone else. ``by`` and ``to``: names."""

    assessment: Assessment
    by: tuple[str, ...]
    to: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentDropped:
    name: str


RunMessage = (
    RunView
    | OwnersForm
    | OpeningView
    | ClosingView
    | ControlReview
    | Reviewed
    | OwnerFinished
    | SafeguardsHandedOver
    | AssessmentDropped
)
