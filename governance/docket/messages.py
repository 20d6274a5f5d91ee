"""What is said about the items of a docket beside the brief itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from governance.docket.open_items import Aside
from governance.duplicates.model import SaidBy
from governance.feedback.model import Byline, ItemState, Urgency
from governance.urgent.model import CaseStands, needs_a_person

NOBODY = "nobody"
"""What is chosen to take an item from whoever looks after it."""


@dataclass(frozen=True, kw_only=True)
class DocketLine:
    """An item in a list: what its brief says of it there. ``redacted`` is "" where it is sensitive
    and nobody has opened it yet (``unopened``)."""

    item_id: UUID
    redacted: str
    state: ItemState
    received_at: datetime
    due_at: datetime | None
    byline: Byline = field(default_factory=Byline)
    urgency: Urgency | None = None
    theme: str = ""
    assigned_to: str | None = None
    said_by: SaidBy | None = None
    asked_back: bool = False
    unopened: bool = False
    aside: Aside | None = None
    subject: str = ""
    """What its committee calls it; "": nobody wrote anything."""
    age: int = 0
    """Days since it came."""
    case: CaseStands | None = None
    """How its urgent case stands, where it has one."""

    @property
    def needs_a_person(self) -> bool:
        """Whether it is urgent and nobody has closed its case."""
        return needs_a_person(self.urgency, self.case)
