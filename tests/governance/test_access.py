"""Every role crossed with every command: one table, read from the left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from bot.app.core import open_core
from bot.app.settings import Settings
from bot.registry import OPERATIONS, may
from core.commands import Command
from governance import access, refusals
from governance import commands as g
from governance.access import Actor, Source
from governance.chairs.bulk import BulkAct
from governance.chat.model import Intent
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.digests.model import BriefChoice
from governance.feedback.model import Urgency
from governance.help_desk.model import HandOverState
from governance.ports import Standing
from governance.read_reminders.commands import RemindUnread, SendReadReminders, ShowUnread
from governance.series.model import Repeat
from storage.connection import Surroundings
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from surveys import commands as s
from surveys.people import Audience, Person, Platform, Role
from tests.attacks.hall import Hall, reading
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, settle

# -- what there is to ask about ------------------------------------------------------------------

WAVE, NAMED = UUID(int=1), UUID(int=4)
"""A survey that names no committee, and one that names one of a committee's members."""
SENT, DRAFT, TOGETHER = UUID(int=2), UUID(int=3), UUID(int=5)
OURS, THEIRS, UNSURE, SENSITIVE, UNREAD, URGENT, NOWHERE = (UUID(int=i) for i in range(11, 18))


def on_items(item: UUID) -> list[Command]:
    return [
        g.ShowItem(item_id=item),
        g.AcknowledgeItem(item_id=item),
        g.DiscussItem(item_id=item),
        g.ShowAssignForm(item_id=item),
        g.AssignItem(item_id=item, to="nobody"),
        g.ShowLinkForm(item_id=item),
        g.LinkItem(item_id=item, rule="ITR 4.2"),
        g.ShowMoveForm(item_id=item),
        g.MoveItem(item_id=item, to=TRIAGE),
        g.ShowAnswerForm(item_id=item),
        g.AnswerItem(item_id=item, text="Done."),
        g.ShowMatter(item_id=item),
        g.SplitItem(item_id=item),
        g.MergeItem(item_id=item, into=OURS),
        g.ShowMatterForm(item_id=item, joins=True),
        g.JoinItem(item_id=item, to=str(OURS)),
        g.PartItem(item_id=item, to=str(OURS)),
        g.ShowStudentDataForm(item_id=item),
        g.RemoveStudentData(item_id=item, words="Whitehorse"),
        g.ShowAskForm(item_id=item),
        g.AskAuthor(item_id=item, text="Which room?"),
    ]


def of_the_author(item: UUID) -> list[Command]:
    return [
        g.ShowTakenOut(item_id=item),
        g.CorrectTakenOut(item_id=item, also="secret"),
        g.ConfirmTakenOut(item_id=item),
    ]


def results_of(wave: UUID) -> list[Command]:
    return [
        s.ShowResults(wave_id=wave),
        s.ExportResults(wave_id=wave, form="csv"),
        s.ReadComments(wave_id=wave, question="note"),
    ]


OWN: list[Command] = [
    s.ShowPage(wave_id=WAVE),
    s.AnswerPage(wave_id=WAVE, page=0),
    s.DeclineWave(wave_id=WAVE),
    s.ShowSaid(wave_id=WAVE),
    g.ShowFeedbackForm(),
    g.GiveFeedback(item_id=uuid4(), text="The projector hums."),
    g.ShowInbox(),
    g.ShowHome(),
    g.ShowMySurveys(),
    g.Converse(intent=Intent.THANKS),
    g.HoldWords(item_id=uuid4(), text="hm"),
    g.PassOn(item_id=uuid4()),
    g.LetGo(item_id=uuid4()),
    g.ShowHelp(),
    g.AskSignInLink(),
    g.ReadConclusions(wave_id=WAVE),
    g.ShowFigures(),
    *of_the_author(OURS),  # everybody of the table is the teacher who said it
    g.ChooseLanguage(locale="es"),
    g.NoteAddress(
        platform=Platform.SLACK, workspace="T1", user="U1", email=None, conversation="U1"
    ),
]
SOON = datetime(2099, 1, 1, tzinfo=UTC)
LAUNCH = s.LaunchSurvey(
    wave_id=WAVE,
    survey=example().surveys[0],
    audience=Audience(),
    opens_at=None,
    closes_at=SOON,
)
REPEATED = g.StartSeries(
    series_id=DRAFT,
    survey=example().surveys[0],
    audience=Audience(),
    repeat=Repeat(rule="0 9 * * tue", begins=SOON.date()),
)
SERIES: list[Command] = [
    REPEATED,
    g.CheckSeries(start=REPEATED),
    g.ShowSeries(series_id=DRAFT),
    g.PauseSeries(series_id=DRAFT, why="Testing week"),
    g.ResumeSeries(series_id=DRAFT),
    g.StopSeries(series_id=DRAFT, why="Enough"),
    g.MoveDate(series_id=DRAFT, to=SOON),
]
OFFICE_OF_THE_CTO: list[Command] = [
    LAUNCH,
    s.CheckLaunch(launch=LAUNCH),
    s.ExtendWave(wave_id=WAVE, closes_at=SOON),
    s.CloseWave(wave_id=WAVE),
    s.SetHold(wave_id=WAVE, why="A request"),
    s.LiftHold(wave_id=WAVE),
    *results_of(WAVE),
    g.ShowAnnouncementForm(),
    g.WriteAnnouncement(announcement_id=DRAFT, words={}),
    g.SendAnnouncement(announcement_id=DRAFT),
    g.ShowProgress(announcement_id=SENT),
    g.SendAnnouncement(announcement_id=DRAFT, urgent=True),
    g.ShowUrgentForm(announcement_id=DRAFT),
    g.ShowCampaign(announcement_id=SENT),
    g.StopCampaign(subject=SENT),
    g.StopCampaign(subject=WAVE),
    g.ResumeCampaign(subject=SENT),
    g.ShowResendForm(announcement_id=SENT),
    g.ResendAnnouncement(announcement_id=SENT, unknown=True),
    ShowUnread(announcement_id=SENT),
    RemindUnread(announcement_id=SENT),
    g.ShowRecallForm(announcement_id=SENT),
    g.RecallAnnouncement(announcement_id=SENT),
    g.ShowAsking(wave_id=WAVE),
    g.ShowAskAgainForm(wave_id=WAVE),
    g.AskAgain(wave_id=WAVE, unknown=True),
    g.ShowDesk(),
    *SERIES,
    g.ShowSurveys(),
    g.ShowDraft(draft_id=DRAFT),
    g.ShowPlan(
        launch=s.LaunchSurvey(
            wave_id=DRAFT,
            survey=example().surveys[0],
            audience=Audience(),
            opens_at=None,
            closes_at=SOON,
        )
    ),
    g.ShowLaunch(survey=example().surveys[0].key),
    g.SaveDraft(draft_id=DRAFT, after=0, body="{}"),
    g.DropDraft(draft_id=DRAFT),
    g.FinishDraft(draft_id=DRAFT, after=1, survey=example().surveys[0]),
    g.TrySurvey(trial_id=DRAFT, survey=example().surveys[0]),
    g.ShowConclusionsForm(wave_id=WAVE),
    g.WriteConclusions(wave_id=WAVE),
    g.PublishConclusions(wave_id=WAVE, version=1),
    g.HoldOriginals(),
    g.LiftOriginalsHold(item_id=OURS),
    g.ShowAnnouncement(announcement_id=DRAFT),
    g.AcknowledgeAnnouncement(announcement_id=DRAFT),  # there is nothing to confirm, then
]
APPROVING: list[Command] = [
    g.ShowApproval(announcement_id=DRAFT),
    g.ApproveAnnouncement(announcement_id=DRAFT, request=1),
    g.ShowDeclineForm(announcement_id=DRAFT),
    g.DeclineAnnouncement(announcement_id=DRAFT, request=1, why="Wait."),
]
RECIPIENT: list[Command] = [
    g.ShowAnnouncement(announcement_id=SENT),
    g.AcknowledgeAnnouncement(announcement_id=SENT),
]
BY_THE_CLOCK: list[Command] = [
    s.OpenWave(wave_id=WAVE),
    s.RemindWave(wave_id=WAVE, number=1),
    s.CloseWave(wave_id=WAVE),
    g.FileReading(item_id=UNREAD, reading=reading("It hums.", "network")),
    g.StartAnnouncement(announcement_id=DRAFT),
    SendReadReminders(announcement_id=SENT, number=1),
    g.LapseApproval(announcement_id=DRAFT),
    g.TellDigests(),
    g.FileReply(exchange_id=UNREAD, reading=reading("It hums.", "network")),
    g.BringIn(),
    g.LeaveTogether(bulk_id=TOGETHER),
    g.KeepHouse(),
    g.TellTriage(),
    g.TellTrends(),
    g.RemindDockets(),
    g.RepeatSurvey(series_id=DRAFT),
    g.EscalateCase(item_id=URGENT, urgency=Urgency.SECURITY, rung=1),
    g.NoteTicket(item_id=OURS, number="INC-1"),
    g.NoteHandOver(item_id=OURS, state=HandOverState.FAILED),
    g.RemindReader(),
    g.RemindTakers(),
    OWN[-1],  # what a directory tells of addresses
]
_OF_CAMPAIGNS = (
    g.StopCampaign
    | g.ResumeCampaign
    | g.ShowAsking
    | g.ShowPlan
    | g.HoldOriginals
    | g.LiftOriginalsHold
)
BY_THE_AUTHOR: list[Command] = [
    g.ShowReplyForm(item_id=OURS),
    g.ReplyToCommittee(item_id=OURS, text="Room 12."),
]
BY_NOBODY: list[Command] = [
    g.ShowAnonymousForm(door="7KQ2-M8FD"),
    g.GiveAnonymously(door="7KQ2-M8FD", nonce="a form's", text="It hums."),
    g.CollectAnswer(code="7KQ2"),
    g.ReplyAnonymously(code="7KQ2", text="Room 12."),
]
BY_THE_OPERATOR: list[Command] = [
    *OFFICE_OF_THE_CTO[:6],
    *OFFICE_OF_THE_CTO[10:13],
    *SERIES,
    *(c for c in OFFICE_OF_THE_CTO if isinstance(c, _OF_CAMPAIGNS)),
]
NETWORK = [
    *on_items(OURS),
    g.ShowDocket(queue="network"),
    g.SettlePost(queue="network", post=NOWHERE, arrived=True),
    g.ShowTrends(queue="network"),
    g.ShowDigest(queue="network"),
    g.ShowChair(queue="network"),
    g.ShowAgenda(queue="network"),
    g.DisposeTogether(
        bulk_id=DRAFT, queue="network", act=BulkAct.ACKNOWLEDGE, items=(OURS, THEIRS)
    ),
    g.UndoTogether(bulk_id=TOGETHER),
    *results_of(NAMED),
]
LIBRARY = [
    *on_items(THEIRS),
    g.ShowDocket(queue="library-media"),
    g.ShowTrends(queue="library-media"),
]
IN_TRIAGE = [
    *on_items(UNSURE),
    *on_items(URGENT),
    g.ShowDocket(queue=TRIAGE),
    g.ShowTrends(queue=TRIAGE),
    g.ShowCorrections(),
    g.ForgetCorrection(item_id=OURS),
]
RESTRICTED_ONES = [
    *on_items(SENSITIVE),
    g.ShowDocket(queue=RESTRICTED),
    g.ShowTrends(queue=RESTRICTED),
]
TAKE_CARE: list[Command] = [
    g.AcknowledgeItem(item_id=URGENT),
    *(
        kind(item_id=URGENT, urgency=Urgency.SECURITY)
        for kind in (g.ShowCase, g.TakeCase, g.ShowCloseCaseForm, g.CloseCase)
    ),
]
OTHER_CASES: list[Command] = [
    kind(item_id=item, urgency=urgency)
    for kind in (g.ShowCase, g.TakeCase, g.ShowCloseCaseForm, g.CloseCase)
    for item, urgency in ((URGENT, Urgency.SAFETY), (OURS, Urgency.SECURITY))
]
"""Cases that there are none of: of another kind than the item is, and of an item that is none."""
HAND_OVER: list[Command] = [g.HandOverItem(item_id=OURS), g.KeepItem(item_id=OURS)]
"""Its author's alone, who wrote it in a town in which everybody asks as themselves."""
THE_LIST: list[Command] = [g.ShowCases()]
"""Whoever may be called sees it; it holds only what they were called about."""
DRAFTED, ADVISED, AGREED, BEGUN = (UUID(int=i) for i in range(31, 35))
"""Recommendations of the network's: a draft, one that was sent, one that was accepted; and one
that is not there yet."""
ON_ADVICE: list[Command] = [g.ShowAdvice(recommendation_id=one) for one in (DRAFTED, ADVISED)]
PUBLIC: list[Command] = [g.ShowChanges(), g.ShowAdvice(recommendation_id=AGREED)]
DECIDING: list[Command] = [
    g.ShowAdvice(recommendation_id=ADVISED),
    g.ShowDecisionForm(recommendation_id=ADVISED, accept=True),
    g.DecideAdvice(recommendation_id=ADVISED, accept=False, reason="No."),
    g.TellOutcome(recommendation_id=AGREED, outcome="Done."),
]
ADVISING: list[Command] = [
    g.ShowAdviceForm(recommendation_id=BEGUN, queue="network"),
    g.WriteAdvice(recommendation_id=BEGUN, queue="network"),
    g.ShowAdviceForm(recommendation_id=DRAFTED, queue="network"),
    g.SendAdvice(recommendation_id=DRAFTED),
]
NOBODYS_ADVICE: list[Command] = [
    g.ShowAdviceForm(recommendation_id=DRAFTED, queue="library-media"),
    g.WriteAdvice(recommendation_id=BEGUN, queue="library-media"),
    g.ShowAdvice(recommendation_id=BEGUN),
    g.SendAdvice(recommendation_id=BEGUN),
]
LEADING: list[Command] = [
    g.ChooseBriefs(queue="network", choice=BriefChoice()),
    g.NoteAbsence(absence_id=DRAFT, first=SOON.date(), last=SOON.date()),
    g.DropAbsence(absence_id=DRAFT),
    g.ChooseBriefs(queue="network", choice=BriefChoice()),
]
NOBODYS = [*on_items(UNREAD), *on_items(NOWHERE), *of_the_author(NOWHERE)]

EVERYTHING: list[Command] = [
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
    *LIBRARY,
    *IN_TRIAGE,
    *RESTRICTED_ONES,
    *TAKE_CARE[1:],
    *OTHER_CASES,
    *HAND_OVER,
    *THE_LIST,
    *NOBODYS,
    *BY_THE_AUTHOR,
    *BY_NOBODY,
]

STAFF = [*OWN, *RECIPIENT, *PUBLIC, *BY_THE_AUTHOR, *HAND_OVER]
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
    "an administrator": Asking(role=Role.ADMINISTRATOR, may=STAFF),
    "a Board member": Asking(role=Role.BOARD, may=STAFF),
    "a committee's member": Asking(sits=ON_NETWORK, may=[*STAFF, *NETWORK, *ON_ADVICE]),
    "its chair": Asking(
        sits=ON_NETWORK, leads=ON_NETWORK, may=[*STAFF, *NETWORK, *ON_ADVICE, *LEADING, *ADVISING]
    ),
    "a member of another committee": Asking(
        sits=frozenset({"library-media"}), may=[*STAFF, *LIBRARY]
    ),
    "the CTO": Asking(
        offices=office(Office.CTO),
        may=[*STAFF, *OFFICE_OF_THE_CTO, *DECIDING, *results_of(NAMED), *THE_LIST],
    ),
    "the ISO": Asking(offices=office(Office.ISO), may=[*STAFF, *THE_LIST]),
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
    "the clock": (Actor(source=Source.CLOCK), BY_THE_CLOCK),
    "the operator": (Actor(source=Source.OPERATOR), BY_THE_OPERATOR),
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
    async with open_core(Settings(database_url=url, secret_key=SECRET)) as core:
        await settle(staff=5)(core)
        hall = Hall(core=core, clock=MovableClock())
        for item, queue, urgency in (
            (OURS, "network", None),
            (THEIRS, "library-media", None),
            (UNSURE, TRIAGE, None),
            (SENSITIVE, RESTRICTED, None),
            (URGENT, TRIAGE, Urgency.SECURITY),
        ):
            await hall.ask(TEACHER, g.GiveFeedback(item_id=item, text="Ms. Whitehorse's secret"))
            told = g.FileReading(item_id=item, reading=reading("A secret", queue, urgency))
            await core.dispatch.by_itself(told)
        await hall.ask(TEACHER, g.GiveFeedback(item_id=UNREAD, text="Ms. Whitehorse's secret"))
        several = g.DisposeTogether(
            bulk_id=TOGETHER, queue="network", act=BulkAct.ACKNOWLEDGE, items=(OURS,)
        )
        await hall.ask(CHAIR, several)
        for one in (SENT, DRAFT):
            change = example().announcements[0].change
            await hall.ask(CTO, g.WriteAnnouncement(announcement_id=one, words={}, change=change))
        await hall.ask(CTO, g.SendAnnouncement(announcement_id=SENT))
        await _advised(hall)
        for wave, committees in ((WAVE, ()), (NAMED, ("network",))):
            survey = replace(example().surveys[0], committees=committees)
            launch = s.LaunchSurvey(
                wave_id=wave, survey=survey, audience=Audience(), opens_at=None, closes_at=SOON
            )
            await hall.ask(CTO, launch)


async def _advised(hall: Hall) -> None:
    goal = example().district.components[0].goals[0].key
    for one in (DRAFTED, ADVISED, AGREED):
        said = g.WriteAdvice(
            recommendation_id=one, queue="network", title="Buy", advice="Buy.", goals=(goal,)
        )
        await hall.ask(CHAIR, said)
    for one in (ADVISED, AGREED):
        await hall.ask(CHAIR, g.SendAdvice(recommendation_id=one))
    await hall.ask(CTO, g.DecideAdvice(recommendation_id=AGREED, accept=True, reason="Yes."))


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
    expected = [c for c in EVERYTHING if c in PEOPLE[who].may]
    assert allowed(actor(PEOPLE[who], teacher), tx) == expected


@pytest.mark.parametrize("who", OTHERS)
def test_clock_operator_and_strangers_may_do_what_the_table_says(who: str, tx: Transaction) -> None:
    someone, they_may = OTHERS[who]
    assert allowed(someone, tx) == [c for c in EVERYTHING if c in they_may]


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
    unread, nowhere = (may(chair, g.ShowItem(item_id=i), tx) for i in (UNREAD, NOWHERE))
    assert unread == nowhere
    assert unread is not None


def test_real_people_of_the_town_stand_as_the_table_says(tx: Transaction) -> None:
    """The table's standings are made up; these come from the database."""
    for email, commands, refused in (
        (CHAIR, NETWORK, [*LIBRARY, *IN_TRIAGE, *RESTRICTED_ONES]),
        (CTO, OFFICE_OF_THE_CTO, [*NETWORK[:-3], *RESTRICTED_ONES, *APPROVING]),
        (ISO, [*TAKE_CARE, *APPROVING], [*OFFICE_OF_THE_CTO, *NETWORK]),
    ):
        person = tx.person_by_email(email)
        assert person is not None
        who = Actor(person=person, standing=tx.standing(person.id))
        assert all(may(who, command, tx) is None for command in commands), email
        assert all(may(who, command, tx) is not None for command in refused), email
