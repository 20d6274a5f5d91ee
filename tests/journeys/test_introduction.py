"""The first message: to somebody who opens or installs the app before anything was sent to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.ledger_tables import delivery
from storage.transaction import Transaction
from tests.journeys.running import Running, until
from tests.journeys.test_chat import speaks
from tests.journeys.test_quiet_hours import NIGHTS, place, to_the_next
from tests.journeys.test_slack import STAFF, Place
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, TEACHER
from tests.journeys.trips import PULSE, launch

__all__ = ["place"]

HELLO = "Hello. I’m Sounding Board"
HOLA = "Hola. Soy Sounding Board"


async def test_in_slack_an_opened_app_introduces_itself_once_and_at_once(place: Place) -> None:
    """``place`` has quiet hours, and it is evening."""
    slack, service, user = place.slack, place.service, place.users[TEACHER]
    for _ in range(3):
        await slack.open_home(user, tab="messages")
        await slack.open_home(user)
    said = await place.message(user, HELLO)
    assert said["text"].startswith(HELLO)
    for part in ("911", "I keep what you write", "Tell us something"):
        assert place.count(user, part) == 1, part
    await place.restart()
    await slack.open_home(user, tab="messages")
    await speaks(service, CHAIR, "es")
    await slack.open_home(place.users[CHAIR])
    await place.message(place.users[CHAIR], HOLA)
    assert len(slack.from_app(user)) == 1


async def test_in_slack_whom_a_survey_reached_first_gets_no_introduction(place: Place) -> None:
    slack, user = place.slack, place.users[STAFF[0]]
    await to_the_next(place.service, 8)
    await launch(place.service, STAFF[:1])
    await place.message(user, PULSE)
    await slack.open_home(user, tab="messages")
    await slack.open_home(user)
    await slack.open_home(place.users[TEACHER])
    await place.message(place.users[TEACHER], HELLO)
    assert place.count(user, HELLO) == 0


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_teams_an_install_is_answered_once_in_ones_language(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        ana = await place.join(TEACHER)
        said = await place.message(ana.chat, HELLO)
        for part in ("911", "I keep what you write"):
            assert part in said.text
        await place.teams.remove(ana)
        await place.teams.install(ana)
        await place.restart()
        await place.teams.install(ana)
        await speaks(place.service, CHAIR, "es")
        chair = await place.join(CHAIR)
        await place.message(chair.chat, HOLA)
        assert len(place.teams.messages(ana.chat)) == 1


async def test_in_teams_installs_at_night_are_answered_in_the_morning(tmp_path: Path) -> None:
    """An administrator installs it for the whole district at once."""
    async with in_teams(tmp_path, calendar=NIGHTS) as place:
        await to_the_next(place.service, 2)
        everybody = [await place.join(email) for email in STAFF]
        assert await until(lambda: _queued(place.service)) == len(STAFF)
        assert [one for who in everybody for one in place.teams.messages(who.chat)] == []
        await to_the_next(place.service, 8)
        for who in everybody:
            await place.message(who.chat, HELLO)


async def _queued(service: Running) -> int:
    """How many introductions wait for the end of quiet hours."""

    def count(tx: Transaction) -> int:
        held = delivery.c.kind == "introduction", delivery.c.held_until.is_not(None)
        found = select(func.count()).select_from(delivery).where(*held)
        return int(tx.connection.execute(found).scalar_one())

    return await service.core.store.read(count)
