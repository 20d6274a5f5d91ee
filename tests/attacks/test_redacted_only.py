"""Of what somebody wrote only the redacted words leave: a canary that was taken out is looked for
in every kind of message there is, in every view of everybody who works on it, in every table and in
the log. It is found where it is due: with the responders of what is urgent, each time on record,
and with its author."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.jobs.composing import person_of, queue_of
from core.commands import Command
from core.school_calendar import Calendar
from governance.access import Actor
from governance.acknowledgements.messages import AcknowledgementMessage
from governance.alignment.messages import AlignmentMessage
from governance.announcements.approval_messages import ApprovalMessage
from governance.announcements.asked import by_name
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    DraftYouSaid,
    IssueReport,
    PublishReport,
    ShowReport,
    ShowReports,
    ShowReportWords,
    ShowStories,
    WriteReportWords,
)
from governance.board_reports.messages import ReportView
from governance.board_reports.periods import Preset
from governance.chairs.bulk import BulkAct
from governance.chairs.commands import DisposeTogether, ShowAgenda, ShowChair
from governance.changes.commands import ShowChange, TakeChangeStep, WriteChange
from governance.changes.messages import ChangeMessage
from governance.changes.model import ChangeStep
from governance.chat.messages import KnownHere
from governance.chat.model import AskHere, Converse, HoldWords, Intent
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.conclusions.model import Conclusions
from governance.controls.answer_commands import AnswerSafeguard
from governance.controls.answer_messages import SafeguardView
from governance.controls.commands import ShowSafeguard
from governance.controls.messages import ControlMessage
from governance.conversations.commands import (
    AskAuthor,
    FileReply,
    ReplyToCommittee,
)
from governance.digests.commands import ChooseBriefs, ShowDigest, ShowFigures, TellDigests
from governance.digests.messages import MonthlyFigures
from governance.digests.model import BriefChoice, Briefs, SchoolDay
from governance.docket.commands import (
    AcknowledgeItem,
    AnswerItem,
    AssignItem,
    DiscussItem,
    FileReading,
    FillAnswer,
    GiveFeedback,
    MoveItem,
    PutAside,
    ShowAnswerForm,
    ShowItem,
    WriteSubject,
)
from governance.duplicates.commands import (
    JoinItem,
    ShowCorrections,
    ShowMatter,
    ShowTrends,
    TellTrends,
    TellTriage,
)
from governance.duplicates.model import Alike
from governance.duties.messages import OwedNews
from governance.faq.commands import (
    CountHelped,
    PublishFaqEntry,
    ShowFaq,
    ShowFaqEntry,
)
from governance.faq.messages import FaqAnswer
from governance.faq.subject import about_change
from governance.feedback.model import Destination, Likely, Naming, Reading, Span, Urgency
from governance.feeds.messages import CalendarAddress
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.gaps.commands import JudgeSaid
from governance.gaps.messages import GapMessage
from governance.goal_changes import moving
from governance.goal_changes.commands import (
    EnterPlanDecision,
    SendProposal,
    ShowBound,
    ShowPlanDecision,
    ShowProposalForm,
    ShowProposals,
    WriteProposal,
)
from governance.goal_changes.messages import BoundView, GoalNotes
from governance.goal_changes.model import ProposalKind
from governance.goals.commands import EnterReading, ShowGoal, ShowGoals, WriteIndicator
from governance.goals.stepping import goals_of
from governance.help_desk.model import HandOverItem, NoteTicket
from governance.home.commands import RemindReader, ShowDesk, ShowDocket, ShowInbox
from governance.learning.messages import LearningMessage
from governance.lessons.messages import LessonMessage
from governance.lists.messages import ListMessage
from governance.messages import (
    AnnouncementDrafted,
    AnnouncementEdited,
    AnnouncementScheduled,
    AskAgainCheck,
    Done,
    FeedbackForm,
    Help,
    Message,
    Notice,
    Progress,
    RecallCheck,
    Refused,
    ResendCheck,
    SignInLink,
    WaveProgress,
)
from governance.ports import Standing
from governance.priorities.messages import PriorityMessage
from governance.pulses.messages import PulseMessage
from governance.read_reminders.messages import ReadReminderMessage
from governance.reading.chat_questions import Topic
from governance.reading.personal_data import redact
from governance.recommendations.commands import (
    DecideAdvice,
    SendAdvice,
    ShowAdvice,
    ShowChanges,
    WriteAdvice,
)
from governance.redaction.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowTakenOut,
)
from governance.redaction.messages import TakenOutForm
from governance.references.commands import LinkItem
from governance.rules.commands import (
    AskRules,
    DisposeComments,
    ShowComments,
    ShowDraftForm,
    ShowRule,
    TakeStep,
    WriteRule,
)
from governance.rules.comments import about
from governance.rules.model import Disposition, RuleStep
from governance.saved_answers.commands import ShowSavedAnswers, WriteSavedAnswer
from governance.second_person.commands import AskSecondPerson, ShowDeclineRequest
from governance.second_person.messages import SecondAsked, SecondDeclineForm, SecondForm
from governance.service_notices.messages import ServiceMessage
from governance.upkeep.messages import (
    ChannelOpened,
    DocketOverdue,
    Growing,
    RecordsHold,
    Repetition,
    RosterRefused,
)
from governance.urgent.commands import (
    CloseCase,
    EscalateCase,
    ReleaseItem,
    ShowCase,
    ShowCases,
    TakeCase,
)
from governance.urgent.messages import UrgentAlert, Withdrawn
from governance.waves.my_surveys import MySurveys
from storage.ledger_tables import delivery
from storage.transaction import Transaction
from surveys.messages import SurveyMessage
from tests.attacks.hall import Hall, hall, reading
from tests.attacks.test_anonymous import everything
from tests.governance.gaps.towns import assessed, sent_back
from tests.journeys.logged import Log, logged
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, person

NAME, NUMBER = "Zuleyka Canaryson", "88172635"
CANARIES = ("Zuleyka", "Canaryson", NUMBER)
SAID = f"{NAME} (id {NUMBER}) lost her tablet in the gym, and the wifi in the portables drops."
REPLY = f"It was {NAME} in room 4."

NOT_OF_ITEMS: set[type] = {
    *get_args(SurveyMessage),
    *get_args(ApprovalMessage),
    *get_args(ReadReminderMessage),
    *get_args(LessonMessage),
    *get_args(ListMessage),
    *get_args(AcknowledgementMessage),
    *get_args(ChangeMessage),
    *get_args(PulseMessage),
    *get_args(PriorityMessage),
    *get_args(AlignmentMessage),
    *get_args(LearningMessage),
    *get_args(ServiceMessage),
    *get_args(GapMessage),
    *({*get_args(ControlMessage)} - {SafeguardView}),
    AnnouncementEdited,
    CalendarAddress,
    OwedNews,
    Notice,
    AnnouncementDrafted,
    AnnouncementScheduled,
    Progress,
    WaveProgress,
    AskAgainCheck,
    ResendCheck,
    RecallCheck,
    ChannelOpened,
    RosterRefused,
    Repetition,
    RecordsHold,
    Conclusions,
    GoalNotes,
    MySurveys,
    Help,
    SignInLink,
    FeedbackForm,
    Refused,
    Done,
}
"""Kinds of messages that are made of surveys, announcements, assessments, the roster, or of
nothing."""

SUMS: set[type] = {DocketOverdue, Growing, MonthlyFigures, Withdrawn}
"""Counts, days and names of committees and themes: they have no room for what anybody wrote."""


@pytest.fixture
def log() -> Iterator[Log]:
    with logged() as log:
        yield log


@pytest.fixture
async def town(tmp_path: Path, log: Log) -> AsyncIterator[Hall]:
    settings: dict[str, Any] = {"help_desk_email": "desk@schools.example.org"}
    async with hall(tmp_path, **settings) as found:
        # A week later it is a school day, at ten: digests are told in the daytime of one.
        found.clock.moved = datetime(2026, 10, 6, 15, tzinfo=UTC) - datetime.now(UTC)
        yield found


def holder(office: Office) -> str:
    return next(one.person for one in example().district.officers if one.office is office)


OWNER, READER = holder(Office.TRIAGE_OWNER), holder(Office.RESTRICTED_READER)
RESPONDER = holder(Office.RESPONDER_SAFETY)


def read(words: str, queue: str = "network", **more: Any) -> Reading:
    """As the reader reads it: the canary is taken out."""
    spans = []
    for kind, canary in (("PERSON", NAME), ("STUDENT_ID", NUMBER)):
        if (at := words.find(canary)) >= 0:
            spans.append(Span(start=at, end=at + len(canary), kind=kind))
    said = replace(reading(words, queue), redacted=redact(words, spans), spans=tuple(spans))
    return replace(said, **more)


@dataclass
class Walk:
    """Everything that anybody was shown or sent."""

    town: Hall
    shown: list[tuple[str, object]] = field(default_factory=list)

    async def says(self, words: str = SAID, *, alike: Alike | None = None, **more: Any) -> UUID:
        item = uuid4()
        naming, on = more.pop("naming", Naming.WITHHELD), more.pop("about", "")
        said = GiveFeedback(item_id=item, text=words, naming=naming, about=on)
        await self.asks(TEACHER, said)
        filed = FileReading(item_id=item, reading=read(words, **more), alike=alike)
        await self.town.core.dispatch.by_itself(filed)
        return item

    async def asks(self, who: str, command: Command) -> Any:
        shown = await self.town.ask(who, command)
        self.shown.append((type(command).__name__, shown))
        return shown

    async def deliveries(self) -> None:
        """What every delivery that there is says, just now and on the page of who gets it."""

        def composed(tx: Transaction) -> list[tuple[str, object]]:
            made: list[tuple[str, object]] = []
            for row in tx.connection.execute(select(delivery)):
                queue = queue_of(row.recipient)
                mine = row.recipient.startswith("person:")
                readers = [None, tx.person(person_of(row))] if mine else [None]
                for reader in readers:
                    now = self.town.clock()
                    said = compose(tx, row.kind, row.subject, reader, queue, now)
                    made.append((row.kind, said))
            return made

        self.shown += await self.town.core.store.read(composed)

    def kinds(self) -> set[type]:
        return {type(one) for _, one in self.shown}

    def leaks(self) -> list[str]:
        due = (UrgentAlert, TakenOutForm)
        return [
            f"{how}: {found}"
            for how, one in self.shown
            if not isinstance(one, due)
            for found in CANARIES
            if found in repr(one)
        ]


async def through_the_docket(walk: Walk) -> UUID:
    item = await walk.says(needs_fixing=True, themes=("wifi",))
    await walk.deliveries()
    await walk.asks(CHAIR, ShowAnswerForm(item_id=item))
    await walk.asks(CHAIR, Open(of=MoveItem(item_id=item)))
    await walk.asks(CHAIR, Open(of=AssignItem(item_id=item)))
    await walk.asks(CHAIR, Open(of=AskAuthor(item_id=item)))
    await walk.asks(CHAIR, Open(of=LinkItem(item_id=item)))
    await walk.asks(CHAIR, Open(of=RemoveStudentData(item_id=item)))
    await walk.asks(CHAIR, AcknowledgeItem(item_id=item))
    await walk.asks(CHAIR, DiscussItem(item_id=item))
    chair = await person(walk.town.core, CHAIR)
    await walk.asks(CHAIR, AssignItem(item_id=item, to=str(chair.id)))
    until = Calendar().school_day_after(walk.town.clock().date(), 3)
    await walk.asks(CHAIR, PutAside(item_id=item, until=until, why=f"{NAME} is away"))
    await walk.asks(CHAIR, WriteSubject(item_id=item, subject=f"What {NAME} said"))
    kept = WriteSavedAnswer(
        queue="network", answer_id=item, title=f"For {NAME}", text=f"Dear {NAME}"
    )
    await walk.asks(CHAIR, kept)
    await walk.asks(CHAIR, ShowSavedAnswers(queue="network"))
    await walk.asks(CHAIR, FillAnswer(item_id=item, saved=str(item), text="Hello"))
    await walk.asks(CHAIR, AskAuthor(item_id=item, text="Who saw it?"))
    await walk.asks(TEACHER, Open(of=ReplyToCommittee(item_id=item)))
    await walk.asks(TEACHER, ReplyToCommittee(item_id=item, text=REPLY))
    for reply in await walk.town.core.store.read(lambda tx: tx.unread_replies()):
        await walk.town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read(REPLY)))
    await walk.asks(CHAIR, MoveItem(item_id=item, to=TRIAGE, why=f"{NAME} is not ours"))
    await walk.asks(OWNER, ShowItem(item_id=item))
    await walk.asks(OWNER, MoveItem(item_id=item, to="network", why="It is."))
    same = Alike(vector=b"1" * 384, lead=item)
    await walk.says(alike=same)
    await walk.deliveries()
    return item


async def on_a_rule(walk: Walk) -> None:
    """A comment on a rule, with all that is shown of comments."""
    rule = uuid4()
    text = WriteRule(rule_id=rule, number="ITR 4", title="Wi-Fi", committee="network", text="One.")
    await walk.asks(ISO, text)
    await walk.asks(ISO, Open(of=TakeStep(rule_id=rule, step=RuleStep.INTERIM)))
    await walk.asks(ISO, TakeStep(rule_id=rule, step=RuleStep.PROPOSED))
    await walk.asks(CHAIR, TakeStep(rule_id=rule, step=RuleStep.OPENED))
    found = await walk.town.core.store.read(lambda tx: tx.rule(rule))
    assert found is not None
    item = await walk.says(about=about(found, 1).token)
    view = await walk.asks(ISO, ShowComments(rule_id=rule))
    assert len(view.lines) == 1
    await walk.asks(ISO, Open(of=DisposeComments(rule_id=rule, item_id=item)))
    reason = f"{NAME} is right."
    for named in (reason, "That is right."):
        answered = DisposeComments(
            rule_id=rule,
            item_id=item,
            comments=(str(item),),
            disposition=Disposition.DECLINED,
            reason=named,
        )
        await walk.asks(ISO, answered)
    walk.town.clock.forward(days=45)
    await walk.town.core.dispatch.keep_time()
    late = await walk.says(about=about(found, 1).token)
    await walk.deliveries()
    assert ("brief", late) in {(how, getattr(one, "item_id", None)) for how, one in walk.shown}
    await walk.asks(ISO, ShowDraftForm(rule_id=rule))
    await walk.asks(ISO, TakeStep(rule_id=rule, step=RuleStep.SUBMITTED))
    agenda = await walk.asks(CHAIR, ShowAgenda(queue="network"))
    assert len(agenda.rules[0].lines) == 1
    await walk.asks(TEACHER, AskRules(item_id=uuid4(), text=f"Which rule says {SAID}?"))
    for who in (ISO, CHAIR, TEACHER):
        await walk.asks(who, ShowRule(rule_id=rule))
        await walk.asks(who, ShowComments(rule_id=rule))
    await walk.deliveries()


async def about_a_change(walk: Walk) -> None:
    """A question that becomes an answer for everybody, and is asked again."""
    change, words = uuid4(), {"title": "Tablets", "what": "New.", "why": "Old."}
    words |= {"who": "All.", "action": "None."}
    day = walk.town.clock().date() + timedelta(days=60)
    written = WriteChange(change_id=change, **by_name(words), day=day, committee="network")
    await walk.asks(CTO, written)
    for who, step in ((CTO, ChangeStep.PROPOSED), (CHAIR, ChangeStep.APPROVED)):
        await walk.asks(who, TakeChangeStep(change_id=change, step=step))
    item = await walk.says(about=about_change(change))
    await walk.asks(CHAIR, AnswerItem(item_id=item, text="In March."))
    form = await walk.asks(CHAIR, Open(of=PublishFaqEntry(change_id=change, item_id=item)))
    assert "[name]" in form.values["question"][""]
    asked = "¿Dónde busco una tableta perdida en el gimnasio de la escuela?"
    answer = {"es": f"Con {NAME}, {NUMBER}."}
    await walk.asks(CHAIR, replace(form.of, question={"es": asked}, answer=answer))
    again = GiveFeedback(item_id=uuid4(), text=f"{asked} Zuleyka", about=about_change(change))
    assert isinstance(await walk.asks(TEACHER, again), FaqAnswer)
    await walk.asks(TEACHER, CountHelped(item_id=again.item_id))
    in_chat = AskHere(item_id=uuid4(), text=again.text, topic=Topic.OTHER)
    assert isinstance(await walk.asks(TEACHER, in_chat), KnownHere)
    await walk.asks(CHAIR, ShowFaqEntry(change_id=change, entry_id=form.of.entry_id))
    for who in (CHAIR, TEACHER):
        await walk.asks(who, ShowFaq(change_id=change))
        await walk.asks(who, ShowChange(change_id=change))


async def about_the_plan(walk: Walk) -> None:
    """A message that a committee links to a goal, and the goal's page."""
    goal = next(iter(goals_of(example().district.components)))
    await walk.asks(CHAIR, LinkItem(item_id=await walk.says(), to=f"goal:{goal}"))
    for who in (TEACHER, CHAIR, CTO):
        await walk.asks(who, ShowGoals())
        await walk.asks(who, ShowGoal(goal=goal))
    await walk.asks(CTO, Open(of=EnterReading(goal=goal)))
    await walk.asks(CTO, Open(of=WriteIndicator(goal=goal)))


async def to_the_help_desk(walk: Walk) -> None:
    item = await walk.says(needs_fixing=True)
    await walk.deliveries()
    await walk.asks(TEACHER, HandOverItem(item_id=item, contact=True))
    await walk.deliveries()
    await walk.town.core.dispatch.by_itself(NoteTicket(item_id=item, number="INC-1"))


async def to_those_who_act(walk: Walk) -> None:
    urgent = await walk.says(urgency=Urgency.SAFETY)
    await walk.deliveries()
    walk.town.clock.forward(minutes=30)
    nobody_came = EscalateCase(item_id=urgent, urgency=Urgency.SAFETY, rung=1)
    await walk.town.core.dispatch.by_itself(nobody_came)
    await walk.asks(RESPONDER, ShowCases())
    await walk.asks(RESPONDER, ShowCase(item_id=urgent, urgency=Urgency.SAFETY))
    await walk.asks(RESPONDER, TakeCase(item_id=urgent, urgency=Urgency.SAFETY))
    await walk.deliveries()
    await walk.asks(RESPONDER, Open(of=CloseCase(item_id=urgent, urgency=Urgency.SAFETY)))
    release = await walk.asks(RESPONDER, Open(of=ReleaseItem(item_id=urgent)))
    assert isinstance(release, FormView)
    assert "[name]" in repr(release.opening.above), "what the committee will read is shown"
    await walk.asks(RESPONDER, ReleaseItem(item_id=urgent, to="network"))
    await walk.deliveries()
    assert "[name]" in repr(await walk.asks(CHAIR, ShowItem(item_id=urgent)))
    await walk.says(destination=Destination.RESTRICTED, committees=())
    await walk.town.core.dispatch.by_itself(RemindReader())
    await walk.asks(READER, ShowDocket(queue=RESTRICTED))
    unsure: dict[str, Any] = {"destination": Destination.TRIAGE, "confidence": 0.3}
    likely = (Likely(committee="network", probability=0.3),)
    sorted_ = await walk.says(committees=likely, **unsure)
    await walk.asks(OWNER, MoveItem(item_id=sorted_, to="network"))
    await walk.says(committees=likely, **unsure)


async def in_sums(walk: Walk) -> None:
    """The committee's digest, page and agenda, and what goes to the CTO and to everybody."""
    choice = BriefChoice(briefs=Briefs.WEEKLY, day=SchoolDay.MONDAY, hour=0)
    await walk.asks(CHAIR, ChooseBriefs(queue="network", choice=choice))
    items = [await walk.says(themes=("wifi",)) for _ in range(5)]
    advice = uuid4()
    wanted = WriteAdvice(
        recommendation_id=advice,
        queue="network",
        title="Access points",
        advice="Two in each portable.",
        items=tuple(map(str, items)),
    )
    opens = WriteAdvice(recommendation_id=advice, queue="network")
    await walk.asks(CHAIR, Open(of=opens))
    await walk.asks(CHAIR, wanted)
    await walk.asks(CHAIR, SendAdvice(recommendation_id=advice))
    await walk.asks(CTO, ShowAdvice(recommendation_id=advice))
    await walk.asks(CTO, Open(of=DecideAdvice(recommendation_id=advice, accept=False)))
    await walk.deliveries()
    await walk.asks(CTO, DecideAdvice(recommendation_id=advice, accept=False, reason="No money."))
    for queue, who in (("network", CHAIR), (TRIAGE, OWNER)):
        await walk.asks(who, ShowDocket(queue=queue))
    for shared in (False, True):
        await walk.asks(CHAIR, ShowAgenda(queue="network", shared=shared))
    bulk = DisposeTogether(
        bulk_id=uuid4(),
        queue="network",
        act=BulkAct.ANSWER,
        items=tuple(items),
        words="In March.",
    )
    await walk.asks(CHAIR, ShowChair(queue="network"))
    await walk.asks(CHAIR, bulk)
    await walk.asks(CHAIR, ShowMatter(item_id=items[0]))
    await walk.asks(CHAIR, Open(of=JoinItem(item_id=items[0])))
    walk.town.clock.forward(days=8)
    for command in (TellDigests(), TellTrends(), TellTriage()):
        await walk.town.core.dispatch.by_itself(command)
    await walk.asks(CHAIR, ShowDigest(queue="network"))
    await walk.asks(CHAIR, ShowTrends(queue="network"))
    await walk.asks(OWNER, ShowCorrections())
    for who in (CTO, TEACHER, CHAIR, ISO):
        await walk.asks(who, ShowChanges())
        await walk.asks(who, ShowFigures())
        await walk.asks(who, ShowInbox())
    await walk.asks(CTO, ShowDesk())


async def and_its_author(walk: Walk, item: UUID) -> None:
    await walk.asks(TEACHER, CorrectTakenOut(item_id=item, also="gym"))
    await walk.asks(TEACHER, ConfirmTakenOut(item_id=item))
    await walk.asks(CHAIR, RemoveStudentData(item_id=item, words="tablet"))
    await walk.asks(CHAIR, AnswerItem(item_id=item, text="New access points come in March."))
    await walk.asks(TEACHER, Converse(intent=Intent.MY_MESSAGE))
    await walk.asks(TEACHER, HoldWords(item_id=uuid4(), text=NAME))
    await walk.deliveries()


async def about_a_changed_plan(walk: Walk, item: UUID) -> None:
    """A change of the plan while a message is linked to the goal, read by someone who works on the
    message and moves what is linked."""
    goal, subject = "classroom-refresh", uuid4()
    steering = example().district.committee(example().district.plan.steering)
    assert steering is not None
    await walk.asks(CHAIR, LinkItem(item_id=item, to=f"goal:{goal}"))
    begun = ShowProposalForm(proposal_id=subject, kind=ProposalKind.RETIRE, goal=goal)
    await walk.asks(steering.chair, begun)
    wanted = WriteProposal(
        proposal_id=subject, kind=ProposalKind.RETIRE, goals=(goal,), reason=f"{NAME} says so."
    )
    await walk.asks(steering.chair, wanted)
    await walk.asks(steering.chair, SendProposal(proposal_id=subject))
    await walk.asks(steering.chair, ShowProposals())
    await walk.deliveries()
    await walk.asks(CTO, ShowPlanDecision(proposal_id=subject, accept=True, times=1))
    entered = EnterPlanDecision(
        proposal_id=subject,
        accept=True,
        times=1,
        on=walk.town.clock().date(),
        body="Board of Education",
        reason="Reached.",
    )
    await walk.asks(CTO, entered)

    def reads_both(tx: Transaction) -> BoundView | Refused:
        who = tx.person_by_email(CHAIR)
        assert who is not None
        sits = frozenset({"network"})
        actor = Actor(
            person=who, standing=Standing(offices=frozenset({Office.CTO}), sits=sits, leads=sits)
        )
        return moving.show(tx, actor, ShowBound(goal=goal))

    page = await walk.town.core.store.read(reads_both)
    assert isinstance(page, BoundView)
    assert page.things, "their words are looked at"
    walk.shown.append(("ShowBound", page))
    await walk.deliveries()


async def in_a_board_report(walk: Walk) -> None:
    """What was said, answered and told in a month, for the Board and for all staff."""
    report = uuid4()
    await walk.asks(CTO, Open(of=ChoosePeriod()))
    draft = await walk.asks(CTO, ChoosePeriod(report_id=report, preset=Preset.MONTH))
    assert isinstance(draft, ReportView), "the month has not gone by, and can be reported so far"
    await walk.asks(CTO, ShowReportWords(report_id=report))
    await walk.asks(CTO, WriteReportWords(report_id=report, words={"intro": f"{NAME} says so."}))
    await walk.asks(CTO, ShowStories(report_id=report))
    seen = await walk.asks(CTO, ShowReport(report_id=report))
    assert isinstance(seen, ReportView)
    issued = await walk.asks(CTO, IssueReport(report_id=report, seen=seen.seen))
    assert isinstance(issued, ReportView)
    assert not issued.draft
    await walk.asks(CTO, Open(of=CorrectReport(report_id=report)))
    for who in (TEACHER, CHAIR, CTO):
        await walk.asks(who, ShowReport(report_id=report))
        await walk.asks(who, ShowReports())
    await walk.asks(CTO, DraftYouSaid(report_id=report))
    asking = await walk.asks(CTO, PublishReport(report_id=report, public=True))
    assert isinstance(asking, SecondForm)
    request = asking.request_id
    waits = await walk.asks(CTO, AskSecondPerson(request_id=request))
    assert isinstance(waits, SecondAsked)
    await walk.deliveries()
    declining = await walk.asks(ISO, ShowDeclineRequest(request_id=request))
    assert isinstance(declining, SecondDeclineForm)


async def as_evidence_of_a_practice(walk: Walk) -> None:
    """The ISO takes what was said as evidence, and the owner of a safeguard reads it."""
    item = await walk.says(committees=(Likely(committee="information-security", probability=0.9),))
    winter, number = await assessed(walk.town.core), "2.1"
    judged = JudgeSaid(assessment_id=winter, number=number, item_id=item, used=True)
    shown = await walk.asks(ISO, judged)
    assert isinstance(shown, SafeguardView)
    assert "[name]" in repr(shown.facets), "the words are shown: the probe works"
    await sent_back(walk.town.core, winter, number)
    await walk.asks(TEACHER, ShowSafeguard(assessment_id=winter, number=number))
    form = await walk.asks(TEACHER, Open(of=AnswerSafeguard(assessment_id=winter, number=number)))
    assert "[name]" in repr(form)


async def test_no_message_of_any_kind_holds_what_was_taken_out(town: Hall, log: Log) -> None:
    walk = Walk(town)
    item = await through_the_docket(walk)
    form = await walk.asks(TEACHER, ShowTakenOut(item_id=item))
    assert NAME in repr(form), "its author is shown what was taken out: the probe works"
    await to_the_help_desk(walk)
    await to_those_who_act(walk)
    await and_its_author(walk, item)
    await in_sums(walk)
    await on_a_rule(walk)
    await about_a_change(walk)
    await about_the_plan(walk)
    await about_a_changed_plan(walk, await walk.says())
    await in_a_board_report(walk)
    await as_evidence_of_a_practice(walk)
    await walk.deliveries()
    assert walk.leaks() == []
    never = set(get_args(Message)) - NOT_OF_ITEMS - SUMS - walk.kinds()
    assert never == set(), "each kind of message that tells of what somebody said was looked at"
    assert [canary for canary in CANARIES if canary in log.text] == []
    told = await town.core.store.read(
        lambda tx: [
            (table, canary)
            for table, row in everything(tx)
            for canary in CANARIES
            if canary in repr(row)
        ]
    )
    assert told == [], "and no table holds it in clear"


async def test_what_responders_are_given_unredacted_is_on_record(town: Hall) -> None:
    walk = Walk(town)
    item = await walk.says(urgency=Urgency.SAFETY)
    await walk.deliveries()
    alerts = [one for _, one in walk.shown if isinstance(one, UrgentAlert)]
    assert alerts
    assert all(NAME in one.original for one in alerts)
    noted = await town.core.store.read(lambda tx: tx.last_audited(item, "disclosed unredacted"))
    assert noted is not None
