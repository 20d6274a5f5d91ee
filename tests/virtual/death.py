"""A process that dies in virtual time: from one of its boundaries on, no call of it returns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from core.people import Platform
from scheduler.ports import ChatPlatform, Outgoing, Reconciles, Result
from storage.ledger import LedgerStore

R = TypeVar("R")

_COMMITS = frozenset({"claim", "record", "give_back", "settle"})
"""Calls of the ledger with a boundary on either side. What sweeps come every few seconds to do
counts for nothing: how often depends on the time that a run takes."""


class Life:
    """Counts boundaries, from 1; at the one numbered ``kill_at`` it ends."""

    def __init__(self, kill_at: int | None = None) -> None:
        self._kill_at = kill_at
        self.reached = 0
        self.died = asyncio.Event()

    async def boundary(self) -> None:
        if not self.died.is_set():
            self.reached += 1
            if self.reached == self._kill_at:
                self.died.set()
        await self.goes_on()

    async def round(self, call: Callable[[], Awaitable[R]]) -> R:
        """A call with a boundary on either side."""
        await self.boundary()
        result = await call()
        await self.boundary()
        return result

    async def goes_on(self) -> None:
        """Returns, unless it died: then never."""
        if self.died.is_set():
            await asyncio.get_running_loop().create_future()


class MortalLedger:
    """A ledger as a process sees it that may die. What it had asked for is done or not done; it
    never hears of it."""

    def __init__(self, inner: LedgerStore, life: Life) -> None:
        self._inner, self._life = inner, life

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._inner, name)
        reach = self._life.boundary if name in _COMMITS else self._life.goes_on

        async def calling(*given: Any, **named: Any) -> Any:
            await reach()
            result = await call(*given, **named)
            await reach()
            return result

        return calling


class MortalPlatform:
    """A platform likewise: what had left the process arrives."""

    def __init__(self, inner: ChatPlatform, life: Life) -> None:
        self._inner, self._life = inner, life

    @property
    def name(self) -> Platform:
        return self._inner.name

    async def send(self, outgoing: Outgoing) -> Result:
        return await self._life.round(lambda: self._inner.send(outgoing))

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        return await self._life.round(lambda: self._inner.recall(outgoing, reference))

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        return await self._life.round(lambda: self._inner.renew(outgoing, reference))


class MortalReconciler(MortalPlatform):
    """One whose history can be looked up."""

    async def reconcile(self, outgoing: Outgoing) -> Result:
        inner = self._inner
        assert isinstance(inner, Reconciles)
        return await self._life.round(lambda: inner.reconcile(outgoing))


def mortal(inner: ChatPlatform, life: Life) -> ChatPlatform:
    kind = MortalReconciler if isinstance(inner, Reconciles) else MortalPlatform
    return kind(inner, life)
