"""Several short works in one commit: on SQLite the disk's confirmation is most of what an answer
waits for, and one is enough for all that wait meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

from storage.transaction import Transaction

R = TypeVar("R")

Write = Callable[[Callable[[Transaction], Any]], Any]
"""Runs a work in a transaction of its own, and commits."""

MOST = 32
"""Works in one commit: the first waits for the last, at half a millisecond each."""


@dataclass(eq=False, kw_only=True)
class _Waiting:
    work: Callable[[Transaction], Any]
    context: Context = field(default_factory=copy_context)
    settled: bool = False
    result: Any = None
    error: BaseException | None = None

    def within(self, tx: Transaction) -> Any:
        return self.context.run(self.work, tx)


class Together:
    """For one writer thread. ``join`` gives what the thread is to call: whichever is called first
    does all that waits, in the order in which it came, and the others find theirs done."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: deque[_Waiting] = deque()

    def join(self, work: Callable[[Transaction], R]) -> Callable[[], R]:
        """Wait for the next commit. Each work is done as if no other was there: where one of
        several raises, nothing of them is committed, and each is done again by itself."""
        own = _Waiting(work=work)
        self._waiting.append(own)

        def called() -> R:
            while not own.settled:  # some may wait whose own call was cancelled
                self._settle([self._waiting.popleft() for _ in range(self._ready())])
            if own.error is not None:
                raise own.error
            result: R = own.result
            return result

        return called

    def _ready(self) -> int:
        return min(len(self._waiting), MOST)

    def _settle(self, batch: Sequence[_Waiting]) -> None:
        if len(batch) > 1 and self._at_once(batch):
            return
        for one in batch:
            try:
                one.result = self._write(one.within)
            except BaseException as error:
                one.error = error
            one.settled = True

    def _at_once(self, batch: Sequence[_Waiting]) -> bool:
        try:
            results = self._write(lambda tx: [_beside(one, tx) for one in batch])
        except Exception:  # each finds out by itself whose fault it was
            return False
        for one, result in zip(batch, results, strict=True):
            one.result, one.settled = result, True
        return True


def _beside(one: _Waiting, tx: Transaction) -> Any:
    """In the same transaction, without what the others have read or foreseen."""
    own = Transaction(tx.connection, tx.surroundings)
    result = one.within(own)
    tx.wants_scrub = tx.wants_scrub or own.wants_scrub
    tx.wants_rewrite = tx.wants_rewrite or own.wants_rewrite
    return result
