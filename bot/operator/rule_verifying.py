"""Whether an auditor's file of acknowledgements is what was acknowledged, row by row."""

from __future__ import annotations

import asyncio
import csv
import hmac
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from bot.app.core import Core
from bot.exports.acknowledgements import COLUMNS, END, cells, end_of, line_of
from bot.operator.telling import Arguments, Told
from core.people import Platform
from governance.acknowledgements.model import RuleAcknowledgement
from governance.rules.text import digest_of
from storage.transaction import Transaction

_MOST_SAID = 50

_STAYS = [one for one in COLUMNS if one not in ("number", "person", "line_seal")]
"""Columns that never change."""

Row = Mapping[str, str]


async def rule_verify(core: Core, given: Arguments) -> Told:
    """``path``: the file. Rows are counted as a spreadsheet counts them, the heading as 1."""
    rows = await asyncio.to_thread(_read, Path(given["path"]))
    if rows is None:
        other = "This is not a file of acknowledgements: it has other columns."
        return Told(lines=(other,), ok=False)
    problems, today = await core.store.read(partial(_compared, rows=rows))
    if problems:
        return Told(lines=(*_some(problems), *_some(today)), ok=False)
    said = f"The file is intact: {len(rows) - 1:,} acknowledgements, each as it was made."
    return Told(lines=(said, *_some(today)))


def _some(lines: Sequence[str]) -> Sequence[str]:
    left = len(lines) - _MOST_SAID
    return [*lines[:_MOST_SAID], *([f"And {left:,} more."] if left > 0 else ())]


def _read(path: Path) -> list[Row] | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                return None
            return [_whole(row) for row in reader]
        except (UnicodeDecodeError, csv.Error):
            return None


def _whole(row: dict[str | None, Any]) -> Row:
    """With all columns. What has more of them than there are was changed, and loses its seal."""
    found = {column: row[column] or "" for column in COLUMNS}
    return found | {"seal": ""} if None in row else found


def _compared(tx: Transaction, *, rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """What is wrong; and which numbers and addresses are others today than in the file."""
    ended = bool(rows) and rows[-1]["number"] == END
    acknowledged = rows[:-1] if ended else rows
    end = rows[-1] if ended and _is_end(tx, rows[-1]) else None
    complete = end is not None and int(end["rules"]) == len(acknowledged)
    said = [] if complete else ["The last line is missing or was changed: rows may be missing."]
    stored, texts = _stored(tx), _Texts(tx)
    today: dict[str, None] = {}
    for number, row in enumerate(acknowledged, start=2):
        kept = stored.pop(_key(row), None)
        wrong = list(_of_row(tx, row, kept, texts, end["time"] if end else ""))
        said += [f"Row {number}: {why}" for why in wrong]
        if kept is not None and not wrong:
            today |= dict.fromkeys(_today(row, kept))
    if not complete:  # else what is left came later
        until = end["time"] if end else datetime.max.replace(tzinfo=UTC).isoformat()
        said += [
            f"Missing: {one['number']}, version {one['version']}, {one['person']}, {one['time']}."
            for one in stored.values()
            if one["time"] <= until
        ]
    for who, given, there, rules in tx.incomplete_acts():
        person = tx.person(who)
        email = person.email if person else str(who)
        said.append(
            f"Missing in the database: {email} acknowledged {rules} rules at once, and {there} "
            f"are there (set {given})."
        )
    said += [f"Missing in the database: all that {email} acknowledged." for email in tx.lost_acts()]
    return said, [*today]


def _is_end(tx: Transaction, last: Row) -> bool:
    """Whether the last line is as it was written."""
    try:
        return _is_sealed(tx, end_of(int(last["rules"]), last["time"]), last["seal"])
    except ValueError:
        return False


def _of_row(
    tx: Transaction, row: Row, kept: Row | None, texts: _Texts, written_at: str
) -> Iterator[str]:
    try:
        made = _acknowledgement(row)
    except (KeyError, TypeError, ValueError):
        yield "it cannot be read: something in it was changed."
        return
    line = line_of(written_at, [row[column] for column in COLUMNS[:-1]])
    sealed = not written_at or _is_sealed(tx, line, row["line_seal"])
    if not (sealed and _is_sealed(tx, made.sealed, row["seal"])):
        yield "its seal does not match: something in it was changed."
        return
    if kept is None:
        yield "the database has no such row, or it is in the file twice."
    else:
        other = [column for column in _STAYS if row[column] != kept[column]]
        if other:
            yield f"the database has another {', '.join(other)}."
    if texts.digest(made.rule_id, made.version) != made.digest:
        yield f"the text of version {made.version} is not the one that was acknowledged."


def _today(row: Row, kept: Row) -> Iterator[str]:
    if row["number"] != kept["number"]:
        yield f"{row['number']} has the number {kept['number']} today."
    if row["person"] != kept["person"]:
        yield f"{row['person']} has the address {kept['person']} today."


def _acknowledgement(row: Row) -> RuleAcknowledgement:
    return RuleAcknowledgement(
        set_id=UUID(row["set_id"]),
        person=UUID(row["person_id"]),
        rule_id=UUID(row["rule_id"]),
        version=int(row["version"]),
        digest=row["content_hash"],
        at=datetime.fromisoformat(row["time"]),
        way=Platform(row["way"]),
        rules=int(row["rules"]),
    )


def _key(row: Row) -> tuple[str, ...]:
    return row["person_id"], row["set_id"], row["rule_id"]


def _stored(tx: Transaction) -> dict[tuple[str, ...], Row]:
    rows = (dict(zip(COLUMNS, cells(one), strict=False)) for one in tx.acknowledgement_rows())
    return {_key(row): row for row in rows}


class _Texts:
    """The hash of each version's text, computed anew."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[UUID, int], str] = {}

    def digest(self, rule_id: UUID, number: int) -> str:
        key = (rule_id, number)
        if key not in self._known:
            found = self._tx.rule_version(rule_id, number)
            self._known[key] = digest_of(found) if found else ""
        return self._known[key]


def _is_sealed(tx: Transaction, said: str, seal: str) -> bool:
    return hmac.compare_digest(tx.seal(said).encode(), seal.encode())
