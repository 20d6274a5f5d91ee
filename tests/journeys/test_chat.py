"""A chat with the bot: signed requests and activities in, messages out, and nobody else gets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.exchange_tables import held_words
from storage.ledger_tables import delivery
from storage.tables import item
from tests.journeys.running import Running, until
from tests.journeys.test_slack import STAFF, in_slack
from tests.journeys.test_slack import Place as SlackPlace
from tests.journeys.test_teams import in_teams
from tests.journeys.town import TEACHER
from tests.journeys.trips import launch
from tests.stand_ins.slack import texts

SAID: tuple[tuple[str, str, str], ...] = (
    # what is typed, what the answer says, and in Spanish what is typed
    ("thanks!", "You’re welcome.", "gracias"),
    ("Good morning", "Tell me what works", "buenos días"),
    ("bye", "You can write to me at any time.", "adiós"),
    ("yes", "needs a yes", "sí"),
    ("no", "Nothing is waiting to be passed on.", "no gracias"),
    ("I did the survey", "I don’t have all your answers yet.", "ya hice la encuesta"),
    ("unsubscribe", "no more reminders about this one", "darme de baja"),
    (
        "hey bot, could you tell me when the survey closes pls",
        "It is open until",
        "¿cuándo cierra?",
    ),
    ("how many questions are there?", "questions, about", "¿cuántas preguntas son?"),
    (
        "is it anonymous?",
        "records hold, they are kept until the hold is lifted",
        "¿es anónima la encuesta?",
    ),
    ("who reads this?", "A program reads it first", "¿quién lee esto?"),
    (
        "what happened to my message",
        "You haven’t told me anything yet",
        "¿qué pasó con mi mensaje?",
    ),
    ("are you a bot", "I’m a bot", "¿eres un robot?"),
    ("results", "publishes what it heard", "resultados"),
    ("my surveys", "Your surveys", "mis encuestas"),
    ("help", "Type one of these words", "ayuda"),
    ("home", "Waiting for you", "inicio"),
    ("docket", "You are not on a committee", "expediente"),
    ("sign in", "This link works once", "entrar"),
    ("feedback", "", "comentario"),
)


MAIN_BUTTONS = {
    "thanks!": 0,
    "Good morning": 1,
    "yes": 1,
    "no": 0,
    "I did the survey": 1,
    "unsubscribe": 1,
    "hey bot, could you tell me when the survey closes pls": 1,
    "how many questions are there?": 1,
    "is it anonymous?": 0,
    "what happened to my message": 1,
    "results": 0,
}


async def nobody_got_anything(service: Running) -> None:
    """No item, no brief, no alarm: nothing reached a committee, triage or the restricted reader."""

    def rows(tx: Any) -> list[Any]:
        kinds = select(delivery.c.kind).where(
            delivery.c.kind.not_in(("invitation", "reminder", "introduction"))
        )
        return [*tx.connection.execute(select(item.c.id)), *tx.connection.execute(kinds)]

    assert await service.core.store.read(rows) == []


async def said_by(service: Running) -> list[str]:
    """The originals of what was passed on."""

    def originals(tx: Any) -> list[str]:
        found = [tx.original(row.id) for row in tx.connection.execute(select(item.c.id))]
        return [one for one in found if one]

    return await service.core.store.read(originals)


async def speaks(service: Running, email: str, locale: str) -> None:
    def change(tx: Any) -> None:
        person = tx.person_by_email(email)
        tx.choose_language(person.id, locale)

    await service.core.store.write(change)


# -- Slack -----------------------------------------------------------------------------------------


async def test_in_slack_each_line_is_answered_and_reaches_nobody(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, user = place.slack, place.users[STAFF[0]]
        await launch(place.service, STAFF[:1], "technology-priorities")
        await place.message(user, "Technology priorities")
        for typed, answer, spanish in SAID:
            before = len(slack.from_app(user))
            await slack.dm(user, typed)
            assert answer in await _next(place, user, before), typed
            shown = place.slack.from_app(user)[before:]
            main = json.dumps(shown).count('"style": "primary"')
            assert main == MAIN_BUTTONS.get(typed, main), typed
            before = len(slack.from_app(user))
            await slack.dm(user, spanish)
            assert await _next(place, user, before), spanish
        await nobody_got_anything(place.service)


async def _next(place: SlackPlace, user: str, before: int) -> str:
    async def look() -> str | None:
        found = place.slack.from_app(user)[before:]
        return " ".join(texts(one) for one in found) or None

    said: str = await until(look)
    return said


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack_what_is_too_short_waits_for_a_yes_and_is_nowhere_in_clear(
    tmp_path: Path,
) -> None:
    async with in_slack(tmp_path, STAFF[:1]) as place:
        slack, user = place.slack, place.users[STAFF[0]]
        await slack.dm(user, "zzkword")
        asked = await place.message(user, "Shall I pass this on?")
        assert "zzkword" not in json.dumps(asked)
        await nobody_got_anything(place.service)
        assert b"zzkword" not in _database(tmp_path)

        await slack.click(user, asked, "Yes, pass it on")
        assert await until(lambda: _said(place, "zzkword"))
        assert await place.service.core.store.read(_waiting) == 0

        await slack.dm(user, "zzkother")
        await until(lambda: _count(place, user, 2))
        await slack.dm(user, "yes")
        assert await until(lambda: _said(place, "zzkother"))

        await slack.dm(user, "zzkthird")
        await until(lambda: _count(place, user, 3))
        await slack.dm(user, "no")
        await place.message(user, "I deleted it")
        assert await said_by(place.service) == ["zzkword", "zzkother"]
        assert await place.service.core.store.read(_waiting) == 0


async def test_danger_and_short_feedback_are_passed_on_at_once(tmp_path: Path) -> None:
    said = ["he has a knife", "GUN", "call 911", "ayúdenme", "no internet"]
    async with in_slack(tmp_path, STAFF[:1]) as place:
        for line in said:
            await place.slack.dm(place.users[STAFF[0]], line)
        await until(lambda: _said(place, said[-1]))
        assert sorted(await said_by(place.service)) == sorted(said)


async def _said(place: SlackPlace, words: str) -> bool | None:
    return (words in await said_by(place.service)) or None


async def _count(place: SlackPlace, user: str, most: int) -> bool | None:
    return place.count(user, "Shall I pass this on?") == most or None


def _waiting(tx: Any) -> int:
    return len(tx.connection.execute(select(held_words.c.item_id)).all())


def _database(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.rglob("*.sqlite3*"))


# -- Teams -----------------------------------------------------------------------------------------


async def test_in_teams_what_is_too_short_waits_for_a_yes(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        ana = await place.join(TEACHER)
        (asked,) = await place.teams.say(ana, "zzkword")
        assert "Shall I pass this on?" in asked.text
        assert "zzkword" not in json.dumps(asked.card)
        await nobody_got_anything(place.service)
        await place.teams.execute(ana, asked, "Yes, pass it on")
        assert await said_by(place.service) == ["zzkword"]
        (again,) = await place.teams.say(ana, "zzkother")
        await place.teams.say(ana, "sí")
        assert sorted(await said_by(place.service)) == ["zzkother", "zzkword"]
        late = await place.teams.execute(ana, again, "No")
        assert "Nothing is waiting to be passed on." in late.text
