"""The three journeys in Slack: signed requests in, messages and modals out, a restart between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.people import Audience, Platform
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import SendAnnouncement
from governance.committees.model import Channel
from governance.messages import AnnouncementScheduled, Progress
from scheduler import lanes
from scheduler.lanes import Budget
from storage.ledger_tables import delivery
from tests.journeys.logged import Log
from tests.journeys.running import Running, running, until
from tests.journeys.town import CHAIR, CTO, TEACHER, settle, small_roster, teachers
from tests.journeys.trips import PULSE, announced_title, draft, launch
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn, texts

Json = dict[str, Any]


@dataclass
class Place:
    """A running service with a Slack workspace in front of it."""

    service: Running
    slack: SlackStandIn
    users: dict[str, str]
    channels: dict[str, str]

    async def restart(self) -> None:
        await self.service.restart()

    async def message(self, where: str, words: str) -> Json:
        """The newest message of the app that says something, once it has arrived."""

        async def look() -> Json | None:
            found = [m for m in self.slack.from_app(where) if words in texts(m)]
            return found[-1] if found else None

        found: Json = await until(look)
        return found

    def count(self, where: str, words: str) -> int:
        return len([m for m in self.slack.from_app(where) if words in texts(m)])


STAFF = [person.email for person in teachers(small_roster(40), 7)]
MANY = [person.email for person in teachers(small_roster(40), 21)]


CROWD = [person.email for person in teachers(small_roster(40), 8)]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with in_slack(tmp_path, MANY) as found:
        yield found


@asynccontextmanager
async def in_slack(
    folder: Path,
    staff: Sequence[str],
    per_minute: float = 6000,
    approve_above: int = 1_000_000,
    **more: Any,
) -> AsyncIterator[Place]:
    async with SlackStandIn() as slack:
        users = {email: slack.add_user(email) for email in (*staff, TEACHER, CHAIR, CTO)}
        channels = {key: slack.add_channel(key) for key in ("network", "triage")}
        at = {
            key: Channel(platform=Platform.SLACK, workspace=slack.world.team, conversation=channel)
            for key, channel in channels.items()
        }
        prepare = settle(Platform.SLACK, channels=at, approve_above=approve_above)
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": per_minute,
            **more,
        }
        async with running(folder, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            yield Place(service, slack, users, channels)


@pytest.mark.usefixtures("exact")
@pytest.mark.prove_on_postgres("due in two workers at once, and one restarts")
async def test_a_pulse_is_asked_answered_changed_reminded_closed_and_reported(
    place: Place,
) -> None:
    service, slack = place.service, place.slack
    wave = await launch(service, MANY)
    staff = [place.users[email] for email in MANY]
    asked = [deepcopy(await place.message(user, PULSE)) for user in staff]
    assert "Confidential" in texts(asked[0])
    for user, invitation in zip(staff[:20], asked, strict=False):
        pressed = await slack.click(user, invitation, "Answer", {"week": "2", "help": "late"})
        assert pressed.status_code == 200
        assert await place.message(user, "Thank you")

    await place.restart()

    await slack.click(staff[0], asked[0], "Answer", {"week": "4", "help": "yes"})
    assert await place.message(staff[0], "change is saved")
    await service.pass_time(days=3)
    await until(lambda: service.sent("reminder", wave))
    assert place.count(staff[20], PULSE) == 2
    assert place.count(staff[19], "Reminder") == 0, "who has answered is not reminded"

    await service.pass_time(days=5)
    cto = place.users[CTO]
    results = await place.message(cto, "20 answers")
    assert PULSE in texts(results)
    assert await service.shown_of(wave) == [
        "final: district, level; 20 answers; beside them: rates, who answered; as a message"
    ], "a message is a release, too"
    await slack.click(staff[20], asked[20], "Answer", {"week": "1", "help": "no"})
    assert await place.message(staff[20], "closed")
    assert place.count(cto, "20 answers") == 1


async def test_a_long_survey_is_answered_in_a_modal_page_by_page(place: Place) -> None:
    service, slack = place.service, place.slack
    user = place.users[STAFF[0]]
    await launch(service, STAFF[:1], "technology-priorities")
    invitation = await place.message(user, "Technology priorities")
    await slack.click(user, invitation, "Answer")
    first = await until(lambda: _soon(slack.modal(user)))
    assert "Wi-Fi" in texts(first)
    await slack.submit(user, {"wifi": "4", "main-device": "laptop"})
    second = slack.modal(user)
    assert second is not None
    assert "first" in texts(second).lower()

    await place.restart()

    same = await slack.submit(
        user,
        {"priorities": ["better-wifi", "better-wifi", "classroom-displays"]},
        force=True,
    )
    assert "twice" in same.text, "a choice made twice is refused beside its input"


async def _soon(value: Any) -> Any:
    return value


async def test_feedback_reaches_its_committee_and_the_answer_reaches_the_author(
    place: Place,
) -> None:
    service, slack = place.service, place.slack
    author, chair = place.users[TEACHER], place.users[CHAIR]
    said = "The wifi in the portables drops every afternoon, again"
    await slack.dm(author, said, event_id="Ev0001")
    assert await place.message(author, "committee")
    await slack.dm(author, said, event_id="Ev0001", retry=1)

    await place.restart()

    network = place.channels["network"]
    brief = await place.message(network, "wifi in the portables drops")
    assert "Naomi" not in texts(brief), "the name is withheld"
    await slack.click(chair, brief, "Acknowledge")
    await slack.click(chair, brief, "Answer")
    assert await until(lambda: _soon(slack.modal(chair)))
    await slack.submit(chair, {"text": "New access points arrive in March."})
    heard = await place.message(author, "New access points arrive in March.")
    assert "Network" in texts(heard)
    await place.restart()
    assert place.count(network, "wifi in the portables") == 1, "one brief, whatever is repeated"
    assert len(await service.core.store.read(lambda tx: tx.items_in("network"))) == 1


async def test_one_id_leads_from_the_request_to_the_brief_and_another_to_the_answer(
    place: Place, log: Log
) -> None:
    service, slack = place.service, place.slack
    author, chair = place.users[TEACHER], place.users[CHAIR]
    await slack.dm(author, "The wifi in the portables drops every afternoon, again")
    brief = await place.message(place.channels["network"], "wifi in the portables drops")
    briefed = await until(lambda: _soon(log.lines(event="delivered", kind="brief")))
    assert {line["platform"] for line in briefed} <= {"slack", "web"}
    (read,) = log.lines(event="handled", command="FileReading")
    said, *_ = log.lines(event="handled", command="person", trip=read["trip"])
    (request,) = log.lines(event="answered", door="slack", trip=said["trip"])
    assert {read["trip"], *(line["trip"] for line in briefed)} == {request["trip"]}

    await slack.click(chair, brief, "Answer")
    assert await until(lambda: _soon(slack.modal(chair)))
    await slack.submit(chair, {"text": "New access points arrive in March."})
    assert await place.message(author, "New access points arrive in March.")
    (told,) = await until(lambda: _soon(log.lines(event="delivered", kind="told-answered")))
    answered, *_ = log.lines(event="handled", command="person", trip=told["trip"])
    assert told["trip"] == answered["trip"] != request["trip"]
    assert not await _people_in(service, log)


@pytest.mark.prove_on_postgres("nothing in its tables leads to a person")
async def test_the_trip_of_an_answer_leads_to_nobody(place: Place, log: Log) -> None:
    service, slack = place.service, place.slack
    await launch(service, STAFF[:2])
    user = place.users[STAFF[0]]
    invitation = deepcopy(await place.message(user, PULSE))
    await slack.click(user, invitation, "Answer", {"week": "2", "help": "late"})
    assert await place.message(user, "Thank you")
    answer = (await until(lambda: _soon(log.lines(event="handled", command="person"))))[-1]
    assert not [line for line in log.lines(trip=answer["trip"]) if "delivery" in line]
    trips = await service.core.store.read(
        lambda tx: set(tx.connection.execute(select(delivery.c.trip)).scalars())
    )
    assert trips
    assert answer["trip"] not in trips, "no delivery names who is on the trip of an answer"
    assert not await _people_in(service, log)


async def _people_in(service: Running, log: Log) -> list[str]:
    """Ids of people that stand in the log."""
    people = await service.core.store.read(lambda tx: tx.people_of(Audience()))
    return [one.email for one in people if str(one.id) in log.text or one.id.hex in log.text]


async def test_feedback_by_slash_command_and_a_move_to_triage(place: Place) -> None:
    slack = place.slack
    author, chair = place.users[TEACHER], place.users[CHAIR]
    answer = await slack.command(author, "feedback The wifi in the gym is nonexistent")
    assert answer.status_code == 200
    brief = await place.message(place.channels["network"], "wifi in the gym")
    await slack.click(chair, brief, "Move")
    assert await until(lambda: _soon(slack.modal(chair)))
    await slack.submit(chair, {"to": "triage", "why": "Is it the wiring?"})
    moved = await place.message(place.channels["triage"], "wifi in the gym")
    assert "Is it the wiring?" in texts(moved)


@pytest.mark.prove_on_postgres("due in two workers at once")
async def test_an_announcement_is_scheduled_sent_and_acknowledged_once(place: Place) -> None:
    service, slack = place.service, place.slack
    announcement = await draft(service, STAFF[:3])
    at = service.clock() + timedelta(hours=1)
    sent = await service.by_itself(SendAnnouncement(announcement_id=announcement, at=at))
    assert isinstance(sent, AnnouncementScheduled)
    await place.restart()
    await service.pass_time(hours=2)
    staff = [place.users[email] for email in STAFF[:3]]
    # As they were sent: a press edits the message, and an old client still shows the button.
    notices = [deepcopy(await place.message(user, announced_title())) for user in staff]
    await slack.click(staff[0], notices[0], "I have read this")
    await place.restart()
    await slack.click(staff[0], notices[0], "I have read this")
    progress = await service.by_itself(ShowProgress(announcement_id=announcement))
    assert isinstance(progress, Progress)
    assert (progress.tally.sent, progress.tally.acknowledged) == (3, 1)
    assert place.count(staff[1], announced_title()) == 1


PASSPHRASES = {
    "title": "Passwords are now passphrases",
    "what": "Passwords become passphrases of four words.",
    "why": "They are longer and easier to keep.",
    "when": "From December 7.",
    "who": "Everybody who signs in.",
    "action": "Choose a passphrase when you are asked.",
}


async def test_the_cto_announces_from_slack(place: Place) -> None:
    slack, cto = place.slack, place.users[CTO]
    await slack.command(cto, "announce")
    assert await until(lambda: _soon(slack.modal(cto)))
    await slack.submit(cto, PASSPHRASES)
    drafted = slack.modal(cto)
    assert drafted is not None
    assert "reach" in texts(drafted).lower()


async def test_the_cto_stops_a_running_announcement_sends_the_rest_and_takes_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message a second to eleven people, so that there is a middle to stop in; nothing else
    waits for the seconds. What Slack allows is tested with the lanes (``tests/faults``)."""
    monkeypatch.setattr(lanes, "_RECALL_BUDGET", Budget(per_second=20, burst=1))
    async with in_slack(tmp_path, CROWD, per_minute=60) as place:
        slack, cto, everybody = place.slack, place.users[CTO], len(place.users)

        def there() -> int:
            return sum(place.count(user, "I have read this") for user in place.users.values())

        async def shows(words: str) -> Json:
            """The modal, once it says something."""

            async def look() -> Json | None:
                view = slack.modal(cto)
                return view if view is not None and words in texts(view) else None

            found: Json = await until(look)
            return found

        async def press(button: str, until_it_says: str) -> Json:
            view = slack.modal(cto)
            assert view is not None
            assert (await slack.click(cto, view, button)).status_code == 200
            return await shows(until_it_says)

        await slack.command(cto, "announce")
        await until(lambda: _soon(slack.modal(cto)))
        await slack.submit(cto, PASSPHRASES)
        await slack.submit(cto)
        await shows("is going out to")
        await until(lambda: _soon(there() >= 2))
        await press("See its progress", "All sent by about")
        await press("Stop sending", "Stopped before they were sent")

        await place.service.at_rest()
        had = there()
        assert 2 <= had < everybody
        await asyncio.sleep(1.5)
        await place.service.hasten(slack_per_minute=1200)
        assert there() == had, "nothing leaves from a second after it was stopped, ever"

        await press("Send the rest", "Waiting to be sent")
        await until(lambda: _soon(there() == everybody))
        await press("Check again", "Take it back")
        await place.restart()
        await press("Take it back", "cannot be undone")
        await press("Take it back", "Taken back on")
        await until(lambda: _soon(there() == 0))

        async def all_back() -> bool:
            now = texts(await press("Check again", "Taken back on"))
            return f"Taken back: {everybody}" in now and "Being taken" not in now

        assert await until(all_back, every=0.2)
        assert not any(place.count(user, PASSPHRASES["title"]) for user in place.users.values())


async def test_strangers_and_guests_are_refused_politely(place: Place) -> None:
    slack = place.slack
    stranger = slack.add_user("ann.other@elsewhere.example.org")
    await slack.dm(stranger, "The wifi is slow")
    assert await place.message(stranger, "do not know this account")
    guest = slack.add_user(f"x{TEACHER}", is_restricted=True)
    await slack.dm(guest, "The wifi is slow")
    assert await place.message(guest, "Guest")
    assert not await place.service.core.store.read(lambda tx: tx.unread_items())


async def test_a_wrong_signature_is_refused_and_nothing_is_stored(place: Place) -> None:
    slack, user = place.slack, place.users[TEACHER]
    body = '{"type":"event_callback","event":{"type":"message","channel_type":"im"}}'
    assert (await slack.deliver(body, secret="another")).status_code == 401
    assert (await slack.deliver(body, at=1.0)).status_code == 401
    assert user
    assert not await place.service.core.store.read(lambda tx: tx.unread_items())
