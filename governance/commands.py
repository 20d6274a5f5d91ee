"""Everything that can be asked of Sounding Board. ``Command`` is the closed union of it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from governance.announcements import Change
from governance.feedback import Naming, Reading, Whose
from governance.reading_language import ChooseLanguage as ChooseLanguage
from governance.ways_in import AskSignInLink as AskSignInLink
from surveys.commands import SurveyCommand
from surveys.people import Audience, Platform


@dataclass(frozen=True, kw_only=True)
class ShowFeedbackForm:
    """Open the form to tell something, perhaps with words already typed."""

    text: str = ""
    whose: Whose = Whose.THEIRS


@dataclass(frozen=True, kw_only=True)
class GiveFeedback:
    """Somebody tells the bot something in free text."""

    item_id: UUID
    text: str
    naming: Naming = Naming.WITHHELD


@dataclass(frozen=True, kw_only=True)
class FileReading:
    """The reader's result for a received item: routes it (system only)."""

    item_id: UUID
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class ShowItem:
    """The brief of one docket item, as it stands."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeItem:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowMoveForm:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class MoveItem:
    """``to``: a committee, ``triage``, ``restricted`` or ``none`` (file it); ``why`` is kept."""

    item_id: UUID
    to: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowAnswerForm:
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class AnswerItem:
    item_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class ShowAnnouncementForm:
    """The form to write an announcement; with an id, to change a draft."""

    announcement_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteAnnouncement:
    """Write or change a draft. ``words`` maps the fields of ``Change`` to what was typed (title,
    what, why, when, who, action, learn, learn_url, ask). Answers with its reach."""

    announcement_id: UUID
    words: Mapping[str, str]
    audience: Audience = field(default_factory=Audience)
    change: Change | None = None
    """Set by files (with translations); then ``words`` is empty."""
    acknowledge: bool | None = None
    """Whether readers are asked to say that they read it; None: as it was, at first yes."""


@dataclass(frozen=True, kw_only=True)
class SendAnnouncement:
    """Send a draft to its audience, now (``at`` None) or at a time. ``urgent``: ask a second
    person for their yes; with it, it goes out at once, also in quiet hours."""

    announcement_id: UUID
    at: datetime | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowUrgentForm:
    """What sending a draft as urgent means, before somebody is asked to approve it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowApproval:
    """An urgent announcement as an approver sees it: what is asked, or what was decided."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApproveAnnouncement:
    """Say yes: it goes out now. ``request`` names what was asked (``Announcement.request``)."""

    announcement_id: UUID
    request: int


@dataclass(frozen=True, kw_only=True)
class ShowDeclineForm:
    """Asks why before saying no."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeclineAnnouncement:
    """Say no, and why: it is a draft again, and who asked hears it."""

    announcement_id: UUID
    request: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class LapseApproval:
    """The clock gives up waiting for an approval (system only)."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class StartAnnouncement:
    """The clock starts a scheduled announcement (system only)."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAnnouncement:
    """The announcement as a reader sees it."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AcknowledgeAnnouncement:
    """ "I have read this"."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowProgress:
    """What became of an announcement, in counts."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowCampaign:
    """What became of an announcement, person by person (pages of ``size``; ``outcome`` filters:
    an ``Outcome`` value, ``read`` or ``unread``)."""

    announcement_id: UUID
    outcome: str | None = None
    search: str = ""
    page: int = 0
    size: int = 50


@dataclass(frozen=True, kw_only=True)
class StopCampaign:
    """Stop what is going out: an announcement, or a survey's invitations and reminders. Of an
    announcement that has not gone out yet: make it a draft again."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ResumeCampaign:
    """Send the rest of what was stopped."""

    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ShowResendForm:
    """Who did not get an announcement, before it is sent to them again."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResendAnnouncement:
    """Send it again to those who did not get it, never to who has it. ``unknown``: also to those
    of whom nobody knows; they may get it twice."""

    announcement_id: UUID
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowRecallForm:
    """What taking an announcement back would do, before it is done."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecallAnnouncement:
    """Take an announcement back from everybody who has it, and stop what still waits."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAsking:
    """How a survey's asking goes, in counts."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAskAgainForm:
    """Whom a survey's invitation did not reach, before they are asked again."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class AskAgain:
    """Ask those again whom the invitation did not reach. ``unknown``: also those of whom nobody
    knows; they may be asked twice."""

    wave_id: UUID
    unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowHome:
    """What waits for the speaker, by every duty that they have: Slack's home tab."""


@dataclass(frozen=True, kw_only=True)
class ShowInbox:
    """The person's own page: what waits, what they said, what came of it."""


@dataclass(frozen=True, kw_only=True)
class ShowDocket:
    """A committee's list, or ``triage`` or ``restricted``."""

    queue: str


@dataclass(frozen=True, kw_only=True)
class ShowDesk:
    """The CTO's office: surveys, waves and announcements."""


@dataclass(frozen=True, kw_only=True)
class ShowHelp:
    pass


@dataclass(frozen=True, kw_only=True)
class NoteAddress:
    """A platform tells where somebody can be reached (an install or a first message).

    ``conversation`` None: nothing to post to yet; ``reachable`` False: removed or blocked.
    """

    platform: Platform
    workspace: str
    user: str
    email: str | None
    conversation: str | None
    service_url: str | None = None
    reachable: bool = True


@dataclass(frozen=True, kw_only=True)
class KeepHouse:
    """The nightly sweep of what has done its work (system only)."""


_OnItem = ShowItem | AcknowledgeItem | ShowMoveForm | MoveItem | ShowAnswerForm | AnswerItem
_Pages = ShowInbox | ShowHome | ShowDocket | ShowDesk | ShowHelp
GovernanceCommand = (
    _OnItem
    | _Pages
    | ShowFeedbackForm
    | GiveFeedback
    | FileReading
    | ShowAnnouncementForm
    | WriteAnnouncement
    | SendAnnouncement
    | ShowUrgentForm
    | ShowApproval
    | ApproveAnnouncement
    | ShowDeclineForm
    | DeclineAnnouncement
    | LapseApproval
    | StartAnnouncement
    | ShowAnnouncement
    | AcknowledgeAnnouncement
    | ShowProgress
    | ShowCampaign
    | StopCampaign
    | ResumeCampaign
    | ShowResendForm
    | ResendAnnouncement
    | ShowRecallForm
    | RecallAnnouncement
    | ShowAsking
    | ShowAskAgainForm
    | AskAgain
    | AskSignInLink
    | ChooseLanguage
    | NoteAddress
    | KeepHouse
)

Command = SurveyCommand | GovernanceCommand
