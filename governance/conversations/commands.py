"""What can be asked about talking with the author of an item."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.feedback.model import Reading

LONGEST_QUESTION = 1000
LONGEST_REPLY = 3000


@dataclass(frozen=True, kw_only=True)
class AskAuthor(Command):
    """A committee asks whoever said it something, whichever way they chose to speak."""

    item_id: UUID
    text: str = form_field(
        "Your question",
        hint="It goes to the author as you write it. You see the reply without personal data. Do "
        "not ask who they are.",
        missing="Write the question first.",
        longest=LONGEST_QUESTION,
        rows=4,
    )


@dataclass(frozen=True, kw_only=True)
class ReplyToCommittee(Command):
    item_id: UUID
    text: str = form_field(
        "Your reply",
        hint="We remove what we recognize as personal; please leave names out. The committee sees "
        "your reply the way it sees your message: with your name only if you gave it.",
        missing="Write your reply first.",
        longest=LONGEST_REPLY,
        rows=5,
    )


@dataclass(frozen=True, kw_only=True)
class FileReply(Command):
    """The reader's result for a reply (system only)."""

    exchange_id: UUID
    reading: Reading
