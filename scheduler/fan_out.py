"""Writes the deliveries of large broadcasts, part by part: between two parts whoever waits for the
one writer has their turn. What is left to write is in the database, so any process may go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 5.0
"""Another process may have stopped in the middle of a broadcast."""


class Parts(Protocol):
    """The ledger, as it takes in broadcasts."""

    async def write_part(self, now: datetime) -> bool:
        """Write the next part of a broadcast in one transaction. False: none waits."""
        ...


class FanOut:
    """``wake`` when a broadcast was begun; ``written`` is called after each part."""

    def __init__(
        self, ledger: Parts, clock: Callable[[], datetime], written: Callable[[], None]
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._written = written
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Look for parts now rather than within seconds."""
        self._wake.set()

    async def run(self) -> None:
        """Write parts until ``stop``. A fault is logged, and the part is tried again later."""
        while not self._stopping:
            self._wake.clear()
            try:
                while not self._stopping and await self._ledger.write_part(self._clock()):
                    self._written()
            except Exception:
                log.exception("fan_out.part_failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._wake.wait()

    def stop(self) -> None:
        """Begin no further part."""
        self._stopping = True
        self._wake.set()
