"""On three platforms a change is lived through: five messages to two audiences in two languages,
a day that moves, who joins late, questions, training, what has to be confirmed, and how ready
people are. The same scenario in Slack, in Teams and in a browser (``doors.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.people import Audience
from core.words import Words
from governance.announcements.model import Announcement, AnnouncementState
from governance.changes.commands import (
    AddMessage,
    PlanMessage,
    TakeChangeStep,
)
from governance.changes.model import ChangeStep, Phase
from governance.learning.commands import WriteSession
from governance.learning.messages import SessionView
from governance.lessons.commands import WriteQuestion
from governance.lists.commands import WriteList
from governance.lists.messages import ListView
from governance.people.reading_language import ChooseLanguage
from governance.pulses.commands import AskPulse, PlanPulse
from governance.pulses.model import STATEMENTS, Moment
from governance.read_reminders.owing import DUTY
from storage.ledger_tables import delivery
from storage.tables import person
from tests.governance.changes.test_process import SPANISH, TEACHERS, translated, written
from tests.governance.faq.test_asked_again import ANSWER, ASKED, DE_NUEVO, WORDS
from tests.journeys.doors import Door, SlackDoor, TeamsDoor, WebDoor
from tests.journeys.running import Running, running, until
from tests.journeys.test_asked_about_changes import meaning, read_entries
from tests.journeys.test_changes import AVISO, HEADS_UP, TITLE, ask, messages, monday
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, settle, small_roster, teachers

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["meaning"]

MATE = teachers(small_roster(40), 1)[0].email
"""A teacher who joins late, and confirms nothing."""

HOW_TO, REMINDER, LIVE = f"How to prepare: {TITLE}", f"Reminder: {TITLE}", f"Now live: {TITLE}"
SEGUIMIENTO = f"Seguimiento: {SPANISH['title.es']}"
CORRECTED = "Have your badge with you, and know your room number."
ZONE = ZoneInfo("America/Chicago")
MANY = 20
"""People above whom a second person approves: there are more teachers, and fewer on the list."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    change: UUID
    list: str
    day: date
    """At first; then it is a week later."""

    @property
    def moved(self) -> date:
        return self.day + timedelta(days=7)


async def lived_through(door: Door) -> None:
    plan = await planned(door)
    await approved(door, plan)
    await first_message(door, plan)
    await joined_late(door, plan)
    await asked_and_answered(door, plan)
    await door.restart()
    await moved(door, plan)
    await understood(door, plan)
    await trained(door, plan)
    await edited(door, plan)
    await ready(door, plan)
    await taken_back(door, plan)
    await reminded(door, plan)
    await followed_up(door, plan)
    await in_one_look(door, plan)


async def planned(door: Door) -> Plan:
    """Written and proposed: for a list, and how to prepare for all teachers."""
    service, change = door.service, uuid4()
    await ask(service, OFFICE, ChooseLanguage(locale="es"))
    named = WriteList(name="Who uses badges", addresses=f"{TEACHER}\n{OFFICE}\n{CHAIR}")
    found = await ask(service, CTO, named)
    assert isinstance(found, ListView)
    plan = Plan(change=change, list=found.found.key, day=monday(service, 4))
    listed = Audience(lists=frozenset({plan.list}))
    await ask(service, CTO, written(change, day=plan.day, audience=listed))
    await ask(service, CTO, translated(change))
    await ask(service, CTO, AddMessage(change_id=change))
    each = await messages(service, change)
    heads_up = PlanMessage(
        change_id=change,
        announcement_id=each[Phase.HEADS_UP].id,
        days="10",
        at="08:00",
        audience=listed,
        joiners_until=plan.day,
    )
    how_to = PlanMessage(
        change_id=change,
        announcement_id=each[Phase.HOW_TO].id,
        days="5",
        at="08:00",
        audience=TEACHERS,
        acknowledge=True,
        due=plan.day + timedelta(days=4),
    )
    question = WriteQuestion(
        announcement_id=each[Phase.HOW_TO].id,
        question="What do you need?",
        choice_1="My phone",
        choice_2="My badge",
        right="2",
        explanation="The page asks for your badge number.",
    )
    for one in (heads_up, how_to, question):
        await ask(service, CTO, one)
    await ask(service, CTO, TakeChangeStep(change_id=change, step=ChangeStep.PROPOSED))
    return plan


async def approved(door: Door, plan: Plan) -> None:
    """Its committee's chair approves it, and a second person the message to many."""
    await door.gets(CHAIR, "You can approve it or send it back.")
    await door.press(CHAIR, "Open the change")
    await door.sees(CHAIR, door.stands.format(state="Waiting for approval"))
    await door.press(CHAIR, "Approve")
    await door.fills(CHAIR, "Approve", {"why": "Good timing."})
    await door.sees(CHAIR, door.stands.format(state="Approved"))
    await second_person_approves(door)
    found = await messages(door.service, plan.change)
    assert set(found) == set(Phase)
    assert {one.state for one in found.values()} == {AnnouncementState.SCHEDULED}


async def second_person_approves(door: Door) -> None:
    many = len(await door.service.core.store.read(lambda tx: tx.people_of(TEACHERS)))
    assert many > MANY
    assert HOW_TO in await door.gets(ISO, "asks you to approve an announcement")
    await door.press(ISO, f"Approve: send it to {many} people")
    await until(lambda: settled(door.service))


async def settled(service: Running) -> bool:
    found = await service.core.store.read(lambda tx: tx.announcements())
    return not [one for one in found if one.state is AnnouncementState.WAITING]


async def first_message(door: Door, plan: Plan) -> None:
    await morning(door.service, plan.day - timedelta(days=14))
    assert "Have your badge with you." in await door.gets(TEACHER, HEADS_UP)
    assert "Tenga su credencial a la mano." in await door.gets(OFFICE, AVISO)
    assert await door.has(MATE, HEADS_UP) == 0


async def joined_late(door: Door, plan: Plan) -> None:
    """Who is on the list by the next morning gets the first message, once."""
    addresses = "\n".join((TEACHER, OFFICE, CHAIR, MATE))
    named = WriteList(key=plan.list, name="Who uses badges", addresses=addresses)
    assert isinstance(await ask(door.service, CTO, named), ListView)
    await morning(door.service, plan.day - timedelta(days=12))
    await door.gets(MATE, HEADS_UP)
    assert [await door.has(one, HEADS_UP) for one in (MATE, TEACHER)] == [1, 1]


async def asked_and_answered(door: Door, plan: Plan) -> None:
    """A question becomes an answer for everybody; who asks it again has the answer at once."""
    await door.gets(TEACHER, HEADS_UP)
    await door.press(TEACHER, "Ask about this change")
    await door.fills(TEACHER, "Send", {"text": ASKED})
    await door.sees(TEACHER, "We have your message")
    await door.in_queue(CHAIR, ASKED, "Answer")
    await door.fills(CHAIR, "Send the answer", {"text": ANSWER})
    await door.sees(CHAIR, "Add to the FAQ")
    await door.gets(TEACHER, ANSWER)
    await door.press(CHAIR, "Add to the FAQ")
    await door.fills(CHAIR, "Publish", WORDS)
    await door.sees(CHAIR, "personal data")  # "Sí" looks like a name; it stays
    await door.fills(CHAIR, "Publish", WORDS)
    await until(lambda: has_entry(door.service))
    await read_entries(door.service)

    await door.gets(OFFICE, AVISO)
    await door.press(OFFICE, "Preguntar sobre este cambio")
    await door.fills(OFFICE, "Enviar", {"text": DE_NUEVO})
    await door.sees(OFFICE, WORDS["answer.es"])
    await door.press(OFFICE, "Sí, me sirvió")
    await door.sees(OFFICE, "no la guardamos")


async def has_entry(service: Running) -> bool:
    return await service.core.store.read(lambda tx: tx.faq_without_meaning()) is not None


async def moved(door: Door, plan: Plan) -> None:
    """A week later; the messages that are still to come move along, and many have to be approved
    anew."""
    stands = door.stands.format(state="Approved")
    assert stands in await door.opens_change(CTO, plan.change)
    await door.press(CTO, "Move the date")
    fields = {"day": plan.moved.isoformat(), "why": "The badges are late."}
    await door.fills(CTO, "Move the date", fields)
    assert "know the old date" in await door.sees(CTO, "(was Monday")
    await second_person_approves(door)
    found = (await messages(door.service, plan.change))[Phase.HOW_TO]
    assert found.state is AnnouncementState.SCHEDULED
    assert found.send_at == datetime.combine(plan.day, time(8), ZONE)
    assert found.due == plan.moved + timedelta(days=4)
    pulse = {"change_id": plan.change, "moment": Moment.BEFORE}
    await ask(door.service, CTO, PlanPulse(**pulse, part="100%"))
    await ask(door.service, CTO, AskPulse(**pulse))


async def understood(door: Door, plan: Plan) -> None:
    """Teachers confirm how to prepare by choosing the right answer to a question."""
    await offered(door.service, plan)
    await morning(door.service, plan.day)
    await door.gets(MATE, HOW_TO)
    assert "answer the question by" in await door.gets(TEACHER, HOW_TO)
    assert await door.has(OFFICE, "Cómo prepararse") == 0
    await door.opens(TEACHER, "Answer the question")
    await door.fills(TEACHER, "Answer", {"choice": "1"})
    await door.sees(TEACHER, "The page asks for your badge number.")
    await door.fills(TEACHER, "Answer", {"choice": "2"})
    await door.sees(TEACHER, "You answered and confirmed this on")


async def offered(service: Running, plan: Plan) -> None:
    """A session with one seat, on the last school day before the change."""
    command = WriteSession(
        session_id=uuid4(),
        change_id=plan.change,
        title="Signing in",
        day=plan.moved - timedelta(days=3),
        begins="15:30",
        ends="16:30",
        place="Room 4",
        capacity="1",
        leader=CHAIR,
    )
    assert isinstance(await ask(service, CTO, command), SessionView)


async def trained(door: Door, plan: Plan) -> None:
    """The session is full, and its seat goes to who waits."""
    on = plan.moved - timedelta(days=3)
    day = Words("en", str(ZONE)).day(datetime.combine(on, time(12), ZONE))
    await door.gets(TEACHER, HOW_TO)
    await door.press(TEACHER, "See sessions")
    await door.sees(TEACHER, "1 seat left")
    await door.press(TEACHER, f"Sign up: Signing in, {day}")
    await door.sees(TEACHER, "You have a seat.")
    await door.gets(MATE, HOW_TO)
    await door.press(MATE, "See sessions")
    await door.sees(MATE, "Full")
    await door.press(MATE, f"Signing in ({day})")
    await door.sees(MATE, "It is full.")
    await door.press(MATE, "Join the waiting list")
    await door.sees(MATE, "You are number 1 on the waiting list.")
    shown = await door.opens_change(CTO, plan.change)
    assert "“Signing in” is full and 1 person is waiting: add another session." in shown
    await door.sees(TEACHER, "You have a seat.")
    await door.press(TEACHER, "Cancel my seat")
    await door.sees(TEACHER, "It is full.")
    await door.gets(MATE, "A seat opened up")


async def edited(door: Door, plan: Plan) -> None:
    """What many have is changed once a second person says yes, and where it stands."""
    sent = (await messages(door.service, plan.change))[Phase.HOW_TO]
    await opens_message(door, plan, "How to prepare", sent)
    await door.press(CTO, "Edit what was sent")
    await door.fills(CTO, "Save and send the change", {"action": CORRECTED})
    assert CORRECTED not in await door.gets(MATE, HOW_TO)
    assert CORRECTED in await door.gets(ISO, "asks to edit an announcement that was sent")
    await door.press(ISO, "Approve")
    assert "Edited on" in await door.gets(MATE, CORRECTED)
    assert "Edited on" in await door.gets(TEACHER, CORRECTED)
    assert [await door.has(one, HOW_TO) for one in (MATE, TEACHER)] == [1, 1]


async def opens_message(door: Door, plan: Plan, phase: str, sent: Announcement) -> None:
    assert sent.sent_at is not None
    await door.opens_change(CTO, plan.change)
    await door.press(CTO, "Messages (5)")
    await door.sees(CTO, "Sent")
    await door.press(CTO, f"{phase} ({Words('en', str(ZONE)).day(sent.sent_at)})")
    await door.sees(CTO, "As people see it")


async def ready(door: Door, plan: Plan) -> None:
    """Who the change is for is asked how ready they are."""
    await door.gets(TEACHER, "Are you ready?")
    await door.press(TEACHER, "Answer")
    await door.fills(TEACHER, "Send my answers", dict.fromkeys(STATEMENTS, "4"))
    await door.sees(TEACHER, "Thank you")
    assert "Before: being asked until" in await door.opens_change(CTO, plan.change)


async def taken_back(door: Door, plan: Plan) -> None:
    await morning(door.service, plan.moved - timedelta(days=3))
    await door.gets(TEACHER, REMINDER)
    await door.gets(MATE, REMINDER)
    sent = (await messages(door.service, plan.change))[Phase.DAY_BEFORE]
    await opens_message(door, plan, "Reminder the day before", sent)
    await door.press(CTO, "Progress")
    await door.sees(CTO, "Take it back")
    await door.press(CTO, "Take it back")
    await door.sees(CTO, "cannot be undone")
    await door.press(CTO, "Take it back")

    async def gone() -> bool:
        return not any([await door.has(one, REMINDER) for one in (TEACHER, MATE)])

    assert await until(gone)


async def reminded(door: Door, plan: Plan) -> None:
    """On the day: it is live, and who has not confirmed is reminded, nobody else."""
    await morning(door.service, plan.moved)
    await door.gets(TEACHER, LIVE)
    if door.pushes:
        await door.gets(MATE, f"Please read: {HOW_TO}")
        assert await door.has(TEACHER, f"Please read: {HOW_TO}") == 0
    else:
        await door.gets(MATE, "answer the question by")
    again = (
        select(person.c.email)
        .join(delivery, delivery.c.person_id == person.c.id)
        .where(delivery.c.kind == DUTY.again)
    )
    read = door.service.core.store.read
    emails = await read(lambda tx: tx.connection.execute(again).scalars().all())
    everybody = await read(lambda tx: [one.email for one in tx.people_of(TEACHERS)])
    assert sorted(emails) == sorted(one for one in everybody if one != TEACHER)


async def followed_up(door: Door, plan: Plan) -> None:
    await morning(door.service, plan.moved + timedelta(days=7))
    await door.gets(OFFICE, SEGUIMIENTO)


async def in_one_look(door: Door, plan: Plan) -> None:
    """The change's page tells the CTO what came of all that."""
    shown = " ".join((await door.opens_change(CTO, plan.change)).split())
    many = len(await door.service.core.store.read(lambda tx: tx.people_of(TEACHERS)))
    for line, tile in (
        ("4 of 4 people, with 5 of 5 messages.", "4 of 4 5 of 5 messages sent"),
        (f"1 of {many} asked to confirm.", f"1 of {many} asked"),
        ("1 session, 1 of 1 seats taken", "1 of 1 seats 1 session"),
        ("Before: not shown; there were too few answers.", ""),
        ("1 question, 1 answered, 1 in the FAQ", ""),
        ("What to do next", "Do next"),
        (f"{many - 1} people in", ""),
        ("Approved by Nikolai Drobny on", ""),
    ):
        assert line in shown or (tile and tile in shown), "a sentence in chat, a tile on the page"
    sent = (await messages(door.service, plan.change)).values()
    assert len({one.id for one in sent if one.sent_at}) == 5
    assert len([one for one in sent if one.edited_at]) == 1
    assert len([one for one in sent if one.recalled_at]) == 1


async def morning(service: Running, day: date) -> None:
    """Days pass, until ten o'clock of one."""
    at = datetime.combine(day, time(10), ZONE)
    while (left := at - service.clock()) > timedelta(0):
        await service.pass_time(seconds=min(left, timedelta(days=1)).total_seconds())


async def test_in_slack(tmp_path: Path) -> None:
    async with in_slack(tmp_path, [OFFICE, MATE, ISO], approve_above=MANY) as place:
        await lived_through(SlackDoor(place))


async def test_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path, approve_above=MANY) as place:
        people = (CTO, CHAIR, ISO, TEACHER, OFFICE, MATE)
        users = {one: await place.join(one) for one in people}
        await lived_through(TeamsDoor(place, users))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(staff=40, approve_above=MANY)) as service:
        await lived_through(WebDoor(service, browser))
