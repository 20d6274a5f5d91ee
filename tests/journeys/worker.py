"""A worker as a process of its own, with the journeys' movable clock.

It is ``soundingboard worker`` but for its clock, whose offset stands in a file, for what a fault
test asks of it, and for its start: it is forked from a process that has everything imported, which
every journey on PostgreSQL would otherwise do twice.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import current_process
from pathlib import Path
from typing import Any

from bot.app.serving import WORKER_READY
from tests.forking import forking


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


class Started:
    """The process, as ``asyncio`` shows one that it started itself."""

    def __init__(self, asked: Asked, log: Path, said: Path) -> None:
        self._process = forking().Process(target=_live, args=(asked, log, said), daemon=True)
        self._process.start()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    async def wait(self) -> int:
        while (code := self.returncode) is None:  # noqa: ASYNC110  (nobody tells)
            await asyncio.sleep(0.01)
        return code


class WorkerProcess:
    """A worker that runs, from the test's side. What it logs goes into a file."""

    def __init__(self, asked: Asked, log: Path) -> None:
        self.log = log
        self._said = log.with_suffix(".said")
        self._said.touch()
        self.process = Started(asked, log, self._said)

    async def ready(self) -> None:
        """Wait until it is at work."""
        async with asyncio.timeout(120):
            while WORKER_READY not in self._said.read_text():
                if self.process.returncode is not None:
                    raise AssertionError(f"no worker: {self.log.read_text()[-3000:]}")
                await asyncio.sleep(0.02)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it, and wait until it has ended."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(120):
            return await self.process.wait()


def _live(asked: Asked, log: Path, said: Path) -> None:
    """In the process that was forked."""
    for path, stream in ((said, 1), (log, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), stream)
    # It ends with the test's process, and has a child all the same: the one that reads.
    current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    os.environ.pop("SOUNDINGBOARD_DATABASE_URL", None)
    main(asked)


def main(asked: Asked) -> None:
    from bot.app.logs import set_up_logs
    from bot.app.serving import working
    from bot.app.settings import Settings
    from bot.app.wiring import House, Part, open_house
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
