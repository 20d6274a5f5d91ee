"""What can be asked about an announcement until it goes out, and by its readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.people import Audience
from core.tokens import Slug
from governance.announcements.asked import TO_EVERYONE, Texts
from governance.announcements.model import LONGEST_WORD, Change
from governance.lessons.commands import TypedQuestion
from governance.lessons.model import Question

LONGEST_WHY = 500
"""Characters of the reason for a no."""


@dataclass(frozen=True, kw_only=True)
class WriteAnnouncement(Texts, Command):
    """Write or change a draft; ``announcement_id`` None: a new one. A translation that is not asked
    for stays as it is. Answers with its reach."""

    announcement_id: UUID | None = None
    due: date | None = form_field(
        "Confirm by",
        None,
        hint="If you set a date, people who have not confirmed it are reminded.",
    )
    audience: Audience = form_field(
        "Who gets it?",
        Audience(),
        hint="If you choose nothing, everyone gets it. Within a group, each choice adds people.",
    )
    joiners_until: date | None = form_field(
        "Also send it to people who join the audience until",
        None,
        hint="New staff, or people added to a list. Leave it empty to include only those in it "
        "now.",
    )
    change: Change | None = None
    """Of a file, with its translations; then no text is typed."""
    acknowledge: bool | None = None
    """Whether readers are asked to say that they read it; None: as it was, at first yes."""
    question: Question | None = None
    """Of a file; else it stays as it was."""
    asks: TypedQuestion | None = field(default=None, repr=False)
    """The question as it was typed in the same form, an empty one for none; None: as it was."""
    seen: Mapping[str, str] = field(default_factory=dict)
    """A digest of each text that was kept when the form was opened, by the key of its input; empty:
    it is not compared."""


@dataclass(frozen=True, kw_only=True)
class CheckWritten(Command):
    """What would become of an announcement as it was typed so far, whom it reaches, and what does
    not fit. Without ``written``: of the draft as it is kept, or of an empty one. Keeps nothing.
    ``offers``: with what an audience can be chosen of; ``previews``: as readers would get it."""

    announcement_id: UUID
    offers: bool = False
    previews: bool = False
    written: WriteAnnouncement | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class CheckAnnouncement(Command):
    """A draft as people will see it, with its reach, before it is sent."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendAnnouncement(Command):
    """Send a draft to its audience, now (``at`` None) or at a time. Where it goes to many, a second
    person is asked for their yes first. ``urgent``: they are asked in any case; with their yes it
    goes out at once, also in quiet hours. ``everyone``: the word that was typed to confirm that it
    goes to everyone (``model.EVERYONE``). ``checked``: ``checked.state_of`` what was looked at
    before the press; "": it is not compared."""

    announcement_id: UUID
    at: datetime | None = None
    urgent: bool = False
    everyone: str = field(default="", repr=False)
    checked: Slug = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class TryAnnouncement(Command):
    """Send a draft to oneself, as people will get it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendUrgent(Command):
    """Send a draft as urgent, once a second person has said yes. ``checked``: as of
    ``SendAnnouncement``; "": it is to be looked at first."""

    announcement_id: UUID
    checked: Slug = field(default="", repr=False)
    everyone: str = form_field(TO_EVERYONE, missing=TO_EVERYONE, longest=LONGEST_WORD)


@dataclass(frozen=True, kw_only=True)
class ShowApproval(Command):
    """An urgent announcement as an approver sees it: what is asked, or what was decided."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApproveAnnouncement(Command):
    """Say yes: it goes out now. ``request`` names what was asked (``Announcement.request``)."""

    announcement_id: UUID
    request: int


@dataclass(frozen=True, kw_only=True)
class DeclineAnnouncement(Command):
    """Say no, and why: it is a draft again, and who asked hears it."""

    announcement_id: UUID
    request: int
    why: str = form_field(
        "Why?",
        hint="The person who asked will see your reason. The announcement becomes a draft again.",
        missing="Enter a reason. The person who asked needs to know what to change.",
        longest=LONGEST_WHY,
        rows=3,
    )


@dataclass(frozen=True, kw_only=True)
class ShowEditAsked(Command):
    """What somebody asks to change in an announcement that many have."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApproveEdit(Command):
    announcement_id: UUID
    request: int


@dataclass(frozen=True, kw_only=True)
class DeclineEdit(Command):
    announcement_id: UUID
    request: int


@dataclass(frozen=True, kw_only=True)
class LapseApproval(Command):
    """The clock gives up waiting for an approval (system only)."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class StartAnnouncement(Command):
    """The clock starts a scheduled announcement (system only)."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class SendToJoiners(Command):
    """The clock sends announcements to whoever joined their audiences (system only)."""


@dataclass(frozen=True, kw_only=True)
class ShowAnnouncement(Command):
    """The announcement as a reader sees it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeAnnouncement(Command):
    """ "I have read this"."""

    announcement_id: UUID
