"""Every role crossed with every command: one table, read from the left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.registry import OPERATIONS, may, may_each
from core.commands import Command
from core.people import Audience, Person, Platform, Role
from core.text import text
from governance import access, refusals
from governance.access import Actor, Source
from governance.acknowledgements.commands import (
    AcknowledgeRules,
    AskAcknowledgements,
    ExportAcknowledgements,
    ReadAcknowledgements,
    ShowAcknowledgement,
    ShowAcknowledgements,
)
from governance.acknowledgements.handlers import KIND
from governance.acknowledgements.model import AcknowledgementSet
from governance.alignment.commands import (
    AlignPriorities,
    DraftGoalAdvice,
    DraftOutcome,
    SendAlignment,
    ShowAlignForm,
    ShowAlignment,
)
from governance.alignment.model import Sent
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    AskAgain,
    CheckAskAgain,
    CheckRecall,
    CheckResend,
    CorrectLate,
    EditAnnouncement,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowAnnouncements,
    ShowAsking,
    ShowCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    ApproveAnnouncement,
    ApproveEdit,
    CheckAnnouncement,
    CheckWritten,
    DeclineAnnouncement,
    DeclineEdit,
    LapseApproval,
    SendAnnouncement,
    SendToJoiners,
    SendUrgent,
    ShowAnnouncement,
    ShowApproval,
    ShowEditAsked,
    StartAnnouncement,
    TryAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.handlers import start
from governance.announcements.model import Announcement
from governance.anonymous.commands import (
    BringIn,
    CollectAnswer,
    GiveAnonymously,
    ReplyAnonymously,
    ShowAnonymousForm,
)
from governance.authoring.commands import (
    DropDraft,
    FinishDraft,
    SaveDraft,
    ShowDraft,
    ShowLaunch,
    ShowPlan,
    ShowSurveys,
    TrySurvey,
)
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    DiscardReport,
    DraftYouSaid,
    IssueReport,
    PublishReport,
    ReadReportInPublic,
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.periods import Preset
from governance.chairs.bulk import BulkAct
from governance.chairs.commands import (
    DisposeTogether,
    LeaveTogether,
    ShowAgenda,
    ShowChair,
    UndoTogether,
)
from governance.changes.commands import (
    AddMessage,
    DropMessage,
    PlanMessage,
    ScheduleMessages,
    ShowCalendar,
    ShowChange,
    ShowPlanned,
    ShowSequence,
    TakeChangeStep,
    TranslateChange,
    WriteChange,
)
from governance.changes.model import ChangeStep
from governance.chat.model import AskHere, Converse, HoldWords, Intent, LetGo, PassOn
from governance.committees.commands import DropAbsence, NoteAbsence, RemindDockets, SettlePost
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.conclusions.commands import (
    PublishConclusions,
    ReadConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.conversations.commands import (
    AskAuthor,
    FileReply,
    ReplyToCommittee,
)
from governance.digests.commands import ChooseBriefs, ShowDigest, ShowFigures, TellDigests
from governance.digests.model import BriefChoice
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    AssignTogether,
    BringBack,
    DiscussItem,
    ExportDocket,
    FileReading,
    FillAnswer,
    GiveFeedback,
    MoveItem,
    PutAside,
    PutAsideTogether,
    ShowAnswerForm,
    ShowFeedbackForm,
    ShowItem,
    UndoChange,
    WriteSubject,
)
from governance.duplicates.commands import (
    ForgetCorrection,
    JoinItem,
    MergeItem,
    PartItem,
    ShowCorrections,
    ShowMatter,
    ShowTrends,
    SplitItem,
    TellTrends,
    TellTriage,
)
from governance.duties.commands import ShowOwed, TendDuties, TendNextDuties
from governance.faq.commands import (
    CountHelped,
    PublishFaqEntry,
    RetireFaqEntry,
    ShowFaq,
    ShowFaqEntry,
)
from governance.feedback.model import Urgency
from governance.feeds.commands import (
    DropCalendarAddress,
    MakeCalendarAddress,
    ReadCalendar,
    ShowCalendarAddress,
    ShowChangeDates,
)
from governance.forms.commands import Open
from governance.goal_changes.commands import (
    EnterPlanDecision,
    MoveBound,
    ReviseProposal,
    SendProposal,
    ShowBound,
    ShowGoalNotes,
    ShowPlanDecision,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
    TakeBackPlanDecision,
    UndoMove,
    WatchGoals,
    WriteProposal,
)
from governance.goal_changes.model import ProposalKind
from governance.goals.commands import (
    EnterReading,
    ImportReadings,
    RemoveIndicator,
    ShowGoal,
    ShowGoals,
    WriteIndicator,
)
from governance.help_desk.model import (
    HandOverItem,
    HandOverState,
    KeepItem,
    NoteHandOver,
    NoteTicket,
)
from governance.home.commands import (
    CountWaves,
    KeepHouse,
    NoteAddress,
    RemindReader,
    ShowBeingRead,
    ShowDesk,
    ShowDocket,
    ShowHelp,
    ShowHome,
    ShowInbox,
    ShowOfficeFigures,
)
from governance.learning.commands import (
    CancelSeat,
    CancelSession,
    DoGuide,
    RecordAttendance,
    RetireGuide,
    ShowAttendance,
    ShowGuide,
    ShowLearning,
    ShowSession,
    SignUp,
    TendSessions,
    UndoGuide,
    WriteGuide,
    WriteSession,
)
from governance.lessons.commands import (
    AnswerQuestion,
    CountAnswers,
    ShowLessons,
    ShowQuestion,
    WriteLesson,
    WriteQuestion,
)
from governance.lists.commands import (
    AskGroup,
    DeleteList,
    ShowList,
    ShowLists,
    WriteList,
)
from governance.office.commands import (
    ShowAudit,
    ShowFileCheck,
    ShowHealth,
    ShowHeld,
    ShowImport,
    ShowPeople,
    StartImport,
)
from governance.people.reading_language import ChooseLanguage
from governance.people.ways_in import AskSignInLink
from governance.ports import Standing
from governance.priorities.commands import (
    AddIdea,
    DecideIdea,
    Decision,
    ShowIdea,
    ShowIdeaDecision,
    ShowIdeas,
    ShowIdeasBySurvey,
    TendIdeas,
)
from governance.pulses.commands import (
    AskPulse,
    DropPulse,
    LaunchPulse,
    PlanPulse,
    ShowReady,
)
from governance.pulses.model import Moment
from governance.read_reminders.commands import (
    ExportAcknowledged,
    RemindUnread,
    SendReadReminders,
    ShowUnread,
)
from governance.reading.chat_questions import Topic
from governance.recommendations.commands import (
    DecideAdvice,
    SendAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    TellOutcome,
    WriteAdvice,
)
from governance.redaction.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    HoldOriginals,
    LiftOriginalsHold,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.references.commands import LinkItem, SettleProposal
from governance.rules.commands import (
    AskRules,
    CloseComments,
    CompareVersions,
    DisposeComments,
    EndInterim,
    GrantExemption,
    ImportRules,
    ReadInPublic,
    RemindReview,
    ShowComments,
    ShowDraftForm,
    ShowRule,
    ShowRules,
    TakeEffect,
    TakeStep,
    WriteRule,
)
from governance.rules.model import RuleStep
from governance.saved_answers.commands import DropSavedAnswer, ShowSavedAnswers, WriteSavedAnswer
from governance.second_person.commands import (
    ApproveRequest,
    AskSecondPerson,
    DeclineRequest,
    LapseRequest,
    ShowDeclineRequest,
    ShowSecondRequest,
    WithdrawRequest,
)
from governance.series.commands import (
    CheckSeries,
    MoveDate,
    PauseSeries,
    RepeatSurvey,
    ResumeSeries,
    ShowSeries,
    StartSeries,
    StopSeries,
)
from governance.series.model import Repeat
from governance.service_notices.commands import (
    PostUpdate,
    RemindOfEnd,
    ShowServiceNotice,
    ShowServiceStatus,
    WriteServiceNotice,
)
from governance.urgent.commands import (
    CloseCase,
    EscalateCase,
    FileSecondReading,
    ReleaseItem,
    RemindTakers,
    ShowCase,
    ShowCases,
    TakeCase,
)
from governance.waves.my_surveys import ShowMySurveys
from storage.connection import Surroundings
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from surveys import commands as s
from surveys.priorities.commands import (
    BeginPairs,
    ComparePair,
    RestartPairs,
    ShowProtection,
    StopPairs,
    Verdict,
)
from surveys.priorities.model import Idea
from surveys.survey import Page
from tests.attacks.hall import Hall, reading
from tests.bot.samples.lesson import QUESTION
from tests.bot.samples.priority import FIRST
from tests.governance.controls.access_table import furnish
from tests.governance.controls.access_table import rows as practice_rows
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, person, settle

# -- what there is to ask about ------------------------------------------------------------------

WAVE, NAMED = UUID(int=1), UUID(int=4)
"""A survey that names no committee, and one that names one of a committee's members."""
SENT, DRAFT, TOGETHER = UUID(int=2), UUID(int=3), UUID(int=5)
NOTICED = UUID(int=53)
LESSON, MY_LESSON = UUID(int=41), UUID(int=42)
PROPOSED, COMMENTED = UUID(int=6), UUID(int=7)
OURS, THEIRS, UNSURE, SENSITIVE, UNREAD, URGENT, NOWHERE = (UUID(int=i) for i in range(11, 18))


def on_items(item: UUID) -> list[Command]:
    return [
        ShowItem(item_id=item),
        AcknowledgeItem(item_id=item),
        DiscussItem(item_id=item),
        AssignItem(item_id=item, to="nobody"),
        PutAside(item_id=item, until=date(2026, 10, 6), why="It can wait."),
        BringBack(item_id=item),
        WriteSubject(item_id=item, subject="Portables"),
        LinkItem(item_id=item, rule="ITR 4.2"),
        SettleProposal(item_id=item, links=True),
        Open(of=MoveItem(item_id=item)),
        MoveItem(item_id=item, to=TRIAGE),
        ShowAnswerForm(item_id=item),
        FillAnswer(item_id=item, saved=str(NOWHERE), text="Dear"),
        AnswerItem(item_id=item, text="Done."),
        ShowMatter(item_id=item),
        SplitItem(item_id=item),
        MergeItem(item_id=item, into=OURS),
        JoinItem(item_id=item, to=str(OURS)),
        PartItem(item_id=item, to=str(OURS)),
        RemoveStudentData(item_id=item, words="Whitehorse"),
        AskAuthor(item_id=item, text="Which room?"),
    ]


def of_a_committee(queue: str, item: UUID) -> list[Command]:
    some = (str(item),)
    return [
        AssignTogether(queue=queue, items=some, to="nobody"),
        PutAsideTogether(queue=queue, items=some, until=date(2026, 10, 6), why="They can wait."),
        ShowSavedAnswers(queue=queue),
        ShowRecommendations(queue=queue),
        WriteSavedAnswer(queue=queue, answer_id=NOWHERE, title="Wifi", text="On Friday."),
        DropSavedAnswer(queue=queue, answer_id=NOWHERE),
    ]


def of_the_author(item: UUID) -> list[Command]:
    return [
        ShowTakenOut(item_id=item),
        CorrectTakenOut(item_id=item, also="secret"),
        ConfirmTakenOut(item_id=item),
    ]


def results_of(wave: UUID) -> list[Command]:
    return [
        s.ShowResults(wave_id=wave),
        s.ExportResults(wave_id=wave, form="csv"),
        s.ReadComments(wave_id=wave, question="note"),
    ]


BRIEFED = UUID(int=65)
"""A wave whose priorities were sent to the steering committee."""
STEERING = frozenset({"class-steering"})
PRIORITIES: list[Command] = [
    ShowAlignment(wave_id=WAVE),
    SendAlignment(wave_id=WAVE),
    DraftOutcome(wave_id=WAVE),
]
PRIORITIES_NAMED: list[Command] = [ShowAlignment(wave_id=NAMED)]
PRIORITIES_SENT: list[Command] = [ShowAlignment(wave_id=BRIEFED)]
PRIORITIES_ALIGNED: list[Command] = [ShowAlignForm(wave_id=WAVE), AlignPriorities(wave_id=WAVE)]
PRIORITIES_ADVISED: list[Command] = [DraftGoalAdvice(wave_id=BRIEFED, goal="reliable-wifi")]
NOBODYS_PRIORITIES: list[Command] = [DraftGoalAdvice(wave_id=WAVE, goal="reliable-wifi")]

OWN: list[Command] = [
    s.ShowPage(wave_id=WAVE),
    s.AnswerPage(wave_id=WAVE, page=0),
    s.DeclineWave(wave_id=WAVE),
    s.ShowSaid(wave_id=WAVE),
    BeginPairs(wave_id=WAVE, page=0),
    ComparePair(wave_id=WAVE, page=0, one="a", other="b", verdict=Verdict.ONE),
    StopPairs(wave_id=WAVE, page=0),
    RestartPairs(wave_id=WAVE, page=0),
    ShowProtection(wave_id=WAVE, page=0),
    AddIdea(wave_id=WAVE, page=0, text="More paper"),
    ShowFeedbackForm(),
    GiveFeedback(item_id=uuid4(), text="The projector hums."),
    ShowInbox(),
    ShowBeingRead(),
    ShowOfficeFigures(),
    ShowHome(),
    ShowMySurveys(),
    Converse(intent=Intent.THANKS),
    HoldWords(item_id=uuid4(), text="hm"),
    AskRules(item_id=uuid4(), text="Which rule says that?"),
    AskHere(item_id=uuid4(), text="Is the Wi-Fi down?", topic=Topic.SERVICES),
    PassOn(item_id=uuid4()),
    LetGo(item_id=uuid4()),
    ShowHelp(),
    UndoChange(change_id=NOWHERE),
    AskSignInLink(),
    ReadConclusions(wave_id=WAVE),
    ShowLessons(),
    ShowFigures(),
    *of_the_author(OURS),  # everybody of the table is the teacher who said it
    ChooseLanguage(locale="es"),
    NoteAddress(platform=Platform.SLACK, workspace="T1", user="U1", email=None, conversation="U1"),
]
SOON = datetime(2099, 1, 1, tzinfo=UTC)
LAUNCH = s.LaunchSurvey(
    wave_id=WAVE,
    survey=example().surveys[0],
    audience=Audience(),
    opens_at=None,
    closes_at=SOON,
)
REPEATED = StartSeries(
    series_id=DRAFT,
    survey=example().surveys[0],
    audience=Audience(),
    repeat=Repeat(rule="0 9 * * tue", begins=SOON.date()),
)
SERIES: list[Command] = [
    REPEATED,
    CheckSeries(start=REPEATED),
    ShowSeries(series_id=DRAFT),
    PauseSeries(series_id=DRAFT, why="Testing week"),
    ResumeSeries(series_id=DRAFT),
    StopSeries(series_id=DRAFT, why="Enough"),
    MoveDate(series_id=DRAFT, to=SOON),
]
OFFICE_OF_THE_CTO: list[Command] = [
    LAUNCH,
    s.CheckLaunch(launch=LAUNCH),
    s.ExtendWave(wave_id=WAVE, closes_at=SOON),
    s.CloseWave(wave_id=WAVE),
    s.SetHold(wave_id=WAVE, why="A request"),
    s.LiftHold(wave_id=WAVE),
    *results_of(WAVE),
    WriteAnnouncement(announcement_id=DRAFT),
    SendAnnouncement(announcement_id=DRAFT),
    ShowProgress(announcement_id=SENT),
    SendAnnouncement(announcement_id=DRAFT, urgent=True),
    CheckAnnouncement(announcement_id=DRAFT),
    CheckWritten(announcement_id=DRAFT, offers=True, previews=True),
    TryAnnouncement(announcement_id=DRAFT),
    SendUrgent(announcement_id=DRAFT),
    ShowCampaign(announcement_id=SENT),
    StopCampaign(subject=SENT),
    StopCampaign(subject=WAVE),
    ResumeCampaign(subject=SENT),
    CheckResend(announcement_id=SENT),
    ResendAnnouncement(announcement_id=SENT, unknown=True),
    ShowUnread(announcement_id=SENT),
    RemindUnread(announcement_id=SENT),
    ExportAcknowledged(announcement_id=SENT),
    WriteQuestion(announcement_id=DRAFT),
    CheckRecall(announcement_id=SENT),
    RecallAnnouncement(announcement_id=SENT),
    ShowAsking(wave_id=WAVE),
    CheckAskAgain(wave_id=WAVE),
    AskAgain(wave_id=WAVE, unknown=True),
    ShowDesk(),
    CountWaves(),
    *SERIES,
    ShowSurveys(),
    ShowDraft(draft_id=DRAFT),
    ShowPlan(
        launch=s.LaunchSurvey(
            wave_id=DRAFT,
            survey=example().surveys[0],
            audience=Audience(),
            opens_at=None,
            closes_at=SOON,
        )
    ),
    ShowLaunch(survey=example().surveys[0].key),
    SaveDraft(draft_id=DRAFT, after=0, body="{}"),
    DropDraft(draft_id=DRAFT),
    FinishDraft(draft_id=DRAFT, after=1, survey=example().surveys[0]),
    TrySurvey(trial_id=DRAFT, survey=example().surveys[0]),
    ShowConclusionsForm(wave_id=WAVE),
    WriteConclusions(wave_id=WAVE),
    PublishConclusions(wave_id=WAVE, version=1),
    HoldOriginals(),
    LiftOriginalsHold(item_id=OURS),
    ShowAnnouncement(announcement_id=DRAFT),
    AcknowledgeAnnouncement(announcement_id=DRAFT),  # there is nothing to confirm, then
    WriteServiceNotice(announcement_id=UUID(int=54)),
    PostUpdate(announcement_id=NOTICED, last=False, update_id=uuid4()),
    EditAnnouncement(announcement_id=SENT),
    ShowReport(report_id=UUID(int=67)),
    ChoosePeriod(report_id=UUID(int=67), preset=Preset.MONTH),
    ShowReportWords(report_id=UUID(int=67)),
    WriteReportWords(report_id=UUID(int=67)),
    ShowStories(report_id=UUID(int=67)),
    WriteStories(report_id=UUID(int=67)),
    IssueReport(report_id=UUID(int=66)),
    DiscardReport(report_id=UUID(int=66)),
    CorrectReport(report_id=UUID(int=66)),
    PublishReport(report_id=UUID(int=66), public=False),
    DraftYouSaid(report_id=UUID(int=67)),
]
NOWHERE_HELD = UUID(int=91)
"""A request for a second person of somebody else's."""
APPROVING: list[Command] = [
    ShowApproval(announcement_id=DRAFT),
    ApproveAnnouncement(announcement_id=DRAFT, request=1),
    DeclineAnnouncement(announcement_id=DRAFT, request=1, why="Wait."),
    ShowEditAsked(announcement_id=SENT),
    ApproveEdit(announcement_id=SENT, request=1),
    DeclineEdit(announcement_id=SENT, request=1),
    ShowSecondRequest(request_id=NOWHERE_HELD),
    AskSecondPerson(request_id=NOWHERE_HELD),
    WithdrawRequest(request_id=NOWHERE_HELD),
    ApproveRequest(request_id=NOWHERE_HELD, number=1),
    ShowDeclineRequest(request_id=NOWHERE_HELD),
    DeclineRequest(request_id=NOWHERE_HELD, number=1, why="Wait."),
]
RECIPIENT: list[Command] = [
    ShowAcknowledgement(set_id=SENT),
    AcknowledgeRules(set_id=SENT, mark=1),
    ShowAnnouncement(announcement_id=SENT),
    AcknowledgeAnnouncement(announcement_id=SENT),
    ShowQuestion(announcement_id=SENT),
    AnswerQuestion(announcement_id=SENT, choice="1"),
]
RULES: list[Command] = [
    ShowRules(),
    ShowCalendarAddress(),
    MakeCalendarAddress(),
    DropCalendarAddress(),
    ShowChangeDates(),
    ShowRule(rule_id=COMMENTED),
    ShowComments(rule_id=COMMENTED),
    CompareVersions(rule_id=COMMENTED, old=1, new=2),
]
RULES_PROPOSED: list[Command] = [
    ShowRule(rule_id=PROPOSED),
    ShowComments(rule_id=PROPOSED),
    CompareVersions(rule_id=PROPOSED, old=1, new=2),
]
RULES_DRAFTED: list[Command] = [
    ShowRule(rule_id=DRAFT),
    ShowComments(rule_id=DRAFT),
    CompareVersions(rule_id=DRAFT, old=1, new=2),
]
CHANGES: list[Command] = [
    ShowCalendar(),
    ShowChange(change_id=COMMENTED),
    ShowFaq(change_id=COMMENTED),
    CountHelped(item_id=uuid4()),
]
REPORTED, REPORT_BEGUN = UUID(int=66), UUID(int=67)
"""Board reports: issued, and a draft."""
REPORTS: list[Command] = [ShowReports(), ShowReport(report_id=REPORTED)]
SERVICES: list[Command] = [ShowServiceStatus(), ShowServiceNotice(announcement_id=NOTICED)]
CHANGES_PROPOSED: list[Command] = [
    ShowChange(change_id=PROPOSED),
    ShowSequence(change_id=PROPOSED),
    ShowPlanned(change_id=PROPOSED, announcement_id=SENT),
    ShowSequence(change_id=COMMENTED),
    ShowFaq(change_id=PROPOSED),
    ShowFaqEntry(change_id=COMMENTED, entry_id=SENT),
    PublishFaqEntry(change_id=COMMENTED, entry_id=SENT),
    RetireFaqEntry(change_id=PROPOSED, entry_id=SENT),
    ShowReady(change_id=COMMENTED),
]
CHANGES_BEGUN: list[Command] = [WriteChange(), WriteChange(change_id=UUID(int=34))]
CHANGES_DECIDED: list[Command] = [
    TakeChangeStep(change_id=PROPOSED, step=ChangeStep.APPROVED),
]
CHANGES_WRITTEN: list[Command] = [
    PlanPulse(change_id=COMMENTED),
    AskPulse(change_id=COMMENTED, moment=Moment.BEFORE),
    DropPulse(change_id=COMMENTED, moment=Moment.BEFORE),
    ShowChange(change_id=DRAFT),
    ShowFaq(change_id=DRAFT),
    PublishFaqEntry(change_id=DRAFT, entry_id=SENT),
    ShowSequence(change_id=DRAFT),
    ShowPlanned(change_id=DRAFT, announcement_id=SENT),
    WriteChange(change_id=DRAFT),
    TranslateChange(change_id=DRAFT),
    TakeChangeStep(change_id=DRAFT, step=ChangeStep.PROPOSED),
    AddMessage(change_id=DRAFT),
    PlanMessage(change_id=DRAFT, announcement_id=SENT),
    DropMessage(change_id=DRAFT, announcement_id=SENT),
    ScheduleMessages(change_id=COMMENTED),
]
OFFERED, LED = UUID(int=41), UUID(int=42)
"""Training sessions: one that somebody else leads, and one that everybody leads who asks."""
TRAINING: list[Command] = [
    ShowLearning(),
    ShowLearning(change_id=COMMENTED),
    *(kind(session_id=OFFERED) for kind in (ShowSession, SignUp, CancelSeat)),
    *(kind(guide_id=OFFERED) for kind in (ShowGuide, DoGuide, UndoGuide)),
]
TRAINING_LED: list[Command] = [
    ShowAttendance(session_id=LED),
    RecordAttendance(session_id=LED),
    WriteSession(session_id=LED),
    CancelSession(session_id=LED),
]
TRAINING_PROPOSED: list[Command] = [
    ShowLearning(change_id=PROPOSED),
    WriteSession(session_id=NOWHERE, change_id=PROPOSED),
    WriteGuide(guide_id=NOWHERE, change_id=PROPOSED),
]
TRAINING_RUN: list[Command] = [
    WriteSession(session_id=NOWHERE),
    WriteSession(session_id=OFFERED),
    CancelSession(session_id=OFFERED),
    WriteGuide(guide_id=NOWHERE),
    RetireGuide(guide_id=OFFERED),
]
NAMES_OF_OTHERS: list[Command] = [
    ShowAttendance(session_id=OFFERED),
    RecordAttendance(session_id=OFFERED),
]
"""For nobody who asks: they do not lead it."""
LISTS: list[Command] = [
    ShowLists(),
    ShowList(key="powerschool"),
    WriteList(name="Pilots"),
    AskGroup(key="powerschool"),
    DeleteList(key="powerschool"),
]
LOOKED_UP: list[Command] = [
    ShowPeople(),
    ShowAudit(),
    ShowHealth(),
    ShowAnnouncements(),
    ShowImport(),
    StartImport(),
    ShowFileCheck(),
    ShowHeld(),
]
THE_PLAN: list[Command] = [ShowGoals(), ShowGoal(goal="reliable-wifi")]
PLAN_MEASURED: list[Command] = [
    EnterReading(goal="reliable-wifi"),
    WriteIndicator(goal="reliable-wifi"),
    RemoveIndicator(goal="reliable-wifi", indicator="coverage"),
]
UNPUBLISHED: list[Command] = [
    ReadInPublic(shown=ShowRules()),
    ReadReportInPublic(),
    ReadReportInPublic(report_id=REPORTED),
    ReadCalendar(key="guessed"),
]
"""For nobody at all, since this district publishes neither its rules nor its reports."""
OF_THE_CHAIR: list[Command] = [
    TakeStep(rule_id=PROPOSED, step=RuleStep.OPENED),
]
OF_THE_ISO: list[Command] = [
    ShowDraftForm(rule_id=DRAFT),
    WriteRule(rule_id=DRAFT),
    TakeStep(rule_id=DRAFT, step=RuleStep.PROPOSED),
    GrantExemption(rule_id=COMMENTED),
    DisposeComments(rule_id=COMMENTED, item_id=OURS),
]
RULES_OF_THE_CTO: list[Command] = [
    TakeStep(rule_id=DRAFT, step=RuleStep.INTERIM),
]
BY_THE_CLOCK: list[Command] = [
    WatchGoals(),
    LaunchPulse(wave_id=WAVE),
    CloseComments(rule_id=COMMENTED, number=1),
    EndInterim(rule_id=COMMENTED, number=1),
    TakeEffect(rule_id=COMMENTED, number=1),
    RemindReview(rule_id=COMMENTED, number=1),
    s.OpenWave(wave_id=WAVE),
    s.RemindWave(wave_id=WAVE, number=1),
    s.CloseWave(wave_id=WAVE),
    FileReading(item_id=UNREAD, reading=reading("It hums.", "network")),
    StartAnnouncement(announcement_id=DRAFT),
    SendReadReminders(announcement_id=SENT, number=1),
    LapseApproval(announcement_id=DRAFT),
    LapseRequest(request_id=NOWHERE_HELD),
    TellDigests(),
    FileReply(exchange_id=UNREAD, reading=reading("It hums.", "network")),
    BringIn(),
    LeaveTogether(bulk_id=TOGETHER),
    KeepHouse(),
    CountAnswers(),
    TellTriage(),
    TellTrends(),
    RemindDockets(),
    TendIdeas(),
    RepeatSurvey(series_id=DRAFT),
    EscalateCase(item_id=URGENT, urgency=Urgency.SECURITY, rung=1),
    FileSecondReading(read=((OURS, False),)),
    NoteTicket(item_id=OURS, number="INC-1"),
    NoteHandOver(item_id=OURS, state=HandOverState.FAILED),
    RemindReader(),
    RemindTakers(),
    TendDuties(),
    TendSessions(),
    TendNextDuties(after=NOWHERE, day=1),
    CorrectLate(announcement_id=SENT),
    RemindOfEnd(announcement_id=NOTICED),
    SendToJoiners(),
    OWN[-1],  # what a directory tells of addresses
]
_OF_CAMPAIGNS = (
    StopCampaign | ResumeCampaign | ShowAsking | ShowPlan | HoldOriginals | LiftOriginalsHold
)
WITH_IDEAS, HAD = (UUID(int=i) for i in range(35, 37))
"""A survey to which staff add ideas, and one that waits. The chair is named to read them."""
IDEAS: list[Command] = [
    ShowIdeasBySurvey(),
    ShowIdeas(wave_id=WITH_IDEAS),
    ShowIdea(idea_id=HAD),
    ShowIdeaDecision(idea_id=HAD, decision=Decision.SAME),
    DecideIdea(idea_id=HAD, decision=Decision.ADD),
]
NOBODYS_IDEAS: list[Command] = [ShowIdeas(wave_id=WAVE), ShowIdea(idea_id=DRAFT)]
BY_THE_AUTHOR: list[Command] = [
    ReplyToCommittee(item_id=OURS, text="Room 12."),
]
BY_NOBODY: list[Command] = [
    ShowAnonymousForm(door="7KQ2-M8FD"),
    GiveAnonymously(door="7KQ2-M8FD", nonce="a form's", text="It hums."),
    CollectAnswer(code="7KQ2"),
    ReplyAnonymously(code="7KQ2", text="Room 12."),
]
IMPORTED: list[Command] = [ImportRules(rules=()), ImportReadings(readings=())]
"""The operator's alone, for the owners of the rules."""
BY_THE_OPERATOR: list[Command] = [
    *IMPORTED,
    *OFFICE_OF_THE_CTO[:6],
    *OFFICE_OF_THE_CTO[9:12],
    *SERIES,
    *LISTS,
    *(c for c in OFFICE_OF_THE_CTO if isinstance(c, _OF_CAMPAIGNS)),
    SendAnnouncement(announcement_id=MY_LESSON),
    StopCampaign(subject=MY_LESSON),
    SendAnnouncement(announcement_id=LESSON),
]
NETWORK = [
    *on_items(OURS),
    ShowDocket(queue="network"),
    ExportDocket(queue="network"),
    SettlePost(queue="network", post=NOWHERE, arrived=True),
    ShowTrends(queue="network"),
    ShowDigest(queue="network"),
    *of_a_committee("network", OURS),
    ShowChair(queue="network"),
    ShowAgenda(queue="network"),
    DisposeTogether(bulk_id=DRAFT, queue="network", act=BulkAct.ACKNOWLEDGE, items=(OURS, THEIRS)),
    UndoTogether(bulk_id=TOGETHER),
    *results_of(NAMED),
    ShowGoalNotes(wave_id=NAMED),
]
LIBRARY = [
    *on_items(THEIRS),
    *of_a_committee("library-media", THEIRS),
    ShowDocket(queue="library-media"),
    ExportDocket(queue="library-media"),
    ShowTrends(queue="library-media"),
]
IN_TRIAGE = [
    *on_items(UNSURE),
    *on_items(URGENT),
    ShowDocket(queue=TRIAGE),
    ExportDocket(queue=TRIAGE),
    ShowTrends(queue=TRIAGE),
    ShowCorrections(),
    ForgetCorrection(item_id=OURS),
]
RESTRICTED_ONES = [
    *on_items(SENSITIVE),
    ShowDocket(queue=RESTRICTED),
    ExportDocket(queue=RESTRICTED),
    ShowTrends(queue=RESTRICTED),
]
TAKE_CARE: list[Command] = [
    AcknowledgeItem(item_id=URGENT),
    *(kind(item_id=URGENT, urgency=Urgency.SECURITY) for kind in (ShowCase, TakeCase, CloseCase)),
]
OTHER_CASES: list[Command] = [
    kind(item_id=item, urgency=urgency)
    for kind in (ShowCase, TakeCase, CloseCase)
    for item, urgency in ((URGENT, Urgency.SAFETY), (OURS, Urgency.SECURITY))
] + [ReleaseItem(item_id=URGENT)]
"""Cases that there are none of: of another kind than the item is, and of an item that is none."""
HAND_OVER: list[Command] = [HandOverItem(item_id=OURS), KeepItem(item_id=OURS)]
"""Its author's alone, who wrote it in a town in which everybody asks as themselves."""
THE_LIST: list[Command] = [ShowCases()]
"""Whoever may be called sees it; it holds only what they were called about."""
DRAFTED, ADVISED, AGREED, BEGUN = (UUID(int=i) for i in range(31, 35))
"""Recommendations of the network's: a draft, one that was sent, one that was accepted; and one
that is not there yet."""
ON_ADVICE: list[Command] = [ShowAdvice(recommendation_id=one) for one in (DRAFTED, ADVISED)]
PUBLIC: list[Command] = [
    ShowChanges(),
    ShowAdvice(recommendation_id=AGREED),
    ShowProposal(proposal_id=UUID(int=43)),
]
DECIDING: list[Command] = [
    ShowAdvice(recommendation_id=ADVISED),
    DecideAdvice(recommendation_id=ADVISED, accept=False, reason="No."),
    TellOutcome(recommendation_id=AGREED, outcome="Done."),
]
ADVISING: list[Command] = [
    WriteAdvice(recommendation_id=BEGUN, queue="network"),
    SendAdvice(recommendation_id=DRAFTED),
]
CHANGE_WAITS, CHANGE_DRAFTED, CHANGE_MADE, CHANGE_NEW = (UUID(int=i) for i in range(41, 45))
"""Proposals to change the plan: one that waits, a draft, one that was accepted; and none yet."""
STEERS = example().district.plan.steering
FOLLOWING: list[Command] = [ShowProposals(), ShowProposal(proposal_id=CHANGE_WAITS)]
"""What the whole steering committee sees, and the CTO's office."""
MOVING: list[Command] = [
    ShowBound(goal="classroom-refresh"),
    MoveBound(goal="classroom-refresh"),
    UndoMove(goal="classroom-refresh", batch=NOWHERE),
]
PROPOSING: list[Command] = [
    ShowProposalForm(proposal_id=CHANGE_NEW, kind=ProposalKind.RETIRE),
    WriteProposal(proposal_id=CHANGE_NEW, kind=ProposalKind.RETIRE),
    SendProposal(proposal_id=CHANGE_DRAFTED),
    ReviseProposal(proposal_id=CHANGE_WAITS),
    ShowProposal(proposal_id=CHANGE_DRAFTED),
]
ENTERING: list[Command] = [
    ShowPlanDecision(proposal_id=CHANGE_WAITS, accept=True, times=1),
    EnterPlanDecision(proposal_id=CHANGE_WAITS, accept=False, times=1),
    TakeBackPlanDecision(proposal_id=CHANGE_MADE),
]
NOBODYS_ADVICE: list[Command] = [
    WriteAdvice(recommendation_id=DRAFTED, queue="library-media"),
    WriteAdvice(recommendation_id=BEGUN, queue="library-media"),
    ShowAdvice(recommendation_id=BEGUN),
    SendAdvice(recommendation_id=BEGUN),
]
LEADING: list[Command] = [
    ChooseBriefs(queue="network", choice=BriefChoice()),
    NoteAbsence(absence_id=DRAFT, first=SOON.date(), last=SOON.date()),
    DropAbsence(absence_id=DRAFT),
    ChooseBriefs(queue="network", choice=BriefChoice()),
]
NOBODYS = [
    *on_items(UNREAD),
    *on_items(NOWHERE),
    *of_the_author(NOWHERE),
    ShowAcknowledgement(set_id=NOWHERE),
    AcknowledgeRules(set_id=NOWHERE, mark=1),
]
LESSONS: list[Command] = [
    WriteLesson(),
    WriteLesson(announcement_id=NOWHERE),
    CheckAnnouncement(announcement_id=MY_LESSON),
    SendAnnouncement(announcement_id=MY_LESSON),
    StopCampaign(subject=MY_LESSON),
    WriteLesson(announcement_id=MY_LESSON),
    WriteQuestion(announcement_id=MY_LESSON),
]
"""The drafts are the teacher's, who everybody of the table is."""
LESSON_OF_ANOTHER: list[Command] = [
    SendAnnouncement(announcement_id=LESSON),
    RecallAnnouncement(announcement_id=LESSON),
    WriteLesson(announcement_id=LESSON),
]
CONFIRMED: list[Command] = [
    ShowUnread(announcement_id=LESSON),
    ExportAcknowledged(announcement_id=LESSON),
]
WHO_OWES: list[Command] = [ShowOwed()]
FIGURES: list[Command] = [
    ShowAcknowledgements(),
    ExportAcknowledgements(),
    ReadAcknowledgements(write=lambda rows, seal: None),
]
ASKING: list[Command] = [AskAcknowledgements()]

PRACTICES = practice_rows()

EVERYTHING: list[Command] = [
    *PRIORITIES,
    *PRIORITIES_NAMED,
    *PRIORITIES_SENT,
    *PRIORITIES_ALIGNED,
    *PRIORITIES_ADVISED,
    *NOBODYS_PRIORITIES,
    *OWN,
    *OFFICE_OF_THE_CTO,
    *APPROVING,
    *RECIPIENT,
    *BY_THE_CLOCK,
    *NETWORK,
    *LEADING,
    *ADVISING,
    *ON_ADVICE,
    *PUBLIC,
    *DECIDING,
    *NOBODYS_ADVICE,
    *FOLLOWING,
    *MOVING,
    *PROPOSING,
    *ENTERING,
    *LIBRARY,
    *IN_TRIAGE,
    *RESTRICTED_ONES,
    *TAKE_CARE[1:],
    *OTHER_CASES,
    *HAND_OVER,
    *THE_LIST,
    *IDEAS,
    *NOBODYS_IDEAS,
    *NOBODYS,
    *BY_THE_AUTHOR,
    *BY_NOBODY,
    *RULES,
    *CHANGES,
    *SERVICES,
    *REPORTS,
    *CHANGES_PROPOSED,
    *CHANGES_BEGUN,
    *CHANGES_DECIDED,
    *CHANGES_WRITTEN,
    *TRAINING,
    *TRAINING_LED,
    *TRAINING_PROPOSED,
    *TRAINING_RUN,
    *THE_PLAN,
    *PLAN_MEASURED,
    *NAMES_OF_OTHERS,
    *LISTS,
    *LOOKED_UP,
    *UNPUBLISHED,
    *RULES_PROPOSED,
    *RULES_DRAFTED,
    *OF_THE_CHAIR,
    *OF_THE_ISO,
    *RULES_OF_THE_CTO,
    *IMPORTED,
    *WHO_OWES,
    *LESSONS,
    *LESSON_OF_ANOTHER,
    *CONFIRMED,
    *FIGURES,
    *ASKING,
    *PRACTICES.all,
]
EVERYTHING += [
    opens
    for one in EVERYTHING
    if OPERATIONS[type(one)].opens and (opens := Open(of=one)) not in EVERYTHING
]
"""The form of each command that has one: as the table says of the command itself."""


def listed(command: Command, they_may: Collection[Command]) -> bool:
    """Whether the table lists it; a form is listed with the command that it is handed in as."""
    same = command.of in they_may if isinstance(command, Open) else False
    return same or command in they_may


STAFF = [*OWN, *RECIPIENT, *PUBLIC, *BY_THE_AUTHOR, *HAND_OVER, *RULES, *CHANGES, *SERVICES]
STAFF += [*TRAINING, *TRAINING_LED, *THE_PLAN, *REPORTS, *PRACTICES.of_staff]
"""All of them are the author of the items: who else is not is asked below."""

# -- who asks ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A row of the table: somebody of a role, with what they hold beside it, and what they may."""

    role: Role = Role.TEACHER
    offices: frozenset[Office] = frozenset()
    sits: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    left: bool = False
    guest: bool = False
    email: str = ""
    may: list[Command]


def office(held: Office) -> frozenset[Office]:
    return frozenset({held})


ON_NETWORK, NONE = frozenset({"network"}), list[Command]()

PEOPLE: Mapping[str, Asking] = {
    "a teacher": Asking(may=STAFF),
    "an office professional": Asking(role=Role.OFFICE, may=STAFF),
    "support staff": Asking(role=Role.SUPPORT, may=STAFF),
    "an administrator": Asking(role=Role.ADMINISTRATOR, may=[*STAFF, *WHO_OWES, *CONFIRMED]),
    "a Board member": Asking(role=Role.BOARD, may=STAFF),
    "a committee's member": Asking(
        sits=ON_NETWORK,
        may=[
            *(*STAFF, *NETWORK, *ON_ADVICE, *RULES_PROPOSED),
            *(*CHANGES_PROPOSED, *TRAINING_PROPOSED, *PRIORITIES_NAMED),
            *PRACTICES.of_the_committee,
        ],
    ),
    "its chair": Asking(
        sits=ON_NETWORK,
        leads=ON_NETWORK,
        may=[
            *(*STAFF, *NETWORK, *ON_ADVICE, *LEADING, *ADVISING),
            *(*RULES_PROPOSED, *OF_THE_CHAIR, *PRIORITIES_NAMED),
            *(*CHANGES_PROPOSED, *CHANGES_BEGUN, *CHANGES_DECIDED, *TRAINING_PROPOSED),
            *PRACTICES.of_the_committee,
        ],
    ),
    "a member of another committee": Asking(
        sits=frozenset({"library-media"}), may=[*STAFF, *LIBRARY]
    ),
    "who leads the steering committee": Asking(
        sits=STEERING,
        leads=STEERING,
        may=[
            *(*STAFF, *FOLLOWING, *MOVING, *PROPOSING, *CHANGES_BEGUN, *LEADING[1:3]),
            *(*PRIORITIES_SENT, *PRIORITIES_ALIGNED, *PRIORITIES_ADVISED),
        ],
    ),
    "a member of the steering committee": Asking(
        sits=STEERING, may=[*STAFF, *FOLLOWING, *PRIORITIES_SENT]
    ),
    "the CTO": Asking(
        offices=office(Office.CTO),
        may=[
            *(*FOLLOWING, *MOVING, *ENTERING, ShowGoalNotes(wave_id=NAMED)),
            *(*STAFF, *OFFICE_OF_THE_CTO, *DECIDING, *results_of(NAMED), *THE_LIST),
            *(*RULES_PROPOSED, *RULES_DRAFTED, *RULES_OF_THE_CTO, *FIGURES),
            *(*CHANGES_PROPOSED, *CHANGES_BEGUN, *CHANGES_DECIDED, *CHANGES_WRITTEN),
            *(*TRAINING_PROPOSED, *TRAINING_RUN, *LISTS, *LOOKED_UP),
            *(*LESSONS, *LESSON_OF_ANOTHER, *CONFIRMED, *PLAN_MEASURED),
            *(*PRIORITIES, *PRIORITIES_NAMED, *PRIORITIES_SENT, *PRIORITIES_ALIGNED),
            *(*IDEAS, *PRACTICES.of_the_cto),
        ],
    ),
    "who reads ideas": Asking(email=CHAIR, may=[*STAFF, *IDEAS]),
    "the ISO": Asking(
        offices=office(Office.ISO),
        may=[
            *(*STAFF, *THE_LIST, *RULES_PROPOSED, *RULES_DRAFTED, *OF_THE_ISO),
            *(*WHO_OWES, *FIGURES, *ASKING, *LESSONS, *CONFIRMED, *PRACTICES.of_the_iso),
        ],
    ),
    "who approves what is urgent": Asking(
        offices=office(Office.ANNOUNCEMENT_APPROVER), may=[*STAFF, *APPROVING]
    ),
    "a triage owner": Asking(offices=office(Office.TRIAGE_OWNER), may=[*STAFF, *IN_TRIAGE]),
    "the restricted reader": Asking(
        offices=office(Office.RESTRICTED_READER), may=[*STAFF, *RESTRICTED_ONES]
    ),
    "a responder of the kind": Asking(
        offices=office(Office.RESPONDER_SECURITY), may=[*STAFF, *TAKE_CARE, *THE_LIST]
    ),
    "a responder of another kind": Asking(
        offices=office(Office.RESPONDER_SAFETY), may=[*STAFF, *THE_LIST]
    ),
    "somebody who runs the machine": Asking(offices=office(Office.OPERATOR), may=STAFF),
    "a student": Asking(role=Role.STUDENT, may=NONE),
    "a student with a teacher's role": Asking(email="x@students.example.org", may=NONE),
    "a CTO who left": Asking(offices=office(Office.CTO), left=True, may=NONE),
    "a guest account of the CTO": Asking(offices=office(Office.CTO), guest=True, may=NONE),
}
OTHERS: Mapping[str, tuple[Actor, list[Command]]] = {
    "a stranger": (Actor(), NONE),
    "a bot account": (Actor(guest=True), NONE),
    "nobody in particular": (Actor(source=Source.NOBODY), BY_NOBODY),
    "the clock": (Actor(source=Source.CLOCK), [*BY_THE_CLOCK, *PRACTICES.clock]),
    "the operator": (Actor(source=Source.OPERATOR), [*BY_THE_OPERATOR, *PRACTICES.operator]),
}


@pytest.fixture(scope="module")
def tx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transaction]:
    """One transaction on a town with an item in every place and two announcements."""
    url = f"sqlite:///{tmp_path_factory.mktemp('access') / 'town.sqlite3'}"
    asyncio.run(_furnish(url))
    store = Store(url, Surroundings(vault=Vault(SECRET.encode())))
    with store.engine.connect() as connection:
        yield Transaction(connection, Surroundings(vault=Vault(SECRET.encode())))
    asyncio.run(store.close())


async def _furnish(url: str) -> None:
    async with furnished(url):
        pass


@asynccontextmanager
async def furnished(url: str, *, staff: int = 5) -> AsyncIterator[Core]:
    """A town in which there is something for every command."""
    async with open_core(Settings(database_url=url, secret_key=SECRET)) as core:
        await settle(staff=staff)(core)
        hall = Hall(core=core, clock=MovableClock())
        for item, queue, urgency in (
            (OURS, "network", None),
            (THEIRS, "library-media", None),
            (UNSURE, TRIAGE, None),
            (SENSITIVE, RESTRICTED, None),
            (URGENT, TRIAGE, Urgency.SECURITY),
        ):
            await hall.ask(TEACHER, GiveFeedback(item_id=item, text="Ms. Whitehorse's secret"))
            told = FileReading(item_id=item, reading=reading("A secret", queue, urgency))
            await core.dispatch.by_itself(told)
        officers = example().district.officers
        reads = next(one for one in officers if one.office is Office.RESTRICTED_READER)
        await hall.ask(reads.person, ShowItem(item_id=SENSITIVE))
        await hall.ask(TEACHER, GiveFeedback(item_id=UNREAD, text="Ms. Whitehorse's secret"))
        several = DisposeTogether(
            bulk_id=TOGETHER, queue="network", act=BulkAct.ACKNOWLEDGE, items=(OURS,)
        )
        await hall.ask(CHAIR, several)
        for one in (SENT, DRAFT):
            change = example().announcements[0].change
            await hall.ask(CTO, WriteAnnouncement(announcement_id=one, change=change))
        await hall.ask(CTO, SendAnnouncement(announcement_id=SENT))
        await _taught(hall)
        await _advised(hall)
        await _proposed(hall)
        await _ruled(hall)
        await _changed(hall)
        await _trained(hall)
        title, what = {"": "No Wi-Fi"}, {"": "It is down."}
        await hall.ask(CTO, WriteServiceNotice(announcement_id=NOTICED, title=title, what=what))
        await hall.ask(CTO, SendAnnouncement(announcement_id=NOTICED))
        await hall.ask(CTO, ChoosePeriod(report_id=REPORT_BEGUN, preset=Preset.SEMESTER))
        begun = await hall.ask(CTO, ChoosePeriod(report_id=REPORTED, preset=Preset.MONTH))
        await hall.ask(CTO, IssueReport(report_id=REPORTED, seen=begun.seen))
        await _to_acknowledge(hall)
        for wave, committees in ((WAVE, ()), (BRIEFED, ()), (NAMED, ("network",))):
            survey = replace(example().surveys[0], committees=committees)
            launch = s.LaunchSurvey(
                wave_id=wave,
                survey=survey,
                audience=Audience(),
                opens_at=None,
                closes_at=SOON,
                despite_limit="Three surveys are asked at once here.",
            )
            await hall.ask(CTO, launch)
        await _with_an_idea(hall)
        await _assessed(hall)
        yield core


async def _assessed(hall: Hall) -> None:
    teacher, other = await person(hall.core, TEACHER), await person(hall.core, CHAIR)
    now = hall.clock()
    await hall.core.store.write(lambda tx: furnish(tx, teacher.id, other.id, now))


async def _with_an_idea(hall: Hall) -> None:
    survey = replace(example().surveys[0], pages=(Page(questions=(FIRST,)),))
    launch = replace(LAUNCH, wave_id=WITH_IDEAS, survey=survey, despite_limit="It is the third.")
    await hall.ask(CTO, launch)
    new = Idea(
        id=HAD, wave_id=WITH_IDEAS, question=FIRST.key, key="idea-0a", words=text("More paper")
    )
    await hall.core.store.write(lambda tx: tx.put_idea(new))


async def _ruled(hall: Hall) -> None:
    """A draft, one that its committee has, and one that is open for comment."""
    for one, number in ((DRAFT, "1"), (PROPOSED, "2"), (COMMENTED, "3")):
        written = WriteRule(
            rule_id=one, number=number, title="Passwords", committee="network", text="Use four."
        )
        await hall.ask(ISO, written)
    for one in (PROPOSED, COMMENTED):
        await hall.ask(ISO, TakeStep(rule_id=one, step=RuleStep.PROPOSED))
    await hall.ask(CHAIR, TakeStep(rule_id=COMMENTED, step=RuleStep.OPENED))


async def _changed(hall: Hall) -> None:
    """A draft, one that its committee decides about, and one that it approved."""
    words = {"title": "Phones", "what": "New.", "why": "Old.", "who": "All.", "action": "None."}
    written, day = by_name(words), hall.clock().date() + timedelta(days=60)
    for one in (DRAFT, PROPOSED, COMMENTED):
        await hall.ask(CTO, WriteChange(change_id=one, **written, day=day, committee="network"))
    for one in (PROPOSED, COMMENTED):
        await hall.ask(CTO, TakeChangeStep(change_id=one, step=ChangeStep.PROPOSED))
    await hall.ask(CHAIR, TakeChangeStep(change_id=COMMENTED, step=ChangeStep.APPROVED))


async def _trained(hall: Hall) -> None:
    """A session that somebody else leads, one that the teacher leads, and a guide."""
    day = hall.clock().date() + timedelta(days=30)
    for one, leader in ((OFFERED, ISO), (LED, TEACHER)):
        session = WriteSession(
            session_id=one,
            title="Phones",
            day=day,
            begins="15:00",
            ends="16:00",
            place="Room 1",
            leader=leader,
        )
        await hall.ask(CTO, session)
    await hall.ask(CTO, WriteGuide(guide_id=OFFERED, title="Phones", text="Read this."))


async def _to_acknowledge(hall: Hall) -> None:
    """Rules that the teacher is asked to acknowledge."""
    now = hall.clock()
    given = AcknowledgementSet(id=SENT, year="2026-27", due=SOON.date(), at=now)

    def ask(tx: Transaction) -> None:
        teacher = tx.person_by_email(TEACHER)
        assert teacher is not None
        tx.put_acknowledgement_set(given)
        people, due = [teacher.id], SOON.date()
        tx.ask_people(KIND, SENT, people, due=due, today=now.date(), now=now)

    await hall.core.store.write(ask)


async def _taught(hall: Hall) -> None:
    """A lesson that the ISO sent, and the draft of one that the teacher wrote."""
    change, question = example().announcements[0].change, QUESTION
    for one, by in ((LESSON, ISO), (MY_LESSON, TEACHER)):
        draft = Announcement(
            id=one,
            change=change,
            audience=Audience(),
            written_by=(await person(hall.core, by)).id,
            due=SOON.date(),
            question=question,
            lesson=True,
        )
        await hall.core.store.write(lambda tx, draft=draft: tx.put_announcement(draft))

    def send(tx: Transaction) -> None:
        found = tx.announcement(LESSON)
        assert found is not None
        start(tx, found, hall.clock())

    await hall.core.store.write(send)


async def _proposed(hall: Hall) -> None:
    district = example().district
    committee = district.committee(STEERS)
    assert committee is not None
    for one, key in zip(
        (CHANGE_WAITS, CHANGE_DRAFTED, CHANGE_MADE),
        ("reliable-wifi", "equal-classrooms", "classroom-refresh"),
        strict=True,
    ):
        wanted = WriteProposal(
            proposal_id=one, kind=ProposalKind.RETIRE, goals=(key,), reason="It is reached."
        )
        await hall.ask(committee.chair, wanted)
    for one in (CHANGE_WAITS, CHANGE_MADE):
        await hall.ask(committee.chair, SendProposal(proposal_id=one))
    entered = EnterPlanDecision(
        proposal_id=CHANGE_MADE,
        accept=True,
        times=1,
        on=(hall.clock() - timedelta(days=2)).date(),
        body=district.plan.decided_by,
        reason="Agreed.",
    )
    await hall.ask(CTO, entered)


async def _advised(hall: Hall) -> None:
    sent = Sent(wave_id=BRIEFED, committee="class-steering", at=hall.clock())
    await hall.core.store.write(lambda tx: tx.put_alignment_sent(sent))
    goal = example().district.components[0].goals[0].key
    for one in (DRAFTED, ADVISED, AGREED):
        said = WriteAdvice(
            recommendation_id=one, queue="network", title="Buy", advice="Buy.", goals=(goal,)
        )
        await hall.ask(CHAIR, said)
    for one in (ADVISED, AGREED):
        await hall.ask(CHAIR, SendAdvice(recommendation_id=one))
    await hall.ask(CTO, DecideAdvice(recommendation_id=AGREED, accept=True, reason="Yes."))


@pytest.fixture(scope="module")
def teacher(tx: Transaction) -> Person:
    found = tx.person_by_email(TEACHER)
    assert found is not None
    return found


def actor(asking: Asking, teacher: Person) -> Actor:
    person = replace(
        teacher, role=asking.role, active=not asking.left, email=asking.email or teacher.email
    )
    standing = Standing(offices=asking.offices, sits=asking.sits, leads=asking.leads)
    return Actor(person=person, standing=standing, guest=asking.guest)


def allowed(who: Actor, tx: Transaction) -> list[Command]:
    return [command for command in EVERYTHING if may(who, command, tx) is None]


# -- the table holds ------------------------------------------------------------------------------


def test_the_table_has_every_command() -> None:
    assert {type(command) for command in EVERYTHING} == set(OPERATIONS)


@pytest.mark.parametrize("who", [*PEOPLE, *OTHERS])
def test_the_guard_on_a_form_is_the_guard_on_what_it_opens(
    who: str, tx: Transaction, teacher: Person
) -> None:
    """Refused for the same reason, or not at all: of every operation with a form."""
    asking = actor(PEOPLE[who], teacher) if who in PEOPLE else OTHERS[who][0]
    with_forms = [one for one in EVERYTHING if OPERATIONS[type(one)].opens]
    assert {type(one) for one in with_forms} == {
        kind for kind, operation in OPERATIONS.items() if operation.opens
    }
    for command in with_forms:
        assert may(asking, Open(of=command), tx) == may(asking, command, tx), command
        assert may_each(asking, [Open(of=command)], tx) == tuple(
            Open(of=one) for one in may_each(asking, [command], tx)
        )


def test_only_the_author_replies_to_what_a_committee_asked(
    tx: Transaction, teacher: Person
) -> None:
    chair = Standing(sits=ON_NETWORK, leads=ON_NETWORK)
    for who in (Actor(person=teacher), Actor(person=teacher, standing=chair)):
        other = replace(who, person=replace(teacher, id=uuid4()))
        for command in BY_THE_AUTHOR:
            assert may(who, command, tx) is None
            assert may(other, command, tx) == access.refusal(access.GONE)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_may_do_what_the_table_says_and_nothing_else(
    who: str, tx: Transaction, teacher: Person
) -> None:
    expected = [c for c in EVERYTHING if listed(c, PEOPLE[who].may)]
    assert allowed(actor(PEOPLE[who], teacher), tx) == expected


@pytest.mark.parametrize("who", OTHERS)
def test_clock_operator_and_strangers_may_do_what_the_table_says(who: str, tx: Transaction) -> None:
    someone, they_may = OTHERS[who]
    assert allowed(someone, tx) == [c for c in EVERYTHING if listed(c, they_may)]


def test_deputies_hold_their_office_and_chairs_deputies_and_members_sit(tx: Transaction) -> None:
    district = example().district
    network = district.committee("network")
    assert network is not None
    for email in (network.chair, network.deputy, network.members[0]):
        person = tx.person_by_email(email)
        assert person is not None
        assert "network" in tx.standing(person.id).sits, email
        assert ("network" in tx.standing(person.id).leads) == (email not in network.members)
    for officer in district.officers:
        for email in (officer.person, *officer.deputies):
            person = tx.person_by_email(email)
            assert person is not None
            assert officer.office in tx.standing(person.id).offices, email


def test_what_was_taken_out_is_for_the_author_alone(tx: Transaction) -> None:
    """Not for who works on it, nor for who responds to it, nor for who holds an office."""
    for email in (CHAIR, CTO, ISO):
        other = tx.person_by_email(email)
        assert other is not None
        who = Actor(person=other, standing=tx.standing(other.id))
        for command in of_the_author(OURS):
            refused = may(who, command, tx)
            assert refused is not None
            assert refused.why.why == access.GONE, "whose it is must not be told"


def test_a_refusal_says_nothing_of_anybody(tx: Transaction, teacher: Person) -> None:
    known = {v for k, v in vars(refusals).items() if k.isupper() and isinstance(v, str)}
    actors = [actor(asking, teacher) for asking in PEOPLE.values()]
    for who in (*actors, *(someone for someone, _ in OTHERS.values())):
        for command in EVERYTHING:
            refused = may(who, command, tx)
            if refused is not None:
                assert refused.why.why in known
                assert not refused.why.values


def test_what_is_not_there_and_what_is_not_read_yet_look_alike(
    tx: Transaction, teacher: Person
) -> None:
    chair = actor(PEOPLE["its chair"], teacher)
    unread, nowhere = (may(chair, ShowItem(item_id=i), tx) for i in (UNREAD, NOWHERE))
    assert unread == nowhere
    assert unread is not None


def test_real_people_of_the_town_stand_as_the_table_says(tx: Transaction) -> None:
    """The table's standings are made up; these come from the database."""
    for email, commands, refused in (
        (CHAIR, NETWORK, [*LIBRARY, *IN_TRIAGE, *RESTRICTED_ONES]),
        (CTO, OFFICE_OF_THE_CTO, [*NETWORK[:-4], *RESTRICTED_ONES, *APPROVING]),
        (ISO, [*TAKE_CARE, *APPROVING], [*OFFICE_OF_THE_CTO, *NETWORK]),
    ):
        person = tx.person_by_email(email)
        assert person is not None
        who = Actor(person=person, standing=tx.standing(person.id))
        assert all(may(who, command, tx) is None for command in commands), email
        assert all(may(who, command, tx) is not None for command in refused), email
