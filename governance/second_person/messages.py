"""What is said about a command that needs a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.deciding import Reaching
from core.messages import Action, Asks, Settles
from governance.second_person.model import RequestState, Shown
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class SecondForm:
    """To whoever pressed, before anybody is asked: whom it reaches and what it costs to undo.
    ``approvers``: who may say yes, by name; never whoever asks."""

    request_id: UUID
    shown: Shown
    reaching: Reaching
    approvers: tuple[str, ...]
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SecondAsked(Settles, Asks):
    """What waits for a second person, or how that ended: to those who may decide, and
    (``to_asker``) to whoever asked. ``asked_by`` "": the operator, or the clock. ``approvers``: who
    may decide, while it waits. ``number`` names what is shown."""

    request_id: UUID
    number: int
    shown: Shown
    reaching: Reaching
    state: RequestState
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    open: bool
    approvers: tuple[str, ...] = ()
    decided_by: str = ""
    decided_at: datetime | None = None
    why: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    to_asker: bool = False

    @property
    def settled_at(self) -> datetime | None:
        return self.decided_at

    @property
    def action(self) -> Action:
        return Action.APPROVE

    @property
    def waiting(self) -> bool:
        return self.open and not self.to_asker


@dataclass(frozen=True, kw_only=True)
class SecondDeclineForm:
    """Asks why, before a request is declined."""

    request_id: UUID
    number: int
    shown: Shown
    why: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


SecondPersonMessage = SecondForm | SecondAsked | SecondDeclineForm
