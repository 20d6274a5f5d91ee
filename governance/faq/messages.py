"""What is shown of the FAQ of a change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.faq.model import FaqEntry


@dataclass(frozen=True, kw_only=True)
class FaqView(InPlace):
    """``title``: of the change. ``about``: the token to ask about it. ``entries``: of ``there``,
    those that speak of ``query``. ``works``: the reader may edit them."""

    change_id: UUID
    title: Text
    about: str
    entries: tuple[FaqEntry, ...]
    there: int
    works: bool
    withdrawn: bool = False
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class FaqEntryView(InPlace):
    """One entry, to be edited or retired."""

    entry: FaqEntry
    title: Text


@dataclass(frozen=True, kw_only=True)
class FaqAnswer:
    """Before a question is sent: an entry that answers it. ``item_id``: of the item that the
    question becomes if it is sent all the same."""

    item_id: UUID
    title: Text
    question: Text
    answer: Text


@dataclass(frozen=True, kw_only=True)
class FaqHelped(InPlace):
    """It helped, and the question was not kept. ``change_id`` None: that was said before."""

    change_id: UUID | None


FaqMessage = FaqView | FaqEntryView | FaqAnswer | FaqHelped
