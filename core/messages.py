"""Where a message stands that answers a button or a form, whatever platform it is on."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID


class Order(IntEnum):
    """In which order things wait for a person, wherever they are listed."""

    DANGER = 0
    OUTAGE = 1
    DECISION = 2
    DUTY = 3
    SURVEY = 4


class Action(StrEnum):
    """What a message asks its reader to do, where its order does not say it well enough."""

    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    ASSESS = "assess"
    CHECK = "check"
    COMPLETE = "complete"
    REPLY = "reply"
    LEARN = "learn"


class InPlace:
    """Base of what takes the place of the message whose button was pressed."""

    __slots__ = ()


class Settles(InPlace):
    """Base of what also takes the place of the message that a form was opened from; the form's
    window closes. ``settled_at``: when what it tells was decided, which is later than it came to
    whoever was asked; None: it is not, or nobody keeps when."""

    __slots__ = ()

    @property
    def settled_at(self) -> datetime | None:
        return None


class Concludes:
    """Base of what is said in a form's window and also takes the place of the message that the
    window was opened from, which is about ``opened_for``."""

    __slots__ = ()

    @property
    def opened_for(self) -> UUID:
        raise NotImplementedError


class Asks:
    """Base of what asks its reader for something. ``waiting``: it is not done yet. ``until``: by
    when, if there is a date."""

    __slots__ = ()

    @property
    def order(self) -> Order:
        return Order.DECISION

    @property
    def action(self) -> Action | None:
        return None

    @property
    def until(self) -> date | datetime | None:
        return None

    @property
    def waiting(self) -> bool:
        return True
