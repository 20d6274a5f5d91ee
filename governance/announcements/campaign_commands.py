"""What can be asked about what is going out: an announcement, or the asking of a survey."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.lists import ListRequest
from governance.announcements.asked import TO_EVERYONE, Texts
from governance.announcements.model import LONGEST_WORD

_AS_IT_IS = ListRequest()


@dataclass(frozen=True, kw_only=True)
class ShowProgress(Command):
    """What became of an announcement, in counts."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowCampaign(Command):
    """What became of an announcement, person by person (pages of ``size``; ``outcome``: a
    ``RecipientFilter`` or an ``Outcome``; ``sort``: "person", "building" or "confirmed", with "-"
    before it the other way round). ``whole``: all that a file holds, instead of a page."""

    announcement_id: UUID
    outcome: str | None = None
    search: str = ""
    sort: str = ""
    page: int = 0
    size: int = 50
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class StopCampaign(Command):
    """Stop what is going out: an announcement, or a survey's invitations and reminders. Of an
    announcement that has not gone out yet: make it a draft again."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ResumeCampaign(Command):
    """Send the rest of what was stopped."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class CheckResend(Command):
    """Who did not get an announcement, before it is sent to them again."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResendAnnouncement(Command):
    """Send it again to those who did not get it, never to whoever has it. ``unknown``: also to
    those of whom nobody knows; they may get it twice."""

    announcement_id: UUID
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckRecall(Command):
    """What taking an announcement back would do, before it is done."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecallAnnouncement(Command):
    """Take an announcement back from everybody who has it, and stop what still waits."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class EditAnnouncement(Texts, Command):
    """Change what was sent, where it stands. ``everyone`` as of ``SendAnnouncement``."""

    announcement_id: UUID
    everyone: str = form_field(TO_EVERYONE, missing=TO_EVERYONE, longest=LONGEST_WORD)


@dataclass(frozen=True, kw_only=True)
class CorrectLate(Command):
    """The clock's, after an edit: a correction to those whose message could not be changed."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAsking(Command):
    """How a survey's asking goes, in counts."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class CheckAskAgain(Command):
    """Whom a survey's invitation did not reach, before they are asked again."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class AskAgain(Command):
    """Ask those again whom the invitation did not reach. ``unknown``: also those of whom nobody
    knows; they may be asked twice."""

    wave_id: UUID
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowAnnouncements(Command):
    """All announcements, from drafts to those that were taken back."""

    asked: ListRequest = _AS_IT_IS
