"""Every address that shows a page, in each of its states: full, empty, refused, and with errors.

The pages of what staff say are in ``listening_looks.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.web.render_card import at as do
from core.paging import Paging
from governance.announcements.campaign_commands import (
    CheckAskAgain,
    CheckRecall,
    CheckResend,
    ShowAsking,
    ShowCampaign,
)
from governance.announcements.commands import (
    CheckWritten,
    DeclineAnnouncement,
    SendUrgent,
    ShowAnnouncement,
    WriteAnnouncement,
)
from governance.authoring.commands import ShowDraft, ShowLaunch, ShowPlan, ShowSurveys
from governance.conclusions.commands import ReadConclusions, WriteConclusions
from governance.docket.commands import (
    AnswerItem,
    AssignItem,
    GiveFeedback,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    WriteSubject,
)
from governance.duplicates.commands import JoinItem
from governance.forms.commands import Open
from governance.home.commands import ShowDesk, ShowDocket, ShowInbox
from governance.read_reminders.commands import ShowUnread
from governance.recommendations.commands import (
    DecideAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    WriteAdvice,
)
from governance.recommendations.model import ChangesView
from governance.references.commands import LinkItem
from governance.saved_answers.commands import ShowSavedAnswers, WriteSavedAnswer
from governance.series.commands import MoveDate, PauseSeries, ShowSeries
from governance.series.model import SeriesState
from governance.series.views import SeriesView
from governance.views import DeskView, DocketView
from governance.waves.my_surveys import ShowMySurveys
from storage.unavailable import UnavailableError
from surveys import commands as surveys
from surveys.authoring.cautions import Caution, Concern
from surveys.messages import LaunchChecked, QuestionPage, Rejected, Results
from surveys.questions import Unfit
from surveys.waves.sampling import Rotation
from tests.bot.samples.recommendation import ADVICE
from tests.bot.web import examples, home_views, written
from tests.bot.web.acknowledging_looks import ACKNOWLEDGING
from tests.bot.web.alignment_looks import ALIGNMENT
from tests.bot.web.assessing_looks import ASSESSING
from tests.bot.web.board_looks import BOARD
from tests.bot.web.change_looks import CHANGES
from tests.bot.web.examples import DRAFT, ITEM, MESSAGES, NEWS, OTHER_WAVE, SAVED_ANSWERS, WAVE
from tests.bot.web.faq_looks import FAQ
from tests.bot.web.gap_looks import GAPS
from tests.bot.web.goal_change_looks import GOAL_CHANGES
from tests.bot.web.learning_looks import TRAINING
from tests.bot.web.listening_looks import ANONYMOUS, LISTENING
from tests.bot.web.looking import Said, page, stranger
from tests.bot.web.office_looks import OFFICE
from tests.bot.web.plan_looks import PLAN
from tests.bot.web.practice_figure_looks import PRACTICE_FIGURES
from tests.bot.web.priority_looks import PRIORITIES
from tests.bot.web.recommendation_views import RECOMMENDATIONS
from tests.bot.web.rules.looks import RULES
from tests.bot.web.second_looks import SECOND
from tests.bot.web.service_looks import SERVICES


def wrong(*keys: str) -> Rejected:
    return Rejected(unfit={key: Unfit(why="Not like this, please.") for key in keys})


def asking(shown: QuestionPage) -> Said:
    return surveys.ShowPage, shown


SERIES_PAGE = f"/desk/series/{examples.SERIES}"


def _series(state: SeriesState) -> SeriesView:
    line, stopped = examples.SERIES_LINE, state is SeriesState.STOPPED
    series = replace(line.series, state=state)
    return SeriesView(
        line=replace(line, series=series, dates=() if stopped else line.dates), past=()
    )


_ONE_HELD = replace(examples.PULSE_WAVE, hold=True)
_HELD: DeskView = replace(
    examples.DESK,
    waves=(replace(examples.DESK.waves[0], wave=_ONE_HELD), *examples.DESK.waves[1:]),
)
_UNFIT = LaunchChecked(reach=examples.REACH, unfit=wrong("closes_at", "audience", "people").unfit)
_EARLIER = replace(
    examples.LAUNCHING,
    earlier=(replace(examples.PULSE_WAVE, selection=Rotation(groups=4, turn=1, seed=7)),),
)
_WARNED = replace(
    examples.PLAN,
    cautions=(
        Caution(
            concern=Concern.IDENTIFIES,
            question=None,
            why=Unfit(why="Together they can single someone out."),
            advice=Unfit(why="Leave out those that you will not act on."),
        ),
    ),
)
_NOTHING_ADVISED = replace(RECOMMENDATIONS, recommendations=())
_NO_ANSWERS = replace(SAVED_ANSWERS, answers=())
_NO_ITEMS = DocketView(queue="network", name="Network", open_items=(), done_items=())
_NO_MATCH = replace(examples.CAMPAIGN, recipients=(), paging=Paging())
_FINAL = Results(results=examples.FINAL)
_KINDS = MESSAGES["results_kinds"]
_WRITTEN = written.WHOLE.draft.id
_KINDS_ASKED = tuple(
    (name, message) for name, message in MESSAGES.items() if name.startswith("question_page_")
)

STAFF = (
    page("/"),
    page("/earlier"),
    page("/", (ShowInbox, replace(examples.EMPTY_INBOX, parts=home_views.OVERVIEW.parts))),
    page("/", (ShowInbox, examples.EMPTY_INBOX)),
    page("/help"),
    page("/more"),
    page(f"/surveys/{WAVE}"),
    page(f"/surveys/{WAVE}/1"),
    *(page(f"/surveys/{WAVE}", asking(shown)) for _, shown in _KINDS_ASKED),
    page(
        f"/surveys/{WAVE}/1",
        (surveys.AnswerPage, Rejected(unfit=examples.WRONG.unfit, page=examples.WRONG)),
        press="Send my answers",
        status=422,
    ),
    page(f"/surveys/{WAVE}/1", press="Send my answers"),
    page(f"/surveys/{WAVE}", (surveys.ShowPage, MESSAGES["wave_closed_already"]), status=410),
    page("/surveys"),
    page("/surveys", (ShowMySurveys, MESSAGES["my_surveys_none"])),
    *(
        page(f"/surveys/{WAVE}/said", (surveys.ShowSaid, message))
        for name, message in MESSAGES.items()
        if name.startswith("what_you_said") or name == "answers_deleted"
    ),
    page(f"/results/{WAVE}"),
    page(f"/results/{WAVE}", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}", (surveys.ShowResults, _KINDS)),
    page(f"/results/{WAVE}", (surveys.ShowResults, Results(results=examples.NO_RESULTS))),
    page(f"/results/{WAVE}?by=level", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}?open=questions", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}?by=building", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}?group=level:middle", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}?group=every", (surveys.ShowResults, _FINAL)),
    page(f"/results/{WAVE}/conclusions"),
    page(
        f"/results/{WAVE}/conclusions",
        (WriteConclusions, replace(examples.CONCLUSIONS_FORM, unfit=wrong("heard").unfit)),
        press="Save and preview",
        status=422,
    ),
    page(f"/heard/{WAVE}"),
    page(f"/heard/{WAVE}", (ReadConclusions, MESSAGES["refused"]), status=403),
    page("/feedback"),
    page("/feedback", (GiveFeedback, wrong("text")), press="Send", status=422),
    page("/feedback", press="Send"),
    page(f"/announcements/{NEWS}"),
    page(f"/announcements/{NEWS}", (ShowAnnouncement, MESSAGES["notice_urgent"])),
    page("/announcements/new", (CheckWritten, replace(examples.WRITTEN, saved=None))),
    page(
        f"/announcements/{DRAFT}/edit?step=what",
        (WriteAnnouncement, wrong("title", "why")),
        press="Save and check",
        status=422,
    ),
    page(
        f"/announcements/{DRAFT}/edit?step=what",
        (WriteAnnouncement, wrong("title", "audience")),
        press="Save and check",
        status=422,
    ),
    page("/nowhere", status=404),
    page("/", (ShowInbox, UnavailableError("away")), status=503),
    page("/", (ShowInbox, RuntimeError("a fault of ours")), status=500),
)

GOVERNING = (
    page(f"/announcements/{DRAFT}/edit"),
    page(f"/announcements/{DRAFT}/edit?step=what"),
    page(f"/announcements/{DRAFT}/edit?step=question"),
    page(f"/announcements/{DRAFT}/edit?step=what", press="Save and check"),
    page(do(Open(of=SendUrgent(announcement_id=DRAFT)))),
    page(
        do(Open(of=SendUrgent(announcement_id=DRAFT))),
        (Open, MESSAGES["urgent_form_to_everyone"]),
    ),
    page(f"/announcements/{NEWS}/approval"),
    page(f"/announcements/{NEWS}/edit-approval"),
    page(do(Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1)))),
    page(
        do(Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1))),
        (Open, MESSAGES["decline_form_unfit"]),
    ),
    page(f"/announcements/{NEWS}/progress"),
    page(f"/announcements/{NEWS}/progress", (ShowCampaign, _NO_MATCH)),
    page(do(ShowUnread(announcement_id=NEWS))),
    page(do(CheckResend(announcement_id=NEWS))),
    page(
        do(CheckResend(announcement_id=NEWS)),
        (CheckResend, MESSAGES["resend_check_nobody"]),
    ),
    page(do(CheckRecall(announcement_id=NEWS))),
    page("/committees/network"),
    page("/committees/network", (ShowDocket, _NO_ITEMS)),
    page("/committees/network", (ShowDocket, MESSAGES["refused"]), status=403),
    page(f"/items/{ITEM}"),
    page(do(ShowAnswerForm(item_id=ITEM))),
    page(
        do(ShowAnswerForm(item_id=ITEM)),
        (ShowAnswerForm, MESSAGES["answer_form_with_saved"]),
        press="Add it",
    ),
    page(f"/committees/network/together?do=assign&items={ITEM}"),
    page("/committees/network/saved-answers"),
    page("/committees/network/saved-answers", (ShowSavedAnswers, _NO_ANSWERS)),
    page(do(Open(of=WriteSavedAnswer(queue="network", answer_id=ITEM)))),
    page(
        do(ShowAnswerForm(item_id=ITEM)),
        (AnswerItem, wrong("text")),
        press="Send the answer",
        status=422,
    ),
    page(do(Open(of=AssignItem(item_id=ITEM)))),
    page(do(Open(of=PutAside(item_id=ITEM)))),
    page(do(Open(of=WriteSubject(item_id=ITEM)))),
    page(do(Open(of=JoinItem(item_id=ITEM)))),
    page(do(Open(of=LinkItem(item_id=ITEM)))),
    page(
        do(Open(of=LinkItem(item_id=ITEM))),
        (LinkItem, wrong("to")),
        press="Link",
        status=422,
    ),
    page("/committees/network/recommendations"),
    page("/committees/network/recommendations", (ShowRecommendations, _NOTHING_ADVISED)),
    page("/changes"),
    page("/changes", (ShowChanges, ChangesView(changes=()))),
    page(f"/committees/network/recommendations/{ADVICE}"),
    page(
        f"/committees/network/recommendations/{ADVICE}",
        (WriteAdvice, MESSAGES["advice_form_unfit"]),
        press="Save and preview",
        status=422,
    ),
    page(f"/recommendations/{ADVICE}"),
    page(f"/recommendations/{ADVICE}", (ShowAdvice, MESSAGES["advice_draft"])),
    page(f"/recommendations/{ADVICE}", (ShowAdvice, MESSAGES["advice_accepted"])),
    page(do(Open(of=DecideAdvice(recommendation_id=ADVICE, accept=True)))),
    page(
        do(Open(of=DecideAdvice(recommendation_id=ADVICE, accept=False))),
        (Open, MESSAGES["decision_form_unfit"]),
    ),
    page(do(Open(of=MoveItem(item_id=ITEM)))),
    page("/desk/launch/pulse"),
    page("/desk/launch/pulse", press="Count again"),
    page("/desk/launch/pulse", (ShowLaunch, _EARLIER)),
    page(
        "/desk/launch/pulse",
        (surveys.CheckLaunch, _UNFIT),
        press="Count again",
        status=422,
    ),
    page("/desk/launch/pulse", press="Continue"),
    page("/desk/launch/pulse", press="Continue, Continue"),
    page("/desk/launch/pulse", (ShowPlan, _WARNED), press="Continue, Continue"),
    page("/desk/launch/pulse/plan"),
    page(f"/desk/launched/{WAVE}"),
    page(f"/desk/close/{WAVE}"),
    page(f"/desk/extend/{WAVE}"),
    page(
        f"/desk/extend/{WAVE}",
        (surveys.ExtendWave, wrong("closes_at")),
        press="Extend it",
        status=422,
    ),
    page(f"/desk/hold/{WAVE}", (ShowDesk, _HELD)),
    page(SERIES_PAGE),
    page(SERIES_PAGE, (ShowSeries, _series(SeriesState.PAUSED))),
    page(SERIES_PAGE, (ShowSeries, _series(SeriesState.STOPPED))),
    page(SERIES_PAGE, (PauseSeries, wrong("why")), press="Pause it", status=422),
    page(SERIES_PAGE, (MoveDate, wrong("to")), press="Move the next one", status=422),
    page(f"/desk/asking/{WAVE}"),
    page(f"/desk/asking/{OTHER_WAVE}", (ShowAsking, MESSAGES["wave_of_few"])),
    page(do(CheckAskAgain(wave_id=WAVE))),
)

WRITING = (
    page("/desk/surveys"),
    page("/desk/surveys?state=closed"),
    page("/desk/surveys/new"),
    page("/desk/surveys", (ShowSurveys, written.NONE_WRITTEN)),
    page(f"/drafts/{_WRITTEN}"),
    page(f"/drafts/{_WRITTEN}", (ShowDraft, written.BLANK)),
    page(f"/drafts/{_WRITTEN}", (ShowDraft, written.READY)),
    page(f"/drafts/{_WRITTEN}/about"),
    page(
        f"/drafts/{_WRITTEN}/about",
        (ShowDraft, written.BLANK),
        press="Save",
        status=422,
    ),
    page(f"/drafts/{_WRITTEN}/tables"),
    page(f"/drafts/{_WRITTEN}/adkar"),
    page(f"/drafts/{_WRITTEN}/pages/1"),
    page(f"/drafts/{_WRITTEN}/add"),
    *(page(f"/drafts/{_WRITTEN}/add?kind={kind}") for kind in written.KINDS),
    *(page(f"/drafts/{_WRITTEN}/questions/{key}") for key in written.KEYS),
    page(f"/drafts/{_WRITTEN}/preview"),
    page(f"/drafts/{_WRITTEN}/preview?platform=slack&language=es"),
    page(f"/drafts/{_WRITTEN}/preview?platform=teams"),
    page(f"/drafts/{_WRITTEN}/preview", (ShowDraft, written.BLANK), status=422),
    page(f"/drafts/{_WRITTEN}/drop"),
)

DOORS = (
    stranger("/", status=401),
    stranger("/signin"),
    stranger("/signin?token=x", status=410),
    stranger("/signin/sent"),
    stranger("/signin", press="Email me a link", status=422),
    stranger("/signed-out"),
    stranger("/privacy"),
    stranger("/terms"),
    stranger("/signin/openid", status=503),
    stranger("/signin/openid/callback", status=400),
    stranger("/demo", demo=True),
    stranger("/demo/help-desk", demo=True),
    replace(page("/"), demo=True),
)

LOOKS = (
    *STAFF,
    *GOVERNING,
    *LISTENING,
    *RULES,
    *ALIGNMENT,
    *PRIORITIES,
    *CHANGES,
    *FAQ,
    *TRAINING,
    *ASSESSING,
    *PLAN,
    *GAPS,
    *GOAL_CHANGES,
    *SECOND,
    *SERVICES,
    *OFFICE,
    *BOARD,
    *PRACTICE_FIGURES,
    *ACKNOWLEDGING,
    *WRITING,
    *DOORS,
    *ANONYMOUS,
)

NOT_PAGES: Mapping[str, str] = {
    "/accent.css": "a style",
    "/desk": "leads to Home, for links that were sent",
    "/practices/tasks/by/{choice}": "leads to the filtered list, for links that were sent",
    "/collect/reply": "leads to the page to collect at; a reply is sent to it",
    "/said": "a part of a page, which the page asks for again",
    "/feedback/done/asked": "a part of a page, which the page asks for again",
    "/results/{wave}/numbers": "a part of a page",
    "/announcements/{announcement}/progress/numbers": "a part of a page",
    "/announcements/{announcement}/count": "a part of a page",
    "/desk/asking/{wave}/numbers": "a part of a page",
    "/results/{wave}/export/{form}": "a file",
    "/practices/{assessment}/export/{form}": "a file",
    "/acknowledgements.csv": "a file",
    "/committees/{queue}/items.csv": "a file",
    "/announcements/{announcement}/acknowledged.csv": "a file",
    "/rules/feed.xml": "a feed",
    "/rules/calendar.ics": "a calendar",
    "/learning/{session}/calendar.ics": "a calendar",
    "/rules/private/{key}/{form}": "a calendar, or a feed",
    "/calendar/private/{key}/{form}": "a calendar, or a feed",
    "/calendar/changes.ics": "a calendar",
    "/calendar/changes.xml": "a feed",
    "/rules/{rule}/{version}/comments.csv": "a file",
}
"""Addresses that show no page of their own when they are opened, and what they are."""
