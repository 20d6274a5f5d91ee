"""Priorities on three platforms: two at a time, an idea of one's own, and who reads it first. The
same scenario in Slack, in Teams and in a browser (``doors.py``)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from storage.transaction import Transaction
from surveys.priorities.model import IdeaState
from surveys.questions import Choice, Pairwise
from surveys.survey import Page
from tests.bot.samples.priority import FIRST, LABELS
from tests.journeys.doors import Door, SlackDoor, TeamsDoor, WebDoor
from tests.journeys.running import Running, running, until
from tests.journeys.test_asked_about_changes import meaning
from tests.journeys.test_slack import in_slack
from tests.journeys.test_teams import in_teams
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person, settle
from tests.journeys.trips import PULSE, launch

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["meaning"]

IDEA, EDITED = "Spare chargers in the library", "Spare chargers in every library"


async def lived_through(door: Door) -> None:
    wave = await launch(door.service, [TEACHER, OFFICE], pages=(Page(questions=(FIRST,)),))
    await begun(door)
    await added(door)
    await some_compared(door, wave)
    await door.restart()
    await read_by_moderator(door, wave)
    await all_compared(door, wave)
    await decided_after(door, wave)


async def begun(door: Door) -> None:
    await door.gets(TEACHER, PULSE)
    await door.press(TEACHER, "Answer")
    shown = await door.sees(TEACHER, "You’ll compare 6 pairs, two ideas at a time.")
    assert "Confidential: the CTO's office sees results only for groups of about 12" in shown
    assert "How this is protected" in shown
    assert "You can also add an idea of your own." in shown


async def added(door: Door) -> None:
    await door.press(TEACHER, "Add an idea")
    await door.fills(TEACHER, "Add it", {"text": "Quieter projectors!"})
    shown = await door.sees(TEACHER, "Is this the same as your idea?")
    assert "Quieter projectors" in shown
    await door.fills(TEACHER, "No, add mine", {"text": IDEA})
    shown = await door.sees(TEACHER, "Thank you for your idea.")
    assert "Nikolai Drobny reads it before others see it, without your name." in shown
    assert "The CTO’s office may read it, too." in shown
    if door.pushes:  # on the web this is the survey's page again
        await door.press(TEACHER, "Continue")


async def some_compared(door: Door, wave: UUID) -> None:
    await door.sees(TEACHER, "You’ll compare 6 pairs")
    await door.press(TEACHER, "Start")
    first = await door.sees(TEACHER, "1 of 6")
    a, _ = sides(first)
    await door.press(TEACHER, "Choose A")
    second = await door.sees(TEACHER, "2 of 6")
    assert frozenset(sides(first)) != frozenset(sides(second))
    assert await said(door.service, wave, TEACHER) == [a]
    await door.press(TEACHER, "Not for me")
    await door.sees(TEACHER, "3 of 6")
    await door.press(TEACHER, "I can’t decide")
    await door.sees(TEACHER, "4 of 6")
    assert await said(door.service, wave, TEACHER) == [a, ""]


async def read_by_moderator(door: Door, wave: UUID) -> None:
    """Nobody else sees it before that."""
    assert len(await choices(door.service, wave)) == len(LABELS)
    while not await school_morning(door.service, wave):
        await door.service.pass_time(hours=6)
    await door.gets(CHAIR, "1 idea is waiting to be read")
    await door.press(CHAIR, "Open the list" if isinstance(door, WebDoor) else "Read them")
    shown = await door.sees(CHAIR, IDEA)
    assert "Nobody can see who had an idea. New ideas appear here each school morning" in shown
    assert "Naomi" not in shown
    await door.press(CHAIR, "Edit and add")
    await door.fills(CHAIR, "Add it", {"text": EDITED, "translated": "Cargadores en la biblioteca"})
    await door.sees(CHAIR, "No ideas to read right now.")
    (new,) = [one for one in await choices(door.service, wave) if one.key.startswith("idea-")]
    assert new.label.in_locale("es") == "Cargadores en la biblioteca"
    assert new.label.default == EDITED


async def all_compared(door: Door, wave: UUID) -> None:
    """They go on from the newest message about it, at the same pair: the invitation, which has
    become the first page in Slack, or over a weekend the reminder."""
    newest = await door.gets(TEACHER, PULSE)
    await door.press(TEACHER, "Start" if "You’ll compare" in newest else "Answer")
    news = await door.sees(TEACHER, "4 of 6")
    assert f"Your idea “{EDITED}” was added." in news
    fourth = sides(news)
    await door.press(TEACHER, "Choose B")
    await door.sees(TEACHER, "5 of 6")
    assert (await said(door.service, wave, TEACHER))[-1] == fourth[1]
    await door.press(TEACHER, "Choose B")
    assert "Your idea" not in await door.sees(TEACHER, "6 of 6"), "they have read it"
    await door.press(TEACHER, "Choose A")
    await door.sees(TEACHER, "You can change your answers until")

    async def complete() -> bool:
        who = await person(door.service.core, TEACHER)
        kept = await door.service.core.store.read(lambda tx: tx.response(wave, who.id))
        return kept is not None and kept.complete

    assert await until(complete)


async def decided_after(door: Door, wave: UUID) -> None:
    """What comes after the date is not taken; what was added is compared by everybody."""
    found = await door.service.core.store.read(lambda tx: tx.wave(wave))
    assert found is not None
    assert found.closes_at is not None
    last_day = found.closes_at - timedelta(days=1) - door.service.clock()
    await door.service.pass_time(seconds=last_day.total_seconds())
    await door.gets(OFFICE, PULSE)
    await door.press(OFFICE, "Answer")
    await door.sees(OFFICE, "You’ll compare 6 pairs, two ideas at a time.")
    await door.press(OFFICE, "Start")
    assert "Add an idea" not in await door.sees(OFFICE, "1 of 6")
    for at in range(6):
        await door.sees(OFFICE, f"{at + 1} of 6")
        await door.press(OFFICE, "Choose A")
    who = await person(door.service.core, OFFICE)
    kept = await door.service.core.store.read(lambda tx: tx.response(wave, who.id))
    assert kept is not None
    assert kept.complete
    assert len(await said(door.service, wave, OFFICE)) == 6


def sides(shown: str) -> tuple[str, str]:
    """The two choices of a pair, as somebody reads them."""
    said = " ".join(re.sub(r"Your idea “.*", "", shown).split())
    there = sorted((at, one) for one in (*LABELS, EDITED) if (at := said.find(one)) >= 0)
    assert len(there) == 2, shown
    return there[0][1], there[1][1]


async def choices(service: Running, wave: UUID) -> tuple[Choice, ...]:
    found = await service.core.store.read(lambda tx: tx.wave(wave))
    assert found is not None
    (question,) = found.survey.questions
    assert isinstance(question, Pairwise)
    return question.choices


async def school_morning(service: Running, wave: UUID) -> bool:
    """Whether an idea has waited for one. Messages may be on their way longer than that."""

    def look(tx: Transaction) -> bool:
        return any(one.rounds for one in tx.ideas(wave, FIRST.key, state=IdeaState.WAITING))

    return await service.core.store.read(look)


async def said(service: Running, wave: UUID, email: str) -> list[str]:
    """What they chose, in words; "" where they could not decide."""
    who = await person(service.core, email)
    kept = await service.core.store.read(lambda tx: tx.response(wave, who.id))
    labels = {one.key: one.label.default for one in await choices(service, wave)}
    entries: Any = kept.answers["first"] if kept else ()
    return [labels.get(one.partition(">")[0], "") for one in entries]


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_in_slack(tmp_path: Path) -> None:
    async with in_slack(tmp_path, [OFFICE]) as place:
        await lived_through(SlackDoor(place))


async def test_in_teams(tmp_path: Path) -> None:
    async with in_teams(tmp_path) as place:
        users = {who: await place.join(who) for who in (TEACHER, OFFICE, CHAIR, CTO)}
        await lived_through(TeamsDoor(place, users))


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_on_the_web(tmp_path: Path, browser: Browser) -> None:
    async with running(tmp_path, settle(months_told=True)) as service:
        await lived_through(WebDoor(service, browser))
