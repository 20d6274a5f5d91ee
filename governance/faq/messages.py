"""What is shown of the FAQ of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.faq.model import FaqEntry
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


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
class FaqForm:
    """``language``: of what "question" and "answer" in ``words`` are in; ``others``: what they can
    be translated into. ``from_item``: it begins with a question of somebody's."""

    change_id: UUID
    entry_id: UUID
    title: Text
    new: bool
    language: str
    others: tuple[str, ...]
    from_item: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    doubt: Doubt | None = None


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


FaqMessage = FaqView | FaqEntryView | FaqForm | FaqAnswer | FaqHelped
