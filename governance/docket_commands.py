"""What can be asked about feedback, and about the items of a docket."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from governance.feedback import Naming, Reading, Urgency, Whose
from governance.matter import Alike
from governance.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowFeedbackForm:
    """Open the form to tell something, perhaps with words already typed."""

    text: str = ""
    whose: Whose = Whose.THEIRS


@dataclass(frozen=True, kw_only=True)
class GiveFeedback:
    """Somebody tells the bot something in free text."""

    item_id: UUID
    text: str
    naming: Naming = Naming.WITHHELD
    glanced: tuple[Urgency, ...] | None = None
    """What the reader found urgent in it before it was stored (the dispatch fills this in). None:
    it could not be asked."""


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """The reader's result for a received item: routes it (system only)."""

    item_id: UUID
    reading: Reading
    alike: Alike | None = None
    """What was said before and says the same."""


@dataclass(frozen=True, kw_only=True)
class ShowItem:
    """The brief of one docket item, as it stands."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeItem:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class DiscussItem:
    """The committee takes an item up among themselves."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAssignForm:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AssignItem:
    """``to``: the id of somebody on the item's committee, or ``nobody``."""

    item_id: UUID
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowMoveForm:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class MoveItem:
    """``to``: a committee, ``triage``, ``restricted`` or ``none`` (file it); ``why`` is kept."""

    item_id: UUID
    to: str
    why: str = ""
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowAnswerForm:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswerItem:
    item_id: UUID
    text: str


DocketCommand = (
    ShowFeedbackForm
    | GiveFeedback
    | FileReading
    | ShowItem
    | AcknowledgeItem
    | DiscussItem
    | ShowAssignForm
    | AssignItem
    | ShowMoveForm
    | MoveItem
    | ShowAnswerForm
    | AnswerItem
)
