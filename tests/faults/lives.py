"""Starting lives of the service and seeing how they end."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass, replace
from typing import Any

from tests.faults.child import Task, main
from tests.forking import forking

_PATIENCE = 90.0
"""Seconds for a life of a second or two: a busy machine is no failure."""

KILLED = -signal.SIGKILL


@dataclass
class Process:
    """A life that was started."""

    task: Task
    process: Any

    @property
    def pid(self) -> int:
        return int(self.process.pid)

    def kill(self) -> None:
        """As a power cut."""
        os.kill(self.pid, signal.SIGKILL)

    async def address(self) -> str | None:
        """Where it serves; None: it died before it did."""
        while self.process.is_alive():
            if self.task.address.exists() and (found := self.task.address.read_text()):
                return found
            await asyncio.sleep(0.005)
        return None

    async def end(self) -> int:
        """How it ended: 0, or minus the signal that killed it."""
        latest = asyncio.get_running_loop().time() + _PATIENCE
        # Looked for in this thread only: whoever starts another process looks, too, and the code
        # can be read once.
        while (code := self.process.exitcode) is None:
            if asyncio.get_running_loop().time() > latest:
                self.kill()
                self.process.join(10)
                break
            await asyncio.sleep(0.01)
        self.process.close()
        assert code in (0, KILLED), f"exit code {code}\n{self.told()}"
        return int(code)

    async def stop(self) -> int:
        """Gently."""
        self.process.terminate()
        return await self.end()

    def told(self) -> str:
        """The end of its log and of its trace, for reading in a failure."""
        texts = []
        for path in (self.task.trace, self.task.log):
            whole = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
            texts.append(f"{path.name}: …{whole[-3000:]}")
        return "\n".join(texts)


def begin(task: Task, *, kill_at: int | None = None, days: float | None = None) -> Process:
    """Start a life. Its trace starts anew."""
    task = replace(task, kill_at=kill_at, days=task.days if days is None else days)
    for path in (task.trace, task.address):
        path.unlink(missing_ok=True)
    process = forking().Process(target=main, args=(task,), daemon=True)
    process.start()
    return Process(task, process)


async def lived(task: Task, *, kill_at: int | None = None, days: float | None = None) -> int:
    """One whole life: how it ended."""
    return await begin(task, kill_at=kill_at, days=days).end()


def boundaries(task: Task, *, detailed: bool = False) -> list[str]:
    """The kinds of boundary that the last life came by, in order; ``detailed``: a commit with
    the name of what it committed."""
    lines = task.trace.read_text(encoding="utf-8").splitlines()
    names = [line.partition(" ")[2] for line in lines]
    return names if detailed else [name.partition(" (")[0] for name in names]
