"""A journey's events, recorded once, to be delivered again: doubled, shuffled, late, at once."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.app.core import open_core
from bot.app.settings import Settings
from bot.app.wiring import Part
from core.people import Platform
from governance.announcements.commands import SendAnnouncement
from governance.committees.model import Channel
from storage.ledger_tables import delivery
from storage.tables import acknowledgement, address, item, item_move
from tests.faults.towns import rows_of, said_in_all, slack_settings, teams_settings
from tests.journeys.running import SECRET, MovableClock, Running, until
from tests.journeys.town import CHAIR, CTO, TEACHER, settle, small_roster, teachers
from tests.journeys.trips import PULSE, announced_title, draft, launch
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.teams import TeamsStandIn, TeamsUser

STAFF = [person.email for person in teachers(small_roster(40), 4)]
SAID = "The wifi in the portables drops every afternoon, again"
COPY = Callable[[str], str]
"""Makes a copy of a database and says its address."""


@dataclass
class Recording:
    """``prepared``: the database before the events; ``facts``: what they did, once and in order."""

    prepared: str
    standing: Any
    """The stand-in's world before them (Slack), or the stand-in itself (Teams)."""
    base_url: str
    events: list[Any]
    facts: Mapping[str, Any]


def facts(url: str) -> dict[str, Any]:
    """What a database holds of what people did, without moments and chance."""
    items = rows_of(url, item)
    return {
        "answers": sorted(json.dumps(one["answers"], sort_keys=True) for one in said_in_all(url)),
        "items": sorted((str(row.id), row.queue or "", row.answer or "") for row in items),
        "moves": len(rows_of(url, item_move)),
        "read": len(rows_of(url, acknowledgement)),
        "reached": len(rows_of(url, address)),
        "deliveries": Counter((r.campaign, r.kind, r.recipient) for r in rows_of(url, delivery)),
    }


@asynccontextmanager
async def door(
    url: str, clock: MovableClock, settings: Mapping[str, Any], *, teams: bool = False
) -> AsyncIterator[Starlette]:
    """The service's doors on a database: whatever comes in is handled, nothing goes out."""
    async with AsyncExitStack() as stack:
        wanted = Settings(database_url=url, secret_key=SECRET, **dict(settings))
        core = await stack.enter_async_context(open_core(wanted, clock=clock))
        routes: list[BaseRoute] = []
        if teams:
            from bot.app.wiring_teams import open_teams

            await open_teams(core, routes, stack)
        else:
            from bot.app.wiring_slack import open_slack

            await open_slack(core, routes, stack, lambda *_: None, hears=True)
        yield Starlette(routes=routes)


class Alone(Running):
    """A service that is one process on PostgreSQL, too."""

    @property
    def _part(self) -> Part:
        return Part.EVERYTHING


async def begin(url: str, platform: Platform, settings: Any, channels: Any) -> Running:
    service = Alone(
        settings=Settings(database_url=url, secret_key=SECRET, port=0, **settings),
        prepare=settle(platform, channels=channels, months_told=True),
        clock=MovableClock(),
    )
    await service.start()
    return service


async def ask(service: Running) -> None:
    """A survey for four, and an announcement for three."""
    await launch(service, STAFF)
    announcement = await draft(service, STAFF[:3])
    await service.by_itself(SendAnnouncement(announcement_id=announcement))


async def record_slack(prepared: str, copy: COPY) -> Recording:
    """People answer, tell something, read and acknowledge; a chair acknowledges and answers."""
    async with SlackStandIn() as slack:
        users = {email: slack.add_user(email) for email in (*STAFF, TEACHER, CHAIR, CTO)}
        network = slack.add_channel("network")
        at = Channel(platform=Platform.SLACK, workspace=slack.world.team, conversation=network)
        settings = slack_settings(slack)
        service = await begin(prepared, Platform.SLACK, settings, {"network": at})
        slack.app = f"{service.url}/slack/events"
        await ask(service)
        await slack.dm(users[TEACHER], SAID)
        shown = {}
        for email in STAFF:
            shown[email, PULSE] = await _told(slack, users[email], PULSE)
        for email in STAFF[:3]:
            shown[email, "notice"] = await _told(slack, users[email], announced_title())
        brief = await _told(slack, network, "wifi in the portables")
        await service.stop()
        slack.delivered.clear()
        standing, again = deepcopy(slack.world), copy(prepared)
        async with door(again, MovableClock(), settings) as app:
            slack.app = app
            for week, email in enumerate(STAFF, start=1):
                filled = {"week": str(week), "help": "late"}
                await slack.click(users[email], shown[email, PULSE], "Answer", filled)
            for email in STAFF[:3]:
                await slack.click(users[email], shown[email, "notice"], "I have read this")
            for email in STAFF[:2]:
                await slack.dm(users[email], f"The projector of {email} hums")
            await slack.open_home(users[STAFF[3]])
            await slack.click(users[CHAIR], brief, "Acknowledge")
            await slack.click(users[CHAIR], brief, "Answer")
            modal = slack.modal(users[CHAIR])
            assert modal is not None
            await slack.submit(users[CHAIR], {"text": "New access points arrive in March."})
        for path, hook in slack.world.hooks.items():
            standing.hooks[path] = hook | {"left": 5}
        return Recording(prepared, standing, slack.base_url, slack.delivered[:], facts(again))


async def _told(slack: SlackStandIn, where: str, words: str) -> Any:
    async def look() -> Any:
        return [m for m in slack.from_app(where) if words in texts(m)]

    return deepcopy((await until(look))[0])


async def record_teams(prepared: str, copy: COPY, teams: TeamsStandIn) -> Recording:
    """The same in Teams, and somebody installs the app."""
    network = teams.channel("network")
    at = Channel(platform=Platform.TEAMS, workspace=teams.tenant, conversation=network)
    settings = teams_settings(teams)
    service = await begin(prepared, Platform.TEAMS, settings, {"network": at})
    teams.reach(service.url)
    people = {email: teams.person(email, email) for email in (*STAFF, TEACHER, CHAIR)}
    late = teams.person("late", teachers(small_roster(40), 6)[5].email)
    for user in people.values():
        await teams.install(user)
    await ask(service)
    await teams.say(people[TEACHER], SAID)
    asked = {email: await _posted(teams, people[email].chat, PULSE) for email in STAFF}
    told = {e: await _posted(teams, people[e].chat, announced_title()) for e in STAFF[:3]}
    brief = await _posted(teams, network, "wifi in the portables")
    await service.stop()
    teams.delivered.clear()
    again = copy(prepared)
    async with door(again, MovableClock(), settings, teams=True) as app:
        teams.reach(app)
        await _act(teams, people, late, asked, told, brief)
    return Recording(prepared, teams, "", teams.delivered[:], facts(again))


async def _act(
    teams: TeamsStandIn, people: Any, late: TeamsUser, asked: Any, told: Any, brief: Any
) -> None:
    for week, email in enumerate(STAFF, start=1):
        filled = {"field.week": str(week), "field.help": "late"}
        await teams.execute(people[email], asked[email], "Send my answers", filled)
    for email in STAFF[:3]:
        await teams.execute(people[email], told[email], "I have read this")
    for email in STAFF[:2]:
        await teams.say(people[email], f"The projector of {email} hums")
    await teams.install(late)
    await teams.execute(people[CHAIR], brief, "Acknowledge")
    form = await teams.execute(people[CHAIR], brief, "Answer")
    said = {"field.text": "New access points arrive in March."}
    await teams.execute(people[CHAIR], form.card, "Send the answer", said)


async def _posted(teams: TeamsStandIn, where: str, words: str) -> Any:
    async def look() -> Any:
        return [m for m in teams.messages(where) if words in m.text]

    return (await until(look))[0]


async def play(
    events: list[Any],
    deliver: Callable[[Any], Awaitable[int]],
    clock: MovableClock,
    rng: Random,
    times: int = 3,
) -> None:
    """Every event so many times, in any order, some days late, some at once with themselves."""
    again = [event for event in events for _ in range(times)]
    rng.shuffle(again)
    while again:
        event = again.pop()
        together = 1
        if event in again and rng.random() < 0.3:
            again.remove(event)
            together = 2
        statuses = await asyncio.gather(*(deliver(event) for _ in range(together)))
        assert set(statuses) == {200}, (statuses, event)
        if rng.random() < 0.2:
            clock.forward(hours=rng.uniform(1, 12))
