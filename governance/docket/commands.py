"""What can be asked about feedback, and about the items of a docket."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import Slug
from governance.duplicates.model import Alike
from governance.feedback.model import Naming, Reading, Urgency, Whose
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowFeedbackForm(Command):
    """Open the form to tell something, perhaps with words already typed."""

    text: str = ""
    whose: Whose = Whose.THEIRS
    about: Slug = ""
    """The token of what it is about (``feedback.about``)."""


@dataclass(frozen=True, kw_only=True)
class GiveFeedback(Command):
    """Somebody tells the bot something in free text."""

    item_id: UUID
    text: str = ""
    naming: Annotated[Naming, re.compile("named|withheld")] = Naming.WITHHELD  # of a button
    about: Slug = ""
    """As of ``ShowFeedbackForm``."""
    glanced: tuple[Urgency, ...] | None = None
    """What the reader found urgent in it before it was stored (the dispatch fills this in). None:
    it could not be asked."""
    meant: bytes | None = None
    """What it means, where it is about a change (the dispatch fills this in, too)."""


@dataclass(frozen=True, kw_only=True)
class FileReading(Command):
    """The reader's result for a received item: routes it (system only)."""

    item_id: UUID
    reading: Reading
    alike: Alike | None = None
    """What was said before and says the same."""


@dataclass(frozen=True, kw_only=True)
class ShowItem(Command):
    """The brief of one docket item, as it stands."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportDocket(Command):
    """A committee's items as a file, which the audit notes. What is sensitive is in no file."""

    queue: str


@dataclass(frozen=True, kw_only=True)
class AcknowledgeItem(Command):
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class DiscussItem(Command):
    """The committee takes an item up among themselves."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AssignItem(Command):
    """``to``: the id of somebody on the item's committee, or ``nobody``."""

    item_id: UUID
    to: str = form_field(
        "Assign it to",
        listed=True,
        hint="They see it on Home, and in chat if they use it. The committee can still see and "
        "answer it.",
        missing="Choose someone who is on your committee.",
    )


LONGEST_REASON = 300
"""Characters of why an item is put aside."""

LONGEST_SUBJECT = 80
"""Characters of a subject that somebody writes."""


@dataclass(frozen=True, kw_only=True)
class _Until:
    """``until``: the school day on which what is put aside is back."""

    until: date | None = form_field(
        "Until", None, hint="A school day.", missing="Choose a school day after today."
    )


@dataclass(frozen=True, kw_only=True)
class _Several:
    """``items``: ids of open items of a committee."""

    queue: Slug
    items: tuple[str, ...] = form_field(
        "Messages", (), listed=True, missing="Choose at least one message."
    )


@dataclass(frozen=True, kw_only=True)
class PutAside(_Until, Command):
    """An item that can wait leaves the open list."""

    item_id: UUID
    why: str = form_field(
        "Why?",
        hint="Your committee reads this. Do not write names or details about a student.",
        missing="Write why it can wait.",
        longest=LONGEST_REASON,
        rows=2,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class BringBack(Command):
    """Back on the open list before its day."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteSubject(Command):
    """``subject``: what an item is called in lists; empty: its first words."""

    item_id: UUID
    subject: str = form_field(
        "Subject",
        hint="Only your committee sees it. Leave it empty to use the first words of the message.",
        longest=LONGEST_SUBJECT,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class AssignTogether(_Several, Command):
    """``to`` as of ``AssignItem``."""

    to: str = form_field(
        "Assign them to",
        listed=True,
        hint="They see each one on Home, and in chat if they use it.",
        missing="Choose someone who is on your committee.",
    )


@dataclass(frozen=True, kw_only=True)
class PutAsideTogether(_Until, _Several, Command):
    """``PutAside`` of several items."""

    why: str = form_field(
        "Why?",
        hint="Your committee reads this. Do not write names or details about a student.",
        missing="Write why they can wait.",
        longest=LONGEST_REASON,
        rows=2,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class UndoChange(Command):
    """Put back what stood there before a change that was just made."""

    change_id: UUID


LONGEST_WHY = 500
"""Characters of why an item is moved."""


@dataclass(frozen=True, kw_only=True)
class MoveItem(Command):
    """``to``: a committee, ``triage``, ``restricted``, ``none`` (file it) or ``stays``; ``why`` is
    kept."""

    item_id: UUID
    to: Slug = form_field("Move it to", listed=True, missing="Choose where it should go.")
    why: str = form_field(
        "Why?", hint="The next committee will read this.", longest=LONGEST_WHY, rows=3
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowAnswerForm(Command):
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class FillAnswer(Command):
    """The form to answer with, filled from a saved answer. ``saved``: its id; ``text``: what is
    typed already, which stays in front of it."""

    item_id: UUID
    saved: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class AnswerItem(Command):
    """``over``: a mark of the answer that stands, where its sender has seen it and adds theirs."""

    item_id: UUID
    text: str = ""
    over: UUID | None = None
