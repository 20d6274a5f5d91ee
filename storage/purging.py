""" "Student data here": what the columns' definitions say, done (``storage.columns.Purge``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Row, Table, and_, delete, select, update

from governance.feedback.about import read_about
from storage.columns import Purge, Words, metadata, words_of
from storage.connection import Connected
from storage.tables import item


def declared(purge: Purge) -> Iterator[tuple[Column[Any], Words]]:
    """The columns of which their definitions say so, a table after the other."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            words = words_of(column)
            if words is not None and words.purge is purge:
                yield column, words


def tables_with_words() -> tuple[str, ...]:
    """Where words of items are, or what was made of them."""
    kinds = (Purge.MARKED, Purge.GOES, Purge.REPLACED)
    return tuple(dict.fromkeys(one.table.name for kind in kinds for one, _ in declared(kind)))


class Purging(Connected):
    """Inside one transaction."""

    def mend_words(self, item_id: UUID, mend: Callable[[str], str]) -> bool:
        mended = [
            self._mend(column, words, item_id, mend) for column, words in declared(Purge.MARKED)
        ]
        return any(mended)

    def drop_copies(self, item_id: UUID) -> None:
        for column, _ in declared(Purge.GOES):
            mine = _of_item(column.table, item_id)
            if not column.nullable and mine is not None:
                self.connection.execute(delete(column.table).where(mine))

    def _mend(
        self, column: Column[Any], words: Words, item_id: UUID, mend: Callable[[str], str]
    ) -> bool:
        table = column.table
        mine = self._rows_about(table, item_id)
        wanted = select(*table.primary_key.columns, column).where(mine, column.is_not(None))
        made_of_it = {one.name: None for one in table.columns if _goes_with_words(one)}
        found = False
        rows: Sequence[Any] = self.connection.execute(wanted).all()
        for row in rows:
            before = self._read(column, words, row)
            after = _each_text(before, mend) if words.json else mend(before)
            if after == before:
                continue
            found = True
            values = made_of_it | {column.name: self._written(words, row, after)}
            self.connection.execute(update(table).where(_same(table, row)).values(values))
        return found

    def _read(self, column: Column[Any], words: Words, row: Row[Any]) -> str:
        stored = row._mapping[column]
        if not words.encrypted:
            return str(stored)
        return self.vault.decrypt(words.encrypted, row.id, stored).decode()

    def _written(self, words: Words, row: Row[Any], plain: str) -> str | bytes:
        if not words.encrypted:
            return plain
        return self.vault.encrypt(words.encrypted, row.id, plain.encode())

    def _rows_about(self, table: Table, item_id: UUID) -> ColumnElement[bool]:
        mine = _of_item(table, item_id)
        if mine is not None:
            return mine
        for link in metadata.sorted_tables:
            theirs = _of_item(link, item_id)
            for column in link.columns:
                if theirs is not None and any(key.references(table) for key in column.foreign_keys):
                    return table.c.id.in_(select(column).where(theirs))
        if "change_id" in table.c:
            token = self.connection.execute(select(item.c.about).where(item.c.id == item_id))
            about = read_about(token.scalar() or "")
            return table.c.change_id == (about.subject if about else None)
        raise LookupError(f"nothing says about which item a row of {table.name} is")


def _of_item(table: Table, item_id: UUID) -> ColumnElement[bool] | None:
    return table.c.item_id == item_id if "item_id" in table.c else None


def _same(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    return and_(*(column == row._mapping[column] for column in table.primary_key.columns))


def _goes_with_words(column: Column[Any]) -> bool:
    words = words_of(column)
    return words is not None and words.purge is Purge.GOES and bool(column.nullable)


def _each_text(body: str, mend: Callable[[str], str]) -> str:
    def mended(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: mended(value) for key, value in part.items()}
        if isinstance(part, list):
            return [mended(value) for value in part]
        return mend(part) if isinstance(part, str) else part

    return json.dumps(mended(json.loads(body)), ensure_ascii=False)
