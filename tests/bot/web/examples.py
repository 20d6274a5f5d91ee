"""One rich example of everything Sounding Board says, as a page could have to draw it.

The words hold what hostile or careless people type: markup, mentions, very long words, new lines.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.conversation import Reader
from core.forms import Opening, Said
from core.messages import Order
from core.paging import Paging
from core.people import Audience, Building, Held, Level, Role
from core.school_calendar import Calendar, Holiday
from core.text import Text, text
from governance.announcements.forms import words_of
from governance.announcements.model import (
    Announcement,
    AnnouncementState,
    Change,
    GoingOut,
    Outcome,
    Reach,
    Recipient,
    Tally,
)
from governance.conclusions.model import Conclusions, ConclusionsForm, Step
from governance.delivery_reasons import DeliveryReason
from governance.docket import forms
from governance.docket.commands import AssignItem, AssignTogether, MoveItem, PutAside, WriteSubject
from governance.docket.history import StepKind, StepLine
from governance.docket.messages import DocketLine
from governance.docket.open_items import Aside
from governance.duplicates import forms as matters
from governance.duplicates.commands import JoinItem
from governance.duplicates.model import SaidBy
from governance.duplicates.views import CorrectionsView, MatterView, SaidToo, Taught, TrendsView
from governance.duties.model import Count
from governance.feedback.model import Byline, ItemState, Likely, Naming, Tone, Urgency
from governance.lists.model import AudienceChoices
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementScheduled,
    AnswerForm,
    Brief,
    Done,
    FeedbackForm,
    FeedbackReceived,
    Help,
    Message,
    News,
    Notice,
    Progress,
    Refused,
    RestrictedWaiting,
    SignInLink,
    Told,
    WaveProgress,
)
from governance.saved_answers.commands import WriteSavedAnswer
from governance.saved_answers.model import SavedAnswer, SavedAnswersView
from governance.series.model import PastDate, Repeat, Series, SeriesDate, Skipped
from governance.series.views import SeriesChecked, SeriesLine, SeriesView
from governance.upkeep.messages import Growing, Grown
from governance.views import (
    AnnouncementLine,
    AnnouncementWritten,
    CampaignView,
    DeskView,
    DocketView,
    InboxEntry,
    InboxView,
    LaunchView,
    MyItem,
    PlannedShowing,
    PlanView,
    WaveLine,
)
from surveys.asking.counted import asked_key
from surveys.messages import (
    Answered,
    Declined,
    Invitation,
    LaunchChecked,
    PanelReach,
    QuestionPage,
    Results,
    WaveClosedAlready,
    WaveLaunched,
)
from surveys.promise import OverAYear, Promise
from surveys.questions import (
    Choice,
    FreeText,
    Number,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Unfit,
)
from surveys.results.beside import (
    Break,
    ComparedBy,
    Comparison,
    GroupRate,
    MakeUp,
    MakeUpRow,
    Rates,
    Trend,
    TrendPoint,
    Unit,
    Weighted,
    WeightedShare,
)
from surveys.results.model import (
    Cell,
    CommentsResult,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Table,
    WaveResults,
    Withheld,
)
from surveys.survey import Dimension, Page, PlannedTable, Survey, Wave, WaveState
from surveys.waves.limiting import AskingLimit
from tests.bot.samples.acknowledgement import ACKNOWLEDGEMENT_MESSAGES
from tests.bot.samples.alignment import alignments
from tests.bot.samples.board_report import board_reports
from tests.bot.samples.campaign import campaigns
from tests.bot.samples.case import CASE_MESSAGES
from tests.bot.samples.change import CHANGE as CHANGE_OF_FAQ
from tests.bot.samples.change import changes
from tests.bot.samples.chat import CHAT
from tests.bot.samples.conversing import conversing
from tests.bot.samples.faq import faq
from tests.bot.samples.forms import announcement_form, form
from tests.bot.samples.goal_change import goal_changes
from tests.bot.samples.kind import page_samples, platform_results
from tests.bot.samples.learning import learning
from tests.bot.samples.lesson import LESSON_MESSAGES
from tests.bot.samples.link import LINKS, SECTION
from tests.bot.samples.named_list import named_lists
from tests.bot.samples.pairs import PAGE_OF_PAIRS
from tests.bot.samples.plan import plan
from tests.bot.samples.practices import practices
from tests.bot.samples.priority import priorities
from tests.bot.samples.pulse import pulses
from tests.bot.samples.rule import rules
from tests.bot.samples.said import SAID_MESSAGES
from tests.bot.samples.service_notice import service_notices

NOW = datetime(2026, 11, 25, 15, 40, tzinfo=UTC)
CLOSES = datetime(2026, 12, 2, 22, 0, tzinfo=UTC)
READER = Reader(locale="en", timezone="America/Chicago", web_url="http://testserver")
HOSTILE = '<script>alert("x")</script> & <b>bold</b> <!channel> <@U0AB>'


def number(n: int) -> UUID:
    """A fixed id for an example."""
    return UUID(int=(0xE0 << 120) + (4 << 76) + (8 << 60) + n)


WAVE, OTHER_WAVE, ITEM, NEWS, DRAFT, DELIVERY = (number(n) for n in range(1, 7))
SERIES = number(77)

WIFI = Scale(
    key="wifi",
    prompt=text("How well does the Wi-Fi in your classroom work?"),
    labels={1: text("Hardly ever"), 5: text("Always")},
)
BLOCKER = SingleChoice(
    key="blocker",
    prompt=text("What got in your way most this week?"),
    choices=tuple(
        Choice(key=key, label=text(label))
        for key, label in (
            ("wifi", "Wi-Fi that drops"),
            ("devices", "Devices that are broken or missing"),
            ("signin", "Signing in"),
            ("nothing", "Nothing"),
        )
    ),
    hint=text("Choose the one that cost you the most time."),
)
TOOLS = SeveralChoice(
    key="tools",
    prompt=text("Which of these did you use with students?"),
    choices=tuple(
        Choice(key=key, label=text(label))
        for key, label in (
            ("lms", "The learning management system"),
            ("video", "Video meetings"),
            ("docs", "Cloud documents"),
        )
    ),
    at_most=2,
    required=False,
)
PRIORITIES = Ranking(
    key="priorities",
    prompt=text("What should the district do first?"),
    choices=tuple(
        Choice(key=key, label=text(label))
        for key, label in (
            ("coverage", "Wi-Fi in every classroom"),
            ("repairs", "Faster repairs of student devices"),
            ("training", "Time to practise with new tools"),
            ("signin", "One sign-in for everything"),
        )
    ),
)
MINUTES = Number(
    key="minutes",
    prompt=text("How many minutes a day do you lose to technology that does not work?"),
    minimum=0,
    maximum=480,
    unit=text("minutes"),
)
WISH = FreeText(key="wish", prompt=text("What would you change first?"), longest=500)

PULSE = Survey(
    key="pulse",
    title=text("Weekly technology pulse", es="Pulso semanal de tecnología"),
    asked_by=text("Computing Services"),
    purpose=text("To find out where technology gets in your way, so that it can be mended."),
    pages=(Page(questions=(WIFI, BLOCKER)), Page(questions=(TOOLS, PRIORITIES, MINUTES, WISH))),
    minutes=2,
    thanks=text("The committee for networks reads the results on Friday."),
)
PAGE_ONE = QuestionPage(
    wave_id=WAVE,
    title=PULSE.title,
    page=0,
    pages=2,
    questions=PULSE.pages[0].questions,
    closes_at=CLOSES,
    promise=Promise(comments=True),
)
PAGE_TWO = replace(PAGE_ONE, page=1, questions=PULSE.pages[1].questions)
WRONG = replace(
    PAGE_TWO,
    given={"tools": ("docs",), "minutes": 20.0},
    raw={
        "tools": ("lms", "video", "docs"),
        "priorities": ("coverage", "", "coverage"),
        "minutes": "a lot",
        "wish": HOSTILE,
    },
    unfit={
        "tools": Unfit(why="Choose up to {n}.", values={"n": 2}),
        "priorities": Unfit(why="Choose a different one for each place."),
        "minutes": Unfit(
            why="Enter a number from {low} to {high}.", values={"low": 0, "high": 480}
        ),
    },
)

CHANGE = Change(
    title=text("Sign in once for all learning tools"),
    what=text("From January, one sign-in opens every learning tool.\nThe old pages close."),
    why=text("Teachers told us that signing in eats ten minutes of a lesson."),
    when=text("Monday, January 11, before school"),
    who=text("All teachers, and staff who teach"),
    action=text("Sign in once on a district device before January 11."),
    learn=text("A three-minute film shows it:"),
    learn_url="https://learning.example.org/sign-in?from=notice&lang=en",
    ask=text("Help desk, 402-555-0100"),
)
ANNOUNCEMENT = Announcement(
    id=NEWS,
    change=CHANGE,
    audience=Audience(roles=frozenset({Role.TEACHER}), levels=frozenset({Level.MIDDLE})),
    written_by=None,
    state=AnnouncementState.SENDING,
    sent_at=NOW - timedelta(minutes=4),
)
UNSENT = replace(ANNOUNCEMENT, id=DRAFT, state=AnnouncementState.DRAFT, sent_at=None)
TALLY = Tally(
    people=6312,
    queued=1200,
    sent=5080,
    unknown=4,
    failed=2,
    unreachable=26,
    acknowledged=2210,
    expected_end=NOW + timedelta(minutes=19),
)
REACH = Reach(
    people=6312,
    by_platform=(("slack", 4100), ("teams", 2000), ("web", 212)),
    waiting=26,
    waiting_by=(("teams", 26),),
    seconds=1380,
    held=Held(people=5912, until=CLOSES),
)

NOTICE = Notice(announcement_id=NEWS, change=CHANGE, sender="Dana Whitfield", acknowledge=True)
BRIEF = Brief(
    item_id=ITEM,
    queue="network",
    queue_name="Network and Infrastructure",
    redacted=f"The Wi-Fi in [room] drops every day after lunch.\n{HOSTILE}",
    byline=Byline(role=Role.TEACHER, level=Level.MIDDLE),
    tone=Tone.NEGATIVE,
    urgency=None,
    confidence=0.83,
    likely=(
        Likely(committee="network", probability=0.83),
        Likely(committee="device-learning", probability=0.11),
        Likely(committee="connected-classrooms", probability=0.03),
    ),
    names={
        "network": "Network and Infrastructure",
        "device-learning": "Device Assisted Learning and Instruction",
        "connected-classrooms": "Connected Classrooms",
    },
    state=ItemState.NEW,
    received_at=NOW - timedelta(hours=3),
    due_at=NOW + timedelta(days=30),
)
ASIDE = Aside(until=date(2026, 11, 2), why=HOSTILE)
"""Put aside by its committee."""

ANSWERED_BRIEF = replace(
    BRIEF,
    item_id=number(20),
    byline=Byline(name="Maria Lopez"),
    tone=Tone.POSITIVE,
    state=ItemState.ANSWERED,
    redacted="The new access points in our wing are much better. Thank you.",
    answer="Good to hear. The east wing follows in January.",
    answered_by="Ben Okafor",
    history=(("Triage", "Network and Infrastructure", "It is about access points."),),
    can_answer=False,
)
CONTACTS = {
    "help-desk": "402-555-0100",
    "human-resources": "Office of Human Resources, 402-555-0110",
    "title-ix": "title.ix@example.org",
}


def share(key: str, label: str, count: int, n: int) -> Share:
    part = count / n
    return Share(
        key=key,
        label=text(label),
        count=count,
        share=part,
        low=max(part - 0.03, 0),
        high=min(part + 0.03, 1),
    )


CHOICES = ShareResult(
    question="blocker",
    prompt=BLOCKER.prompt,
    n=1205,
    shares=(
        share(
            "devices", "Devices that are broken, missing or were never handed out at all", 301, 1204
        ),
        share("wifi", "Wi-Fi that drops", 746, 1204),
        share("signin", "Signing in", 120, 1204),
        share("nothing", "Nothing", 37, 1204),
    ),
)
SCALED = ShareResult(
    question="wifi",
    prompt=WIFI.prompt,
    n=1205,
    mean=3.42,
    mean_low=3.33,
    mean_high=3.51,
    scale=True,
    shares=(
        share("1", "1 Hardly ever", 96, 1204),
        share("2", "2", 181, 1204),
        share("3", "3", 265, 1204),
        share("4", "4", 421, 1204),
        share("5", "5 Always", 241, 1204),
    ),
)
CODED = ShareResult(
    question="blocker",
    prompt=BLOCKER.prompt,
    n=30,
    shares=(
        Share(key="wifi", label=text("Wi-Fi that drops"), count=None, share=None, coded=">"),
        Share(key="signin", label=text("Signing in"), count=None, share=None, coded="<"),
    ),
)
BANDS = ShareResult(
    question="wifi",
    prompt=WIFI.prompt,
    n=30,
    scale=True,
    shares=(
        Share(key="low", label=text("1–2"), count=None, share=None, coded="<"),
        Share(key="middle", label=text("3"), count=None, share=None),
        Share(key="high", label=text("4–5"), count=None, share=0.62, low=0.47, high=0.75),
    ),
)
"""A scale of a group: a side, a dash and a figure."""
RANKED = RankingResult(
    question="priorities",
    prompt=PRIORITIES.prompt,
    n=1180,
    ranked=(
        RankedChoice(
            key="coverage",
            label=text("Wi-Fi in every classroom"),
            points=0.71,
            low=0.68,
            high=0.74,
            firsts=None,
        ),
        RankedChoice(
            key="repairs",
            label=text("Faster repairs of student devices"),
            points=0.52,
            low=0.49,
            high=0.55,
            firsts=None,
        ),
        RankedChoice(
            key="training",
            label=text("Time to practise with new tools"),
            points=0.5,
            low=0.47,
            high=0.53,
            firsts=None,
        ),
        RankedChoice(
            key="signin",
            label=text("One sign-in for everything"),
            points=0.21,
            low=0.18,
            high=0.24,
            firsts=None,
        ),
    ),
)
LOST = NumberResult(
    question="minutes",
    prompt=MINUTES.prompt,
    n=1150,
    mean=17.26,
    median=12,
    unit=text("minutes"),
)
"""As numbers were told before counts had noise."""
COMMENTS = CommentsResult(
    question="wish",
    prompt=WISH.prompt,
    n=42,
    comments=("More outlets, please.", f"Less signing in.\n{HOSTILE}"),
)
NOT_SHOWN = Withheld(question="wish", prompt=WISH.prompt, least=10, live=True)
RESULTS = WaveResults(
    wave_id=WAVE,
    title=PULSE.title,
    final=False,
    noisy=True,
    asked=6312,
    answered=1205,
    as_of=NOW,
    buildings={"northside": "Northside Elementary School"},
    tables=(
        Table(
            plan=PlannedTable(),
            cells=(Cell(group=(), n=1205, questions=(SCALED, CHOICES, RANKED, LOST, COMMENTS)),),
        ),
        Table(
            plan=PlannedTable(by=(Dimension.LEVEL,)),
            cells=(
                Cell(group=(("level", "middle"),), n=30, questions=(BANDS, CODED, NOT_SHOWN)),
                Cell(group=(("level", "high"),), n=None, questions=()),
            ),
        ),
        Table(
            plan=PlannedTable(by=(Dimension.BUILDING,)),
            cells=(
                Cell(group=(("building", "unnamed"),), n=None, questions=()),
                Cell(group=(("building", "northside"),), n=25, questions=(BANDS,)),
            ),
        ),
    ),
)
FINAL = replace(
    RESULTS,
    final=True,
    rates=Rates(
        asked=6312,
        answered=1205,
        response_rate_2=1205 / 6312,
        groups=(
            GroupRate(group=(("level", "elementary"),), asked=3100, share=0.31),
            GroupRate(group=(("level", "middle"),), asked=61, share=0.508),
            GroupRate(group=(("level", "high"),), asked=44),
            GroupRate(group=(("level", "district"),), asked=40, coded=">90%"),
            GroupRate(group=(("building", "northside"),), asked=52, share=0.48),
        ),
    ),
    make_up=(
        MakeUp(
            by=Dimension.LEVEL,
            rows=(
                MakeUpRow(
                    value="elementary",
                    asked=3100,
                    asked_share=0.49,
                    answered=961,
                    answered_share=0.8,
                ),
                MakeUpRow(
                    value="high", asked=44, asked_share=0.01, answered=None, answered_share=None
                ),
            ),
        ),
    ),
    comparisons=(
        Comparison(
            question="wifi",
            prompt=WIFI.prompt,
            lower=(("level", "high"),),
            higher=(("level", "middle"),),
            low=0.34,
            high=0.62,
            p=0.002,
            test=ComparedBy.PROPORTIONS,
            at_least=4,
        ),
        Comparison(
            question="tools",
            prompt=Text(default="Which tools do you use?"),
            lower=(("level", "middle"),),
            higher=(),
            low=0.31,
            high=0.52,
            p=0.03,
            test=ComparedBy.PROPORTIONS,
            item="lms",
            label=Text(default=f"Learning platform {HOSTILE}"),
        ),
    ),
    compared=12,
    weighted=(
        Weighted(
            question="wifi",
            prompt=WIFI.prompt,
            by=(Dimension.ROLE, Dimension.LEVEL),
            n=1204,
            shares=(
                WeightedShare(
                    key="1",
                    label=Text(default="Very badly"),
                    unweighted=0.1,
                    weighted=0.12,
                    effective=988.4,
                ),
            ),
            mean=3.61,
            weighted_mean=3.52,
        ),
    ),
    trends=(
        Trend(
            question="wifi",
            prompt=WIFI.prompt,
            group=(),
            points=(
                TrendPoint(wave_id=OTHER_WAVE, as_of=NOW - timedelta(days=200), n=900, value=3.1),
                TrendPoint(wave_id=OTHER_WAVE, as_of=NOW - timedelta(days=100), n=None, value=None),
                TrendPoint(wave_id=OTHER_WAVE, as_of=NOW - timedelta(days=50), n=1100, value=3.4),
                TrendPoint(wave_id=WAVE, as_of=NOW, n=1204, value=3.6),
            ),
            change=0.2,
            low=-0.04,
            high=0.44,
            kind=Unit.MEAN,
            lowest=1,
            highest=5,
        ),
        Trend(
            question="blocker",
            prompt=Text(default="What got in your way most this week?"),
            group=(),
            item="wifi",
            label=Text(default="Wi-Fi that drops"),
            points=(
                TrendPoint(wave_id=OTHER_WAVE, as_of=NOW - timedelta(days=100), n=900, value=0.5),
                TrendPoint(
                    wave_id=WAVE, as_of=NOW, n=1204, value=0.38, broken=(Break.WORDING, Break.GOAL)
                ),
            ),
        ),
        Trend(
            question="blocker",
            prompt=Text(default="What got in your way most this week?"),
            group=(),
            item="signin",
            label=Text(default="Signing in"),
            points=(
                TrendPoint(wave_id=OTHER_WAVE, as_of=NOW - timedelta(days=100), n=900, value=0.2),
                TrendPoint(wave_id=WAVE, as_of=NOW, n=1204, value=0.14),
            ),
            change=-0.06,
            low=-0.09,
            high=-0.03,
        ),
    ),
)
"""A closed survey with everything that can stand beside its tables."""
OLD = replace(
    FINAL,
    noisy=False,
    rates=Rates(
        asked=6312,
        answered=1204,
        response_rate_1=1204 / 6312,
        response_rate_2=1260 / 6312,
        cooperation_rate_1=0.31,
        partial=56,
        declined=97,
        not_reached=212,
        left=None,
    ),
)
"""One that was released before counts had noise."""
NO_RESULTS = replace(RESULTS, wave_id=OTHER_WAVE, asked=None, answered=None, tables=())

INVITATION = Invitation(
    wave_id=WAVE,
    title=PULSE.title,
    asked_by=PULSE.asked_by,
    purpose=PULSE.purpose,
    question_count=6,
    minutes=2,
    closes_at=CLOSES,
    promise=Promise(comments=True),
)
ANSWERED = Answered(
    wave_id=WAVE, title=PULSE.title, closes_at=CLOSES, changed=False, thanks=PULSE.thanks
)
TOLD = Told(
    item_id=ITEM,
    news=News.ANSWERED,
    said=f"The Wi-Fi in [room] drops every day. {HOSTILE}",
    received_at=NOW - timedelta(days=3),
    committee="Network and Infrastructure",
    answer="We found the access point. It is replaced on Thursday.\nThank you for telling us.",
    answered_by="Ben Okafor",
)
DRAFTED = AnnouncementDrafted(
    announcement=UNSENT,
    sender="Dana Whitfield",
    reach=REACH,
    notice=Notice(
        announcement_id=DRAFT, change=UNSENT.change, sender="Dana Whitfield", acknowledge=True
    ),
    calendar=Calendar(
        holidays=(Holiday(name="Thanksgiving", first=date(2026, 11, 26), last=date(2026, 11, 27)),)
    ),
    ahead=(
        GoingOut(title=Text(default=f"New printers {HOSTILE}"), at=NOW + timedelta(days=6)),
        GoingOut(title=PULSE.title, at=NOW + timedelta(days=7), survey=True),
    ),
)
FORM = announcement_form(
    DRAFT,
    words={"title": CHANGE.title.default, "what": CHANGE.what.default},
    audience=UNSENT.audience,
)
WRITTEN = AnnouncementWritten(
    saved=UNSENT,
    draft=UNSENT,
    reach=REACH,
    choices=AudienceChoices(),
    language="en",
    words=words_of(UNSENT.change),
    notice=DRAFTED.notice,
)
PROGRESS = Progress(announcement=ANNOUNCEMENT, tally=TALLY)
PULSE_WAVE = Wave(
    id=WAVE,
    survey=PULSE,
    audience=Audience(),
    opens_at=NOW,
    closes_at=CLOSES,
    reminders=(NOW + timedelta(days=2),),
    state=WaveState.OPEN,
)
ASKING = WaveProgress(
    wave=PULSE_WAVE,
    tally=replace(TALLY, acknowledged=0),
    stopped_at=None,
    reminders=PULSE_WAVE.reminders,
    seconds=1380,
)

REACH = PanelReach(audience=7000, people=6312, spared=688, limit=AskingLimit())
CONCLUSIONS = Conclusions(
    wave_id=WAVE,
    title=PULSE.title,
    version=1,
    heard=Text(default=f"The Wi-Fi drops where classes are held. {HOSTILE}"),
    steps=(
        Step(what=Text(default="New access points in 12 schools"), by=Text(default="March 1")),
        Step(what=Text(default=f"One sign-in {HOSTILE}"), by=Text(default="the new school year")),
    ),
    not_done=Text(default="No new devices this year: the budget is spent."),
    published_at=NOW,
)

FIGURES = ("how-often", "platform", "hours", "next", "recommend")
HEARD_FIGURES = tuple(
    one
    for one in platform_results().tables[0].cells[0].questions
    if asked_key(one.question) in FIGURES and not isinstance(one, CommentsResult)
)

CONCLUSIONS_TOLD = replace(CONCLUSIONS, figures=FIGURES, told=HEARD_FIGURES, as_of=NOW)

MESSAGES: dict[str, Message] = {
    "conclusions": CONCLUSIONS,
    "conclusions_figures": CONCLUSIONS_TOLD,
    "conclusions_corrected": replace(CONCLUSIONS, version=2, steps=(), not_done=None),
    "invitation": INVITATION,
    "invitation_reminder": replace(INVITATION, reminder=1, title=Text(default=HOSTILE)),
    "results_kinds": Results(results=platform_results()),
    **page_samples(),
    **SAID_MESSAGES,
    **ACKNOWLEDGEMENT_MESSAGES,
    **LESSON_MESSAGES,
    "question_page": PAGE_ONE,
    "question_page_kinds": PAGE_TWO,
    "question_page_wrong": WRONG,
    "question_page_pairs": PAGE_OF_PAIRS,
    "answered": ANSWERED,
    "answered_changed": replace(ANSWERED, changed=True, thanks=None),
    "declined": Declined(wave_id=WAVE, title=PULSE.title, closes_at=CLOSES),
    "wave_closed_already": WaveClosedAlready(title=PULSE.title, closed_at=NOW),
    "wave_launched": WaveLaunched(
        wave_id=WAVE,
        title=PULSE.title,
        people=6312,
        opens_at=NOW,
        closes_at=CLOSES,
        held=Held(people=5912, until=CLOSES),
        reach=REACH,
    ),
    "results": Results(results=RESULTS),
    "results_withheld": Results(results=NO_RESULTS),
    "notice": NOTICE,
    "notice_read": replace(NOTICE, acknowledged_at=NOW),
    "feedback_form": FeedbackForm(item_id=number(99), contacts=CONTACTS),
    "feedback_form_wrong": FeedbackForm(
        item_id=number(99),
        text=HOSTILE,
        naming=Naming.NAMED,
        unfit={"text": Unfit(why="Please tell us a little more.")},
    ),
    "feedback_received": FeedbackReceived(item_id=ITEM, naming=Naming.WITHHELD),
    "brief": BRIEF,
    "brief_urgent": replace(BRIEF, urgency=Urgency.SECURITY, byline=Byline()),
    "brief_answered": ANSWERED_BRIEF,
    "brief_of_a_question": replace(ANSWERED_BRIEF, answers_change=CHANGE_OF_FAQ),
    "brief_triage": replace(BRIEF, queue="triage", queue_name="Triage"),
    "brief_said_by_several": replace(BRIEF, said_by=SaidBy(people=None)),
    "brief_said_by_many": replace(
        BRIEF,
        said_by=SaidBy(people=12),
        learned=True,
        history=(("Triage", "Network and Infrastructure", ""),),
    ),
    "brief_of_several_tones": replace(
        BRIEF,
        redacted="The new panels are wonderful, but the pens vanish every week.",
        aspects=(
            ("The new panels are wonderful", Tone.POSITIVE),
            ("but the pens vanish every week.", Tone.NEGATIVE),
        ),
    ),
    "brief_assigned": replace(BRIEF, assigned_to="Laura Nyberg"),
    "brief_linked": replace(BRIEF, links=LINKS, can_be_linked=True),
    "brief_of_a_rule": replace(BRIEF, proposed=SECTION, can_be_linked=True),
    "brief_in_discussion": replace(
        BRIEF,
        state=ItemState.IN_DISCUSSION,
        assigned_to="Laura Nyberg",
        chosen=True,
        steps=(
            StepLine(kind=StepKind.ACKNOWLEDGED, who="Priya Raman", at=NOW),
            StepLine(kind=StepKind.ASSIGNED, who=None, at=NOW, about="Laura Nyberg"),
            StepLine(kind=StepKind.DISCUSSED, who="Laura Nyberg", at=NOW),
        ),
    ),
    "assign_form": form(
        AssignItem(item_id=ITEM),
        forms.assigning(
            ITEM, BRIEF.redacted, (("one", HOSTILE), ("another", "Laura Nyberg")), "another"
        ),
        unfit={"to": Unfit(why="Choose someone who is on your committee.")},
    ),
    "brief_put_aside": replace(
        BRIEF,
        aside=ASIDE,
        subject=HOSTILE[:80],
        steps=(
            StepLine(kind=StepKind.PUT_ASIDE, who="Laura Nyberg", at=NOW, about="2026-11-02"),
            StepLine(kind=StepKind.BROUGHT_BACK, who=None, at=NOW),
            StepLine(kind=StepKind.SUBJECT, who="Laura Nyberg", at=NOW),
        ),
    ),
    "put_aside_form": form(
        PutAside(item_id=ITEM),
        forms.putting_aside(
            ITEM, BRIEF.redacted, until=date(2026, 10, 19), now=ASIDE, due=BRIEF.due_at
        ),
        unfit={
            "until": Unfit(
                why="Schools are closed on this day: {holiday}. Choose a school day.",
                values={"holiday": HOSTILE},
            )
        },
    ),
    "subject_form": form(
        WriteSubject(item_id=ITEM), forms.naming(ITEM, BRIEF.redacted, HOSTILE[:80])
    ),
    "told_in_discussion": replace(TOLD, news=News.IN_DISCUSSION, answer=None, answered_by=None),
    "restricted_waiting": RestrictedWaiting(item_id=ITEM, received_at=NOW),
    **CASE_MESSAGES,
    "move_form": form(
        MoveItem(item_id=ITEM, to="none", why=HOSTILE),
        forms.moving(
            ITEM,
            BRIEF.redacted,
            (("network", "Network and Infrastructure"), ("none", "Not about technology")),
        ),
        unfit={"why": Unfit(why="This is too long.")},
    ),
    "answer_form": AnswerForm(item_id=ITEM, redacted=BRIEF.redacted),
    "answer_form_with_saved": AnswerForm(
        item_id=ITEM, redacted=BRIEF.redacted, answers=((str(ITEM), HOSTILE[:80]),)
    ),
    "assign_together_form": form(
        AssignTogether(queue="network"),
        Opening(
            title=Said("Assign these messages"),
            choices={
                "items": ((str(ITEM), HOSTILE[:60]),),
                "to": (("nobody", Said("Not assigned")), ("one", "Laura Nyberg")),
            },
            values={"items": (str(ITEM),)},
            submit=Said("Assign"),
            leave="/committees/network",
        ),
    ),
    "saved_answer_form": form(
        WriteSavedAnswer(queue="network", answer_id=ITEM),
        Opening(
            title=Said("Edit this saved answer"),
            above=(Said("Your committee can choose it when you answer a message."),),
            values={"title": HOSTILE[:80], "text": HOSTILE},
            submit=Said("Save"),
            leave="/committees/network/saved-answers",
        ),
    ),
    "answer_form_of_many": AnswerForm(
        item_id=ITEM, redacted=BRIEF.redacted, said_by=SaidBy(people=12)
    ),
    "matter_form": form(
        JoinItem(item_id=ITEM), matters.joining(ITEM, BRIEF.redacted, ((number(9), HOSTILE),))
    ),
    "told": TOLD,
    "told_acknowledged": replace(TOLD, news=News.ACKNOWLEDGED, answer=None, answered_by=None),
    "told_filed": replace(TOLD, news=News.FILED, committee=None, answer=None, answered_by=None),
    "told_restricted": replace(TOLD, news=News.RESTRICTED, committee=None, contacts=CONTACTS),
    "told_student_data": replace(TOLD, news=News.STUDENT_DATA, answer=None, answered_by=None),
    "told_urgent": replace(
        TOLD,
        news=News.URGENT,
        urgency=Urgency.SAFETY,
        committee=None,
        contacts=CONTACTS,
        called=("S. Lindqvist",),
    ),
    **conversing(BRIEF, TOLD, HOSTILE),
    **CHAT,
    "announcement_form": FORM,
    "announcement_drafted": DRAFTED,
    "announcement_scheduled": AnnouncementScheduled(
        announcement_id=NEWS,
        title=CHANGE.title,
        people=6312,
        at=NOW,
        seconds=1380,
        held=Held(people=1, until=CLOSES),
    ),
    "progress": PROGRESS,
    **campaigns(ANNOUNCEMENT, TALLY, HOSTILE),
    **rules(HOSTILE),
    **changes(HOSTILE),
    **faq(HOSTILE),
    **pulses(HOSTILE),
    **alignments(HOSTILE),
    **priorities(HOSTILE),
    **learning(HOSTILE),
    **plan(HOSTILE),
    **service_notices(HOSTILE),
    **board_reports(HOSTILE),
    **practices(HOSTILE),
    **named_lists(HOSTILE),
    **goal_changes(HOSTILE),
    "refused": Refused(
        why=Unfit(
            why="“{title}” is not open yet. You will be asked when it opens.",
            values={"title": HOSTILE},
        )
    ),
    "help": Help(
        district="Lincoln Valley Public Schools",
        committees=(("network", "Network and Infrastructure"),),
        cto=True,
        contacts=CONTACTS,
    ),
    "signin_link": SignInLink(token="a.b-c_d", minutes=15),
    "done": Done(),
}
"""One example or more of every kind of message, by the name of its golden file."""

INBOX = InboxView(
    entries=(
        InboxEntry(delivery_id=number(30), at=NOW, message=INVITATION, order=Order.SURVEY),
        InboxEntry(delivery_id=number(31), at=NOW, message=NOTICE, order=Order.DUTY),
        InboxEntry(delivery_id=number(32), at=NOW - timedelta(days=1), message=TOLD),
        InboxEntry(
            delivery_id=number(33),
            at=NOW - timedelta(days=2),
            message=Results(results=RESULTS),
        ),
    ),
    items=(
        MyItem(
            item_id=ITEM,
            received_at=NOW - timedelta(days=3),
            said=f"The Wi-Fi drops every day.\n{HOSTILE}",
            state=ItemState.ANSWERED,
            queue_name="Network and Infrastructure",
            answer="We found the access point.",
        ),
        MyItem(
            item_id=number(21),
            received_at=NOW,
            said="The document camera flickers.",
            state=ItemState.RECEIVED,
            queue_name=None,
            answer=None,
        ),
        MyItem(
            item_id=number(22),
            received_at=NOW - timedelta(days=9),
            said="Four words are a lot for a cart.",
            state=ItemState.ANSWERED,
            queue_name="Information Security Office",
            answer="Carts have a card now.",
            about=Text(default="ITR 4: Passwords, 1. Passwords"),
            outcome=Unfit(why="Your comment was accepted in part."),
        ),
    ),
    queues=(("network", "Network and Infrastructure"), ("triage", "Triage")),
    cto=True,
)
EMPTY_INBOX = InboxView(entries=(), items=(), queues=(), cto=False)
SAID_FIRST = SaidToo(
    item_id=ITEM, redacted=BRIEF.redacted, byline=BRIEF.byline, received_at=BRIEF.received_at
)
MATTER = MatterView(
    queue="network",
    queue_name="Network and Infrastructure",
    first=SAID_FIRST,
    others=(replace(SAID_FIRST, item_id=number(23), byline=Byline(name="Maria Lopez")),),
    said_by=SaidBy(people=None),
    open=True,
    choices=((number(22), HOSTILE), (number(24), "The Wi-Fi in the gym drops.")),
)
GROWING = Growing(
    queue="network",
    committee="Network and Infrastructure",
    week=NOW - timedelta(days=7),
    themes=(
        Grown(theme=HOSTILE, new=True, people=9, usual=None, weeks=(*(None,) * 12, 9)),
        Grown(theme="Wi-Fi", new=False, people=31, usual=12, weeks=(*(12,) * 12, 31)),
    ),
)
TRENDS = TrendsView(queue="network", name="Network and Infrastructure", growing=GROWING)
LEARNED = CorrectionsView(
    taught=(
        Taught(
            item_id=ITEM,
            redacted=HOSTILE,
            came_from="Triage",
            went_to="Not about technology",
            at=NOW,
            by="Maria Lopez",
        ),
    )
)
BESIDE: dict[UUID, Brief] = {}
"""The items that stand in a list, as they open beside it."""


def lines(*briefs: Brief) -> tuple[DocketLine, ...]:
    """Briefs as a docket lists them."""
    BESIDE.update((one.item_id, one) for one in briefs)
    names = [one.name for one in fields(DocketLine)]
    return tuple(DocketLine(**{name: getattr(one, name) for name in names}) for one in briefs)


DOCKET = DocketView(
    queue="network",
    name="Network and Infrastructure",
    open_items=lines(
        BRIEF,
        replace(BRIEF, item_id=number(22), state=ItemState.ACKNOWLEDGED, urgency=Urgency.SECURITY),
        replace(BRIEF, item_id=number(23), aside=ASIDE, subject=HOSTILE[:80]),
    ),
    done_items=lines(ANSWERED_BRIEF),
)
_REPEAT = Repeat(rule="40 9 * * wed", begins=NOW.date())
_SERIES = Series(id=SERIES, survey=PULSE, audience=Audience(), repeat=_REPEAT, started_at=NOW)
_WEEK = timedelta(days=7)
DATES = tuple(
    SeriesDate(
        slot=(NOW + _WEEK * n).replace(tzinfo=None),
        due=NOW + _WEEK * n,
        day=(NOW + _WEEK * n).date(),
        at=None if n == 2 else NOW + _WEEK * n,
        off="Winter break" if n == 2 else "",
    )
    for n in range(1, 6)
)
_PAST = PastDate(
    id=UUID(int=78),
    series_id=SERIES,
    slot=NOW.replace(tzinfo=None),
    day=NOW.date(),
    noted_at=NOW,
    wave_id=WAVE,
)
SERIES_LINE = SeriesLine(series=_SERIES, dates=DATES, last=_PAST.left_out(Skipped.OPEN))
SERIES_VIEW = SeriesView(
    line=SERIES_LINE,
    past=(
        _PAST.left_out(Skipped.OPEN),
        _PAST,
        _PAST.left_out(Skipped.UNFIT, Unfit(why="Enter a number of groups.")),
    ),
)
SERIES_CHECKED = SeriesChecked(
    dates=DATES, reach=REACH, over_a_year=OverAYear(waves=4, each=Promise())
)
DESK = DeskView(
    surveys=(PULSE,),
    series=(SERIES_LINE,),
    waves=(
        WaveLine(
            wave=PULSE_WAVE,
            asked=6312,
            answered=1204,
            queued=312,
        ),
        WaveLine(
            wave=Wave(
                id=OTHER_WAVE,
                survey=PULSE,
                audience=Audience(levels=frozenset({Level.HIGH})),
                opens_at=NOW,
                closes_at=CLOSES,
                state=WaveState.CLOSED,
            ),
            asked=12,
            answered=None,
        ),
    ),
    announcements=(
        AnnouncementLine(announcement=ANNOUNCEMENT, tally=TALLY),
        AnnouncementLine(announcement=UNSENT, tally=replace(TALLY, people=0, sent=0)),
    ),
)


def recipient(n: int) -> Recipient:
    read = n % 3 == 0
    return Recipient(
        person=number(100 + n),
        name=f"Person Number-{n}",
        building="Maple Elementary",
        platform="slack",
        outcome=Outcome.UNREACHABLE if n == 2 else Outcome.SENT,
        why=DeliveryReason.SLACK_NOT_KNOWN if n == 2 else None,
        sent_at=NOW,
        acknowledged_at=NOW if read else None,
    )


CAMPAIGN = CampaignView(
    announcement=ANNOUNCEMENT,
    tally=TALLY,
    recipients=tuple(recipient(n) for n in range(12)),
    paging=Paging(matching=62, page=0, size=20),
    buildings=tuple(
        Count(group=f"School {n} {HOSTILE}", asked=60, done=5 * n) for n in range(1, 11)
    ),
    counts={"": 62, "unread": 41, "read": 21, "missed": 1, "sent": 61},
)

PLAN = PlanView(
    survey=PULSE,
    audience=Audience(roles=frozenset({Role.TEACHER})),
    people=1204,
    checked=LaunchChecked(reach=PanelReach(audience=1204, people=1204)),
    make_up=(((Role.TEACHER, Level.HIGH), 1201), ((Role.TEACHER, Level.DISTRICT), 3)),
    tables=(
        PlannedShowing(table=PlannedTable(), groups=1, few=0),
        PlannedShowing(table=PlannedTable(by=(Dimension.BUILDING,)), groups=41, few=9),
    ),
    promise=Promise(committees=("Network and Infrastructure",), comments=True),
    cautions=(),
    opens_at=NOW,
    closes_at=CLOSES,
    reminders=(),
    as_of=NOW,
)

LAUNCHING = LaunchView(
    survey=PULSE,
    timezone="America/Chicago",
    buildings=(
        Building(key="maple", name="Maple Elementary", level=Level.ELEMENTARY),
        Building(key="oak", name="Oak Elementary", level=Level.ELEMENTARY),
        Building(key="north", name="North High", level=Level.HIGH),
    ),
    committees=(("network", "Network and Infrastructure"), ("itt", "Tools <b>")),
    sizes={
        ("teacher", "elementary", "maple"): 41,
        ("office", "elementary", "maple"): 2,
        ("teacher", "middle", "oak"): 30,
    },
    calendar=Calendar(
        holidays=(Holiday(name="Thanksgiving", first=date(2026, 11, 26), last=date(2026, 11, 27)),)
    ),
)

CONCLUSIONS_FORM = ConclusionsForm(
    wave_id=WAVE,
    title=PULSE.title,
    people=6312,
    words={"heard": HOSTILE, "what_1": "New access points", "by_1": "March 1"},
    draft=replace(
        CONCLUSIONS, version=2, published_at=None, figures=FIGURES, told=HEARD_FIGURES, as_of=NOW
    ),
    published=CONCLUSIONS,
    choices=tuple((key, Text(default=f"Asked: {key} {HOSTILE}")) for key in FIGURES),
    figures=FIGURES[:2],
)

SAVED_ANSWERS = SavedAnswersView(
    queue="network",
    name="Network & Wireless",
    answers=(SavedAnswer(id=ITEM, queue="network", title=HOSTILE[:80], text=HOSTILE),),
)
"""What a committee keeps to answer with."""
