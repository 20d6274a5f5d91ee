"""Everything that can be asked of Sounding Board."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from governance.announcing_commands import AcknowledgeAnnouncement as AcknowledgeAnnouncement
from governance.announcing_commands import ApproveAnnouncement as ApproveAnnouncement
from governance.announcing_commands import DeclineAnnouncement as DeclineAnnouncement
from governance.announcing_commands import LapseApproval as LapseApproval
from governance.announcing_commands import SendAnnouncement as SendAnnouncement
from governance.announcing_commands import ShowAnnouncement as ShowAnnouncement
from governance.announcing_commands import ShowAnnouncementForm as ShowAnnouncementForm
from governance.announcing_commands import ShowApproval as ShowApproval
from governance.announcing_commands import ShowDeclineForm as ShowDeclineForm
from governance.announcing_commands import ShowUrgentForm as ShowUrgentForm
from governance.announcing_commands import StartAnnouncement as StartAnnouncement
from governance.announcing_commands import WriteAnnouncement as WriteAnnouncement
from governance.anonymous_commands import BringIn as BringIn
from governance.anonymous_commands import CollectAnswer as CollectAnswer
from governance.anonymous_commands import GiveAnonymously as GiveAnonymously
from governance.anonymous_commands import ReplyAnonymously as ReplyAnonymously
from governance.anonymous_commands import ShowAnonymousForm as ShowAnonymousForm
from governance.anonymous_commands import UnsignedCommand as UnsignedCommand
from governance.bulk_commands import DisposeTogether as DisposeTogether
from governance.bulk_commands import LeaveTogether as LeaveTogether
from governance.bulk_commands import ShowAgenda as ShowAgenda
from governance.bulk_commands import ShowChair as ShowChair
from governance.bulk_commands import UndoTogether as UndoTogether
from governance.campaign_commands import AskAgain as AskAgain
from governance.campaign_commands import RecallAnnouncement as RecallAnnouncement
from governance.campaign_commands import ResendAnnouncement as ResendAnnouncement
from governance.campaign_commands import ResumeCampaign as ResumeCampaign
from governance.campaign_commands import ShowAskAgainForm as ShowAskAgainForm
from governance.campaign_commands import ShowAsking as ShowAsking
from governance.campaign_commands import ShowCampaign as ShowCampaign
from governance.campaign_commands import ShowProgress as ShowProgress
from governance.campaign_commands import ShowRecallForm as ShowRecallForm
from governance.campaign_commands import ShowResendForm as ShowResendForm
from governance.campaign_commands import StopCampaign as StopCampaign
from governance.chat import ChatCommand as ChatCommand
from governance.chat import Converse as Converse
from governance.chat import HoldWords as HoldWords
from governance.chat import LetGo as LetGo
from governance.chat import PassOn as PassOn
from governance.concluding_commands import PublishConclusions as PublishConclusions
from governance.concluding_commands import ReadConclusions as ReadConclusions
from governance.concluding_commands import ShowConclusionsForm as ShowConclusionsForm
from governance.concluding_commands import WriteConclusions as WriteConclusions
from governance.conversing_commands import AskAuthor as AskAuthor
from governance.conversing_commands import FileReply as FileReply
from governance.conversing_commands import ReplyToCommittee as ReplyToCommittee
from governance.conversing_commands import ShowAskForm as ShowAskForm
from governance.conversing_commands import ShowReplyForm as ShowReplyForm
from governance.digest_commands import ChooseBriefs as ChooseBriefs
from governance.digest_commands import ShowDigest as ShowDigest
from governance.digest_commands import ShowFigures as ShowFigures
from governance.digest_commands import TellDigests as TellDigests
from governance.docket_commands import AcknowledgeItem as AcknowledgeItem
from governance.docket_commands import AnswerItem as AnswerItem
from governance.docket_commands import AssignItem as AssignItem
from governance.docket_commands import DiscussItem as DiscussItem
from governance.docket_commands import FileReading as FileReading
from governance.docket_commands import GiveFeedback as GiveFeedback
from governance.docket_commands import MoveItem as MoveItem
from governance.docket_commands import ShowAnswerForm as ShowAnswerForm
from governance.docket_commands import ShowAssignForm as ShowAssignForm
from governance.docket_commands import ShowFeedbackForm as ShowFeedbackForm
from governance.docket_commands import ShowItem as ShowItem
from governance.docket_commands import ShowMoveForm as ShowMoveForm
from governance.drafting_commands import DropDraft as DropDraft
from governance.drafting_commands import FinishDraft as FinishDraft
from governance.drafting_commands import SaveDraft as SaveDraft
from governance.drafting_commands import ShowDraft as ShowDraft
from governance.drafting_commands import ShowLaunch as ShowLaunch
from governance.drafting_commands import ShowPlan as ShowPlan
from governance.drafting_commands import ShowSurveys as ShowSurveys
from governance.drafting_commands import TrySurvey as TrySurvey
from governance.hand_over import HandOverItem as HandOverItem
from governance.hand_over import KeepItem as KeepItem
from governance.hand_over import NoteHandOver as NoteHandOver
from governance.hand_over import NoteTicket as NoteTicket
from governance.leading_commands import DropAbsence as DropAbsence
from governance.leading_commands import NoteAbsence as NoteAbsence
from governance.leading_commands import RemindDockets as RemindDockets
from governance.leading_commands import SettlePost as SettlePost
from governance.linking_commands import LinkItem as LinkItem
from governance.linking_commands import ShowLinkForm as ShowLinkForm
from governance.matter_commands import ForgetCorrection as ForgetCorrection
from governance.matter_commands import JoinItem as JoinItem
from governance.matter_commands import MergeItem as MergeItem
from governance.matter_commands import PartItem as PartItem
from governance.matter_commands import ShowCorrections as ShowCorrections
from governance.matter_commands import ShowMatter as ShowMatter
from governance.matter_commands import ShowMatterForm as ShowMatterForm
from governance.matter_commands import ShowTrends as ShowTrends
from governance.matter_commands import SplitItem as SplitItem
from governance.matter_commands import TellTrends as TellTrends
from governance.matter_commands import TellTriage as TellTriage
from governance.my_surveys import ShowMySurveys as ShowMySurveys
from governance.personal_commands import ConfirmTakenOut as ConfirmTakenOut
from governance.personal_commands import CorrectTakenOut as CorrectTakenOut
from governance.personal_commands import HoldOriginals as HoldOriginals
from governance.personal_commands import LiftOriginalsHold as LiftOriginalsHold
from governance.personal_commands import RemoveStudentData as RemoveStudentData
from governance.personal_commands import ShowStudentDataForm as ShowStudentDataForm
from governance.personal_commands import ShowTakenOut as ShowTakenOut
from governance.reading_language import ChooseLanguage as ChooseLanguage
from governance.recommending_commands import DecideAdvice as DecideAdvice
from governance.recommending_commands import SendAdvice as SendAdvice
from governance.recommending_commands import ShowAdvice as ShowAdvice
from governance.recommending_commands import ShowAdviceForm as ShowAdviceForm
from governance.recommending_commands import ShowChanges as ShowChanges
from governance.recommending_commands import ShowDecisionForm as ShowDecisionForm
from governance.recommending_commands import TellOutcome as TellOutcome
from governance.recommending_commands import WriteAdvice as WriteAdvice
from governance.responding_commands import CloseCase as CloseCase
from governance.responding_commands import EscalateCase as EscalateCase
from governance.responding_commands import RemindTakers as RemindTakers
from governance.responding_commands import ShowCase as ShowCase
from governance.responding_commands import ShowCases as ShowCases
from governance.responding_commands import ShowCloseCaseForm as ShowCloseCaseForm
from governance.responding_commands import TakeCase as TakeCase
from governance.series_commands import CheckSeries as CheckSeries
from governance.series_commands import MoveDate as MoveDate
from governance.series_commands import PauseSeries as PauseSeries
from governance.series_commands import RepeatSurvey as RepeatSurvey
from governance.series_commands import ResumeSeries as ResumeSeries
from governance.series_commands import ShowSeries as ShowSeries
from governance.series_commands import StartSeries as StartSeries
from governance.series_commands import StopSeries as StopSeries
from governance.ways_in import AskSignInLink as AskSignInLink
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
