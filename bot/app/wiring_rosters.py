"""Wires what looks after the roster and its places from time to time."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress

from bot.app.core import Core
from bot.doctor.channel_watch import keep_watch
from bot.rosters.daily_rosters import keep_rosters
from bot.rosters.list_groups import keep_lists


def open_rosters(core: Core, stack: AsyncExitStack) -> None:
    """Have the sources asked that the district wants asked daily, lists brought to their groups,
    and committees' channels looked at, until the house closes."""
    loops = (
        ("rosters", keep_rosters(core)),
        ("lists", keep_lists(core)),
        ("channels", keep_watch(core)),
    )
    for name, loop in loops:
        stack.push_async_callback(_end, asyncio.create_task(loop, name=name))


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
