"""What can be asked about talking with the author of an item."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from governance.feedback.model import Reading


@dataclass(frozen=True, kw_only=True)
class ShowAskForm(Command):
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AskAuthor(Command):
    """A committee asks whoever said it something, whichever way they chose to speak."""

    item_id: UUID
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowReplyForm(Command):
    """The author opens the form to reply."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReplyToCommittee(Command):
    item_id: UUID
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FileReply(Command):
    """The reader's result for a reply (system only)."""

    exchange_id: UUID
    reading: Reading
