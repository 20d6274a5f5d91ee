"""Telling systemd that the service is ready, and then again and again that it does not hang."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol


class Watched(Protocol):
    @property
    def hangs(self) -> str | None:
        """Why the service has to be started again; None: it is well."""


@asynccontextmanager
async def under_systemd(service: Watched) -> AsyncIterator[None]:
    """READY=1, then WATCHDOG=1 twice in each interval that the unit asks for, until the block ends
    (sd_notify(3)). Nothing where systemd did not ask. It runs on the service's own loop, so that a
    loop that hangs says nothing."""
    _notify("READY=1")
    interval = int(os.environ.get("WATCHDOG_USEC", "0")) / 1e6
    ours = os.environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    task = asyncio.create_task(_well(service, interval / 2)) if interval and ours else None
    try:
        yield
    finally:
        _notify("STOPPING=1")
        if task is not None:
            task.cancel()


async def _well(service: Watched, every: float) -> None:
    while True:
        if service.hangs is None:
            _notify("WATCHDOG=1")
        await asyncio.sleep(every)


def _notify(state: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
        to.sendto(state.encode(), address)
