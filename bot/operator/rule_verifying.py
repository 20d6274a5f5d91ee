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
from bot.exports.acknowledgements import COLUMNS, cells
from bot.operator.telling import Arguments, Told
from core.people import Platform
from governance.acknowledgements.handlers import END, end_of
from governance.acknowledgements.model import RuleAcknowledgement
from governance.rules.text import digest
from storage.transaction import Transaction

_AT_ONCE = 5000
_MOST_SAID = 50

Row = Mapping[str, str]


async def rule_verify(core: Core, given: Arguments) -> Told:
    """``path``: the file. Rows are counted as a spreadsheet counts them, the heading as 1."""
    rows = await asyncio.to_thread(_read, Path(given["path"]))
    if rows is None:
        other = "This is no file of acknowledgements: it has other columns."
        return Told(lines=(other,), ok=False)
    problems = await core.store.read(partial(_problems, rows=rows))
    if not problems:
        said = f"The file is whole: {len(rows) - 1:,} acknowledgements, each as it was made."
        return Told(lines=(said,))
    left = len(problems) - _MOST_SAID
    more = (f"And {left:,} more.",) if left > 0 else ()
    return Told(lines=(*problems[:_MOST_SAID], *more), ok=False)


def _read(path: Path) -> list[Row] | None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            return None
        return [_whole(row) for row in reader]


def _whole(row: dict[str | None, Any]) -> Row:
    """With all columns. What has more of them than there are was changed, and loses its seal."""
    found = {column: row[column] or "" for column in COLUMNS}
    return found | {"seal": ""} if None in row else found


def _problems(tx: Transaction, *, rows: Sequence[Row]) -> list[str]:
    until = _ended(tx, rows)
    said = [] if until else ["The last line is missing or was changed: rows may be missing."]
    stored, texts = _stored(tx, until or datetime.max.replace(tzinfo=UTC)), _Texts(tx)
    acknowledged = rows[:-1] if rows and rows[-1]["number"] == END else rows
    for number, row in enumerate(acknowledged, start=2):
        said += [f"Row {number}: {why}" for why in _of_row(tx, row, stored, texts)]
    said += [
        f"Missing: {one['number']}, version {one['version']}, {one['person']}, {one['time']}."
        for one in stored.values()
    ]
    for who, given, there, rules in tx.incomplete_acts():
        person = tx.person(who)
        email = person.email if person else str(who)
        said.append(
            f"Missing in the database: {email} acknowledged {rules} rules at once, and {there} "
            f"are there (set {given})."
        )
    said += [f"Missing in the database: all that {email} acknowledged." for email in tx.lost_acts()]
    return said


def _ended(tx: Transaction, rows: Sequence[Row]) -> datetime | None:
    """Until when the file is, as its last line says; None where that is not as it was written."""
    if not rows or rows[-1]["number"] != END:
        return None
    last = rows[-1]
    try:
        until = datetime.fromisoformat(last["time"])
        whole = _is_sealed(tx, end_of(int(last["rules"]), until), last["seal"])
    except ValueError:
        return None
    return until if whole and int(last["rules"]) == len(rows) - 1 else None


def _of_row(
    tx: Transaction, row: Row, stored: dict[tuple[str, ...], Row], texts: _Texts
) -> Iterator[str]:
    try:
        made = _acknowledgement(row)
    except (KeyError, TypeError, ValueError):
        yield "it cannot be read: something in it was changed."
        return
    if not _is_sealed(tx, made.sealed, row["seal"]):
        yield "its seal does not fit: something in it was changed."
    kept = stored.pop(_key(row), None)
    if kept is None:
        yield "the database has no such row, or it is in the file twice."
    else:
        other = [column for column in COLUMNS if row[column] != kept[column]]
        if other:
            yield f"the database has another {', '.join(other)}."
    if texts.digest(made.rule_id, made.version) != made.digest:
        yield f"the text of version {made.version} is not the one that was acknowledged."


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


def _stored(tx: Transaction, until: datetime) -> dict[tuple[str, ...], Row]:
    found: dict[tuple[str, ...], Row] = {}
    after = None
    while True:
        some = tx.acknowledgement_rows(until, after, _AT_ONCE)
        for one in some:
            row = dict(zip(COLUMNS, cells(one), strict=True))
            found[_key(row)] = row
        if len(some) < _AT_ONCE:
            return found
        last = some[-1].row
        after = (last.person, last.set_id, last.rule_id)


class _Texts:
    """The hash of each version's text, computed anew."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._known: dict[tuple[UUID, int], str] = {}

    def digest(self, rule_id: UUID, number: int) -> str:
        key = (rule_id, number)
        if key not in self._known:
            found = self._tx.rule_version(rule_id, number)
            self._known[key] = digest(found.title, found.texts, found.language) if found else ""
        return self._known[key]


def _is_sealed(tx: Transaction, said: str, seal: str) -> bool:
    return hmac.compare_digest(tx.seal(said), seal)
