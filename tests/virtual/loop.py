"""Virtual time: an event loop whose clock moves only when every task waits.

Work handed to threads (the store's) is done at once, while nothing else runs, and its result
arrives after as much virtual time as a database might take. So a run is the same
every time, whatever the machine does meanwhile.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

R = TypeVar("R")

START = datetime(2026, 9, 14, 14, 0, tzinfo=UTC)


class _Selector(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Passes time instead of waiting for it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        found: list[Any] = super().select(0)
        if found or timeout == 0:
            return found
        if timeout is None:
            raise RuntimeError("everything waits, and nothing would ever wake it")
        self.now += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    """``database_seconds`` is what a transaction takes."""

    def __init__(self, database_seconds: Callable[[], float] = lambda: 0.004) -> None:
        self._virtual = _Selector()
        self._database_seconds = database_seconds
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., R], *args: Any
    ) -> asyncio.Future[R]:
        arrived: asyncio.Future[R] = self.create_future()
        try:
            done = func(*args)
        except Exception as error:
            self.call_later(self._database_seconds(), _fail, arrived, error)
        else:
            self.call_later(self._database_seconds(), _succeed, arrived, done)
        return arrived


def _succeed(future: asyncio.Future[R], value: R) -> None:
    if not future.done():
        future.set_result(value)


def _fail(future: asyncio.Future[Any], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def clock() -> datetime:
    """The running virtual loop's time as a moment."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())


def run(main: Coroutine[Any, Any, R], database_seconds: Callable[[], float] = lambda: 0.004) -> R:
    """Run a coroutine to its end in virtual time."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(database_seconds)) as runner:
        return runner.run(main)
