"""Teams' activity feed tells who has not read an announcement: once, a day after it reached them,
in calls of a hundred, and a row says what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.jobs.feed_telling import feed_findings, tell_waiting
from bot.teams.connector import Connector
from bot.teams.feed import ACTIVITY, ActivityFeed
from core.people import Audience, Person, Platform
from core.school_calendar import Calendar, Holiday
from core.words import Words
from governance import wording
from governance.access import Source
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.delivery_reasons import DeliveryReason
from governance.messages import AnnouncementDrafted
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery
from storage.tables import feed_notice
from storage.transaction import Transaction
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import example, settle
from tests.stand_ins.graph import GraphStandIn
from tests.stand_ins.graph_apps import MISSING

pytestmark = [
    # Deprecated classes inside Microsoft's generated client warn when they are loaded.
    pytest.mark.filterwarnings("ignore:GetQueryParameters is deprecated:DeprecationWarning:kiota_"),
    pytest.mark.filterwarnings("ignore:This class is deprecated:DeprecationWarning:msgraph"),
]

STAFF = 130


@dataclass
class Town:
    core: Core
    clock: MovableClock
    graph: GraphStandIn
    feed: ActivityFeed
    slept: list[float] = field(default_factory=list)

    async def announce(self) -> UUID:
        """An announcement that has just reached everybody in Teams."""
        change = example().announcements[0].change
        written = await self.core.dispatch.by_itself(
            WriteAnnouncement(announcement_id=uuid4(), change=change, audience=Audience()),
            Source.OPERATOR,
        )
        assert isinstance(written.message, AnnouncementDrafted)
        announcement = written.message.announcement.id
        sends = SendAnnouncement(announcement_id=announcement)
        await self.core.dispatch.by_itself(sends, Source.OPERATOR)
        ledger = LedgerStore(self.core.store, {}, "en", "UTC")
        while await ledger.write_part(self.core.now()):
            pass
        reached = (
            update(delivery)
            .where(delivery.c.subject == announcement)
            .values(state="sent", sent_at=self.core.now())
        )
        await self.core.store.write(lambda tx: tx.connection.execute(reached))
        return announcement

    async def tell(self) -> int:
        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        return await tell_waiting(self.core, feed=self.feed, sleep=sleep)

    async def people(self) -> list[Person]:
        return list(await self.core.store.read(lambda tx: tx.people_of(Audience())))

    async def states(self) -> Counter[tuple[str, str | None]]:
        rows = await self.core.store.read(
            lambda tx: tx.connection.execute(select(feed_notice.c.state, feed_notice.c.why)).all()
        )
        return Counter((row.state, row.why) for row in rows)

    @property
    def told(self) -> list[str]:
        return [one["userId"] for notice in self.graph.notices for one in notice["recipients"]]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with GraphStandIn() as graph:
        teams = graph.settings()
        graph.catalogue[teams.app_id] = "in-the-catalogue"
        settings = Settings(
            database_url=f"sqlite:///{tmp_path / 'town.sqlite3'}",
            secret_key=SecretStr(SECRET),
            teams_app_id=teams.app_id,
            teams_app_secret=SecretStr(teams.app_secret),
            teams_tenant_id=teams.tenant_id,
            teams_activity_feed=True,
        )
        clock = MovableClock()
        connector = Connector(teams)
        async with open_core(settings, clock=clock) as core:
            await settle(Platform.TEAMS, staff=STAFF)(core)
            made = Town(core, clock, graph, ActivityFeed(connector))
            everybody = await made.people()

            def install(tx: Transaction) -> None:
                for who in everybody:
                    tx.note_address(
                        who,
                        platform=Platform.TEAMS,
                        workspace=teams.tenant_id,
                        user=f"account-{who.id}",
                        conversation=f"a:{who.id}",
                        service_url=None,
                        reachable=True,
                    )

            await core.store.write(install)
            yield made
        await connector.close()


async def test_who_has_not_read_it_is_told_once_a_day_later(town: Town) -> None:
    announcement = await town.announce()
    first, second, *others = await town.people()
    await town.core.store.write(lambda tx: tx.acknowledge(announcement, first.id, town.core.now()))
    assert await town.tell() == 0, "nobody on the first day"
    town.clock.forward(days=1, minutes=1)
    assert await town.tell() == len(others) + 1
    assert await town.tell() == 0, "nobody twice"
    town.clock.forward(days=3)
    assert await town.tell() == 0

    assert Counter(town.told) == Counter(f"account-{one.id}" for one in (second, *others))
    assert all(len(notice["recipients"]) <= 100 for notice in town.graph.notices)
    assert len(town.graph.notices) < len(town.told) / 20, "many people a call"
    assert set(town.slept) == {0.5}, "two calls a second"
    assert await town.states() == {("sent", None): len(town.told)}
    findings = await feed_findings(town.core)
    assert findings == [
        (True, f"Told in Teams' activity feed in the last 7 days: {len(town.told)} sent.")
    ]


async def test_a_notice_names_the_announcement_and_nothing_else(town: Town) -> None:
    await town.announce()
    town.clock.forward(days=1, minutes=1)
    await town.tell()
    title = example().announcements[0].change.title
    languages = {one.locale for one in await town.people()}
    named = {notice["templateParameters"][0]["value"] for notice in town.graph.notices}
    assert named == {title.in_locale(locale) for locale in languages}
    for notice in town.graph.notices:
        assert notice.keys() <= {
            "topic",
            "activityType",
            "previewText",
            "templateParameters",
            "recipients",
        }
        assert notice["activityType"] == ACTIVITY
        assert len(notice["previewText"]["content"]) <= 150


async def test_what_graph_says_becomes_of_the_rows(town: Town) -> None:
    await town.announce()
    town.clock.forward(days=1, minutes=1)
    everybody = len(await town.people())

    # Put off, or not permitted: nobody was told, and everybody is told later.
    for answer, seconds in (
        ((429, "TooManyRequests", "slow down"), 10.0),
        ((412, "PreconditionFailed", "The token ends soon."), 1.0),
        ((403, "Forbidden", MISSING), 3600.0),
    ):
        town.graph.feed_answers = [answer]
        assert await town.tell() == 0
        assert town.slept.pop() == seconds
        assert await town.states() == {}

    # A fault of Graph's: nobody knows, and nothing is repeated. A refusal: it says why.
    town.graph.feed_answers = [(500, "InternalServerError", "oops"), (400, "BadRequest", "no")]
    told = await town.tell()
    states = await town.states()
    assert sum(states.values()) == everybody
    kinds = {state for state, _ in states}
    assert kinds == {"unknown", "failed", "sent"}
    assert states["sent", None] == told == len(town.told)
    unknown = [
        wording.delivery_reason(Words(), str(why)) for state, why in states if state == "unknown"
    ]
    assert any("the notice may have been sent" in why for why in unknown)
    assert any("BadRequest" in str(why) for state, why in states if state == "failed")
    assert await town.tell() == 0


async def test_a_death_in_the_middle_tells_nobody_twice(town: Town) -> None:
    await town.announce()
    town.clock.forward(days=1, minutes=1)

    class Dying:
        async def tell(self, users: object, *, title: str, preview: str) -> None:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await tell_waiting(town.core, feed=Dying())  # type: ignore[arg-type]
    ((state, why), lost) = next(iter((await town.states()).items()))
    assert (state, why) == ("unknown", DeliveryReason.FEED_SENDING)
    await town.tell()
    assert len(town.told) == len(await town.people()) - lost


async def test_quiet_hours_recalls_and_leaving_keep_the_feed_silent(town: Town) -> None:
    announcement = await town.announce()
    town.clock.forward(days=1, minutes=1)
    district = await town.core.store.read(lambda tx: tx.district())
    today = town.core.now().date()
    holidays = Holiday(
        name="Break", first=today - timedelta(days=2), last=today + timedelta(days=2)
    )
    always = Calendar(holidays=(holidays,))
    silent = replace(district, calendar=always)
    await town.core.store.write(lambda tx: tx.put_district(silent, "", town.core.now()))
    assert await town.tell() == 0
    await town.core.store.write(lambda tx: tx.put_district(district, "", town.core.now()))
    found = await town.core.store.read(lambda tx: tx.announcement(announcement))
    assert found is not None
    taken_back = replace(found, recalled_at=town.core.now())
    await town.core.store.write(lambda tx: tx.put_announcement(taken_back))
    assert await town.tell() == 0
    await town.core.store.write(lambda tx: tx.put_announcement(found))
    town.clock.forward(days=14)
    assert await town.tell() == 0, "after two weeks nobody is told any more"
    assert town.told == []
    town.clock.moved -= timedelta(days=14)
    assert await town.tell() == len(await town.people())
