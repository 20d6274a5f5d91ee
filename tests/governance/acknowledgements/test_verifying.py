"""The auditor's file: what was acknowledged, and whatever was changed in it or in the database."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.exports.acknowledgements import COLUMNS, written
from bot.operator.rule_verifying import rule_verify
from core.people import Audience, Role
from governance.acknowledgements.commands import (
    ExportAcknowledgements,
    ReadAcknowledgements,
    Seal,
    WriteRows,
)
from governance.acknowledgements.messages import AcknowledgementExport
from governance.acknowledgements.model import ExportedRow
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.acknowledgements.test_acknowledging import acknowledge, asked
from tests.governance.announcements.test_campaigning import audited
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER

Rows = list[list[str]]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    """Three people have acknowledged the rules: five rows in all."""
    async with hall(tmp_path) as found:
        now = found.clock()
        teachers = Audience(roles=frozenset({Role.TEACHER}))
        await found.core.store.write(lambda tx: publish(tx, "ITR 4", now))
        await found.core.store.write(lambda tx: publish(tx, "=ITP 9", now, audience=teachers))
        await asked(found)
        for email in (TEACHER, OFFICE, CHAIR):
            await acknowledge(found, email)
        yield found


async def exported(town: Hall) -> Rows:
    export = await town.ask(CTO, ExportAcknowledgements())
    assert isinstance(export, AcknowledgementExport)

    async def read(write: WriteRows) -> None:
        await town.ask(CTO, ReadAcknowledgements(write=write))

    return _rows([piece async for piece in written(export.at, read)])


def _rows(pieces: list[bytes]) -> Rows:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


async def verified(town: Hall, rows: Rows, folder: Path) -> tuple[bool, tuple[str, ...]]:
    path = folder / "acknowledgements.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    told = await rule_verify(town.core, {"path": str(path)})
    return told.ok, told.lines


async def test_a_file_as_it_was_written_is_whole(town: Hall, tmp_path: Path) -> None:
    rows = await exported(town)
    assert rows[0] == list(COLUMNS)
    assert {row[0] for row in rows[1:-1]} == {"ITR 4", "'=ITP 9"}, "no cell is a formula"
    assert {row[COLUMNS.index("person")] for row in rows[1:-1]} == {TEACHER, OFFICE, CHAIR}
    many = len(rows) - 2
    assert await verified(town, rows, tmp_path) == (
        True,
        (f"The file is intact: {many} acknowledgements, each as it was made.",),
    )
    assert "acknowledgements exported" in await audited(town)
    town.clock.forward(hours=1)
    await acknowledge(town, CTO)
    assert (await verified(town, rows, tmp_path))[0], "what came later is in no earlier file"


async def test_a_new_number_and_a_new_address_are_told_and_nothing_is_altered(
    town: Hall, tmp_path: Path
) -> None:
    rows = await exported(town)
    await _changed(
        town,
        "UPDATE rule SET number = 'ITR 40', number_key = 'itr40' WHERE number = 'ITR 4'",
        f"UPDATE person SET email = 'new.name@d.example' WHERE email = '{TEACHER}'",  # noqa: S608
    )
    ok, (whole, *today) = await verified(town, rows, tmp_path)
    assert ok
    assert whole == f"The file is intact: {len(rows) - 2} acknowledgements, each as it was made."
    assert sorted(today) == [  # in the order of the rows, which is nobody's to choose
        "ITR 4 has the number ITR 40 today.",
        f"{TEACHER} has the address new.name@d.example today.",
    ]
    now = await exported(town)
    assert "ITR 40" in {row[0] for row in now}
    assert (await verified(town, now, tmp_path))[1] == (
        f"The file is intact: {len(rows) - 2} acknowledgements, each as it was made.",
    )
    rows[2][0] = "ITR 40"
    ok, said = await verified(town, rows, tmp_path)
    assert not ok, "the file does not say what it said when it was written"
    assert said[0].startswith("Row 3: its seal does not match")


@pytest.mark.parametrize(
    ("column", "value"), [("seal", "é"), ("line_seal", "é"), ("version", "9" * 20)]
)
async def test_an_odd_value_is_an_altered_row(
    town: Hall, tmp_path: Path, column: str, value: str
) -> None:
    rows = await exported(town)
    rows[2][COLUMNS.index(column)] = value
    ok, said = await verified(town, rows, tmp_path)
    assert not ok
    assert said[0].startswith("Row 3: its seal does not match")


async def test_what_is_committed_later_with_an_earlier_time_leaves_a_file_whole(
    town: Hall, tmp_path: Path
) -> None:
    """It was under way while the file was read."""
    town.clock.forward(hours=1)
    rows = await exported(town)
    town.clock.forward(hours=-1)
    await acknowledge(town, CTO)
    assert await verified(town, rows, tmp_path) == (
        True,
        (f"The file is intact: {len(rows) - 2} acknowledgements, each as it was made.",),
    )


async def test_a_file_is_read_in_one_transaction(town: Hall, tmp_path: Path) -> None:
    """Somebody acknowledges between two of its rows."""
    loop = asyncio.get_running_loop()

    async def read(write: WriteRows) -> None:
        def slowly(rows: Iterator[ExportedRow], seal: Seal) -> None:
            first = next(rows)
            asyncio.run_coroutine_threadsafe(acknowledge(town, CTO), loop).result()
            write(chain([first], rows), seal)

        await town.ask(CTO, ReadAcknowledgements(write=slowly))

    rows = _rows([piece async for piece in written(town.clock(), read)])
    assert len(rows) == len(await exported(town)) - 1, "CTO acknowledged one rule meanwhile"
    assert await verified(town, rows, tmp_path) == (
        True,
        (f"The file is intact: {len(rows) - 2} acknowledgements, each as it was made.",),
    )


@pytest.mark.parametrize("column", COLUMNS)
async def test_a_changed_byte_in_any_cell_is_found(town: Hall, tmp_path: Path, column: str) -> None:
    rows = await exported(town)
    at = COLUMNS.index(column)
    cell = rows[2][at]
    rows[2][at] = cell[:-1] + ("0" if cell[-1] != "0" else "1")
    ok, said = await verified(town, rows, tmp_path)
    assert not ok
    assert all(line.startswith(("Row 3: ", "Missing: ")) for line in said), said
    assert any(line.startswith("Row 3: ") for line in said)


def _without_one(rows: Rows) -> None:
    del rows[2]


def _without_the_last(rows: Rows) -> None:
    del rows[-2]


def _without_the_end(rows: Rows) -> None:
    del rows[-2:]


def _one_twice(rows: Rows) -> None:
    rows.insert(2, rows[1])


def _with_another_end(rows: Rows) -> None:
    del rows[-2]
    rows[-1][COLUMNS.index("rules")] = str(len(rows) - 2)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_without_one, "Missing: "),
        (_without_the_last, "Missing: "),
        (_without_the_end, "The last line is missing or was changed"),
        (_one_twice, "Row 3: the database has no such row, or it is in the file twice."),
        (_with_another_end, "The last line is missing or was changed"),
    ],
)
async def test_a_row_that_is_missing_or_too_many_is_found(
    town: Hall, tmp_path: Path, change: Callable[[Rows], None], why: str
) -> None:
    rows = await exported(town)
    change(rows)
    ok, said = await verified(town, rows, tmp_path)
    assert not ok
    assert any(line.startswith(why) for line in said), said


async def _tampered(town: Hall, *statements: str) -> None:
    """By somebody who has the database and takes the triggers away."""
    tables = ("rule_version", "rule_acknowledgement")
    triggers = [f"{table}_no_{done}" for table in tables for done in ("update", "delete")]
    await _changed(town, *(f"DROP TRIGGER {one}" for one in triggers), *statements)


async def _changed(town: Hall, *statements: str) -> None:
    def write(tx: Transaction) -> None:
        for statement in statements:
            assert tx.connection.execute(text(statement)).rowcount

    await town.core.store.write(write)


async def test_a_changed_byte_in_a_text_is_found(town: Hall, tmp_path: Path) -> None:
    rows = await exported(town)
    await _tampered(
        town, "UPDATE rule_version SET body = replace(body, 'Text of ITR', 'Text of ITS')"
    )
    ok, said = await verified(town, rows, tmp_path)
    assert not ok
    of_the_rule = [n for n, row in enumerate(rows, 1) if row[0] == "ITR 4"]
    assert said == tuple(
        f"Row {n}: the text of version 1 is not the one that was acknowledged." for n in of_the_rule
    )


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE rule_acknowledgement SET version = 2 WHERE rules = 1", "its seal does not match"),
        ("UPDATE rule_acknowledgement SET at = at - 1", "its seal does not match"),
        (
            "DELETE FROM rule_acknowledgement WHERE rowid IN "
            "(SELECT min(rowid) FROM rule_acknowledgement WHERE rules = 2)",
            "Missing in the database: ",
        ),
        (
            "DELETE FROM rule_acknowledgement WHERE rules = 1",
            f"Missing in the database: all that {OFFICE} acknowledged.",
        ),
    ],
)
async def test_a_row_changed_or_deleted_in_the_database_is_found_in_a_new_file(
    town: Hall, tmp_path: Path, statement: str, why: str
) -> None:
    await _tampered(town, statement)
    ok, said = await verified(town, await exported(town), tmp_path)
    assert not ok
    assert any(why in line for line in said), said


async def test_another_file_is_refused(town: Hall, tmp_path: Path) -> None:
    ok, said = await verified(town, [["a", "b"], ["1", "2"]], tmp_path)
    assert (ok, said) == (False, ("This is not a file of acknowledgements: it has other columns.",))
    assert not (await verified(town, [list(COLUMNS)], tmp_path))[0], "it has no last line"
