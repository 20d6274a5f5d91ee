"""A wave's end: its results are written once, and then its answers are deleted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import Table, delete, func, inspect, select
from sqlalchemy.schema import CreateTableAs, DropTable

from storage.answer_tables import PREFIX, answers_of
from storage.surveys import Surveys
from storage.tables import (
    answer_key,
    sealed_comment,
    sealed_response,
    wave,
    wave_count,
    wave_key,
)
from surveys.survey import Wave, WaveState

PART = 1000
"""Answers that SQLite deletes in one transaction: overwriting 7,000 takes a fifth of a second."""

_shuffle = random.SystemRandom().shuffle


class Closings(Surveys):
    """Closing inside one transaction."""

    def put_final_count(self, wave_id: UUID, asked: int, answered: int | None) -> bool:
        row = {"wave_id": wave_id, "asked": asked, "answered": answered}
        return bool(self.insert_new(wave_count, row))  # its key decides who of several is first

    def keep_comments(self, wave_id: UUID, comments: Sequence[tuple[str, str]]) -> None:
        rows = [
            {"wave_id": wave_id, "id": uuid4(), "question": question, "comment": comment}
            for question, comment in comments
        ]
        _shuffle(rows)  # the order of writing must tell nothing either
        if rows:
            self.connection.execute(sealed_comment.insert(), rows)

    def forget_answers(self, wave_id: UUID) -> bool:
        for keys in (wave_key, answer_key):
            self._forget_key(keys, wave_id)
            self.within.pop((keys.name, wave_id), None)
        table = answers_of(wave_id).table
        if not inspect(self.connection).has_table(table.name):
            return True
        if self.connection.dialect.name == "sqlite":  # PostgreSQL removes a file, however long
            some = select(table.c.respondent).order_by(table.c.respondent).limit(PART)
            gone = delete(table).where(table.c.respondent.in_(some))
            if self.connection.execute(gone).rowcount == PART:
                return False
        self.connection.execute(DropTable(table))
        self.wants_scrub = True
        return True

    def _forget_key(self, table: Table, wave_id: UUID) -> None:
        """Delete a wave's key. ``secure_delete`` overwrites a row where it stands, but not the
        copies that SQLite left behind when it moved rows between pages (decision 21). Only a page
        that is given up is overwritten whole: so all rows go, and the others come back."""
        mine = table.c.wave_id == wave_id
        if self.connection.dialect.name != "sqlite":
            self.connection.execute(delete(table).where(mine))
            return
        if self.connection.execute(select(table.c.wave_id).where(mine)).first() is None:
            return  # an earlier part of the same deletion
        kept = CreateTableAs(select(table).where(~mine), "kept_open", temporary=True)
        self.connection.execute(kept)
        self.connection.execute(delete(table))
        self.connection.execute(
            table.insert().from_select(list(table.c.keys()), kept.table.select())
        )
        self.connection.execute(DropTable(kept.table))

    def unfinished(self) -> Sequence[UUID]:
        """Closed waves without results, and those whose answers are to be deleted and are not."""
        return [
            one.id
            for one in self.with_answers()
            if not self.results_wait(one.id) and (not one.hold or self.final_count(one.id) is None)
        ]

    def with_answers(self) -> Sequence[Wave]:
        """Closed waves whose answers are still there."""
        names = inspect(self.connection).get_table_names()
        ids = [UUID(name.removeprefix(PREFIX)) for name in names if name.startswith(PREFIX)]
        found = (self.wave(one) for one in ids)
        return [one for one in found if one is not None and one.state is WaveState.CLOSED]

    # -- sealed answers of earlier versions: nothing reads them --------------------------------

    def sealed_records(self) -> Sequence[tuple[Wave, int]]:
        """The waves of which sealed answers are kept, and how many of each."""
        rows = self.connection.execute(
            select(sealed_response.c.wave_id, func.count())
            .join(wave, wave.c.id == sealed_response.c.wave_id)
            .group_by(sealed_response.c.wave_id, wave.c.closes_at)
            .order_by(wave.c.closes_at)
        )
        found = [(self.wave(wave_id), many) for wave_id, many in rows.all()]
        return [(one, many) for one, many in found if one is not None]

    def delete_sealed_records(self, wave_id: UUID) -> int:
        mine = sealed_response.c.wave_id == wave_id
        gone = self.connection.execute(delete(sealed_response).where(mine)).rowcount
        if self.connection.dialect.name == "sqlite":
            self.wants_rewrite = self.wants_rewrite or gone > 0
        elif gone:  # deleted rows stay in PostgreSQL's file until it is another one
            self._written_anew(sealed_response)
        return gone

    def _written_anew(self, table: Table) -> None:
        """Everything out of a table, and back in."""
        kept = CreateTableAs(select(table), "kept_open", temporary=True)
        self.connection.execute(kept)
        self.connection.exec_driver_sql(f"TRUNCATE {table.name}")
        columns = list(table.c.keys())
        self.connection.execute(table.insert().from_select(columns, kept.table.select()))
        self.connection.execute(DropTable(kept.table))
