"""The pages of what staff say, full: many items, long words, Spanish, matters said by many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar, assert_never
from uuid import UUID

from core.people import Level, Role
from core.text import Text
from governance.access import refusal
from governance.anonymous.commands import (
    CollectAnswer,
    GiveAnonymously,
    ReplyAnonymously,
    ShowAnonymousForm,
    UnsignedCommand,
)
from governance.anonymous.views import (
    AnonymousForm,
    AnonymousReceived,
    AnonymousView,
    Collected,
    NothingToCollect,
    ReplyReceived,
)
from governance.board_reports.commands import ReadReportInPublic
from governance.chairs.bulk import Became, Bulk, BulkAct, BulkItem
from governance.chairs.commands import ShowAgenda, ShowChair
from governance.chairs.views import (
    AgendaView,
    AnswerDraft,
    ChairLine,
    ChairView,
    Decided,
    DraftKind,
)
from governance.committees.absences import Absence
from governance.conversations.commands import AskAuthor, ReplyToCommittee
from governance.digests.commands import ShowDigest, ShowFigures
from governance.digests.messages import Digest, DigestLine, MonthlyFigures, ThemeCount
from governance.digests.model import BriefChoice
from governance.digests.views import FiguresView, WeekView
from governance.docket.due import Away
from governance.duplicates.model import SaidBy
from governance.duplicates.views import CorrectionsView, MatterView, SaidToo, Taught
from governance.feedback.model import Byline, ItemState, Likely, Tone, Urgency
from governance.messages import Brief, Message, News
from governance.refusals import NOT_HERE
from governance.rules.commands import ReadInPublic
from governance.rules.messages import AgendaRule
from governance.rules.model import RuleState
from governance.urgent.commands import CloseCase, ShowCase, ShowCases
from governance.urgent.messages import CaseOverview, CasesView
from governance.urgent.model import Outcome
from governance.views import DocketView, View
from tests.bot.web.board_views import in_public
from tests.bot.web.examples import BRIEF, CONTACTS, ITEM, MESSAGES, NOW, TOLD, lines, number
from tests.bot.web.rules import views as rule_views

DOOR = "7KQ2-M8FD"
RECEIPT = "Q7W2-8HXK-3MPD-V5RT-9BNC"
TOKEN = "c2lnbmVk.bm93"
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2
"""No space in it: what somebody pastes."""
SAYINGS = (
    "The wireless in the portables behind the gym drops every day after lunch, and my class is "
    "thrown out of the test.",
    "La red se cae cada vez que los tres grupos de séptimo grado empiezan a la vez. Perdemos diez "
    "minutos de cada clase, y los estudiantes que más ayuda necesitan son los que más pierden.",
    f"The log says {LONG} and nothing else. What does it want from me?",
    "Thank you for the new access point in the east wing.\n\nIt works.\n\nBut only there.",
    "wifi out AGAIN",
    "The site that we use for phonics is blocked since the filter changed, with the message "
    "https://filter.lincolnvalley.example.org/blocked?category=unknown&site=phonics-for-everybody"
    "&rule=4711-very-long-rule-name-that-never-ends",
)
BYLINES = (
    Byline(role=Role.TEACHER, level=Level.MIDDLE),
    Byline(name="Guadalupe Hernández-Villaseñor de la Fuente"),
    Byline(),
    Byline(role=Role.OFFICE, level=Level.DISTRICT),
)
STATES = (ItemState.NEW, ItemState.NEW, ItemState.ACKNOWLEDGED, ItemState.IN_DISCUSSION)

Kind = TypeVar("Kind")


def _item(n: int) -> UUID:
    return number(500 + n)


def _sample(name: str, kind: type[Kind]) -> Kind:
    found = MESSAGES[name]
    assert isinstance(found, kind)
    return found


ITEMS = tuple(
    replace(
        BRIEF,
        item_id=_item(n),
        redacted=SAYINGS[n % len(SAYINGS)],
        byline=BYLINES[n % len(BYLINES)],
        state=STATES[n % len(STATES)],
        tone=list(Tone)[n % 3],
        urgency=Urgency.SECURITY if n == 3 else None,
        received_at=NOW - timedelta(days=n, hours=2),
        due_at=NOW + timedelta(days=30 - 3 * n),
        said_by=(None, SaidBy(people=23), SaidBy(people=None))[n % 3],
        assigned_to="Laura Nyberg" if n % 4 == 3 else None,
        chosen=True,
        learned=n == 4,
        history=(("Triage", "Network and Infrastructure", "It is about the filter."),)
        if n == 4
        else (),
    )
    for n in range(12)
)
DOCKET = DocketView(
    queue="network",
    name="Network and Infrastructure",
    open_items=lines(*ITEMS),
    done_items=lines(_sample("brief_answered", Brief)),
    leads=True,
    absences=(
        Absence(id=ITEM, person=ITEM, days=Away(first=date(2026, 12, 21), last=date(2027, 1, 4))),
    ),
    handed_over=(("devices-repairs", 31), ("projectors-displays-audio", 12), ("", 4)),
)
_LIKELY = (
    Likely(committee="network", probability=0.41),
    Likely(committee="device-learning", probability=0.33),
    Likely(committee="connected-classrooms", probability=0.12),
)
TRIAGE = replace(
    DOCKET,
    queue="triage",
    name="Triage",
    open_items=lines(
        *(
            replace(
                one,
                item_id=_item(60 + place),
                queue="triage",
                queue_name="Triage",
                confidence=0.41,
                likely=_LIKELY,
                suggested="device-learning" if place == 0 else None,
                state=ItemState.NEW,
                assigned_to=None,
                history=(),
            )
            for place, one in enumerate(ITEMS[:4])
        )
    ),
    done_items=(),
    absences=(),
    leads=False,
    handed_over=(),
)
RESTRICTED = replace(
    TRIAGE,
    queue="restricted",
    name="Restricted",
    open_items=lines(
        replace(
            BRIEF,
            item_id=_item(40),
            queue="restricted",
            queue_name="Restricted",
            redacted="",
            byline=Byline(),
            likely=(),
            unopened=True,
            can_answer=False,
        ),
        replace(
            BRIEF,
            item_id=_item(41),
            queue="restricted",
            queue_name="Restricted",
            redacted="He makes remarks about my accent in front of the students.",
            byline=Byline(),
            likely=(),
            tone=Tone.NEGATIVE,
        ),
    ),
)
MATTER = MatterView(
    queue="network",
    queue_name="Network and Infrastructure",
    first=SaidToo(
        item_id=ITEM, redacted=SAYINGS[0], byline=BYLINES[0], received_at=NOW - timedelta(days=9)
    ),
    others=tuple(
        SaidToo(
            item_id=_item(60 + n),
            redacted=SAYINGS[n % len(SAYINGS)],
            byline=BYLINES[n % len(BYLINES)],
            received_at=NOW - timedelta(days=n),
        )
        for n in range(4)
    ),
    said_by=SaidBy(people=5),
    open=True,
    choices=((_item(80), f"The filter says {LONG}"), (_item(81), "The Wi-Fi in the gym drops.")),
)
LEARNED = CorrectionsView(
    taught=tuple(
        Taught(
            item_id=_item(n),
            redacted=SAYINGS[n % len(SAYINGS)],
            came_from="Triage",
            went_to="Network and Infrastructure",
            at=NOW - timedelta(days=n),
            by="Maria Lopez" if n else None,
        )
        for n in range(4)
    )
)
_BULK = Bulk(
    id=number(700),
    queue="network",
    act=BulkAct.ANSWER,
    to="",
    by=number(701),
    at=NOW,
    leaves_at=NOW + timedelta(minutes=5),
    items=(BulkItem(item_id=_item(90)), BulkItem(item_id=_item(91))),
)
CHAIR = ChairView(
    queue="network",
    name="Network and Infrastructure",
    lines=tuple(
        ChairLine(
            brief=one,
            drafts=(
                AnswerDraft(kind=DraftKind.EARLIER, words="The access point is replaced Thursday."),
                AnswerDraft(kind=DraftKind.ANNOUNCED, words="New access points in the portables"),
                AnswerDraft(kind=DraftKind.HELP_DESK, words="402-555-0100"),
            )[: n % 4],
        )
        for n, one in enumerate(ITEMS[:8])
    ),
    more=11,
    bulks=(
        _BULK,
        replace(
            _BULK,
            id=number(702),
            act=BulkAct.MOVE,
            ended_at=NOW,
            items=(
                BulkItem(item_id=_item(90), became=Became.DONE),
                BulkItem(item_id=_item(91), became=Became.CHANGED),
            ),
        ),
    ),
    said=((_item(90), SAYINGS[0]), (_item(91), SAYINGS[4])),
    choices=(("device-learning", "Device Assisted Learning and Instruction"), ("triage", "Triage")),
)
_LINES = tuple(
    DigestLine(
        item_id=_item(n),
        words=SAYINGS[n % len(SAYINGS)][:140],
        received_at=NOW - timedelta(days=40 - n),
        due_at=NOW + timedelta(days=n - 2),
    )
    for n in range(6)
)
_THEMES = tuple(
    ThemeCount(name=name, count=count)
    for name, count in (
        ("Wireless in rooms", 17),
        ("Blocked pages and filters", 9),
        ("Interactive whiteboards, projectors and document cameras", 6),
        ("", 3),
    )
)
DIGEST = replace(
    _sample("digest", Digest),
    themes=_THEMES,
    oldest=_LINES[:3],
    due=_LINES,
    new=35,
    open=52,
    late=2,
    growing=("Wireless in rooms", "Blocked pages and filters"),
)
WEEK = WeekView(digest=DIGEST, choice=BriefChoice(), leads=True)
AGENDA = AgendaView(
    queue="network",
    name="Network and Infrastructure",
    on=NOW.date() + timedelta(days=2),
    since=NOW.date() - timedelta(days=26),
    shared=False,
    open=52,
    themes=_THEMES,
    quotes=SAYINGS[:3],
    oldest=_LINES,
    pending=("Access points in all portables before the spring tests",),
    decided=(
        Decided(
            about="One sign-in for all tools",
            words="It starts in January.",
            accepted=True,
        ),
        Decided(about="A phone for each room", words="No money before July.", accepted=False),
        Decided(about=SAYINGS[4], words="The switch was replaced on Friday."),
    ),
    rules=(
        AgendaRule(
            rule_id=rule_views.RULE,
            number="ITR 4",
            title=rule_views.TITLE,
            version=2,
            state=RuleState.RATIFYING,
            comments=41,
            commented=1,
            lines=rule_views.COMMENTS.lines[:2],
        ),
        AgendaRule(
            rule_id=rule_views.RULE,
            number="ITP 2",
            title=Text(default="Retiring a device"),
            version=1,
            state=RuleState.PROPOSED,
            comments=0,
            commented=1,
        ),
    ),
)
_MONTH = _sample("monthly_figures", MonthlyFigures)
FIGURES = FiguresView(
    months=(
        replace(
            _MONTH,
            themes=_THEMES,
            earlier=tuple(
                (date(2026, month, 1), n)
                for month, n in ((5, 88), (6, 41), (7, None), (8, 190), (9, 280))
            ),
        ),
        replace(_MONTH, month=date(2026, 9, 1), came=(), earlier=(), themes=()),
        _sample("monthly_figures_of_few", MonthlyFigures),
    )
)
_CASE = CaseOverview(item_id=ITEM, urgency=Urgency.SAFETY, opened_at=NOW, called=2)
CASES = CasesView(
    open_cases=(
        _CASE,
        replace(_CASE, urgency=Urgency.PRIVACY, taken_by="S. Lindqvist", called=1),
    ),
    closed_cases=tuple(
        replace(
            _CASE,
            item_id=_item(n),
            opened_at=NOW - timedelta(days=7 * n + 1),
            closed_at=NOW,
            outcome=list(Outcome)[n % len(Outcome)],
            taken_by="C. Ashgrove",
        )
        for n in range(5)
    ),
)

ANSWERS: Mapping[type, Message | View] = {
    ShowCases: CASES,
    ShowCase: MESSAGES["urgent_alert_taken"],
    ShowDigest: WEEK,
    ShowFigures: FIGURES,
    ShowChair: CHAIR,
    ShowAgenda: AGENDA,
}
"""What a good day answers to each of these."""

OPENS: Mapping[type, Message | View] = {
    CloseCase: MESSAGES["close_case_form"],
    AskAuthor: MESSAGES["ask_form"],
    ReplyToCommittee: MESSAGES["reply_form"],
}
"""The same of the forms of these."""

COLLECTED = Collected(
    code=RECEIPT.replace("-", ""),
    received_at=NOW - timedelta(days=12),
    said=SAYINGS[1],
    committee="Network and Infrastructure",
    news=(
        replace(TOLD, news=News.ACKNOWLEDGED, answer=None, answered_by=None),
        TOLD,
        replace(TOLD, news=News.RESTRICTED, answer=None, answered_by=None, contacts=CONTACTS),
    ),
    conversation=_sample("brief_replied", Brief).conversation,
    can_reply=True,
)


def unsigned(command: UnsignedCommand) -> AnonymousView | Message:
    """What a good day answers to nobody: every code but a short one is right."""
    match command:
        case ShowAnonymousForm(door=door):
            return AnonymousForm(open=door == DOOR, contacts=CONTACTS if door == DOOR else {})
        case GiveAnonymously():
            return AnonymousReceived(code=RECEIPT, morning=NOW, contacts=CONTACTS)
        case ReplyAnonymously():
            return ReplyReceived(morning=NOW)
        case CollectAnswer(code=code):
            return COLLECTED if len(code) >= len(COLLECTED.code) else NothingToCollect()
        case ReadReportInPublic():
            return in_public(command)
        case ReadInPublic():  # this district does not publish its rules
            return refusal(NOT_HERE)
        case _:
            assert_never(command)


class OneTicket:
    """Stands for the help desk's links: one is good."""

    def item_of(self, token: str) -> UUID | None:
        return ITEM if token == TOKEN else None

    async def note(self, item_id: UUID, number: str) -> None:
        return None
