"""The three journeys in Teams: signed activities in, cards out, a restart in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from core.people import Platform
from core.school_calendar import Calendar
from governance.announcements.campaign_commands import ShowProgress
from governance.announcements.commands import SendAnnouncement
from governance.committees.model import Channel
from governance.messages import AnnouncementScheduled, Progress
from storage.ledger_tables import delivery
from tests.journeys.running import Running, running, until
from tests.journeys.town import (
    CHAIR,
    CTO,
    TEACHER,
    example,
    settle,
    small_roster,
    teachers,
)
from tests.journeys.trips import announced_title, draft, launch
from tests.stand_ins.adaptive_cards import actions, elements
from tests.stand_ins.teams import Posted, TeamsStandIn, TeamsUser, text_of, titles


@dataclass
class Place:
    """A running service with Teams in front of it."""

    service: Running
    teams: TeamsStandIn
    channels: dict[str, str]

    async def join(self, email: str) -> TeamsUser:
        """Somebody of the roster, with the app installed and introduced."""
        user = self.teams.person(email.split("@")[0].replace(".", " ").title(), email)
        await self.teams.install(user)
        await until(self._introduced)
        return user

    async def _introduced(self) -> bool:
        """No introduction is on its way: what comes next is about something else."""
        going = select(delivery.c.id).where(
            delivery.c.kind == "introduction",
            delivery.c.state.in_(("queued", "leased")),
            delivery.c.held_until.is_(None),
        )
        read = self.service.core.store.read
        return await read(lambda tx: tx.connection.execute(going).first() is None)

    async def restart(self) -> None:
        await self.service.restart()
        self.teams.reach(self.service.url)

    async def message(self, conversation: str, words: str) -> Posted:
        """The newest message of a conversation that says something, once it has arrived."""

        async def look() -> Posted | None:
            found = [m for m in self.teams.messages(conversation) if words in m.text]
            return found[-1] if found else None

        found: Posted = await until(look)
        return found


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with in_teams(tmp_path) as found:
        yield found


@asynccontextmanager
async def in_teams(
    folder: Path,
    calendar: Calendar | None = None,
    approve_above: int = 1_000_000,
    **more: float,
) -> AsyncIterator[Place]:
    async with TeamsStandIn() as teams:
        channels = {key: teams.channel(key) for key in ("network", "triage")}
        at = {
            key: Channel(platform=Platform.TEAMS, workspace=teams.tenant, conversation=channel)
            for key, channel in channels.items()
        }
        settings = {
            **teams.served_by,
            **more,
        }
        prepare = settle(
            Platform.TEAMS,
            channels=at,
            months_told=True,
            calendar=calendar,
            approve_above=approve_above,
        )
        async with running(folder, prepare, **settings) as service:
            teams.reach(service.url)
            yield Place(service, teams, channels)


@pytest.mark.usefixtures("exact")
async def test_a_pulse_is_asked_answered_changed_reminded_closed_and_reported(
    place: Place,
) -> None:
    service, teams = place.service, place.teams
    cto = await place.join(CTO)
    staff = [await place.join(p.email) for p in teachers(small_roster(40), 21)]
    wave = await launch(service, [user.email for user in staff])

    asked = [await place.message(user.chat, "Weekly technology pulse") for user in staff]
    assert "Confidential" in asked[0].text
    for user, invitation in zip(staff[:20], asked, strict=False):
        thanks = await teams.execute(user, invitation, "Send my answers", pulse("2", "late"))
        assert "Thank you" in thanks.text

    await place.restart()

    changed = await teams.execute(staff[0], asked[0], "Send my answers", pulse("4", "yes"))
    assert "Your change is saved" in changed.text
    before = len(teams.posted)
    await service.pass_time(days=3)
    await until(lambda: service.sent("reminder", wave))
    reminded = [m.conversation for m in teams.posted[before:]]
    assert reminded == [staff[20].chat], "only who has not answered is reminded"

    await service.pass_time(days=5)
    results = await place.message(cto.chat, "Results")
    assert "20 answers" in results.text
    pictures = [one.get("fallback", one) for one in elements(results.card)]
    addresses = [one["url"] for one in pictures if isinstance(one, dict) and "url" in one]
    async with httpx.AsyncClient(trust_env=False) as anybody:
        shown = [await anybody.get(address) for address in addresses]
    assert [one.headers["content-type"] for one in shown] == ["image/png"] * len(addresses)
    assert addresses, "what passed the gate has its charts"
    late = await teams.execute(staff[20], asked[20], "Send my answers", pulse("1", "no"))
    assert "closed" in late.text.lower()
    assert await service.core.store.read(lambda tx: len(tx.open_responses(wave))) == 0
    assert len([m for m in teams.messages(cto.chat) if "20 answers" in m.text]) == 1


async def test_answers_that_do_not_fit_come_back_with_the_reason_and_the_rest_kept(
    place: Place,
) -> None:
    service, teams = place.service, place.teams
    user = await place.join(teachers(small_roster(40), 1)[0].email)
    await launch(service, [user.email])
    invitation = await place.message(user.chat, "Weekly technology pulse")
    send = next(a for a in actions(invitation.card) if a["title"] == "Send my answers")
    data = send["data"] | {"field.week": "9", "field.help": "late", "field.note": "Kept."}
    value = {"action": {"type": "Action.Execute", "verb": send["verb"], "data": data}}
    forged = teams.activity(user, type="invoke", name="adaptiveCard/action", value=value)
    answer = await teams.deliver(forged)

    again = answer.json()["value"]
    assert "Choose from the list" in text_of(again) or "from 1 to 5" in text_of(again)
    kept = {one["id"]: one.get("value") for one in elements(again) if "Input." in one["type"]}
    assert (kept["field.help"], kept["field.note"]) == ("late", "Kept.")


async def test_feedback_reaches_its_committee_and_the_answer_reaches_the_author(
    place: Place,
) -> None:
    teams = place.teams
    author, chair = await place.join(TEACHER), await place.join(CHAIR)
    told = await teams.say(author, "The wifi in the portables drops every afternoon, again")
    assert "received" in told[-1].text.lower() or "Thank you" in told[-1].text

    await place.restart()

    where = place.channels["network"]
    brief = await place.message(where, "wifi in the portables drops")
    assert "Naomi" not in str(brief.activity), "the name is withheld"
    read = await teams.execute(chair, brief, "Acknowledge")
    assert "Acknowledge" not in titles(read.card)
    form = await teams.execute(chair, brief, "Answer")
    done = await teams.execute(
        chair, form.card, "Send the answer", {"field.text": "New access points arrive in March."}
    )
    assert "New access points arrive in March." in done.text
    heard = await place.message(author.chat, "New access points arrive in March.")
    assert "Network" in heard.text
    await place.restart()
    assert len(teams.messages(where)) == 1, "one brief, also after two restarts"


async def test_a_moved_item_arrives_in_the_other_channel(place: Place) -> None:
    teams = place.teams
    author, chair = await place.join(TEACHER), await place.join(CHAIR)
    await teams.say(author, "The wifi in the portables drops every afternoon, again")
    brief = await place.message(place.channels["network"], "wifi in the portables")
    form = await teams.execute(chair, brief, "Move")
    await teams.execute(
        chair, form.card, "Move", {"field.to": "triage", "field.why": "Is it the wiring?"}
    )
    moved = await place.message(place.channels["triage"], "wifi in the portables")
    assert "Is it the wiring?" in moved.text


async def test_an_announcement_is_sent_and_acknowledged_once(place: Place) -> None:
    service, teams = place.service, place.teams
    staff = [await place.join(p.email) for p in teachers(small_roster(40), 3)]
    cto = await place.join(CTO)
    announcement = await draft(service, [user.email for user in staff])
    at = service.clock() + timedelta(hours=1)
    sent = await service.by_itself(SendAnnouncement(announcement_id=announcement, at=at))
    assert isinstance(sent, AnnouncementScheduled)
    assert sent.people == 3

    await place.restart()
    await service.pass_time(hours=2)
    await until(lambda: all_sent(service, announcement, 3))
    title = announced_title()
    notices = [await place.message(user.chat, title) for user in staff]
    read = await teams.execute(staff[0], notices[0], "I have read this")
    when = example().announcements[0].change.when.default
    assert when in text_of(read.card), "whoever has read it still needs its dates"
    assert "You confirmed this on" in text_of(read.card)
    assert "I have read this" not in titles(read.card)
    await place.restart()
    await teams.execute(staff[0], notices[0], "I have read this")

    progress = await service.by_itself(ShowProgress(announcement_id=announcement))
    assert isinstance(progress, Progress)
    assert (progress.tally.sent, progress.tally.acknowledged) == (3, 1)
    for user in staff:
        assert len([m for m in teams.messages(user.chat) if title in m.text]) == 1
    assert not [m for m in teams.messages(cto.chat) if title in m.text]


async def test_the_cto_stops_a_running_announcement_sends_the_rest_and_takes_it_back(
    tmp_path: Path,
) -> None:
    """One message a second to nine people, so that there is a middle to stop in; nothing else
    waits for the seconds."""
    async with in_teams(tmp_path, teams_per_second=1) as place:
        teams, cto = place.teams, await place.join(CTO)
        staff = [await place.join(p.email) for p in teachers(small_roster(40), 8)]
        everybody = len(staff) + 1

        def there() -> int:
            chats = [user.chat for user in (*staff, cto)]
            return sum(
                "I have read this" in titles(m.card)
                for m in teams.posted
                if m.conversation in chats
            )

        async def press(card: Any, button: str, **inputs: str) -> Any:
            answer = await teams.execute(cto, card, button, inputs)
            assert answer.status == 200
            return answer

        (form,) = await teams.say(cto, "announce")
        drafted = await press(form, "Save and check", **PASSPHRASES)
        shown = await press(drafted.card, "Send")
        assert "is going out to" in shown.text
        await until(lambda: _soon(there() >= 2))
        shown = await press(shown.card, "See its progress")
        assert "All sent by about" in shown.text
        shown = await press(shown.card, "Stop sending")
        assert "Stopped before they were sent" in shown.text

        await place.service.at_rest()
        had = there()
        assert 2 <= had < everybody
        await asyncio.sleep(1.5)
        await place.service.hasten(teams_per_second=20)
        teams.reach(place.service.url)
        assert there() == had, "nothing leaves from a second after it was stopped, ever"

        shown = await press(shown.card, "Send the rest")
        await until(lambda: _soon(there() == everybody))
        await place.restart()
        shown = await press(shown.card, "Check again")
        shown = await press(shown.card, "Take it back")
        assert "cannot be undone" in shown.text
        shown = await press(shown.card, "Take it back")
        assert "Taken back on" in shown.text
        await until(lambda: _soon(there() == 0))

        async def all_back() -> bool:
            now = await press(shown.card, "Check again")
            return f"Taken back: {everybody}" in now.text and "Being taken" not in now.text

        assert await until(all_back)


@pytest.mark.prove_on_postgres("a replica wakes the workers")
async def test_what_waits_for_an_address_goes_out_when_the_app_is_installed(
    place: Place,
) -> None:
    service = place.service
    email = teachers(small_roster(40), 1)[0].email
    await launch(service, [email])
    user = await place.join(email)
    assert await place.message(user.chat, "Weekly technology pulse")


async def test_strangers_and_guests_are_refused_politely(place: Place) -> None:
    teams = place.teams
    stranger = teams.person("Ann Other", "ann.other@elsewhere.example.org")
    await teams.install(stranger)
    told = await teams.say(stranger, "The wifi is slow")
    assert "do not know this account" in told[-1].text
    guest = teams.person("Guest Speaker", TEACHER, guest=True)
    await teams.install(guest)
    told = await teams.say(guest, "The wifi is slow")
    assert "Guest" in told[-1].text
    assert not await place.service.core.store.read(lambda tx: tx.unread_items())


async def test_a_wrong_token_is_refused_and_nothing_is_stored(place: Place) -> None:
    teams = place.teams
    user = await place.join(TEACHER)
    activity = teams.activity(user, type="message", text="The wifi is slow")
    for token in ("", "nonsense", teams.token(aud="another-app")):
        answer = await teams.deliver(activity, token=token)
        assert answer.status_code == 401
    assert not await place.service.core.store.read(lambda tx: tx.unread_items())


# -- what the journeys share -------------------------------------------------------------------


PASSPHRASES = {
    "field.title": "Passwords are now passphrases",
    "field.what": "Passwords become passphrases of four words.",
    "field.why": "They are longer and easier to keep.",
    "field.when": "From December 7.",
    "field.who": "Everybody who signs in.",
    "field.action": "Choose a passphrase when you are asked.",
}


def pulse(week: str, helped: str) -> dict[str, str]:
    return {"field.week": week, "field.help": helped}


async def _soon(value: Any) -> Any:
    return value


async def all_sent(service: Running, announcement: UUID, people: int) -> bool:
    return await service.sent("notice", announcement) == people
