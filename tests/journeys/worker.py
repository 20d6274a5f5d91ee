"""A worker as a process of its own, with the journeys' movable clock.

``python -m tests.journeys.worker JSON``, the JSON being an ``Asked``. It is ``soundingboard
worker`` but for its clock, whose offset stands in a file, and what a fault test asks of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

READY = "is at work"
"""What it says when it is."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """``settings`` as ``Settings`` takes them; ``clock`` the file; ``lease`` seconds; ``by_rote``:
    it reads with ``Rote``."""

    settings: dict[str, Any]
    clock: str
    lease: float | None = None
    by_rote: bool = False


def offset(clock: Path) -> timedelta:
    return timedelta(seconds=float(clock.read_text() or 0))


class WorkerProcess:
    """A worker that runs, from the test's side. What it logs goes into a file."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self.log = log

    @classmethod
    async def start(cls, asked: Asked, log: Path) -> WorkerProcess:
        with log.open("ab") as writing:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.journeys.worker",
                json.dumps(asdict(asked)),
                stdout=asyncio.subprocess.PIPE,
                stderr=writing,
            )
        return cls(process, log)

    async def ready(self) -> None:
        """Wait until it is at work."""
        assert self.process.stdout is not None
        async with asyncio.timeout(120):
            while line := await self.process.stdout.readline():
                if READY in line.decode():
                    return
        raise AssertionError(f"no worker: {self.log.read_text()[-3000:]}")

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it, and wait until it has ended."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(120):
            await self.process.communicate()
        assert self.process.returncode is not None
        return self.process.returncode


def main(asked: Asked) -> None:
    from bot.logs import set_up_logs
    from bot.serving import working
    from bot.settings import Settings
    from bot.wiring import House, Part, open_house
    from scheduler import stint

    if asked.lease is not None:
        stint.LEASE_SECONDS = asked.lease
    if asked.by_rote:
        from tests.journeys import rote

        rote.read_by_rote()
    clock = Path(asked.clock)

    @asynccontextmanager
    async def opening() -> AsyncIterator[House]:
        async with open_house(
            Settings(**asked.settings),
            clock=lambda: datetime.now(UTC) + offset(clock),
            part=Part.WORKER,
        ) as house:
            yield house

    set_up_logs("json")
    asyncio.run(working(opening))


if __name__ == "__main__":
    os.environ.pop("SOUNDINGBOARD_DATABASE_URL", None)
    main(Asked(**json.loads(sys.argv[1])))
