"""The town with a Slack and a Microsoft Graph round it, and one committee's channel in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.doctor.channel_watch import LOOKED_EVERY, look_if_due
from core.people import Platform
from governance.committees.model import Channel
from tests.attacks.hall import Hall
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import TEACHER, settle
from tests.stand_ins.graph import GraphStandIn
from tests.stand_ins.slack import SlackStandIn


@dataclass
class Town:
    core: Core
    clock: MovableClock
    slack: SlackStandIn
    graph: GraphStandIn
    channel: str
    staff: str

    async def look(self) -> bool:
        return await look_if_due(self.core)

    async def tomorrow(self) -> bool:
        self.clock.moved += LOOKED_EVERY + timedelta(minutes=1)
        return await self.look()

    async def rows(self, question: str) -> list[Any]:
        return await self.core.store.read(
            lambda tx: list(tx.connection.exec_driver_sql(question).all())
        )

    async def briefs(self) -> dict[str, str]:
        """platform -> state, of the newest item's briefs."""
        await Hall(self.core, self.clock).item(TEACHER, "The Wi-Fi is slow.")
        subject = "(SELECT subject FROM delivery WHERE kind = 'brief' ORDER BY rowid DESC LIMIT 1)"
        asked = "SELECT platform, state FROM delivery WHERE kind = 'brief' AND subject = "
        return dict(map(tuple, await self.rows(asked + subject)))

    async def told(self) -> set[str]:
        asked = (
            "SELECT email FROM person JOIN delivery ON person.id = delivery.person_id "
            "WHERE delivery.kind = 'channel-open'"
        )
        return {row[0] for row in await self.rows(asked)}


@asynccontextmanager
async def chat_town(tmp_path: Path) -> AsyncIterator[Town]:
    """Opened, with nothing looked at yet."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackStandIn())
        graph = await stack.enter_async_context(GraphStandIn())
        teams = graph.settings()
        settings = Settings(
            database_url=f"sqlite:///{tmp_path / 'town.sqlite3'}",
            secret_key=SecretStr(SECRET),
            slack_signing_secret=SecretStr("x" * 32),
            slack_bot_token=SecretStr(slack.bot_token),
            slack_api_url=slack.api_url,
            teams_app_id=teams.app_id,
            teams_app_secret=SecretStr(teams.app_secret),
            teams_tenant_id=teams.tenant_id,
            teams_login_url=teams.login_url,
            teams_graph_url=teams.graph_url,
            teams_service_url=teams.service_url,
            teams_service_hosts="127.0.0.1",
        )
        member = slack.add_user("member@schools.example.org")
        channel = slack.add_channel("network", members=[member])
        places = {"network": Channel(platform=Platform.SLACK, workspace="T1", conversation=channel)}
        clock = MovableClock()
        core = await stack.enter_async_context(open_core(settings, clock=clock))
        await settle(staff=5, channels=places)(core)
        yield Town(core, clock, slack, graph, channel, member)
