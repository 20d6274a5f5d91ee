"""Wires what looks after the roster and its places from time to time."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress

from bot.core import Core
from bot.daily_rosters import keep_rosters


def open_rosters(core: Core, stack: AsyncExitStack) -> None:
    """Have the sources asked that the district wants asked daily, until the house closes."""
    task = asyncio.create_task(keep_rosters(core), name="rosters")
    stack.push_async_callback(_end, task)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
