"""What is shown and sent about gaps. What chat keeps names the safeguard by its number, and says
of no gap that there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.messages import Asks
from core.text import Text
from governance.changes.model import ChangeState
from governance.gaps.model import GapChoice, GapDecision, WorkKind
from governance.help_desk.model import HandOverState
from governance.redaction.put_back import Doubt
from governance.rules.model import RuleState
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class DecisionDue(Asks):
    """A safeguard needs a decision again: what was decided has come to its day. ``decides``: the
    reader's office can."""

    gap_id: UUID
    assessment_id: UUID
    short: str
    number: str
    day: date
    decides: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedInDecision:
    """The reader is the one who answers for a risk that was accepted."""

    gap_id: UUID


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision with the names of those in it."""

    decision: GapDecision
    owner: str
    accepted_by: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """``safeguard``: its number with the framework's short name. ``returned``: it needs a new
    decision."""

    gap_id: UUID
    safeguard: str
    name: Text | None
    decided: Decided
    returned: bool


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A gap that nothing is decided about. ``safeguard`` as in ``GapRow``. ``target`` None: none is
    set. ``owner``: of the safeguard."""

    assessment_id: UUID
    number: str
    safeguard: str
    name: Text
    score: float
    target: float | None
    owner: str


@dataclass(frozen=True, kw_only=True)
class GapsView:
    """The register: open ones, what is due first coming first."""

    rows: tuple[GapRow, ...]
    choice: GapChoice | None = None
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """What a gap became, and where that stands. ``at``: since when. ``opens``: the reader can open
    its page. Without any state it is not here anymore."""

    kind: WorkKind
    subject: UUID
    at: datetime
    opens: bool = False
    rule: RuleState | None = None
    change: ChangeState | None = None
    sent: bool | None = None
    """Of an announcement or a lesson: whether it went out, or is a draft."""
    ticket: HandOverState | None = None
    number: str = ""
    done: bool = False
    """The rule is in effect, or the change is done."""


@dataclass(frozen=True, kw_only=True)
class GapView:
    """``decisions``: the newest first; whoever holds no office sees the one that holds. ``begins``:
    what the reader can make of it. ``decides``: they run assessments."""

    gap_id: UUID
    assessment_id: UUID
    number: str
    safeguard: str
    name: Text | None
    decisions: tuple[Decided, ...]
    works: tuple[WorkLine, ...] = ()
    begins: tuple[WorkKind, ...] = ()
    decides: bool = False
    opens: bool = False
    """The reader can open the safeguard's page."""
    returned: bool = False
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_why: str = ""


@dataclass(frozen=True, kw_only=True)
class DecideForm:
    """``answering``: (id, name) of who can answer for an accepted risk."""

    assessment_id: UUID
    number: str
    safeguard: str
    name: Text
    answering: tuple[tuple[str, str], ...]
    choice: GapChoice | None = None
    why: str = ""
    by_day: date | None = None
    owner: str = ""
    accepted_by: str = ""
    administrator: str = ""
    to: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class CloseForm:
    gap_id: UUID
    safeguard: str
    why: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class TicketForm:
    gap_id: UUID
    safeguard: str
    words: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The gaps that something was begun for: (gap, its safeguard)."""

    gaps: tuple[tuple[UUID, str], ...]


GapMessage = (
    DecisionDue
    | NamedInDecision
    | GapsView
    | GapView
    | DecideForm
    | CloseForm
    | TicketForm
    | Origins
)
