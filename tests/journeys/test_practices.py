"""An assessment of IG1 of the CIS Controls: eleven owners in Slack, in Teams and on the web answer
56 safeguards, each where they are, and the Information Security Officer runs it from each of the
three (``doors.py``).

The framework comes by the command line. One answer is sent back, one safeguard does not apply. One
risk is accepted until a day, comes back, and becomes a rule draft and a change. The next year
starts from the answers of the last. No message and no line of the log says what anybody answered
or decided.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import update

from bot.app.core import Core
from bot.operator.operations import OPERATIONS
from core.people import Platform
from governance.controls import addresses
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
    Framework,
)
from governance.controls.running_commands import ConfirmControl, ShowControlReview
from governance.gaps.commands import BeginWork
from governance.gaps.model import WorkKind
from storage.tables import person
from tests.journeys import test_slack, test_teams
from tests.journeys.doors import Door, SlackDoor, TeamsDoor, WebDoor
from tests.journeys.logged import Log
from tests.journeys.running import Running, running
from tests.journeys.test_changes import ask, monday
from tests.journeys.town import CTO, ISO, settle, small_roster, teachers
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn
from tests.stand_ins.teams import TeamsStandIn

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

OWNERS = [one.email for one in teachers(small_roster(40), 11)]
PLACES = (Platform.SLACK, Platform.TEAMS, Platform.WEB)
CONTROLS = dict(zip((14, 4, 3, 6, 5, 7, 11, 2, 8, 10, 17), OWNERS, strict=True))
"""Who owns the safeguards of which control; the first four owners have one more."""
CONTROLS |= {1: OWNERS[0], 9: OWNERS[1], 12: OWNERS[2], 15: OWNERS[3]}

SAID = "The canary procedure is on the shelf."
NOT_HERE = "The canary building has no such network."
WORD = "The canary shelf was empty when I looked."
SECRETS = ("canary", "Risk accepted", "To be fixed", "In place on", "A rule is")
"""What was typed, what was decided, and what the steps of two dimensions say."""

SENT_BACK, NOT_APPLICABLE = "1.1", "12.1"
DECIDED = "4.1"
"""About whose gap is decided."""
AGREED = "The canary procedure costs more than it helps."
TO_MEND = "The canary procedure is cheaper in the end."

IN_WINDOWS = {"views.open", "views.update", "views.push"}
"""Calls to Slack that no message keeps."""


def places(iso_at: Platform) -> Mapping[str, Platform]:
    """Where everybody is. Owners move on with the ISO: each act of theirs is done on each of the
    three platforms."""
    first = PLACES.index(iso_at)
    return {ISO: iso_at} | {one: PLACES[(first + n) % 3] for n, one in enumerate(OWNERS, start=1)}


@dataclass
class Practices:
    """The town with its doors; ``at``: where everybody is."""

    service: Running
    doors: Mapping[Platform, Door]
    at: Mapping[str, Platform]
    slack: SlackStandIn
    teams: TeamsStandIn

    def of(self, who: str) -> Door:
        return self.doors[self.at[who]]

    async def assessment(self) -> Assessment:
        """The newest."""
        found = await self.service.core.store.read(lambda tx: tx.assessments())
        return found[0]

    async def rows(self) -> dict[str, Assessed]:
        newest = await self.assessment()
        found = await self.service.core.store.read(lambda tx: tx.assessed(newest.id))
        return {one.number: one for one in found}


@asynccontextmanager
async def town(folder: Path, browser: Browser, iso_at: Platform) -> AsyncIterator[Practices]:
    """One service in front of which are a Slack, a Teams and a browser."""
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        at = places(iso_at)
        users = {who: slack.add_user(who) for who in at if at[who] is Platform.SLACK}
        load = settle(Platform.WEB)

        async def prepare(core: Core) -> None:
            await load(core)
            for platform in PLACES:
                some = [who for who in at if at[who] is platform]
                moved = update(person).where(person.c.email.in_(some)).values(platform=platform)
                await core.store.write(lambda tx, moved=moved: tx.connection.execute(moved))

        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_bot_token": BOT_TOKEN,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
            **teams.served_by,
        }
        async with running(folder, prepare, **settings) as service:
            slack.app = f"{service.url}/slack/events"
            teams.reach(service.url)
            in_slack = test_slack.Place(service, slack, users, {})
            in_teams = test_teams.Place(service, teams, {})
            for user in users.values():
                await slack.open_home(user, "messages")
            members = {who: await in_teams.join(who) for who in at if at[who] is Platform.TEAMS}
            doors: dict[Platform, Door] = {
                Platform.SLACK: SlackDoor(in_slack),
                Platform.TEAMS: TeamsDoor(in_teams, members),
                Platform.WEB: WebDoor(service, browser),
            }
            yield Practices(service, doors, at, slack, teams)


# -- what happens ----------------------------------------------------------------------------


async def imported(town: Practices) -> Framework:
    """By what the command line asks for."""
    told = await OPERATIONS["framework-import"](town.service.core, {"included": "cis-8.1"})
    assert told.ok
    assert "18 controls, 153 safeguards (IG1 56, IG2 130, IG3 153)" in "\n".join(told.lines)
    found = await town.service.core.store.read(lambda tx: tx.framework("cis"))
    assert found is not None
    return found


async def begun(town: Practices, name: str, due: date) -> None:
    """The ISO begins it, names its owners and opens it."""
    iso = town.of(ISO)
    await written(town, name, due)
    lines = "\n".join(f"{control} {who}" for control, who in CONTROLS.items())
    await iso.press(ISO, "Name owners")
    if town.at[ISO] is Platform.WEB:  # there, a table comes first
        await iso.press(ISO, "From a file")
    await iso.fills(ISO, "Save", {"owners": lines})
    await iso.sees(ISO, "11 owners")
    await opened(town)
    rows = await town.rows()
    assert len(rows) == 56
    assert {one.owner for one in rows.values()} == set(await ids(town, OWNERS))


async def written(town: Practices, name: str, due: date) -> None:
    iso = town.of(ISO)
    await iso.asks(ISO, "practices", "/practices")
    await iso.sees(ISO, "Security practices")
    await iso.press(ISO, "Begin an assessment: CIS Critical Security Controls")
    fields = {"name": name, "group": "ig1", "due": due.isoformat()}
    await iso.fills(ISO, "Save", fields)
    await iso.sees(ISO, name)


async def opened(town: Practices) -> None:
    iso = town.of(ISO)
    await iso.press(ISO, "Open the assessment")
    shown = await iso.sees(ISO, "Open this assessment?")
    assert {"56", "11"} <= set(re.findall("[0-9]+", shown)), shown
    await iso.press(ISO, "Open it and ask everyone")
    await iso.sees(ISO, "0 of 56 safeguards assessed")


async def ids(town: Practices, emails: list[str]) -> list[UUID]:
    found = [
        await town.service.core.store.read(lambda tx, one=one: tx.person_by_email(one))
        for one in emails
    ]
    return [one.id for one in found if one is not None]


async def answered(town: Practices, framework: Framework) -> None:
    for who in OWNERS:
        numbers = [
            one.number
            for one in framework.in_group("ig1")
            if CONTROLS[int(one.number.partition(".")[0])] == who
        ]
        await owner_answers(town, who, numbers)
    rows = await town.rows()
    assert {one.state for one in rows.values()} == {AnswerState.DONE}
    assert rows[NOT_APPLICABLE].answer.why_not == NOT_HERE
    assert not rows[NOT_APPLICABLE].answer.scores


async def owner_answers(town: Practices, who: str, numbers: list[str]) -> None:
    door = town.of(who)
    await door.gets(who, f"Please assess {len(numbers)} safeguard")
    await door.press(who, "Assess the next one")
    for n, number in enumerate(numbers):
        await door.sees(who, f"Assess CIS {number}")
        await door.fills(who, "Done", given(number))
        await door.sees(who, f"CIS {number} is done")
        if n + 1 < len(numbers):
            await door.opens_window(who, f"Assess CIS {numbers[n + 1]}")


def given(number: str, **more: str) -> dict[str, str]:
    """Four scores that differ, and what proves them."""
    if number == NOT_APPLICABLE:
        return {"applies": "no", "why_not": NOT_HERE, **more}
    first = 1 + sum(map(int, number.split("."))) % 5
    scores = {"policy": first, "implemented": 4, "automated": 2, "reported": 3}
    return {"applies": "yes", **{k: str(v) for k, v in scores.items()}, "evidence": SAID, **more}


async def reviewed(town: Practices) -> None:
    """One is sent back and answered again; the ISO confirms the next in the same window, and the
    rest by whole controls."""
    iso, owner = town.of(ISO), OWNERS[0]
    door = town.of(owner)
    name = await town.service.core.store.read(lambda tx: tx.person_by_email(owner))
    assert name is not None
    await iso.gets(ISO, f"{name.name} has assessed")
    await iso.press(ISO, "Confirm the next one")
    assert SAID in await iso.sees(ISO, f"Confirm CIS {SENT_BACK}")
    await iso.fills(ISO, "Save", {"verdict": "send_back", "word": WORD})
    await iso.sees(ISO, f"CIS {SENT_BACK} was sent back")
    await iso.opens_window(ISO, "Confirm CIS 1.2")
    await iso.fills(ISO, "Save", {"verdict": "confirm"})
    await iso.sees(ISO, "CIS 1.2 is confirmed")

    told = await door.gets(owner, f"Sent back: CIS {SENT_BACK}")
    assert "Please assess 1 safeguard" in told
    await door.press(owner, "Assess the next one")
    assert WORD in await door.sees(owner, f"Assess CIS {SENT_BACK}")
    await door.fills(owner, "Done", given(SENT_BACK, implemented="5"))
    await door.sees(owner, f"CIS {SENT_BACK} is done")

    newest = (await town.assessment()).id
    for control in CONTROLS:
        which = {"assessment_id": newest, "control": str(control)}
        shown = await ask(town.service, ISO, ShowControlReview(**which))
        await ask(town.service, ISO, ConfirmControl(**which, seen=shown.seen))
    rows = await town.rows()
    assert {one.state for one in rows.values()} == {AnswerState.CONFIRMED}
    assert rows[SENT_BACK].answer.scores[Dimension.IMPLEMENTED] == 5


async def accepted(town: Practices) -> None:
    """What is missing is accepted for three weeks: on the safeguard's page."""
    web, newest = town.doors[Platform.WEB], (await town.assessment()).id
    await web.asks(ISO, "", addresses.safeguard(newest, DECIDED))
    await web.press(ISO, "Decide about this gap")
    (cto,) = await ids(town, [CTO])
    until_day = town.service.clock().date() + timedelta(days=21)
    fields = {
        "choice": "accept",
        "why": AGREED,
        "by_day": until_day.isoformat(),
        "accepted_by": str(cto),
    }
    await web.fills(ISO, "Save", fields)
    await web.sees(ISO, "Risk to be accepted until")
    [gap] = await town.service.core.store.read(lambda tx: tx.gaps(open_only=True))
    await web.asks(CTO, "", addresses.gap(gap.id))
    await web.press(CTO, "Accept the risk")
    await web.sees(CTO, "Risk accepted until")


async def ran_out(town: Practices) -> None:
    """It comes back to the ISO by itself, who decides anew."""
    iso = town.of(ISO)
    await town.service.pass_time(days=23)
    await iso.gets(ISO, "Work on security practices needs a decision")
    await iso.press(ISO, "Decide")
    by_day = town.service.clock().date() + timedelta(days=90)
    fields = {"choice": "mend", "why": TO_MEND, "by_day": by_day.isoformat()}
    await iso.fills(ISO, "Save", fields)
    shown = await iso.sees(ISO, "To be fixed by")
    assert AGREED in shown, "an earlier decision stays on record"


async def became_work(town: Practices) -> None:
    """A rule draft, and then a change; the page of each names the safeguard to the ISO alone."""
    iso, web = town.of(ISO), town.doors[Platform.WEB]
    await iso.sees(ISO, "Draft a rule")
    await iso.press(ISO, "Draft a rule")
    await iso.sees(ISO, "Draft")
    (gap,) = await town.service.core.store.read(lambda tx: tx.gaps(open_only=True))
    await ask(town.service, ISO, BeginWork(gap_id=gap.id, kind=WorkKind.CHANGE))
    works = await town.service.core.store.read(lambda tx: tx.gap_work(gap.id))
    paths = {one.kind: f"{PAGES[one.kind]}/{one.subject}" for one in works}
    assert set(paths) == {WorkKind.RULE, WorkKind.CHANGE}
    for path in paths.values():
        await web.asks(ISO, "", path)
        await web.sees(ISO, f"Created for CIS {DECIDED}")
    await web.asks(ISO, "", addresses.gap(gap.id))
    shown = await web.sees(ISO, "Work started")
    assert "Rule: Draft" in shown
    assert "Change: " in shown


PAGES = {WorkKind.RULE: "/rules", WorkKind.CHANGE: "/calendar"}


async def closed(town: Practices) -> None:
    web = town.doors[Platform.WEB]
    newest = await town.assessment()
    await web.asks(ISO, "", f"/practices/{newest.id}/run")
    await web.press(ISO, "Close the assessment")
    await web.press(ISO, "Close it for good")
    await web.sees(ISO, "Closed")
    assert (await town.assessment()).state is AssessmentState.CLOSED


async def a_year_later(town: Practices) -> None:
    """The next assessment starts from this one: each answer is marked as old, kept by its owner or
    given anew, and the trend has both years."""
    town.service.clock.forward(days=370)
    await town.service.pass_time(seconds=1)
    await written(town, "Next winter", monday(town.service, 4))
    await opened(town)
    numbers = sorted((await town.rows()), key=lambda one: [*map(int, one.split("."))])
    owner = OWNERS[0]
    own = [one for one in numbers if CONTROLS[int(one.partition(".")[0])] == owner]
    door = town.of(owner)
    told = await door.gets(owner, "Next winter")
    assert f"Please assess {len(own)} safeguards" in told
    await door.press(owner, "Assess the next one")
    shown = await door.sees(owner, f"Assess CIS {own[0]}")
    assert "Last assessed more than a year ago." in shown
    await door.press(owner, "This is still true")
    await door.sees(owner, f"CIS {own[0]} is done")
    await door.opens_window(owner, f"Assess CIS {own[1]}")
    await door.fills(owner, "Done", given(own[1], policy="5", automated="5", reported="5"))
    await door.sees(owner, f"CIS {own[1]} is done")
    rows = await town.rows()
    kept, anew = (rows[one] for one in own[:2])
    assert kept.answer.evidence == SAID
    assert kept.state is anew.state is AnswerState.DONE
    newest = await town.assessment()
    web = town.doors[Platform.WEB]
    await web.asks(ISO, "", f"/practices/{newest.id}")
    shown = await web.sees(ISO, "Trend")
    assert "Winter" in shown
    assert "Next winter" in shown


# -- the three ------------------------------------------------------------------------------------


@pytest.mark.prove_on_postgres("owners and workers write the same assessment")
async def test_the_iso_runs_an_assessment_from_slack(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    await lived_through(Platform.SLACK, tmp_path, browser, log)


async def test_the_iso_runs_an_assessment_from_teams(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    await lived_through(Platform.TEAMS, tmp_path, browser, log)


async def test_the_iso_runs_an_assessment_on_the_web(
    tmp_path: Path, browser: Browser, log: Log
) -> None:
    await lived_through(Platform.WEB, tmp_path, browser, log)


async def lived_through(iso_at: Platform, tmp_path: Path, browser: Browser, log: Log) -> None:
    async with town(tmp_path, browser, iso_at) as found:
        framework = await imported(found)
        await begun(found, "Winter", monday(found.service, 4))
        await answered(found, framework)
        await reviewed(found)
        await accepted(found)
        await ran_out(found)
        await became_work(found)
        await closed(found)
        await a_year_later(found)
        await nothing_told(found, log)


async def nothing_told(town: Practices, log: Log) -> None:
    """No message and no line of the log has any of it. The windows had all of it."""
    windows = [call for call in town.slack.world.calls if call[0] in IN_WINDOWS]
    assert "In place on" in json.dumps(windows)
    slack = [call for call in town.slack.world.calls if call[0] not in IN_WINDOWS]
    door = town.doors[Platform.TEAMS]
    assert isinstance(door, TeamsDoor)
    sent = [said for one in town.teams.posted for said in (*one.before, one.activity)]
    teams = [*sent, *door.in_place]
    assert any(one.before for one in town.teams.posted), "what is left is drawn again"
    told = json.dumps([slack, teams]) + log.text
    assert re.search(r"CIS [0-9]+\.[0-9]+", told), "messages name safeguards"
    assert [one for one in SECRETS if one in told] == []
