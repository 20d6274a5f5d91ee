"""What is said about the items of a docket beside the brief itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from governance.docket.open_items import Aside
from governance.duplicates.model import SaidBy
from governance.feedback.model import Byline, ItemState, Urgency
from governance.redaction.put_back import Doubt
from governance.references.model import BoundLine
from governance.urgent.model import CaseStands, needs_a_person
from surveys.questions import Unfit

NOBODY = "nobody"
"""What is chosen to take an item from who looks after it."""


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


@dataclass(frozen=True, kw_only=True)
class MatterForm:
    """Which messages are one matter: ``joins``, then the open item of the queue that says the same
    is chosen, else the one of those kept with it that does not. ``choices`` are (id, first words),
    the likeliest first."""

    item_id: UUID
    redacted: str
    joins: bool
    choices: tuple[tuple[str, str], ...]
    to: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class LinkForm:
    """What an item has to do with. ``choices``: the goals of the plan and what was announced, the
    newest first; ``linked``: what it is linked to now. ``to``, ``rule`` and ``away`` are as in
    ``LinkItem``."""

    item_id: UUID
    redacted: str
    choices: tuple[BoundLine, ...]
    linked: tuple[BoundLine, ...] = ()
    to: str = ""
    rule: str = ""
    away: str = ""
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


DocketMessage = LinkForm | MatterForm
