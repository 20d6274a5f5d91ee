"""What is shown and sent about gaps. What a chat keeps names the safeguard by its number at most,
and never says that it is a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import Asks
from core.text import Text
from governance.changes.model import ChangeState
from governance.gaps.model import GapChoice, GapDecision, WorkKind
from governance.help_desk.model import HandOverState
from governance.rules.model import RuleState


@dataclass(frozen=True, kw_only=True)
class DecisionDue(Asks):
    """A safeguard needs a new decision. ``safeguard``: its number with the framework's short name.
    ``decides``: the reader can decide."""

    gap_id: UUID
    assessment_id: UUID
    safeguard: str
    number: str
    decides: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedInDecision(Asks):
    """The reader is asked to accept a risk. ``open``: they have not answered yet."""

    gap_id: UUID
    open: bool = True

    @property
    def waiting(self) -> bool:
        return self.open


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision with the names of the people in it."""

    decision: GapDecision
    owner: str
    accepted_by: str = ""
    decided_by: str = ""


@dataclass(frozen=True, kw_only=True)
class GapRow:
    """``safeguard`` as in ``DecisionDue``. ``returned``: it needs a new decision. ``falls_short``:
    the assessment whose answer is the last one and below the target; None: none is."""

    gap_id: UUID
    safeguard: str
    name: Text | None
    decided: Decided
    returned: bool
    falls_short: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """A gap without a decision. ``safeguard`` as in ``DecisionDue``. ``target`` None: none is set.
    ``owner``: the safeguard's. ``earlier``: the name of the assessment that its score is from; "":
    the newest."""

    assessment_id: UUID
    number: str
    safeguard: str
    name: Text
    score: float
    target: float | None
    owner: str
    earlier: str = ""


@dataclass(frozen=True, kw_only=True)
class GapsView:
    """The register of open gaps, the earliest day first."""

    rows: tuple[GapRow, ...]
    choice: GapChoice | None = None
    undecided: tuple[Undecided, ...] = ()
    newest: tuple[tuple[UUID, str], ...] = ()
    """The assessment of each framework that began last, with its name."""


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """What a gap became, and the state of that; without any, it was deleted. ``opens``: the reader
    can open its page."""

    kind: WorkKind
    subject: UUID
    opens: bool = False
    rule: RuleState | None = None
    change: ChangeState | None = None
    sent: bool | None = None
    """Whether an announcement or a lesson was sent, or is a draft."""
    ticket: HandOverState | None = None
    number: str = ""
    done: bool = False
    """The rule is in effect, or the change is done."""

    @property
    def is_there(self) -> bool:
        """Whether it was neither deleted nor refused by the help desk."""
        if self.ticket is not None:
            return self.ticket is not HandOverState.FAILED
        return self.rule is not None or self.change is not None or self.sent is not None


@dataclass(frozen=True, kw_only=True)
class GapView:
    """``decisions``: the newest first; outside the two offices, the one that holds alone.
    ``begins``: the work that the reader can start. ``decides``: the reader can decide."""

    gap_id: UUID
    assessment_id: UUID
    number: str
    safeguard: str
    name: Text | None
    decisions: tuple[Decided, ...]
    works: tuple[WorkLine, ...] = ()
    begins: tuple[WorkKind, ...] = ()
    decides: bool = False
    answers: int = 0
    """The number of the decision in which the reader accepts or declines a risk; 0: none."""
    opens: bool = False
    """The reader can open the safeguard's page."""
    returned: bool = False
    closed_at: datetime | None = None
    closed_by: str = ""
    closed_why: str = ""


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The gaps that something was created for: (gap, its safeguard)."""

    gaps: tuple[tuple[UUID, str], ...]


GapMessage = DecisionDue | NamedInDecision | GapsView | GapView | Origins
