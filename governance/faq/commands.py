"""What can be asked of the FAQ of a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.faq.model import LONGEST_ANSWER, LONGEST_QUESTION
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowFaq(Command):
    """Its entries; with a ``query`` those that speak of it."""

    change_id: UUID
    query: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowFaqEntry(Command):
    """One entry, for whoever works on the change."""

    change_id: UUID
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class PublishFaqEntry(Command):
    """Edit an entry, or write a new one (``entry_id`` None); ``item_id``: of the question that it
    begins with. Its texts are by language; "" is the district's."""

    change_id: UUID
    entry_id: UUID | None = None
    item_id: UUID | None = None
    question: Mapping[str, str] = form_field(
        "Question", {}, longest=LONGEST_QUESTION, rows=2, translated=True, either=True
    )
    answer: Mapping[str, str] = form_field(
        "Answer", {}, longest=LONGEST_ANSWER, rows=6, translated=True, either=True
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class RetireFaqEntry(Command):
    change_id: UUID
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class CountHelped(Command):
    """The entry that somebody was shown answers their question, which is not sent. ``item_id``: of
    the item that it would have become."""

    item_id: UUID
