"""Workspaces install the app by OAuth, are written to with their own tokens, and remove it."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from bot.operator.operations import do
from bot.slack_app import linking as slack_linking
from core.people import Platform
from governance.announcements.commands import SendAnnouncement
from governance.delivery_reasons import DeliveryReason
from storage.ledger_tables import delivery
from storage.tables import address
from tests.journeys.running import Running, running, until
from tests.journeys.town import settle, small_roster, teachers
from tests.journeys.trips import PULSE, draft, launch
from tests.stand_ins.slack import SIGNING_SECRET, texts
from tests.stand_ins.slack_oauth import CLIENT_ID, CLIENT_SECRET, InstallingSlack, Workplace

Json = dict[str, Any]
STAFF = [person.email for person in teachers(small_roster(40), 4)]


@dataclass
class Town:
    """A service that nobody has installed yet, and Slack."""

    service: Running
    slack: InstallingSlack

    async def told(self, name: str, **given: Any) -> str:
        """What an operation of the command line says."""
        return "\n".join((await do(self.service.core, name, given)).lines)

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(base_url=self.service.url, timeout=30) as browser:
            yield browser

    async def begin(self, browser: httpx.AsyncClient) -> str:
        """As far as Slack: where the operator's link leads."""
        page = await browser.get(await self.told("slack-link"))
        assert page.status_code == 200
        assert "Continue to Slack" in page.text
        (way,) = re.findall(r'href="(/slack/install/begin[^"]+)"', page.text)
        begun = await browser.get(way)
        assert begun.status_code == 303
        return begun.headers["location"]

    async def install(self, place: Workplace) -> httpx.Response:
        async with self.browser() as browser:
            return await browser.get(self.slack.approve(await self.begin(browser), place))

    async def linked(self, place: Workplace, people: int) -> None:
        """Wait until people are known to be in a workspace."""
        here = select(address.c.user).where(
            address.c.workspace == place.world.team, address.c.reachable
        )

        async def look() -> bool:
            found = await self.service.core.store.read(lambda tx: tx.connection.execute(here).all())
            return len(found) == people

        await until(look)

    async def outcomes(self, kind: str) -> dict[str, tuple[str, str | None]]:
        """Lane -> state and reason of the deliveries of a kind (each lane's last one)."""
        rows = select(delivery.c.lane, delivery.c.state, delivery.c.why).where(
            delivery.c.kind == kind
        )
        found = await self.service.core.store.read(lambda tx: tx.connection.execute(rows).all())
        return {row.lane: (row.state, row.why) for row in found}


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    async with in_town(tmp_path, monkeypatch) as found:
        yield found


@asynccontextmanager
async def in_town(
    folder: Path, monkeypatch: pytest.MonkeyPatch, **more: Any
) -> AsyncIterator[Town]:
    monkeypatch.setattr(slack_linking, "_LOOK_SECONDS", 0.1)
    async with InstallingSlack() as slack:
        settings = {
            "slack_signing_secret": SIGNING_SECRET,
            "slack_client_id": CLIENT_ID,
            "slack_client_secret": CLIENT_SECRET,
            "slack_api_url": slack.api_url,
            "slack_per_minute": 6000,
            **more,
        }
        async with running(folder, settle(Platform.SLACK), **settings) as service:
            slack.app = f"{service.url}/slack/events"
            yield Town(service, slack)


async def heard(place: Workplace, user: str, words: str) -> Json:
    async def look() -> Json | None:
        found = [m for m in place.from_app(user) if words in texts(m)]
        return found[-1] if found else None

    found: Json = await until(look)
    return found


def holding(folder: Path, words: str) -> list[str]:
    """Which of the database's files (its log among them) hold words in the clear."""
    files = folder.glob("test.sqlite3*")
    return [path.name for path in files if words.encode() in path.read_bytes()]


async def test_installed_asked_answered_and_removed_and_the_ledger_says_why_nothing_is_sent(
    town: Town, tmp_path: Path
) -> None:
    service, hall = town.service, town.slack.workspace("T0HALL", "Town Hall")
    user = hall.add_user(STAFF[0])
    page = await town.install(hall)
    assert page.status_code == 200
    assert "Sounding Board is installed in Town Hall (T0HALL)" in page.text
    await town.linked(hall, 1)
    assert "+Slack takes the token: soundingboard in Town Hall" in await town.told("slack-doctor")

    await launch(service, STAFF[:1])
    invitation = await heard(hall, user, PULSE)
    await hall.click(user, invitation, "Answer", {"week": "2", "help": "late"})
    assert await heard(hall, user, "Thank you")
    await service.restart()
    for _ in range(10):
        await hall.dm(user, "help")
    assert len([m for m, _ in hall.world.calls if m == "auth.test"]) <= 4, "not once a request"

    (token,) = hall.tokens
    if service.core.store.embedded:
        assert holding(tmp_path, STAFF[0]), "what is looked through is the database"
    assert not holding(tmp_path, token.removeprefix("xoxb-"))

    assert [answer.status_code for answer in await hall.remove()] == [200, 200]
    if not service.core.store.embedded:
        # A worker may hold the token for two seconds more: what Slack then refuses waits for long.
        assert "T0HALL  Town Hall (workspace): removed" in await town.told("slack-list")
        return
    said = len(hall.world.calls)
    sent = await draft(service, STAFF[:1])
    await service.by_itself(SendAnnouncement(announcement_id=sent))

    async def over() -> Any:
        state, why = (await town.outcomes("notice")).get("slack:T0HALL", ("", ""))
        return (state, why) if state not in ("", "queued", "leased") else None

    state, why = await until(over)
    assert state == "unreachable"
    assert why == DeliveryReason.SLACK_NOT_IN_WORKSPACE
    await hall.dm(user, "is anybody there?")
    assert len(hall.world.calls) == said, "Slack was asked for nothing"
    assert "T0HALL  Town Hall (workspace): removed" in await town.told("slack-list")

    assert (await town.install(hall)).status_code == 200
    await hall.dm(user, "help")
    assert await heard(hall, user, "Sounding Board")
    later = await hall.event({"type": "app_uninstalled"}, at=int(time.time()) - 3600)
    assert later.status_code == 200
    assert "installed" in await town.told("slack-list"), "Slack spoke of the one before"


@pytest.mark.prove_on_postgres("a lane of two workers each")
async def test_two_workspaces_each_have_a_token_and_a_lane_and_only_one_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_town(tmp_path, monkeypatch, slack_workspaces="T0HALL, T0BARN") as town:
        hall = town.slack.workspace("T0HALL", "Town Hall")
        barn = town.slack.workspace("T0BARN", "The Barn")
        people = {
            place: place.add_user(email) for place, email in ((hall, STAFF[0]), (barn, STAFF[1]))
        }
        both = {place: place.add_user(STAFF[2]) for place in (hall, barn)}
        assert people[hall] == people[barn], "an id says nothing without its workspace"
        for place in (hall, barn):
            assert (await town.install(place)).status_code == 200
            await town.linked(place, 2)
        service = town.service
        await launch(service, STAFF[:2])
        for place, user in people.items():
            invitation = await heard(place, user, PULSE)
            await place.click(user, invitation, "Answer", {"week": "2", "help": "yes"})
            assert await heard(place, user, "Thank you")

        async def recorded() -> bool:  # after it was sent, and maybe after it was answered
            outcomes = await town.outcomes("invitation")
            return {lane: state for lane, (state, _) in outcomes.items()} == {
                "slack:T0HALL": "sent", "slack:T0BARN": "sent",
            }  # fmt: skip

        await until(recorded)

        await hall.remove()
        wave = await launch(service, STAFF[1:3], "technology-priorities")
        assert await heard(barn, people[barn], "Technology priorities")
        assert await heard(barn, both[barn], "Technology priorities"), (
            "reached where they still are"
        )

        async def both_sent() -> bool:
            return await service.sent("invitation", wave) == 2

        await until(both_sent)

        said = await town.told("slack-remove", workspace="T0BARN")
        assert "nothing is sent there any more" in said
        assert barn.tokens == []


async def test_a_strangers_workspace_gets_nothing_and_its_token_is_given_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = town.slack.workspace("T0HALL", "Town Hall")
    stranger = town.slack.workspace("T0EVIL", "<b>Strangers</b>")
    assert (await town.install(hall)).status_code == 200
    page = await town.install(stranger)
    assert page.status_code == 403
    assert "This workspace is not allowed to install Sounding Board" in page.text
    assert "<b>Strangers" not in page.text
    assert stranger.tokens == [], "revoked"
    user = stranger.add_user(STAFF[0])
    assert (await stranger.dm(user, "help")).status_code == 200
    assert stranger.from_app(user) == []
    assert "T0EVIL" not in await town.told("slack-list")
    assert (await town.install(hall)).status_code == 200, "the first one may again"


async def test_nothing_is_installed_by_a_way_that_the_operator_did_not_open(town: Town) -> None:
    hall = town.slack.workspace("T0HALL", "Town Hall")
    async with town.browser() as browser, town.browser() as other:
        assert (await browser.get("/slack/install")).status_code == 403
        assert (await browser.get("/slack/install/begin?token=guess")).status_code == 403
        link = await town.told("slack-link")
        back = town.slack.approve(await town.begin(browser), hall)
        assert (await other.get(back)).status_code == 400, "another browser left with it"
        state = parse_qs(urlsplit(back).query)["state"][0]
        forged = back.replace(state, state[::-1])
        assert (await browser.get(forged)).status_code == 400
        assert hall.tokens == [], "no code was asked for"

        begun = await town.begin(browser)
        kept = dict(browser.cookies)
        again = town.slack.approve(begun, hall)
        assert (await browser.get(again)).status_code == 200
        browser.cookies.update(kept)
        twice = town.slack.approve(begun, hall)
        assert (await browser.get(twice)).status_code == 400, "a state is used once"

        late = await town.begin(browser)
        town.service.clock.forward(minutes=11)
        assert (await browser.get(town.slack.approve(late, hall))).status_code == 400
        town.service.clock.forward(minutes=50)
        assert (await browser.get(link)).status_code == 403, "an hour is over"


async def test_a_token_that_runs_out_is_not_taken_and_the_page_says_what_to_do(town: Town) -> None:
    town.slack.expiring = True
    page = await town.install(town.slack.workspace("T0HALL", "Town Hall"))
    assert page.status_code == 400
    assert "Turn off token rotation" in page.text
    assert "Nobody has installed the app yet" in await town.told("slack-list")


async def test_a_whole_organization_installs_once_for_all_its_workspaces(town: Town) -> None:
    whole = town.slack.organization("E0DISTRICT", "T0NORTH", "The District")
    mark = {"enterprise_user": {"enterprise_id": "E0DISTRICT"}}
    north = whole.add_user(STAFF[0], **mark)
    south = whole.add_user(STAFF[1], team_id="T0SOUTH", **mark)
    assert (await town.install(whole)).status_code == 200
    assert "E0DISTRICT  The District (organization)" in await town.told("slack-list")
    await town.linked(whole, 1)
    await launch(town.service, STAFF[:2])
    for user in (north, south):
        invitation = await heard(whole, user, PULSE)
        await whole.click(user, invitation, "Answer", {"week": "2", "help": "late"})
        assert await heard(whole, user, "Thank you")
    assert set(await town.outcomes("invitation")) == {"slack:T0NORTH", "slack:T0SOUTH"}
    await whole.remove()
    assert "removed" in await town.told("slack-list")
