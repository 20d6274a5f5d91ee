"""After a restore Slack is asked which messages arrived, and only the others are sent."""

from __future__ import annotations

from pathlib import Path

from bot.app.core import Core
from bot.app.settings import Settings
from bot.operator.operations import do
from tests.faults.broadcasts import Broadcast
from tests.faults.child import Task
from tests.faults.towns import STAFF, people_of_slack, slack_settings, slack_town
from tests.journeys.running import SECRET, MovableClock, Running, until
from tests.journeys.trips import launch
from tests.stand_ins.slack import SlackStandIn


async def test_slack_is_asked_and_only_what_did_not_arrive_is_sent(tmp_path: Path) -> None:
    async with SlackStandIn() as slack:
        people_of_slack(slack)
        before = slack_town(tmp_path)
        settings = Settings(
            database_url=f"sqlite:///{before}",
            secret_key=SECRET,
            port=0,
            **(slack_settings(slack) | {"slack_per_minute": 240}),
        )
        service = Running(settings=settings, prepare=_as_it_is, clock=MovableClock())
        await service.start()
        try:
            await launch(service, list(STAFF[:12]))
            broadcast = Broadcast(
                Task(
                    database_url=f"sqlite:///{before}",
                    trip="broadcast",
                    folder=str(tmp_path),
                    people=STAFF[:12],
                ),
                slack,
            )

            async def some(number: int) -> bool:
                return broadcast.taken().total() >= number

            await until(lambda: some(3), seconds=30)
            copy = tmp_path / "copy.sqlite3"
            assert (await do(service.core, "backup", {"path": str(copy)})).ok
            await until(lambda: some(9), seconds=30)
            await service.stop()  # three, or a few less, never went out
            arrived = broadcast.taken().total()
            service.settings = settings.model_copy(
                update={"database_url": f"sqlite:///{copy}", "slack_per_minute": 12_000}
            )
            await service.start()
            asked = await do(service.core, "restored-decide", {"decision": "ask", "which": []})
            assert asked.ok, asked.lines
            assert broadcast.taken().total() == arrived

            async def everybody() -> bool:
                service.clock.forward(seconds=15)
                await service.house.pump.sweep.once()
                service.core.ears.pump()
                return broadcast.taken().total() >= 12

            await until(everybody, seconds=60, every=0.5)
            assert set(broadcast.taken().values()) == {1}
        finally:
            await service.stop()


async def _as_it_is(core: Core) -> None:
    """Nothing is put into the database."""
