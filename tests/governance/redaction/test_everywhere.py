""" "Student data here", pressed while every column that can hold an item's words holds the word:
afterwards it is in no table, on either database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    inspect,
    select,
    update,
)

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from governance.chairs.bulk import BulkAct
from governance.changes.model import ChangeRecord
from governance.docket.commands import FileReading, GiveFeedback
from governance.faq.subject import about_change
from governance.forms.messages import FormView
from governance.messages import Brief
from governance.recommendations.model import AdviceState
from governance.redaction.commands import RemoveStudentData
from storage.columns import Instant, Purge, Words, metadata
from storage.purging import declared
from storage.tables import item as items
from storage.transaction import Transaction
from storage.vault import WrongSecretError
from tests.attacks.hall import Hall, hall, reading
from tests.bot.samples.change import _WORDS
from tests.journeys.running import SECRET
from tests.journeys.town import CHAIR, TEACHER, person
from tests.postgres import fresh_database

WORD = "Zuleyka"
SAID = f"Somebody took an iPad in the gym, I think it was {WORD}."
SEALED = {
    "item_original.encrypted": "feedback",
    "held_words.encrypted": "held-words",
    "unsent_form.sealed": "unsent-form",
}
"""For which purpose columns that go as a whole are encrypted."""

AS_READ: dict[str, Any] = {
    "recommendation.state": AdviceState.SENT.value,
    "recommendation.queue": "network",
    "bulk.act": BulkAct.ANSWER.value,
    "bulk.queue": "network",
    "item_move.came_from": "triage",
    "item_move.went_to": "network",
    "item_exchange.queue": "network",
}
"""Values that the page of an item reads; in all else a row holds anything."""


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with fresh_database() as url:
        upgrade_database(Settings(database_url=url, secret_key=SecretStr(SECRET)))
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    with _database(request.param) as url:
        async with hall(tmp_path, url=url) as found:
            yield found


async def _said(town: Hall, change: UUID) -> UUID:
    item = uuid4()
    await town.ask(TEACHER, GiveFeedback(item_id=item, text=SAID))
    read = replace(reading(SAID, "network"), redacted=SAID)
    await town.core.dispatch.by_itself(FileReading(item_id=item, reading=read))
    about = update(items).where(items.c.id == item)
    values = {"about": about_change(change), "answer": f"We asked {WORD}."}
    await town.core.store.write(lambda tx: tx.connection.execute(about.values(values)))
    return item


class Sower:
    """Fills a row for each column that declares an item's words."""

    def __init__(self, tx: Transaction, item: UUID, change: UUID, who: UUID) -> None:
        self.tx = tx
        self.known = {"item.id": item, "change_record.id": change, "person.id": who}
        self.item = item
        self.rows: dict[str, dict[str, Any]] = {}

    def sow(self) -> None:
        for kind in (Purge.MARKED, Purge.GOES):
            for column, _ in declared(kind):
                self.row(column.table)
        # A table that is bound to an item only by another one: each such tie is sown, too.
        for table in metadata.sorted_tables:
            parents = {key.column.table.name for one in table.columns for key in one.foreign_keys}
            if "item_id" in table.c and parents & set(self.rows):
                self.row(table)

    def row(self, table: Table) -> dict[str, Any]:
        if table.name in self.rows:
            return self.rows[table.name]
        row: dict[str, Any] = {}
        self.rows[table.name] = row
        for column in table.columns:
            row[column.name] = self.value(column, row)
        self.tx.connection.execute(table.insert(), row)
        return row

    def value(self, column: Column[Any], row: dict[str, Any]) -> Any:
        name = f"{column.table.name}.{column.name}"
        words: Words | None = column.info.get("words")
        if name in AS_READ:
            return AS_READ[name]
        for key in column.foreign_keys:
            parent = key.column
            known = self.known.get(f"{parent.table.name}.{parent.name}")
            return known or self.row(parent.table)[parent.name]
        if column.name == "item_id":
            return self.item
        if words is not None and words.purge in {Purge.MARKED, Purge.GOES}:
            return self.sown(name, words, row)
        return _anything(column)

    def sown(self, name: str, words: Words, row: dict[str, Any]) -> Any:
        purpose = words.encrypted or SEALED.get(name)
        said = f"It was {WORD.upper()}, who sat there."
        if purpose:
            bound = row.get("id", self.item)
            return self.tx.vault.encrypt(purpose, bound, said.encode())
        if name.endswith((".vectors", ".vector")):
            return WORD.encode()
        return json.dumps({"question": said, "answer": [said]}) if words.json else said


def _anything(column: Column[Any]) -> Any:
    match column.type:
        case Uuid():
            return uuid4()
        case Instant():
            return Instant().process_result_value(0, None)  # type: ignore[arg-type]
        case Boolean():
            return False
        case Integer():
            return 1
        case Float():
            return 1.0
        case Date():
            return date(2026, 10, 5)
        case LargeBinary():
            return b"x"
    return "x"


def _everything(tx: Transaction, item: UUID) -> Iterator[tuple[str, str]]:
    """Each value of each table that the database has, encrypted words in plain as well."""
    there = MetaData()
    names = inspect(tx.connection).get_table_names()
    there.reflect(tx.connection, only=[name for name in names if name != "sqlite_sequence"])
    for table in there.sorted_tables:
        for row in tx.connection.execute(select(table)).mappings():
            for column, value in row.items():
                yield f"{table.name}.{column}", _plain(value)
    for table, column, purpose, key in (
        *(
            (one.table, one, words.encrypted, "id")
            for one, words in declared(Purge.MARKED)
            if words.encrypted
        ),
        *(
            (one.table, one, purpose, "id" if "id" in one.table.c else "item_id")
            for one, purpose in (
                (metadata.tables[name.split(".")[0]].c[name.split(".")[1]], purpose)
                for name, purpose in SEALED.items()
            )
        ),
    ):
        for bound, value in tx.connection.execute(select(table.c[key], column)):
            if value is None:
                continue
            try:
                plain = tx.vault.decrypt(purpose, bound, value)
            except WrongSecretError:
                raise AssertionError(f"{table.name} cannot be read anymore") from None
            yield f"{table.name}.{column.name} in plain", _plain(plain)


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


async def _where(town: Hall, item: UUID) -> set[str]:
    def look(tx: Transaction) -> set[str]:
        found = _everything(tx, item)
        return {name for name, value in found if WORD.casefold() in value.casefold()}

    return await town.core.store.read(look)


async def test_a_purge_takes_a_word_out_of_every_column_that_can_hold_it(town: Hall) -> None:
    change = uuid4()
    item = await _said(town, change)
    who = (await person(town.core, TEACHER)).id

    def sow(tx: Transaction) -> None:
        sower = Sower(tx, item, change, who)
        tx.put_change(ChangeRecord(id=change, words=_WORDS, day=date(2026, 10, 5)))
        sower.sow()

    await town.core.store.write(sow)
    sown = await _where(town, item)
    for kind in (Purge.MARKED, Purge.GOES, Purge.REPLACED):
        for column, _ in declared(kind):
            name = f"{column.table.name}.{column.name}"
            assert {name, f"{name} in plain"} & sown, f"nothing was sown in {name}"
    answer = await town.ask(CHAIR, RemoveStudentData(item_id=item, words=WORD))
    assert isinstance(answer, Brief), answer
    assert await _where(town, item) == set()


async def test_a_word_that_is_only_in_a_reason_is_taken_out_too(town: Hall) -> None:
    """The text itself is clean: whoever sees the word beside it can take it out all the same."""
    item = await town.item(TEACHER, "The Wi-Fi in the portables drops every afternoon.")
    other = await town.item(TEACHER, "The projector in room 12 is dark.")
    moves = metadata.tables["item_move"]

    def sow(tx: Transaction) -> None:
        for one in (item, other):
            row = {"id": uuid4(), "item_id": one, "came_from": "triage", "went_to": "network"}
            why = {"why": f"{WORD} said so", "at": town.clock()}
            tx.connection.execute(moves.insert(), row | why)

    await town.core.store.write(sow)
    answer = await town.ask(CHAIR, RemoveStudentData(item_id=item, words=WORD))
    assert isinstance(answer, Brief), answer

    def reasons(tx: Transaction) -> dict[UUID, str]:
        found = tx.connection.execute(select(moves.c.item_id, moves.c.why))
        return {row.item_id: row.why for row in found}

    left = await town.core.store.read(reasons)
    assert left == {item: "[student data] said so", other: f"{WORD} said so"}
    again = await town.ask(CHAIR, RemoveStudentData(item_id=other, words="Bartholomew"))
    assert isinstance(again, FormView)
