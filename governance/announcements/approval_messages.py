"""What is said about an announcement that somebody wants to send as urgent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.messages import Action, Asks, Settles
from core.text import Text
from governance.announcements.model import Change, EditRequest, Reach
from governance.lessons.model import Question


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Asks):
    """To who approves announcements that are urgent or go to many: all of its words, whom it
    reaches, whom it disturbs in quiet hours (``reach.held``) and how long it takes. Offers a yes
    and a no. ``asked_by`` "": the operator. ``at``: when it goes out; None: as soon as it is
    approved."""

    announcement_id: UUID
    request: int
    change: Change
    sender: str
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    reach: Reach
    urgent: bool = True
    at: datetime | None = None
    question: Question | None = None
    due: date | None = None
    """Until when people are to confirm it."""

    @property
    def action(self) -> Action:
        return Action.APPROVE

    @property
    def until(self) -> datetime:
        return self.lapses_at


class Settlement(StrEnum):
    """How asking for a second person's yes ended."""

    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class ApprovalSettled(Settles):
    """How asking for a second person's yes ended: to whoever decided, to whoever comes too late for
    that, and (``to_asker``) to whoever asked. ``goes_at``: when it goes out, where it was approved
    and has not yet."""

    announcement_id: UUID
    title: Text
    settlement: Settlement
    by: str = ""
    at: datetime | None = None
    why: str = ""
    to_asker: bool = False
    goes_at: datetime | None = None

    @property
    def settled_at(self) -> datetime | None:
        return self.at


@dataclass(frozen=True, kw_only=True)
class EditAsked(Asks, Settles):
    """An edit of what ``people`` have that takes a second person's yes, to those who may say it and
    (``to_asker``) to whoever asked. ``title``: of the announcement as it stands."""

    request: EditRequest
    title: Text
    asked_by: str
    decided_by: str
    people: int
    open: bool
    to_asker: bool = False

    @property
    def action(self) -> Action:
        return Action.APPROVE

    @property
    def waiting(self) -> bool:
        return self.open and not self.to_asker


ApprovalMessage = ApprovalAsked | ApprovalSettled | EditAsked
