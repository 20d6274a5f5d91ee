"""What can be asked about an announcement until it goes out, and by its readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.commands import Command
from core.people import Audience
from governance.announcements.model import Change
from governance.lessons.commands import TypedQuestion
from governance.lessons.model import Question


@dataclass(frozen=True, kw_only=True)
class ShowAnnouncementForm(Command):
    """The form to write an announcement; with an id, to change a draft."""

    announcement_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteAnnouncement(Command):
    """Write or change a draft. ``words`` maps the fields of ``Change`` to what was typed (title,
    what, why, when, who, action, learn, learn_url, ask), and "title.es" to its Spanish; a
    translation that is not in it stays as it is. Answers with its reach."""

    announcement_id: UUID
    words: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = field(default_factory=Audience)
    change: Change | None = None
    """Set by files (with translations); then ``words`` is empty."""
    joiners_until: date | None = None
    """The last day on which whoever joins the audience gets it too."""
    acknowledge: bool | None = None
    """Whether readers are asked to say that they read it; None: as it was, at first yes."""
    due: str | None = None
    """The day until when, as it was typed ("2026-12-04"; "": none); None: as it was."""
    question: Question | None = None
    """Of a file; else it stays as it was."""
    asks: TypedQuestion | None = field(default=None, repr=False)
    """The question as it was typed in the same form, an empty one for none; None: as it was."""
    seen: Mapping[str, str] = field(default_factory=dict)
    """``AnnouncementForm.seen`` of the form that was filled in; empty: it is not compared."""


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
    checked: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class TryAnnouncement(Command):
    """Send a draft to oneself, as people will get it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowUrgentForm(Command):
    """What sending a draft as urgent means, before somebody is asked to approve it."""

    announcement_id: UUID


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
class ShowDeclineForm(Command):
    """Asks why before saying no."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeclineAnnouncement(Command):
    """Say no, and why: it is a draft again, and who asked hears it."""

    announcement_id: UUID
    request: int
    why: str = ""


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
