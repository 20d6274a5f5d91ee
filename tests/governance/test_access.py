"""Every role crossed with every command: one table, read from the left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID, uuid4

import pytest

from bot.core import open_core
from bot.settings import Settings
from governance import access
from governance import commands as g
from governance.access import Actor, Source, may
from governance.commands import Command
from governance.committees import RESTRICTED, TRIAGE, Office
from governance.feedback import Urgency
from governance.ports import Standing
from governance.series import Repeat
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
SENT, DRAFT = UUID(int=2), UUID(int=3)
OURS, THEIRS, UNSURE, SENSITIVE, UNREAD, URGENT, NOWHERE = (UUID(int=i) for i in range(11, 18))


def on_items(item: UUID) -> list[Command]:
    return [
        g.ShowItem(item_id=item),
        g.AcknowledgeItem(item_id=item),
        g.ShowMoveForm(item_id=item),
        g.MoveItem(item_id=item, to=TRIAGE),
        g.ShowAnswerForm(item_id=item),
        g.AnswerItem(item_id=item, text="Done."),
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
    g.ShowHelp(),
    g.AskSignInLink(),
    g.ReadConclusions(wave_id=WAVE),
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
    g.LapseApproval(announcement_id=DRAFT),
    g.KeepHouse(),
    g.RepeatSurvey(series_id=DRAFT),
    OWN[-1],  # what a directory tells of addresses
]
BY_THE_OPERATOR: list[Command] = [
    *OFFICE_OF_THE_CTO[:5],
    *OFFICE_OF_THE_CTO[9:12],
    *SERIES,
    *(
        c
        for c in OFFICE_OF_THE_CTO
        if isinstance(c, g.StopCampaign | g.ResumeCampaign | g.ShowAsking | g.ShowPlan)
    ),
]
NETWORK = [*on_items(OURS), g.ShowDocket(queue="network"), *results_of(NAMED)]
LIBRARY = [*on_items(THEIRS), g.ShowDocket(queue="library-media")]
IN_TRIAGE = [*on_items(UNSURE), *on_items(URGENT), g.ShowDocket(queue=TRIAGE)]
RESTRICTED_ONES = [*on_items(SENSITIVE), g.ShowDocket(queue=RESTRICTED)]
TAKE_CARE: list[Command] = [g.AcknowledgeItem(item_id=URGENT)]
NOBODYS = [*on_items(UNREAD), *on_items(NOWHERE)]

EVERYTHING: list[Command] = [
    *OWN,
    *OFFICE_OF_THE_CTO,
    *APPROVING,
    *RECIPIENT,
    *BY_THE_CLOCK,
    *NETWORK,
    *LIBRARY,
    *IN_TRIAGE,
    *RESTRICTED_ONES,
    *NOBODYS,
]

STAFF = [*OWN, *RECIPIENT]

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
    "a committee's member": Asking(sits=ON_NETWORK, may=[*STAFF, *NETWORK]),
    "its chair": Asking(sits=ON_NETWORK, leads=ON_NETWORK, may=[*STAFF, *NETWORK]),
    "a member of another committee": Asking(
        sits=frozenset({"library-media"}), may=[*STAFF, *LIBRARY]
    ),
    "the CTO": Asking(
        offices=office(Office.CTO), may=[*STAFF, *OFFICE_OF_THE_CTO, *results_of(NAMED)]
    ),
    "the ISO": Asking(offices=office(Office.ISO), may=STAFF),
    "who approves what is urgent": Asking(
        offices=office(Office.ANNOUNCEMENT_APPROVER), may=[*STAFF, *APPROVING]
    ),
    "a triage owner": Asking(offices=office(Office.TRIAGE_OWNER), may=[*STAFF, *IN_TRIAGE]),
    "the restricted reader": Asking(
        offices=office(Office.RESTRICTED_READER), may=[*STAFF, *RESTRICTED_ONES]
    ),
    "a responder of the kind": Asking(
        offices=office(Office.RESPONDER_SECURITY), may=[*STAFF, *TAKE_CARE]
    ),
    "a responder of another kind": Asking(offices=office(Office.RESPONDER_SAFETY), may=STAFF),
    "somebody who runs the machine": Asking(offices=office(Office.OPERATOR), may=STAFF),
    "a student": Asking(role=Role.STUDENT, may=NONE),
    "a student with a teacher's role": Asking(email="x@students.example.org", may=NONE),
    "a CTO who left": Asking(offices=office(Office.CTO), left=True, may=NONE),
    "a guest account of the CTO": Asking(offices=office(Office.CTO), guest=True, may=NONE),
}
OTHERS: Mapping[str, tuple[Actor, list[Command]]] = {
    "a stranger": (Actor(), NONE),
    "a bot account": (Actor(guest=True), NONE),
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
        for one in (SENT, DRAFT):
            change = example().announcements[0].change
            await hall.ask(CTO, g.WriteAnnouncement(announcement_id=one, words={}, change=change))
        await hall.ask(CTO, g.SendAnnouncement(announcement_id=SENT))
        for wave, committees in ((WAVE, ()), (NAMED, ("network",))):
            survey = replace(example().surveys[0], committees=committees)
            launch = s.LaunchSurvey(
                wave_id=wave, survey=survey, audience=Audience(), opens_at=None, closes_at=SOON
            )
            await hall.ask(CTO, launch)


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
    assert {type(command) for command in EVERYTHING} == set(get_args(Command))


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


def test_a_refusal_says_nothing_of_anybody(tx: Transaction, teacher: Person) -> None:
    known = {v for k, v in vars(access).items() if k.isupper() and isinstance(v, str)}
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
