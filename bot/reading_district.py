"""The reader of the loaded district: trained from its charters, examples and roster names."""

from __future__ import annotations

from datetime import datetime

from governance.committees import Committee
from governance.feedback import Reading
from governance.reading.examples import Example, read_examples
from governance.reading.worker import ReadingRoom
from storage.store import Store
from storage.transaction import Transaction
from surveys.people import Level, Role


class DistrictReader:
    """Opens the reading room at the first message and retrains it when the district changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._room: ReadingRoom | None = None
        self._loaded_at: datetime | None = None

    async def read(self, text: str, role: Role, level: Level) -> Reading:
        loaded_at = await self._store.read(lambda tx: tx.district_loaded_at())
        if self._room is None or loaded_at != self._loaded_at:
            await self._learn(loaded_at)
        assert self._room is not None  # noqa: S101  (_learn opened it)
        return await self._room.read(text, role, level)

    async def _learn(self, loaded_at: datetime | None) -> None:
        committees, examples, names = await self._store.read(_lessons)
        if self._room is None:
            self._room = ReadingRoom(committees, examples, names)
        else:
            await self._room.retrain(committees, examples, names)
        self._loaded_at = loaded_at

    async def close(self) -> None:
        if self._room is not None:
            await self._room.close()


def _lessons(
    tx: Transaction,
) -> tuple[tuple[Committee, ...], tuple[Example, ...], frozenset[str]]:
    committees = tx.district().committees
    known = [committee.key for committee in committees]
    examples = read_examples(tx.examples().splitlines())
    # An example of a committee that is no more teaches nothing about those that are.
    kept = tuple(e for e in examples if not e.committees or e.committees[0] in known)
    return committees, kept, tx.roster_names()
