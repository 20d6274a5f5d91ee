"""The town with its dispatch and no service round it: nothing is sent, nothing read by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from pydantic import SecretStr

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.conversation import Speaker
from core.commands import Command
from core.people import Level, Platform, Role
from governance.docket.commands import FileReading
from governance.duplicates.model import Alike
from governance.feedback.model import (
    Destination,
    Item,
    ItemState,
    Likely,
    Naming,
    Reading,
    Tone,
    Urgency,
)
from scheduler.lanes import DEFAULT_BUDGETS
from storage.ledger import LedgerStore
from tests.journeys.running import SECRET, MovableClock
from tests.journeys.town import person, settle

MONDAY = datetime(2026, 10, 5, 15, tzinfo=UTC)
"""When a hall opens, on whatever day and at whatever hour a test is run: in the morning, on a
school day whose weeks have neither a holiday nor a change of clocks."""


@dataclass
class Hall:
    core: Core
    clock: MovableClock

    async def ask(self, email: str, command: Command, **more: Any) -> Any:
        """What somebody on the web is answered."""
        who = await person(self.core, email)
        speaker = Speaker(platform=Platform.WEB, person=who.id)
        return (await self.core.dispatch.handle(speaker, command, **more)).message

    async def item(
        self,
        author: str | None,
        words: str,
        queue: str = "network",
        *,
        urgency: Urgency | None = None,
        naming: Naming = Naming.WITHHELD,
        alike: Alike | None = None,
    ) -> UUID:
        """Something that was said and read as being for a queue. ``author`` None: anonymously;
        ``alike``: as what was said before."""
        item_id = await self.unread(author, words, naming=naming)
        await self.core.dispatch.by_itself(
            FileReading(item_id=item_id, reading=reading(words, queue, urgency), alike=alike)
        )
        return item_id

    async def unread(
        self, author: str | None, words: str, *, naming: Naming = Naming.WITHHELD
    ) -> UUID:
        """Something that was said and waits to be read."""
        item_id, who = uuid4(), await person(self.core, author) if author else None
        said = Item(
            id=item_id,
            author=who.id if who else None,
            naming=naming if who else Naming.ANONYMOUS,
            role=who.role if who else None,
            level=who.level if who else None,
            received_at=self.clock(),
        )
        await self.core.store.write(lambda tx: tx.add_item(said, words))
        return item_id

    async def stored(self, item_id: UUID) -> Item:
        found = await self.core.store.read(lambda tx: tx.item(item_id))
        assert found is not None
        assert found.state is not ItemState.RECEIVED
        return found


def reading(words: str, queue: str, urgency: Urgency | None = None) -> Reading:
    restricted = queue == "restricted"
    return Reading(
        redacted=words,
        spans=(),
        tone=Tone.NEUTRAL,
        polarity=0.0,
        urgency=urgency,
        destination=Destination.RESTRICTED if restricted else Destination.COMMITTEE,
        committees=() if restricted else (Likely(committee=queue, probability=0.9),),
        confidence=0.9,
    )


class RoteReader:
    """Everything is for the network's committee."""

    up = True

    def __init__(self, *_: Any) -> None:
        pass

    async def keep_open(self) -> None:
        pass

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        return reading(text, "network")

    async def glance(self, text: str) -> tuple[Urgency, ...]:
        return ()

    async def meaning(self, text: str) -> None:
        return None

    async def themes_of(self, texts: Sequence[str]) -> Sequence[str]:
        return ["wifi"] * len(texts)

    async def alike(self, reading: Reading) -> Alike | None:
        return None

    async def close(self) -> None:
        pass


@asynccontextmanager
async def hall(
    folder: Path, *, staff: int = 5, url: str = "", now: datetime = MONDAY, **more: Any
) -> AsyncIterator[Hall]:
    """``url``: of a database that is migrated; else one in the folder. ``more``: settings."""
    clock = MovableClock(now - datetime.now(UTC))
    settings = Settings(
        database_url=url or f"sqlite:///{folder / 'hall.sqlite3'}",
        secret_key=SecretStr(SECRET),
        **more,
    )
    async with open_core(settings, clock=clock) as core:
        await settle(staff=staff)(core)
        yield Hall(core, clock)


def ledger_of(town: Hall) -> LedgerStore:
    """The ledger as the pump has it."""
    return LedgerStore(town.core.store, DEFAULT_BUDGETS, locale="en", timezone="UTC")
