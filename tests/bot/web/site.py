"""The pages with a conversation that answers by script and writes down what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import cast
from uuid import UUID, uuid4

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from bot.app.wiring_previews import SIGHTS
from bot.conversation import Reader, Reply, Speaker
from bot.openid.accounts import Accounts, Errand
from bot.openid.troubles import ProviderError
from bot.web.navigation import PLACES, Usable, queue_place
from bot.web.routes import web_error_handler, web_routes
from bot.web.sessions import signin_token
from bot.web.settings import Followed, Known, PagePorts, Persona, WebSettings
from bot.web.unsent import NoUnsentForms, UnsentForms
from core.commands import Command
from core.lists import ListRequest, look_through
from core.text import Text
from core.words import Words
from governance.alignment.commands import DraftOutcome
from governance.announcements.campaign_commands import (
    AskAgain,
    CheckAskAgain,
    CheckRecall,
    CheckResend,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
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
    SendAnnouncement,
    SendUrgent,
    ShowAnnouncement,
    ShowApproval,
    ShowEditAsked,
    WriteAnnouncement,
)
from governance.announcements.model import Missed
from governance.anonymous.commands import UnsignedCommand
from governance.authoring.commands import SaveDraft, ShowDraft, ShowLaunch, ShowPlan, ShowSurveys
from governance.committees.model import Office
from governance.conclusions.commands import (
    PublishConclusions,
    ReadConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    AssignTogether,
    BringBack,
    ExportDocket,
    FillAnswer,
    GiveFeedback,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    ShowFeedbackForm,
    ShowItem,
    UndoChange,
    WriteSubject,
)
from governance.docket.lists import docket_list
from governance.duplicates.commands import (
    ForgetCorrection,
    JoinItem,
    MergeItem,
    ShowCorrections,
    ShowMatter,
    ShowTrends,
    SplitItem,
)
from governance.forms.commands import Open
from governance.gaps.commands import ShowOrigins
from governance.home.commands import (
    CountWaves,
    ShowBeingRead,
    ShowDesk,
    ShowDocket,
    ShowHelp,
    ShowInbox,
    ShowOfficeFigures,
)
from governance.home.waits import Waits
from governance.messages import (
    AnnouncementScheduled,
    AskAgainCheck,
    Brief,
    Done,
    FeedbackReceived,
    Message,
    Refused,
)
from governance.people.reading_language import ChooseLanguage
from governance.people.ways_in import How
from governance.read_reminders.commands import RemindUnread, ShowUnread
from governance.recommendations.commands import (
    DecideAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    WriteAdvice,
)
from governance.redaction.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.references.commands import LinkItem
from governance.saved_answers.commands import DropSavedAnswer, ShowSavedAnswers, WriteSavedAnswer
from governance.series.commands import (
    CheckSeries,
    MoveDate,
    PauseSeries,
    ResumeSeries,
    ShowSeries,
    StartSeries,
    StopSeries,
)
from governance.series.views import SeriesStarted
from governance.views import BeingRead, DocketFile, DocketView, View
from governance.waves.my_surveys import ShowMySurveys
from surveys import commands as surveys
from surveys.messages import Declined, LaunchChecked, Rejected, Results, WaveLaunched
from tests.bot.samples.said import MINE, SAID
from tests.bot.web import (
    acknowledging_views,
    alignment_views,
    assessing_views,
    board_views,
    change_views,
    examples,
    faq_views,
    gap_views,
    goal_change_views,
    home_views,
    learning_views,
    listening_views,
    office_views,
    plan_views,
    practice_figure_views,
    priority_views,
    recommendation_views,
    service_views,
    written,
)
from tests.bot.web.rules import views as rule_views

TEACHER, CTO = UUID(int=1 << 100), UUID(int=2 << 100)
SPANISH = UUID(int=4 << 100)
"""Somebody who reads Spanish."""
SECRET = b"a secret of the tests, long enough"
Answer = Message | View | Rejected
Script = Callable[[Command], Answer]


def usual(command: Command) -> Answer:
    """What a good day answers to each command."""
    found: Mapping[type, Answer] = {
        ShowInbox: replace(examples.INBOX, parts=home_views.OVERVIEW.parts),
        ShowBeingRead: BeingRead(items=frozenset()),
        ShowOfficeFigures: home_views.NO_FIGURES,
        ShowHelp: examples.MESSAGES["help"],
        ShowFeedbackForm: examples.MESSAGES["feedback_form"],
        ShowDocket: examples.DOCKET,
        ExportDocket: DocketFile(queue="network", lines=examples.DOCKET.open_items),
        ShowItem: examples.BRIEF,
        AcknowledgeItem: examples.BRIEF,
        ShowMatter: examples.MATTER,
        SplitItem: examples.MATTER,
        MergeItem: examples.MATTER,
        ShowTrends: examples.TRENDS,
        ShowCorrections: examples.LEARNED,
        ForgetCorrection: examples.LEARNED,
        ShowTakenOut: examples.MESSAGES["taken_out_form"],
        CorrectTakenOut: examples.MESSAGES["taken_out_corrected"],
        ConfirmTakenOut: examples.MESSAGES["taken_out_gone"],
        RemoveStudentData: examples.BRIEF,
        ShowAnswerForm: examples.MESSAGES["answer_form"],
        FillAnswer: examples.MESSAGES["answer_form_with_saved"],
        ShowSavedAnswers: examples.SAVED_ANSWERS,
        WriteSavedAnswer: examples.SAVED_ANSWERS,
        DropSavedAnswer: examples.SAVED_ANSWERS,
        AnswerItem: examples.ANSWERED_BRIEF,
        MoveItem: examples.ANSWERED_BRIEF,
        PutAside: examples.MESSAGES["brief_put_aside"],
        BringBack: examples.BRIEF,
        UndoChange: examples.BRIEF,
        AssignTogether: examples.DOCKET,
        WriteSubject: examples.BRIEF,
        LinkItem: examples.BRIEF,
        ShowAdvice: examples.MESSAGES["advice_waits"],
        ShowChanges: recommendation_views.CHANGES,
        ShowRecommendations: recommendation_views.RECOMMENDATIONS,
        ShowAnnouncement: examples.NOTICE,
        CheckAnnouncement: examples.DRAFTED,
        CheckWritten: examples.WRITTEN,
        WriteAnnouncement: examples.DRAFTED,
        ShowProgress: examples.PROGRESS,
        ShowCampaign: examples.CAMPAIGN,
        ShowAsking: examples.ASKING,
        ShowDesk: examples.DESK,
        ShowSeries: examples.SERIES_VIEW,
        CheckSeries: examples.SERIES_CHECKED,
        PauseSeries: Done(),
        StopSeries: Done(),
        ResumeSeries: Done(),
        MoveDate: Done(),
        ShowPlan: examples.PLAN,
        ShowSurveys: written.SURVEYS,
        CountWaves: written.COUNTS,
        ShowDraft: written.WHOLE,
        SaveDraft: written.WHOLE,
        ShowLaunch: examples.LAUNCHING,
        ShowMySurveys: MINE,
        surveys.ShowSaid: SAID,
        ReadConclusions: examples.CONCLUSIONS,
        ShowConclusionsForm: examples.CONCLUSIONS_FORM,
        WriteConclusions: examples.CONCLUSIONS_FORM,
        PublishConclusions: examples.CONCLUSIONS_FORM,
        surveys.ShowResults: Results(results=examples.RESULTS),
        surveys.CloseWave: Results(results=examples.RESULTS),
        **listening_views.ANSWERS,
        **rule_views.ANSWERS,
        **acknowledging_views.ANSWERS,
        **change_views.ANSWERS,
        **alignment_views.ANSWERS,
        **priority_views.ANSWERS,
        DraftOutcome: examples.CONCLUSIONS_FORM,
        **faq_views.ANSWERS,
        **learning_views.ANSWERS,
        **assessing_views.ANSWERS,
        **plan_views.ANSWERS,
        **gap_views.ANSWERS,
        **goal_change_views.ANSWERS,
        **service_views.ANSWERS,
        **office_views.ANSWERS,
        **board_views.ANSWERS,
        **practice_figure_views.ANSWERS,
    }
    opens: Mapping[type, Answer] = {
        **gap_views.OPENS,
        **plan_views.OPENS,
        **listening_views.OPENS,
        **change_views.OPENS,
        **learning_views.OPENS,
        **board_views.OPENS,
        **practice_figure_views.OPENS,
        **assessing_views.OPENS,
        AssignItem: examples.MESSAGES["assign_form"],
        MoveItem: examples.MESSAGES["move_form"],
        JoinItem: examples.MESSAGES["matter_form"],
        DeclineAnnouncement: examples.MESSAGES["decline_form"],
        SendUrgent: examples.MESSAGES["urgent_form"],
        LinkItem: examples.MESSAGES["link_form"],
        WriteAnnouncement: examples.FORM,
        **acknowledging_views.OPENS,
        **service_views.OPENS,
        **faq_views.OPENS,
        PutAside: examples.MESSAGES["put_aside_form"],
        WriteSubject: examples.MESSAGES["subject_form"],
        WriteSavedAnswer: examples.MESSAGES["saved_answer_form"],
        AssignTogether: examples.MESSAGES["assign_together_form"],
        RemoveStudentData: examples.MESSAGES["student_data_form"],
        DecideAdvice: examples.MESSAGES["decision_form"],
        WriteAdvice: examples.MESSAGES["advice_form"],
    }
    match command:
        case Open(of=of):
            return opens[type(of)]
        case surveys.ShowPage(page=page) if page == 0:
            return examples.PAGE_ONE
        case surveys.ShowPage():
            return examples.PAGE_TWO
        case surveys.AnswerPage(page=0):
            return examples.PAGE_TWO
        case surveys.AnswerPage():
            return examples.ANSWERED
        case surveys.DeclineWave(wave_id=wave):
            return Declined(wave_id=wave, title=examples.PULSE.title, closes_at=examples.CLOSES)
        case surveys.CheckLaunch():
            return LaunchChecked(reach=examples.REACH)
        case StartSeries(series_id=series):
            return SeriesStarted(
                series_id=series,
                title=examples.PULSE.title,
                dates=examples.DATES,
                reach=examples.SERIES_CHECKED.reach,
            )
        case surveys.LaunchSurvey(wave_id=wave):
            return WaveLaunched(
                wave_id=wave,
                title=examples.PULSE.title,
                people=12,
                opens_at=examples.NOW,
                closes_at=command.closes_at,
            )
        case GiveFeedback(item_id=item, naming=naming):
            return FeedbackReceived(item_id=item, naming=naming)
        case AcknowledgeAnnouncement(announcement_id=news):
            return replace(examples.NOTICE, announcement_id=news, acknowledged_at=examples.NOW)
        case StopCampaign(subject=subject) | ResumeCampaign(subject=subject):
            return examples.ASKING if subject == examples.WAVE else examples.PROGRESS
        case ChooseLanguage():
            return Done()
        case AskAgain():
            return examples.ASKING
        case CheckAskAgain(wave_id=wave):
            missed = Missed(failed=2, unreachable=95, unknown=3, seconds=9)
            return AskAgainCheck(wave_id=wave, title=examples.PULSE.title, missed=missed)
        case SendUrgent() | ResendAnnouncement() | RecallAnnouncement():
            return examples.PROGRESS
        case ShowUnread() | RemindUnread():
            return examples.MESSAGES["unread"]
        case CheckResend():
            return examples.MESSAGES["resend_check"]
        case CheckRecall():
            return examples.MESSAGES["recall_check"]
        case ShowApproval():
            return examples.MESSAGES["approval_asked"]
        case ApproveAnnouncement():
            return examples.MESSAGES["approval_approved"]
        case ShowEditAsked() | ApproveEdit() | DeclineEdit():
            return examples.MESSAGES["edit_asked"]
        case DeclineAnnouncement():
            return examples.MESSAGES["approval_declined_to_asker"]
        case SendAnnouncement(urgent=True):
            return examples.MESSAGES["progress_waiting"]
        case SendAnnouncement(announcement_id=news, at=at):
            return AnnouncementScheduled(
                announcement_id=news, title=examples.CHANGE.title, people=6312, at=at, seconds=1380
            )
        case _:
            return found[type(command)]


@dataclass
class ScriptedConversation:
    """Stands for the dispatch: ``script`` answers, ``heard`` and ``speakers`` remember."""

    script: Script = usual
    heard: list[Command] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    reader: Reader = field(
        default_factory=lambda: replace(examples.READER, offices=frozenset(Office))
    )

    async def handle(
        self, speaker: Speaker, command: Command, *, event_id: str | None = None
    ) -> Reply:
        if isinstance(command, ShowOrigins):  # asked for beside a page: it is not what is asked
            return Reply(message=self.script(command), reader=self.reader)
        self.speakers.append(speaker)
        self.heard.append(command)
        answer = self.script(command)
        if isinstance(command, ShowDocket) and isinstance(answer, DocketView):
            answer = replace(answer, beside=self._beside(answer, command))
        return Reply(message=answer, reader=self.reader)

    def _beside(self, view: DocketView, command: ShowDocket) -> Brief | None:
        words = Words(self.reader.locale, self.reader.timezone)
        listed = docket_list(words, view, examples.NOW)
        row = look_through(listed, command.asked or ListRequest()).row
        return examples.BESIDE[UUID(row.key)] if row else None

    async def answered(self, reply: Reply, *, arrived: bool) -> None:
        pass

    async def unsigned(self, command: UnsignedCommand) -> Reply:
        return Reply(message=listening_views.unsigned(command), reader=self.reader)

    def instead(self, kind: type, answer: Answer | Exception) -> None:
        """From now on, answer one kind of command otherwise."""
        before = self.script

        def script(command: Command) -> Answer:
            if not isinstance(command, kind):
                return before(command)
            if isinstance(answer, Exception):
                raise answer
            return answer

        self.script = script


PERSONAS = (
    Persona(key="teacher", person=TEACHER, name="Maria Lopez", what="teacher at Maple Elementary"),
    Persona(key="chair", person=UUID(int=3 << 100), name="Ben Okafor", what="chair of Network"),
    Persona(key="cto", person=CTO, name="Dana Whitfield", what="Chief Technology Officer"),
)


@dataclass
class ScriptedDoor:
    """Stands for the doorkeeper: remembers sessions, and lets everybody in by a link."""

    sessions: dict[str, tuple[UUID, How]] = field(default_factory=dict)

    async def lapsed(self, key: str) -> UUID | None:
        return None

    async def begin(self, person_id: UUID, how: How) -> str:
        key = f"session-{uuid4()}"
        self.sessions[key] = person_id, how
        return key

    async def recognise(self, key: str) -> Known | None:
        if key not in self.sessions:
            return None
        person, _ = self.sessions[key]
        named = {one.person: one.name for one in PERSONAS}
        reader = Reader(locale="es") if person == SPANISH else None
        return Known(person=person, name=named.get(person, "Ada Reyes"), reader=reader)

    async def end(self, key: str) -> How | None:
        return self.sessions.pop(key, (None, None))[1]

    async def end_all(self, person_id: UUID) -> int:
        theirs = [key for key, (person, _) in self.sessions.items() if person == person_id]
        for key in theirs:
            del self.sessions[key]
        return len(theirs)

    async def takes_link(self, person_id: UUID) -> bool:
        return True

    async def whose(self, email: str) -> UUID | Refused:
        return TEACHER

    async def has_room(self, network: str) -> bool:
        return True

    async def note_failure(self, network: str) -> None:
        return None


@dataclass
class Stand:
    """The pages under test and what they talk to."""

    app: Starlette
    conversation: ScriptedConversation
    settings: WebSettings
    used: set[str]
    follows: Followed | None = None
    """Where the demo's visitor finds what they told."""
    public: dict[str, Text] = field(default_factory=dict)
    """The district's own pages."""

    def link(self, person: UUID = TEACHER, *, minutes: float = 10, path: str = "") -> str:
        token = signin_token(SECRET, person, examples.NOW + timedelta(minutes=minutes))
        return f"/signin?token={token}" + (f"&next={path}" if path else "")


class _AwayAccounts:
    """The district's accounts, whose provider does not answer."""

    async def way_there(self) -> tuple[str, Errand]:
        raise ProviderError("nobody answers")


def stand(
    *,
    demo: bool = False,
    web_url: str = "http://testserver",
    locale: str = "en",
    every_way_in: bool = False,
    unsent: UnsentForms | None = None,
) -> Stand:
    """``every_way_in``: links are mailed, and the district's accounts are set up (and away)."""
    conversation, used, door = ScriptedConversation(), set[str](), ScriptedDoor()

    async def consume(token_id: str) -> bool:
        fresh = token_id not in used
        used.add(token_id)
        return fresh

    async def name_of(person: UUID) -> str | None:
        return next((one.name for one in PERSONAS if one.person == person), None)

    async def personas() -> Sequence[Persona]:
        return PERSONAS if demo else ()

    async def places(person: UUID, counted: Waits | None) -> Sequence[Usable]:
        queue = queue_place("network", "Network and Infrastructure")
        return (*(Usable(place=one) for one in PLACES), Usable(place=queue, waits=11))

    settings = WebSettings(
        web_url=web_url,
        secret=SECRET,
        district="Lincoln Valley Public Schools",
        demo=demo,
        locale=locale,
        mails=every_way_in,
        openid=every_way_in,
    )

    async def follow(item_id: UUID) -> Followed | None:
        return made.follows

    async def public_text(key: str) -> Text | None:
        return made.public.get(key)

    async def health(words: Words) -> Sequence[tuple[bool, str]]:
        return office_views.FINDINGS

    pages = PagePorts(
        now=lambda: examples.NOW,
        consume_signin=consume,
        name_of=name_of,
        door=door,
        personas=personas,
        places=places,
        follow=follow,
        accounts=cast("Accounts", _AwayAccounts()) if every_way_in else None,
        sights=SIGHTS,
        public_text=public_text,
        tickets=listening_views.OneTicket(),
        unsent=unsent or NoUnsentForms(),
        health=health,
        rosters=office_views.Waiting(),
        check_files=office_views.checked,
    )
    app = Starlette(
        routes=web_routes(conversation, settings, pages),
        exception_handlers={HTTPException: web_error_handler(conversation, settings, pages)},
    )
    made = Stand(app=app, conversation=conversation, settings=settings, used=used)
    return made


@asynccontextmanager
async def visitor(
    app: Starlette, base_url: str = "http://testserver"
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a screen: keeps cookies, follows nothing by itself."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=True)
    async with httpx.AsyncClient(
        transport=transport, base_url=base_url, headers={"accept": "text/html"}
    ) as client:
        yield client
