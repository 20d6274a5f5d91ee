"""One message of every kind, in its variants, for the golden files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from core.people import Audience, Held, Level, Role
from core.text import text
from governance.announcements.model import Announcement, AnnouncementState, Change, Reach, Tally
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
from governance.views import DeskView, View
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
from surveys.survey import Dimension, PlannedTable
from surveys.waves.limiting import AskingLimit
from surveys.waves.sampling import Rotation
from tests.bot.samples.acknowledgement import ACKNOWLEDGEMENT_MESSAGES
from tests.bot.samples.alignment import alignments
from tests.bot.samples.board_report import board_reports
from tests.bot.samples.campaign import campaigns
from tests.bot.samples.case import CASE_MESSAGES
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

WAVE = UUID("11111111-1111-4111-8111-111111111111")
ITEM = UUID("22222222-2222-4222-8222-222222222222")
NEWS = UUID("33333333-3333-4333-8333-333333333333")
AT = datetime(2026, 11, 25, 21, 40, tzinfo=UTC)
LATER = datetime(2026, 12, 2, 23, 0, tzinfo=UTC)

MEAN = "<at>Everyone</at> **now**: [click](https://evil.example) {{DATE(2026-01-01T00:00:00Z)}}"
"""What somebody might type to make the bot say something of its own."""

QUESTIONS: tuple[Question, ...] = (
    SingleChoice(
        key="device",
        prompt=text("Which device do you teach with most?"),
        choices=(
            Choice(key="laptop", label=text("Laptop")),
            Choice(key="tablet", label=text("Tablet")),
        ),
        hint=text("The one you would miss first."),
    ),
    SeveralChoice(
        key="rooms",
        prompt=text("Where does the Wi-Fi fail you?"),
        choices=(
            Choice(key="class", label=text("Classroom")),
            Choice(key="gym", label=text("Gym")),
            Choice(key="library", label=text("Library")),
        ),
        at_most=2,
        required=False,
    ),
    Scale(
        key="wifi",
        prompt=text("How reliable is it?"),
        labels={1: text("Never works"), 5: text("Always works")},
    ),
    Scale(
        key="recommend",
        prompt=text("Would you recommend it?"),
        points=11,
        labels={1: text("No"), 11: text("Yes")},
        required=False,
    ),
    Ranking(
        key="next",
        prompt=text("What should we do next?"),
        choices=(
            Choice(key="wifi", label=text("Better Wi-Fi")),
            Choice(key="training", label=text("More training")),
            Choice(key="devices", label=text("Newer devices")),
        ),
        top=2,
    ),
    Number(
        key="hours",
        prompt=text("How long did you wait for help last week?"),
        minimum=0,
        maximum=40,
        unit=text("hours"),
    ),
    FreeText(key="more", prompt=text("Anything else?"), longest=500),
)

INVITATION = Invitation(
    wave_id=WAVE,
    title=text("How is your classroom Wi-Fi?", es="¿Cómo está el Wi-Fi de su aula?"),
    asked_by=text("Computing Services"),
    purpose=text("We decide in January which schools get new access points first."),
    question_count=7,
    minutes=3,
    closes_at=LATER,
    promise=Promise(comments=True),
)

PAGE = QuestionPage(
    wave_id=WAVE,
    title=text("How is your classroom Wi-Fi?"),
    page=0,
    pages=2,
    questions=QUESTIONS,
    closes_at=LATER,
    promise=Promise(comments=True),
)

BRIEF = Brief(
    item_id=ITEM,
    queue="connected-classrooms",
    queue_name="Connected Classrooms",
    redacted="The projector in [room] has been dead since Monday.\nNobody answers at [phone].",
    byline=Byline(role=Role.TEACHER, level=Level.MIDDLE),
    tone=Tone.NEGATIVE,
    urgency=None,
    confidence=0.83,
    likely=(Likely(committee="connected-classrooms", probability=0.83),),
    names={"connected-classrooms": "Connected Classrooms", "security": "Security"},
    state=ItemState.NEW,
    received_at=AT,
    due_at=LATER,
)

CHANGE = Change(
    title=text("Two-step sign-in for everyone"),
    what=text("You confirm each sign-in on your phone."),
    why=text("Stolen passwords opened nine accounts this year."),
    when=text("From Monday, December 7."),
    who=text("All staff with a district account."),
    action=text("Set up the app before December 4."),
    learn=text("Twenty-minute sessions in every building."),
    learn_url="https://learn.district.example.org/two-step",
    ask=text("The help desk, extension 4357."),
)

ANNOUNCEMENT = Announcement(
    id=NEWS,
    change=CHANGE,
    audience=Audience(),
    written_by=None,
    state=AnnouncementState.SENDING,
)

TOLD = Told(item_id=ITEM, news=News.ACKNOWLEDGED, said="The projector is dead.", received_at=AT)

_WIFI = ShareResult(
    question="wifi",
    prompt=text("How reliable is it?"),
    n=1204,
    shares=(
        Share(key="1", label=text("Never works"), count=120, share=0.1),
        Share(key="5", label=text("Always works"), count=746, share=0.62),
        Share(key="3", label=text("So so"), count=None, share=None, coded=">"),
    ),
    mean=3.84,
    scale=True,
)
_NEXT = RankingResult(
    question="next",
    prompt=text("What should we do next?"),
    n=1204,
    ranked=(
        RankedChoice(
            key="wifi",
            label=text("Better Wi-Fi"),
            points=0.71,
            low=0.68,
            high=0.74,
            firsts=600,
        ),
        RankedChoice(
            key="training", label=text("More training"), points=0.7, low=0.6, high=0.8, firsts=500
        ),
    ),
)

RESULTS = WaveResults(
    wave_id=WAVE,
    title=text("How is your classroom Wi-Fi?"),
    final=True,
    noisy=True,
    asked=1500,
    answered=1205,
    as_of=AT,
    tables=(
        Table(
            plan=PlannedTable(),
            cells=(
                Cell(
                    group=(),
                    n=1204,
                    questions=(
                        _WIFI,
                        _NEXT,
                        NumberResult(
                            question="hours",
                            prompt=text("How long did you wait?"),
                            n=1100,
                            mean=2.25,
                            median=1,
                            unit=text("hours"),
                        ),
                        CommentsResult(
                            question="more",
                            prompt=text("Anything else?"),
                            n=12,
                            comments=("Thank you.", MEAN),
                        ),
                    ),
                ),
            ),
        ),
        Table(
            plan=PlannedTable(by=(Dimension.LEVEL,)),
            cells=(
                Cell(
                    group=(("level", "middle"),),
                    n=None,
                    questions=(
                        Withheld(question="wifi", prompt=text("How reliable is it?"), least=5),
                    ),
                ),
            ),
        ),
    ),
)

_UNFIT = {
    "rooms": Unfit(why="Choose at most {most}.", values={"most": 2}),
    "hours": Unfit(why="Please give a number."),
}

TALLY = Tally(
    people=7000,
    queued=2000,
    sent=4900,
    unknown=3,
    failed=1,
    unreachable=96,
    acknowledged=1200,
    expected_end=LATER,
)

MESSAGES: Mapping[str, Message | View | Rejected] = {
    "conclusions": CONCLUSIONS,
    "conclusions-form": CONCLUSIONS_FORM,
    "invitation": INVITATION,
    "invitation-inline": replace(
        INVITATION, question_count=2, minutes=1, inline=QUESTIONS[2:3], promise=Promise()
    ),
    "invitation-reminder": replace(INVITATION, reminder=1),
    "results-kinds": Results(results=platform_results()),
    **{name.replace("_", "-"): page for name, page in page_samples().items()},
    **{name.replace("_", "-"): said for name, said in SAID_MESSAGES.items()},
    **{name.replace("_", "-"): said for name, said in ACKNOWLEDGEMENT_MESSAGES.items()},
    **{name.replace("_", "-"): said for name, said in LESSON_MESSAGES.items()},
    "question-page": PAGE,
    "question-page-pairs": PAGE_OF_PAIRS,
    "question-page-given": replace(
        PAGE,
        page=1,
        given={
            "device": "tablet",
            "rooms": ("gym", "library"),
            "wifi": 4,
            "next": ("training", "wifi"),
            "hours": 3.0,
            "more": MEAN,
        },
    ),
    "question-page-rejected": Rejected(
        unfit=_UNFIT,
        page=replace(
            PAGE,
            raw={
                "device": "laptop",
                "rooms": ("class", "gym", "library"),
                "next": ("", "wifi"),
                "hours": "many",
                "more": "Kept.",
            },
            unfit=_UNFIT,
        ),
    ),
    "rejected-without-form": Rejected(unfit={"at": Unfit(why="Enter a day and a time.")}),
    "answered": Answered(
        wave_id=WAVE, title=INVITATION.title, closes_at=LATER, changed=False, thanks=text("Noted.")
    ),
    "answered-changed": Answered(
        wave_id=WAVE, title=INVITATION.title, closes_at=LATER, changed=True
    ),
    "declined": Declined(wave_id=WAVE, title=INVITATION.title, closes_at=LATER),
    "wave-closed": WaveClosedAlready(title=INVITATION.title, closed_at=AT),
    "wave-launched": WaveLaunched(
        wave_id=WAVE,
        title=INVITATION.title,
        people=1750,
        opens_at=AT,
        closes_at=LATER,
        held=Held(people=1642, until=LATER),
        reach=PanelReach(
            audience=7000,
            people=1750,
            spared=0,
            about=True,
            limit=AskingLimit(),
            part=Rotation(groups=4, turn=1),
        ),
    ),
    "results": Results(results=RESULTS),
    "results-so-far": Results(
        results=replace(RESULTS, final=False, asked=7000, answered=None, tables=RESULTS.tables[1:])
    ),
    "notice": Notice(
        announcement_id=NEWS, change=CHANGE, sender="Chief Technology Officer", acknowledge=True
    ),
    "notice-read": Notice(
        announcement_id=NEWS,
        change=replace(CHANGE, learn=None, learn_url=None, ask=None),
        sender="Chief Technology Officer",
        acknowledge=True,
        acknowledged_at=AT,
    ),
    "feedback-form": FeedbackForm(contacts={"help-desk": "extension 4357"}),
    "feedback-form-rejected": FeedbackForm(
        text=MEAN, naming=Naming.NAMED, unfit={"text": Unfit(why="Please say a little more.")}
    ),
    "feedback-received": FeedbackReceived(item_id=ITEM, naming=Naming.WITHHELD),
    "feedback-received-named": FeedbackReceived(item_id=ITEM, naming=Naming.NAMED),
    "brief": BRIEF,
    "brief-linked": replace(BRIEF, links=LINKS, can_be_linked=True),
    "brief-of-a-rule": replace(BRIEF, proposed=SECTION, can_be_linked=True),
    "brief-assigned": replace(BRIEF, assigned_to="Laura Nyberg"),
    "brief-in-discussion": replace(
        BRIEF, state=ItemState.IN_DISCUSSION, assigned_to="Laura Nyberg", chosen=True
    ),
    "assign-form": form(
        AssignItem(item_id=ITEM),
        forms.assigning(
            ITEM,
            BRIEF.redacted,
            (("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", MEAN), ("another", "Laura Nyberg")),
            "",
        ),
        unfit={"to": Unfit(why="Choose someone who is on your committee.")},
    ),
    "join-form": form(
        JoinItem(item_id=ITEM),
        matters.joining(
            ITEM,
            BRIEF.redacted,
            (
                (UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"), MEAN),
                (UUID(int=9), "No wifi at lunch"),
            ),
        ),
        unfit={"to": Unfit(why="Choose a message that is still open.")},
    ),
    "part-form": form(
        PartItem(item_id=ITEM),
        matters.parting(
            ITEM, BRIEF.redacted, ((UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"), MEAN),)
        ),
    ),
    "brief-said-by-many": replace(
        BRIEF,
        said_by=SaidBy(people=12),
        learned=True,
        history=(("Triage", "Connected Classrooms", ""),),
    ),
    "brief-triage": replace(
        BRIEF,
        queue="triage",
        queue_name="Triage",
        confidence=0.4,
        likely=(
            Likely(committee="connected-classrooms", probability=0.4),
            Likely(committee="security", probability=0.35),
        ),
    ),
    "brief-triage-whole": replace(
        BRIEF,
        queue="triage",
        queue_name="Triage",
        said_by=SaidBy(people=7),
        state=ItemState.NEW,
        likely=(
            Likely(committee="connected-classrooms", probability=0.4),
            Likely(committee="security", probability=0.35),
            Likely(committee="network", probability=0.1),
        ),
    ),
    "brief-urgent-moved": replace(
        BRIEF,
        urgency=Urgency.SECURITY,
        redacted=MEAN,
        state=ItemState.ACKNOWLEDGED,
        history=(("Triage", "Connected Classrooms", "It is about a room."),),
    ),
    "brief-answered": replace(
        BRIEF,
        state=ItemState.ANSWERED,
        answer="A new one is coming on Friday.",
        answered_by="Dana Lee",
        can_answer=False,
    ),
    "restricted-waiting": RestrictedWaiting(item_id=ITEM, received_at=AT),
    **{key.replace("_", "-"): message for key, message in CASE_MESSAGES.items()},
    "move-form": form(
        MoveItem(item_id=ITEM),
        forms.moving(
            ITEM,
            BRIEF.redacted,
            (("security", "Security"), ("triage", "Triage"), ("none", "Not about technology")),
        ),
    ),
    "move-form-rejected": form(
        MoveItem(item_id=ITEM, to="security", why="Because"),
        forms.moving(ITEM, BRIEF.redacted, (("security", "Security"),)),
        unfit={"why": Unfit(why="Please say why.")},
    ),
    "answer-form": AnswerForm(item_id=ITEM, redacted=BRIEF.redacted),
    "answer-form-of-several": AnswerForm(
        item_id=ITEM, redacted=BRIEF.redacted, said_by=SaidBy(people=None)
    ),
    "told-acknowledged": replace(TOLD, committee="Connected Classrooms"),
    "told-answered": replace(
        TOLD,
        news=News.ANSWERED,
        committee="Connected Classrooms",
        answer="A new one is coming on Friday.\nThank you for telling us.",
        answered_by="Dana Lee",
    ),
    "told-filed": replace(TOLD, news=News.FILED),
    "told-restricted": replace(
        TOLD, news=News.RESTRICTED, contacts={"human-resources": "Pat Moore, 555-0100"}
    ),
    "told-student-data": replace(TOLD, news=News.STUDENT_DATA),
    "told-urgent": replace(
        TOLD,
        news=News.URGENT,
        urgency=Urgency.SAFETY,
        contacts={"safety": "555-0199"},
        called=("S. Lindqvist",),
    ),
    **{
        name.replace("_", "-"): message
        for name, message in conversing(BRIEF, TOLD, "Which <room> & wing?").items()
    },
    "announcement-form": announcement_form(NEWS),
    "announcement-form-rejected": announcement_form(
        NEWS,
        words={"title": "Two-step sign-in", "learn_url": "ftp://x"},
        audience=Audience(roles=frozenset({Role.TEACHER}), levels=frozenset({Level.HIGH})),
        unfit={"learn_url": Unfit(why="It has to start with https://.")},
    ),
    "announcement-drafted": AnnouncementDrafted(
        announcement=ANNOUNCEMENT,
        sender="Chief Technology Officer",
        reach=Reach(
            people=7000,
            by_platform=(("teams", 4000), ("slack", 3000)),
            waiting=12,
            waiting_by=(("teams", 12),),
            seconds=1400,
            held=Held(people=5912, until=LATER),
        ),
    ),
    "announcement-scheduled": AnnouncementScheduled(
        announcement_id=NEWS, title=CHANGE.title, people=7000, at=LATER, seconds=1400
    ),
    "announcement-sending": AnnouncementScheduled(
        announcement_id=NEWS,
        title=CHANGE.title,
        people=1,
        at=None,
        seconds=2,
        held=Held(people=1, until=LATER),
    ),
    "progress": Progress(
        announcement=ANNOUNCEMENT,
        tally=TALLY,
    ),
    **{
        name.replace("_", "-"): message
        for name, message in {
            **campaigns(ANNOUNCEMENT, TALLY, MEAN),
            **rules(MEAN),
            **changes(MEAN),
            **faq(MEAN),
            **pulses(MEAN),
            **alignments(MEAN),
            **priorities(MEAN),
            **learning(MEAN),
            **plan(MEAN),
            **service_notices(MEAN),
            **board_reports(MEAN),
            **practices(MEAN),
            **named_lists(MEAN),
            **goal_changes(MEAN),
        }.items()
    },
    "refused": Refused(
        why=Unfit(
            why="Only the CTO can announce. Please ask {who}.", values={"who": "the CTO's office"}
        )
    ),
    **{name.replace("_", "-"): message for name, message in CHAT.items()},
    "help": Help(district="Maple Unified", contacts={"help-desk": "extension 4357"}),
    "help-cto": Help(
        district="Maple Unified",
        committees=(("connected-classrooms", "Connected Classrooms"),),
        cto=True,
    ),
    "signin-link": SignInLink(token="a.b-c_d", minutes=15),
    "signin-account": SignInLink(token=None, minutes=0),
    "view-desk": DeskView(surveys=(), waves=(), announcements=()),
}
