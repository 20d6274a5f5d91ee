"""Starting lives of the service, killing them, and seeing how they end.

A kind of work is killed at a few boundaries, each with its reason to be one: before a commit,
between a call and its record, after a commit. Broadcasts die at every one in virtual time
(``tests/scheduler/test_virtual_death.py``)."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import pytest

from tests.faults.child import Task, main
from tests.faults.failpoints import At
from tests.forking import forking

_PATIENCE = 90.0
"""Seconds for a life of a second or two: a busy machine is no failure."""

KILLED = -signal.SIGKILL

One = TypeVar("One")


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


def begin(task: Task, *, kill_at: At | None = None) -> Process:
    """Start a life. Its trace starts anew."""
    task = replace(task, kill_at=kill_at)
    for path in (task.trace, task.address):
        path.unlink(missing_ok=True)
    process = forking().Process(target=main, args=(task,), daemon=True)
    process.start()
    return Process(task, process)


async def lived(task: Task, *, kill_at: At | None = None) -> int:
    """One whole life: how it ended."""
    return await begin(task, kill_at=kill_at).end()


async def side_by_side(where: Iterable[One], doing: Callable[[One], Awaitable[None]]) -> None:
    """Each by itself, at the same time: a life mostly waits. A failure says which it was."""
    each = tuple(where)
    ended = await asyncio.gather(*map(doing, each), return_exceptions=True)
    for one, error in zip(each, ended, strict=True):
        if error is not None:
            error.add_note(f"killed at {one}")
            raise error


SQLITE, POSTGRES = "sqlite", "postgres"
PROVED_ON_BOTH = (SQLITE, pytest.param(POSTGRES, marks=pytest.mark.prove))
"""Databases, as parameters: PostgreSQL in `make prove`."""
