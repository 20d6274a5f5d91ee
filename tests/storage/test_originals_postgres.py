"""What whoever holds PostgreSQL's files finds of an original that was deleted, and of words that a
committee's member took out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select

from governance.chairs.bulk import BulkAct
from governance.chairs.commands import DisposeTogether
from governance.conversations.commands import AskAuthor, FileReply, ReplyToCommittee
from governance.docket.commands import FileReading, GiveFeedback
from governance.feedback.model import Span
from governance.home.commands import KeepHouse
from governance.redaction.commands import ConfirmTakenOut, RemoveStudentData
from storage.exchange_tables import item_exchange
from storage.postgres import plain_address
from storage.tables import item_original
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall, reading
from tests.journeys.town import CHAIR, TEACHER
from tests.postgres import migrated_database
from tests.storage.test_what_closing_leaves_postgres import asked, on_disk

pytestmark = pytest.mark.prove

NAME = "Zuleyka"
"""A name that the reader missed."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    with migrated_database() as url:
        async with hall(tmp_path, url=url) as found:
            yield found


async def held(town: Hall, *, log: bool = False) -> bytes:
    """Every byte of the tables, or of the log, as they are on the disk."""
    with psycopg.connect(plain_address(town.core.store.url), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
    return await asyncio.to_thread(on_disk, town, log=log)


async def say(town: Hall, words: str) -> UUID:
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=words))
    read = replace(reading(words, "network"), spans=(Span(start=0, end=1, kind="PERSON"),))
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    return item


async def kept(town: Hall, item: UUID) -> bytes:
    """How an original lies in its table."""
    mine = select(item_original.c.encrypted).where(item_original.c.item_id == item)
    return await town.core.store.read(lambda tx: bytes(tx.connection.execute(mine).scalar_one()))


async def test_of_a_confirmed_original_no_table_has_a_byte_and_the_log_has_no_word(
    town: Hall,
) -> None:
    mark = f"heron-{uuid4().hex}"
    item, other = await say(town, f"{mark} drops."), await say(town, "The wifi drops.")
    cipher, stays = await kept(town, item), await kept(town, other)
    assert cipher in await held(town), "the probe works"
    await town.ask(TEACHER, ConfirmTakenOut(item_id=item))
    after = await held(town)
    assert cipher not in after
    assert cipher[:24] not in after
    assert stays in after
    log = await held(town, log=True)
    assert cipher in log, "the log has it, encrypted, until the server has written it over"
    assert mark.encode() in log, "this one the reader left in: the redacted words are in clear"


async def test_student_data_goes_from_every_table_and_its_pages(town: Hall) -> None:
    mark = f"{NAME}{uuid4().hex}"
    item = await say(town, f"Ask {mark}: the wifi drops.")
    await town.ask(CHAIR, AskAuthor(item_id=item, text=f"Did {mark} see it?"))
    await town.ask(TEACHER, ReplyToCommittee(item_id=item, text=f"Yes, {mark} did."))
    (reply,) = await town.core.store.read(lambda tx: tx.unread_replies())
    said = select(item_exchange.c.encrypted).where(item_exchange.c.id == reply)
    cipher = await town.core.store.read(lambda tx: bytes(tx.connection.execute(said).scalar_one()))
    read = reading(f"Yes, {mark} did.", "network")
    await town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read))
    together = DisposeTogether(
        bulk_id=uuid4(),
        queue="network",
        act=BulkAct.ANSWER,
        items=(item,),
        words=f"We have asked {mark}.",
    )
    await town.ask(CHAIR, together)
    assert mark.encode() in await held(town), "the probe works"

    await town.ask(CHAIR, RemoveStudentData(item_id=item, words=mark))
    assert [table for table in _tables(town) if _stands_in(town, table, mark)] == []
    after = await held(town)
    assert mark.encode() not in after
    assert cipher not in after, "nor what was replied, as it was kept until it was read"


async def test_the_original_of_a_reply_that_was_read_is_gone_by_the_next_morning(
    town: Hall,
) -> None:
    item = await say(town, "The wifi drops.")
    await town.ask(CHAIR, AskAuthor(item_id=item, text="Where?"))
    await town.ask(TEACHER, ReplyToCommittee(item_id=item, text="In the portables."))

    def unread(tx: Transaction) -> tuple[UUID, bytes]:
        row = tx.connection.execute(
            select(item_exchange).where(item_exchange.c.encrypted.is_not(None))
        ).one()
        return row.id, bytes(row.encrypted)

    reply, cipher = await town.core.store.read(unread)
    assert cipher in await held(town), "the probe works"
    read = reading("In the portables.", "network")
    await town.core.dispatch.by_itself(FileReply(exchange_id=reply, reading=read))
    town.clock.forward(hours=20)
    await town.core.dispatch.by_itself(KeepHouse())
    assert cipher not in await held(town)


def _tables(town: Hall) -> list[str]:
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return [name for (name,) in asked(town, listed)]


def _stands_in(town: Hall, table: str, words: str) -> bool:
    found = f"SELECT count(*) FROM \"{table}\" t WHERE t::text LIKE '%{words}%'"  # noqa: S608
    return bool(asked(town, found)[0][0])
