"""One of everything Sounding Board says, with what a hostile person might have typed into it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from core.people import Audience, Held, Level, Role
from core.text import text
from governance.announcements.model import Announcement, Change, Reach, Tally
from governance.docket import forms
from governance.docket.commands import AssignItem, MoveItem
from governance.duplicates import forms as matters
from governance.duplicates.commands import JoinItem, PartItem
from governance.duplicates.model import SaidBy
from governance.feedback.model import Byline, ItemState, Likely, Naming, Tone, Urgency
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
)
from governance.views import DocketView, View
from surveys.messages import (
    Answered,
    Declined,
    Invitation,
    PanelReach,
    QuestionPage,
    Rejected,
    Results,
    WaveClosedAlready,
    WaveLaunched,
)
from surveys.promise import Promise
from surveys.questions import (
    Choice,
    FreeText,
    Number,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Unfit,
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
from surveys.survey import PlannedTable
from surveys.waves.limiting import AskingLimit
from surveys.waves.sampling import Sample
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
from tests.bot.web.examples import CONCLUSIONS, CONCLUSIONS_FORM

WAVE = UUID("0b0f5e52-6c1e-4a51-9d55-0a4b8f1f7a01")
ITEM = UUID("1c1f5e52-6c1e-4a51-9d55-0a4b8f1f7a02")
NEWS = UUID("2d2f5e52-6c1e-4a51-9d55-0a4b8f1f7a03")
FRESH = UUID("3e3f5e52-6c1e-4a51-9d55-0a4b8f1f7a04")
AT = datetime(2026, 11, 25, 21, 40, tzinfo=UTC)
CLOSES = datetime(2026, 12, 2, 23, 0, tzinfo=UTC)
HOSTILE = "<!channel> <@U0EVERYONE> *bold* <https://evil.example|R&D> `x` @here :boom:"
LONG = "The projector in the library is dark again and nobody knows whom to call. " * 200
CONTACTS = {"help-desk": "555-0100", "human-resources": "hr@district.example"}

WIFI = Scale(
    key="wifi",
    prompt=text("How is your classroom Wi-Fi?", es="¿Cómo es el Wi-Fi de su aula?"),
    labels={1: text("Very poor", es="Muy malo"), 5: text("Very good", es="Muy bueno")},
)
DEVICE = SingleChoice(
    key="device",
    prompt=text("Which device do you use most?"),
    choices=tuple(Choice(key=k, label=text(k.title())) for k in ("laptop", "tablet", "desktop")),
    hint=text("In class, not at home."),
)
TOOLS = SeveralChoice(
    key="tools",
    prompt=text("Which of these would help?"),
    choices=tuple(Choice(key=f"tool-{n}", label=text(f"Tool {n}")) for n in range(1, 13)),
    at_most=3,
    required=False,
)
TOPICS = SeveralChoice(
    key="topics",
    prompt=text("What should we train?"),
    choices=(
        Choice(key="short", label=text("Spreadsheets")),
        Choice(key="long", label=text("Everything that has to do with " + "grading " * 12)),
    ),
)
PRIORITIES = Ranking(
    key="priorities",
    prompt=text("What matters most?"),
    choices=tuple(
        Choice(key=k, label=text(k.title())) for k in ("wi-fi", "devices", "training", "support")
    ),
)
RECOMMEND = Scale(
    key="enps",
    prompt=text("How likely are you to recommend our help desk?"),
    points=11,
    labels={1: text("Not at all"), 11: text("Surely")},
)
HOURS = Number(
    key="hours",
    prompt=text("How many hours a week?"),
    minimum=0,
    maximum=60,
    unit=text("hours"),
    required=False,
)
COMMENT = FreeText(key="comment", prompt=text("Anything else?"), longest=500)
EVERY_QUESTION: tuple[Question, ...] = (
    WIFI, DEVICE, TOOLS, TOPICS, PRIORITIES, RECOMMEND, HOURS, COMMENT,
)  # fmt: skip

CHANGE = Change(
    title=text("New Wi-Fi in all schools"),
    what=text("The network's name changes to CLASS-2026."),
    why=text("The old one cannot carry a device for everybody."),
    when=text("Monday, November 30, 6 AM"),
    who=text("Everybody with a district device"),
    action=text("Restart your device on Monday."),
    learn=text("A two-minute film"),
    learn_url="https://district.example/wifi",
    ask=text("The help desk, 555-0100"),
)
ANNOUNCEMENT = Announcement(id=NEWS, change=CHANGE, audience=Audience(), written_by=None)
TALLY = Tally(
    people=7000, queued=1200, sent=5700, unknown=3, failed=2, unreachable=95, acknowledged=3110,
    expected_end=AT,
)  # fmt: skip


def invitation(**changes: object) -> Invitation:
    whole: dict[str, object] = {
        "wave_id": WAVE,
        "title": text("Wi-Fi pulse"),
        "asked_by": text("Computing Services"),
        "purpose": text("So that we mend the slowest rooms first."),
        "question_count": 3,
        "minutes": 1,
        "closes_at": CLOSES,
        "promise": Promise(comments=True),
        **changes,
    }
    return Invitation(**whole)  # type: ignore[arg-type]


def page(**changes: object) -> QuestionPage:
    whole: dict[str, object] = {
        "wave_id": WAVE,
        "title": text("Technology priorities of the district, 2026"),
        "page": 0,
        "pages": 1,
        "questions": (WIFI, DEVICE, COMMENT),
        "closes_at": CLOSES,
        "promise": Promise(comments=True),
        **changes,
    }
    return QuestionPage(**whole)  # type: ignore[arg-type]


def brief(**changes: object) -> Brief:
    whole: dict[str, object] = {
        "item_id": ITEM,
        "queue": "connected-classrooms",
        "queue_name": "Connected Classrooms",
        "redacted": f"The Wi-Fi of [name] is slow. {HOSTILE}",
        "byline": Byline(role=Role.TEACHER, level=Level.HIGH),
        "tone": Tone.NEGATIVE,
        "urgency": None,
        "confidence": 0.82,
        "likely": (
            Likely(committee="connected-classrooms", probability=0.82),
            Likely(committee="devices", probability=0.1),
        ),
        "names": {"connected-classrooms": "Connected Classrooms", "devices": "Devices"},
        "state": ItemState.NEW,
        "received_at": AT,
        "due_at": CLOSES,
        **changes,
    }
    return Brief(**whole)  # type: ignore[arg-type]


ASSIGN = form(
    AssignItem(item_id=ITEM),
    forms.assigning(
        ITEM,
        HOSTILE,
        (("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", HOSTILE), ("another", "Laura Nyberg")),
        "another",
    ),
)


SAID = ((UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"), HOSTILE), (UUID(int=9), "No wifi at lunch"))
NOT_OPEN = {"to": Unfit(why="Choose a message that is still open.")}


def told(news: News, **changes: object) -> Told:
    whole: dict[str, object] = {
        "item_id": ITEM, "news": news, "said": HOSTILE, "received_at": AT,
        "committee": "Connected Classrooms", **changes,
    }  # fmt: skip
    return Told(**whole)  # type: ignore[arg-type]


def _results(questions: tuple[object, ...], **changes: object) -> Results:
    cell = Cell(group=(), n=1205, questions=questions)  # type: ignore[arg-type]
    whole: dict[str, object] = {
        "wave_id": WAVE, "title": text("Wi-Fi pulse"), "final": True, "asked": 1500,
        "answered": 1205, "noisy": True, "as_of": AT,
        "tables": (Table(plan=PlannedTable(), cells=(cell,)),),
        **changes,
    }  # fmt: skip
    return Results(results=WaveResults(**whole))  # type: ignore[arg-type]


RESULTS = _results(
    (
        ShareResult(
            question="wifi", prompt=text("How is your classroom Wi-Fi?"), n=1204, scale=True,
            mean=3.71,
            shares=(
                Share(key="1", label=text("Very poor"), count=458, share=0.38, low=0.35, high=0.41),
                Share(key="5", label=text("Very good"), count=746, share=0.62, low=0.59, high=0.65),
                Share(key="3", label=text(HOSTILE), count=None, share=None, coded="<"),
            ),
        ),
        RankingResult(
            question="priorities", prompt=text("What matters most?"), n=1204,
            ranked=(
                RankedChoice(key="wi-fi", label=text("Wi-Fi"), points=0.8, low=0.7, high=0.9,
                             firsts=700),
                RankedChoice(key="devices", label=text("Devices"), points=0.79, low=0.7, high=0.9,
                             firsts=400),
            ),
        ),
        NumberResult(question="hours", prompt=text("How many hours a week?"), n=1100, mean=12.34,
                     median=11, unit=text("hours")),
        CommentsResult(question="comment", prompt=text("Anything else?"), n=40,
                       comments=(HOSTILE, "Thank you.", LONG, "More")),
        Withheld(question="secret", prompt=text("And you?"), least=5),
    )
)  # fmt: skip

SAMPLES: dict[str, Message | View | Rejected] = {
    "conclusions": CONCLUSIONS,
    "conclusions_form": CONCLUSIONS_FORM,
    "invitation_one_tap": invitation(inline=(DEVICE,), question_count=1),
    "invitation_inline": invitation(inline=(WIFI, DEVICE, COMMENT)),
    "invitation_inline_every_question": invitation(inline=EVERY_QUESTION),
    "invitation_modal": invitation(question_count=12, minutes=4, promise=Promise()),
    "invitation_reminder": invitation(inline=(WIFI,), reminder=1),
    "invitation_hostile": invitation(
        title=text(HOSTILE), asked_by=text(HOSTILE), purpose=text(HOSTILE + LONG)
    ),
    "results_kinds": Results(results=platform_results()),
    **page_samples(),
    **SAID_MESSAGES,
    **ACKNOWLEDGEMENT_MESSAGES,
    **LESSON_MESSAGES,
    "question_page_first": page(pages=3),
    "question_page_given": page(
        page=1, pages=3, questions=EVERY_QUESTION,
        given={
            "wifi": 4, "device": "tablet", "tools": ("tool-1", "tool-2"), "topics": ("long",),
            "priorities": ("wi-fi", "support"), "enps": 10, "hours": 12.0, "comment": HOSTILE,
        },
    ),
    "question_page_pairs": PAGE_OF_PAIRS,
    "question_page_unfit": page(
        questions=EVERY_QUESTION,
        raw={"hours": "a lot", "comment": "kept", "priorities": ("wi-fi", "wi-fi")},
        unfit={
            "hours": Unfit(why="This is not a number."),
            "priorities": Unfit(why="Each may be chosen once."),
        },
    ),
    "rejected_with_page": Rejected(
        unfit={"wifi": Unfit(why="Please choose one.")}, page=page(raw={"comment": "kept"})
    ),
    "rejected": Rejected(unfit={"text": Unfit(why="Please say something.")}),
    "answered": Answered(wave_id=WAVE, title=text("Wi-Fi pulse"), closes_at=CLOSES, changed=False),
    "answered_changed": Answered(
        wave_id=WAVE, title=text(HOSTILE), closes_at=CLOSES, changed=True,
        thanks=text("Thank you. We start in the slowest rooms."),
    ),
    "declined": Declined(wave_id=WAVE, title=text("Wi-Fi pulse"), closes_at=CLOSES),
    "wave_closed_already": WaveClosedAlready(title=text("Wi-Fi pulse"), closed_at=CLOSES),
    "wave_launched": WaveLaunched(
        wave_id=WAVE, title=text("Wi-Fi pulse"), people=1500, opens_at=AT, closes_at=CLOSES,
        held=Held(people=1420, until=CLOSES),
        reach=PanelReach(
            audience=7000, people=1500, spared=685, about=True, limit=AskingLimit(),
            part=Sample(people=1500),
        ),
    ),
    "results": RESULTS,
    "results_live_withheld": _results(
        (Withheld(question="wifi", prompt=text("How is your Wi-Fi?"), least=350, live=True),),
        final=False, asked=7000, answered=None,
    ),
    "results_none": _results((), tables=(), asked=None, answered=None),
    "notice": Notice(announcement_id=NEWS, change=CHANGE, sender="The CTO", acknowledge=True),
    "notice_read": Notice(
        announcement_id=NEWS, change=CHANGE, sender="The CTO", acknowledge=True, acknowledged_at=AT
    ),
    "notice_long_hostile": Notice(
        announcement_id=NEWS, sender=HOSTILE, acknowledge=False,
        change=Change(
            title=text(HOSTILE + LONG), what=text(LONG), why=text(HOSTILE), when=text("Monday"),
            who=text("All"), action=text("Nothing"), learn_url="javascript:alert(1)",
        ),
    ),
    "feedback_form": FeedbackForm(contacts=CONTACTS),
    "feedback_form_unfit": FeedbackForm(
        text="typed", naming=Naming.NAMED, unfit={"text": Unfit(why="That is too long.")}
    ),
    "feedback_form_passed_on": FeedbackForm(text="The Wi-Fi drops " + HOSTILE, passed_on=True),
    "feedback_received": FeedbackReceived(item_id=ITEM, naming=Naming.WITHHELD),
    "feedback_received_named": FeedbackReceived(item_id=ITEM, naming=Naming.NAMED),
    "brief_new": brief(),
    "brief_linked": brief(links=LINKS, can_be_linked=True),
    "brief_of_a_rule": brief(proposed=SECTION, can_be_linked=True),
    "brief_assigned": brief(assigned_to="Laura Nyberg <@U1> & Sons"),
    "brief_acknowledged": brief(state=ItemState.ACKNOWLEDGED),
    "brief_in_discussion": brief(
        state=ItemState.IN_DISCUSSION, assigned_to="Laura Nyberg", chosen=True
    ),
    "assign_form": ASSIGN,
    "join_form": form(
        JoinItem(item_id=ITEM), matters.joining(ITEM, HOSTILE, SAID), unfit=NOT_OPEN
    ),
    "part_form": form(
        PartItem(item_id=ITEM), matters.parting(ITEM, HOSTILE, SAID), unfit=NOT_OPEN
    ),
    "answer_form_of_many": AnswerForm(
        item_id=ITEM, redacted=HOSTILE, said_by=SaidBy(people=12)
    ),
    "brief_said_by_several": brief(said_by=SaidBy(people=None)),
    "brief_said_by_many": brief(
        said_by=SaidBy(people=12), learned=True, history=(("Triage", "Devices", ""),)
    ),
    "brief_triage": brief(queue="triage", queue_name="Triage", confidence=0.41),
    "brief_answered": brief(
        state=ItemState.ANSWERED, answer=HOSTILE, answered_by="P. Chair", can_answer=False
    ),
    "brief_of_a_question": brief(
        state=ItemState.ANSWERED,
        answer="Yes.",
        answered_by="P. Chair",
        can_answer=False,
        answers_change=CHANGE_OF_FAQ,
    ),
    "brief_moved_urgent_long": brief(
        redacted=LONG, urgency=Urgency.SECURITY, can_answer=False, due_at=None,
        byline=Byline(name=HOSTILE),
        history=(("Triage", "Devices", "Not ours"), ("Devices", "Triage", HOSTILE)),
    ),
    "brief_filed": brief(state=ItemState.FILED, can_answer=False, byline=Byline()),
    "restricted_waiting": RestrictedWaiting(item_id=ITEM, received_at=AT),
    **CASE_MESSAGES,
    "move_form": form(
        MoveItem(item_id=ITEM, to="triage", why="Not ours"),
        forms.moving(
            ITEM,
            HOSTILE,
            (("devices", "Devices"), ("triage", "Triage"), ("none", "Not about technology")),
        ),
    ),
    "move_form_many": form(
        MoveItem(item_id=ITEM),
        forms.moving(ITEM, LONG, tuple((f"c-{n}", f"C {n}") for n in range(130))),
    ),
    "answer_form": AnswerForm(item_id=ITEM, redacted=HOSTILE, text="We will mend it."),
    "told_acknowledged": told(News.ACKNOWLEDGED),
    "told_answered": told(News.ANSWERED, answer=LONG, answered_by="P. Chair"),
    "told_filed": told(News.FILED),
    "told_restricted": told(News.RESTRICTED, contacts=CONTACTS),
    "told_student_data": told(News.STUDENT_DATA),
    "told_urgent": told(
        News.URGENT, urgency=Urgency.SAFETY, contacts=CONTACTS, called=("S. Lindqvist",)
    ),
    **conversing(brief(), told(News.ASKED), HOSTILE),
    **CHAT,
    "announcement_form": announcement_form(NEWS),
    "announcement_form_filled": announcement_form(
        NEWS,
        words={"title": HOSTILE, "what": "It changes", "learn_url": "https://district.example"},
        audience=Audience(levels=frozenset({Level.HIGH}), roles=frozenset({Role.TEACHER})),
        unfit={"why": Unfit(why="Please say why.")},
    ),
    "announcement_drafted": AnnouncementDrafted(
        announcement=ANNOUNCEMENT, sender="The CTO",
        reach=Reach(
            people=7000, by_platform=(("slack", 4000), ("teams", 2500), ("web", 500)), waiting=12,
            waiting_by=(("slack", 12),),
            seconds=1380, held=Held(people=5912, until=CLOSES),
        ),
    ),
    "announcement_scheduled": AnnouncementScheduled(
        announcement_id=NEWS, title=CHANGE.title, people=7000, at=CLOSES, seconds=1380
    ),
    "announcement_sending": AnnouncementScheduled(
        announcement_id=NEWS, title=text(HOSTILE), people=1, at=None, seconds=3,
        held=Held(people=1, until=CLOSES),
    ),
    "progress": Progress(announcement=ANNOUNCEMENT, tally=TALLY),
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
    **campaigns(ANNOUNCEMENT, TALLY, HOSTILE),
    "refused": Refused(
        why=Unfit(why="Only the {office} may do this.", values={"office": "CTO's office"})
    ),
    "help": Help(district="Example district", contacts=CONTACTS),
    "help_cto": Help(
        district=HOSTILE, committees=(("a", "Connected Classrooms"), ("b", HOSTILE)), cto=True
    ),
    "signin_link": SignInLink(token="a.b-c_d", minutes=15),
    "signin_account": SignInLink(token=None, minutes=0),
    "done": Done(),
    "docket_view": DocketView(queue="devices", name="Devices", open_items=(), done_items=()),
}  # fmt: skip
