"""Everything that can be asked of Sounding Board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from governance.announcements.campaign_commands import AskAgain as AskAgain
from governance.announcements.campaign_commands import RecallAnnouncement as RecallAnnouncement
from governance.announcements.campaign_commands import ResendAnnouncement as ResendAnnouncement
from governance.announcements.campaign_commands import ResumeCampaign as ResumeCampaign
from governance.announcements.campaign_commands import ShowAskAgainForm as ShowAskAgainForm
from governance.announcements.campaign_commands import ShowAsking as ShowAsking
from governance.announcements.campaign_commands import ShowCampaign as ShowCampaign
from governance.announcements.campaign_commands import ShowProgress as ShowProgress
from governance.announcements.campaign_commands import ShowRecallForm as ShowRecallForm
from governance.announcements.campaign_commands import ShowResendForm as ShowResendForm
from governance.announcements.campaign_commands import StopCampaign as StopCampaign
from governance.announcements.commands import AcknowledgeAnnouncement as AcknowledgeAnnouncement
from governance.announcements.commands import ApproveAnnouncement as ApproveAnnouncement
from governance.announcements.commands import DeclineAnnouncement as DeclineAnnouncement
from governance.announcements.commands import LapseApproval as LapseApproval
from governance.announcements.commands import SendAnnouncement as SendAnnouncement
from governance.announcements.commands import ShowAnnouncement as ShowAnnouncement
from governance.announcements.commands import ShowAnnouncementForm as ShowAnnouncementForm
from governance.announcements.commands import ShowApproval as ShowApproval
from governance.announcements.commands import ShowDeclineForm as ShowDeclineForm
from governance.announcements.commands import ShowUrgentForm as ShowUrgentForm
from governance.announcements.commands import StartAnnouncement as StartAnnouncement
from governance.announcements.commands import WriteAnnouncement as WriteAnnouncement
from governance.anonymous.commands import BringIn as BringIn
from governance.anonymous.commands import CollectAnswer as CollectAnswer
from governance.anonymous.commands import GiveAnonymously as GiveAnonymously
from governance.anonymous.commands import ReplyAnonymously as ReplyAnonymously
from governance.anonymous.commands import ShowAnonymousForm as ShowAnonymousForm
from governance.anonymous.commands import UnsignedCommand as UnsignedCommand
from governance.authoring.commands import DropDraft as DropDraft
from governance.authoring.commands import FinishDraft as FinishDraft
from governance.authoring.commands import SaveDraft as SaveDraft
from governance.authoring.commands import ShowDraft as ShowDraft
from governance.authoring.commands import ShowLaunch as ShowLaunch
from governance.authoring.commands import ShowPlan as ShowPlan
from governance.authoring.commands import ShowSurveys as ShowSurveys
from governance.authoring.commands import TrySurvey as TrySurvey
from governance.chairs.commands import DisposeTogether as DisposeTogether
from governance.chairs.commands import LeaveTogether as LeaveTogether
from governance.chairs.commands import ShowAgenda as ShowAgenda
from governance.chairs.commands import ShowChair as ShowChair
from governance.chairs.commands import UndoTogether as UndoTogether
from governance.chat.model import ChatCommand as ChatCommand
from governance.chat.model import Converse as Converse
from governance.chat.model import HoldWords as HoldWords
from governance.chat.model import LetGo as LetGo
from governance.chat.model import PassOn as PassOn
from governance.committees.commands import DropAbsence as DropAbsence
from governance.committees.commands import NoteAbsence as NoteAbsence
from governance.committees.commands import RemindDockets as RemindDockets
from governance.committees.commands import SettlePost as SettlePost
from governance.conclusions.commands import PublishConclusions as PublishConclusions
from governance.conclusions.commands import ReadConclusions as ReadConclusions
from governance.conclusions.commands import ShowConclusionsForm as ShowConclusionsForm
from governance.conclusions.commands import WriteConclusions as WriteConclusions
from governance.conversations.commands import AskAuthor as AskAuthor
from governance.conversations.commands import FileReply as FileReply
from governance.conversations.commands import ReplyToCommittee as ReplyToCommittee
from governance.conversations.commands import ShowAskForm as ShowAskForm
from governance.conversations.commands import ShowReplyForm as ShowReplyForm
from governance.digests.commands import ChooseBriefs as ChooseBriefs
from governance.digests.commands import ShowDigest as ShowDigest
from governance.digests.commands import ShowFigures as ShowFigures
from governance.digests.commands import TellDigests as TellDigests
from governance.docket.commands import AcknowledgeItem as AcknowledgeItem
from governance.docket.commands import AnswerItem as AnswerItem
from governance.docket.commands import AssignItem as AssignItem
from governance.docket.commands import DiscussItem as DiscussItem
from governance.docket.commands import FileReading as FileReading
from governance.docket.commands import GiveFeedback as GiveFeedback
from governance.docket.commands import MoveItem as MoveItem
from governance.docket.commands import ShowAnswerForm as ShowAnswerForm
from governance.docket.commands import ShowAssignForm as ShowAssignForm
from governance.docket.commands import ShowFeedbackForm as ShowFeedbackForm
from governance.docket.commands import ShowItem as ShowItem
from governance.docket.commands import ShowMoveForm as ShowMoveForm
from governance.duplicates.commands import ForgetCorrection as ForgetCorrection
from governance.duplicates.commands import JoinItem as JoinItem
from governance.duplicates.commands import MergeItem as MergeItem
from governance.duplicates.commands import PartItem as PartItem
from governance.duplicates.commands import ShowCorrections as ShowCorrections
from governance.duplicates.commands import ShowMatter as ShowMatter
from governance.duplicates.commands import ShowMatterForm as ShowMatterForm
from governance.duplicates.commands import ShowTrends as ShowTrends
from governance.duplicates.commands import SplitItem as SplitItem
from governance.duplicates.commands import TellTrends as TellTrends
from governance.duplicates.commands import TellTriage as TellTriage
from governance.help_desk.model import HandOverItem as HandOverItem
from governance.help_desk.model import KeepItem as KeepItem
from governance.help_desk.model import NoteHandOver as NoteHandOver
from governance.help_desk.model import NoteTicket as NoteTicket
from governance.people.reading_language import ChooseLanguage as ChooseLanguage
from governance.people.ways_in import AskSignInLink as AskSignInLink
from governance.recommendations.commands import DecideAdvice as DecideAdvice
from governance.recommendations.commands import SendAdvice as SendAdvice
from governance.recommendations.commands import ShowAdvice as ShowAdvice
from governance.recommendations.commands import ShowAdviceForm as ShowAdviceForm
from governance.recommendations.commands import ShowChanges as ShowChanges
from governance.recommendations.commands import ShowDecisionForm as ShowDecisionForm
from governance.recommendations.commands import TellOutcome as TellOutcome
from governance.recommendations.commands import WriteAdvice as WriteAdvice
from governance.redaction.commands import ConfirmTakenOut as ConfirmTakenOut
from governance.redaction.commands import CorrectTakenOut as CorrectTakenOut
from governance.redaction.commands import HoldOriginals as HoldOriginals
from governance.redaction.commands import LiftOriginalsHold as LiftOriginalsHold
from governance.redaction.commands import RemoveStudentData as RemoveStudentData
from governance.redaction.commands import ShowStudentDataForm as ShowStudentDataForm
from governance.redaction.commands import ShowTakenOut as ShowTakenOut
from governance.references.commands import LinkItem as LinkItem
from governance.references.commands import ShowLinkForm as ShowLinkForm
from governance.series.commands import CheckSeries as CheckSeries
from governance.series.commands import MoveDate as MoveDate
from governance.series.commands import PauseSeries as PauseSeries
from governance.series.commands import RepeatSurvey as RepeatSurvey
from governance.series.commands import ResumeSeries as ResumeSeries
from governance.series.commands import ShowSeries as ShowSeries
from governance.series.commands import StartSeries as StartSeries
from governance.series.commands import StopSeries as StopSeries
from governance.urgent.commands import CloseCase as CloseCase
from governance.urgent.commands import EscalateCase as EscalateCase
from governance.urgent.commands import RemindTakers as RemindTakers
from governance.urgent.commands import ShowCase as ShowCase
from governance.urgent.commands import ShowCases as ShowCases
from governance.urgent.commands import ShowCloseCaseForm as ShowCloseCaseForm
from governance.urgent.commands import TakeCase as TakeCase
from governance.waves.my_surveys import ShowMySurveys as ShowMySurveys
from surveys.people import Platform


class HomePart(StrEnum):
    """How much of what waits for somebody they asked to see."""

    ALL = "all"
    WAITING = "waiting"
    DOCKETS = "dockets"


@dataclass(frozen=True, kw_only=True)
class ShowHome(Command):
    """What waits for the speaker, by every duty that they have: Slack's home tab. ``part``: only
    that of it."""

    part: HomePart = HomePart.ALL


@dataclass(frozen=True, kw_only=True)
class ShowInbox(Command):
    """The person's own page: what waits, what they said, what came of it."""


@dataclass(frozen=True, kw_only=True)
class ShowDocket(Command):
    """A committee's list, or ``triage`` or ``restricted``."""

    queue: str


@dataclass(frozen=True, kw_only=True)
class ShowDesk(Command):
    """The CTO's office: surveys, waves and announcements. ``waves`` and ``announcements``: which
    page of each (from 0). ``wave_id``: of the waves only this one."""

    waves: int = 0
    announcements: int = 0
    wave_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ShowHelp(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteAddress(Command):
    """A platform tells where somebody can be reached (an install or a first message).

    ``conversation`` None: nothing to post to yet; ``reachable`` False: removed or blocked.
    ``opened``: the app was opened or installed there, so its first words are an introduction.
    """

    platform: Platform
    workspace: str
    user: str
    email: str | None
    conversation: str | None
    service_url: str | None = None
    reachable: bool = True
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class KeepHouse(Command):
    """The nightly sweep of what has done its work (system only)."""


@dataclass(frozen=True, kw_only=True)
class RemindReader(Command):
    """The daily look at what is sensitive and unread (system only)."""
