"""Responses while a wave is open, and their sealing. No time, order or name is kept with one."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.schema import CreateTableAs, DropTable

from storage.connection import UNREAD, Connected
from storage.tables import item_original, response, sealed_comment, sealed_response, wave_key
from storage.vault import WrongSecretError, respondent
from surveys.people import Person
from surveys.ports import OpenResponse, Response, SealedResponse
from surveys.questions import Answer

_shuffle = random.SystemRandom().shuffle


class Responses(Connected):
    """Responses inside one transaction."""

    def response(self, wave_id: UUID, person_id: UUID) -> Response | None:
        key = self._wave_key(wave_id, make=False)
        if key is None:
            return None
        one = {"b_wave": wave_id, "b_respondent": respondent(key, person_id)}
        row = self.connection.execute(_RESPONSE, one).first()
        return (
            Response(answers=answers_from_json(row.answers), complete=row.complete) if row else None
        )

    def put_response(self, wave_id: UUID, person: Person, given: Response) -> None:
        key = self._wave_key(wave_id, make=True)
        assert key is not None  # noqa: S101  (make=True)
        row = {
            "wave_id": wave_id,
            "respondent": respondent(key, person.id),
            "answers": json.dumps(dict(given.answers), ensure_ascii=False),
            "complete": given.complete,
            "role": person.role,
            "level": person.level,
            "building": person.building,
        }
        self.put(response, row, ("wave_id", "respondent"))

    def open_responses(self, wave_id: UUID) -> Sequence[OpenResponse]:
        rows = self.connection.execute(
            select(response).where(response.c.wave_id == wave_id, response.c.complete)
        )
        found = [
            OpenResponse(
                answers=answers_from_json(row.answers),
                role=row.role,
                level=row.level,
                building=row.building,
            )
            for row in rows
        ]
        _shuffle(found)
        return found

    def seal(
        self,
        wave_id: UUID,
        responses: Sequence[SealedResponse],
        comments: Sequence[tuple[str, str]],
    ) -> None:
        rows = [
            {
                "wave_id": wave_id,
                "id": uuid4(),
                # Sorted: in their own order, answers tell which was changed or came late.
                "answers": json.dumps(dict(one.answers), ensure_ascii=False, sort_keys=True),
                "role": one.role,
                "level": one.level,
                "building": one.building,
            }
            for one in responses
        ]
        said = [
            {"wave_id": wave_id, "id": uuid4(), "question": question, "comment": comment}
            for question, comment in comments
        ]
        for table, new in ((sealed_response, rows), (sealed_comment, said)):
            _shuffle(new)  # the order of writing must tell nothing either
            if new:
                self.connection.execute(table.insert(), new)
        for table in (response, wave_key):
            self._forget(table, wave_id)
        self.within.pop(("wave-key", wave_id), None)
        self.wants_scrub = True

    def sealed_comments(
        self, wave_id: UUID, question: str, after: UUID | None, most: int
    ) -> Sequence[tuple[UUID, str]]:
        wanted = (
            select(sealed_comment.c.id, sealed_comment.c.comment)
            .where(sealed_comment.c.wave_id == wave_id, sealed_comment.c.question == question)
            .order_by(sealed_comment.c.id)
            .limit(most)
        )
        if after is not None:
            wanted = wanted.where(sealed_comment.c.id > after)
        return [(row.id, row.comment) for row in self.connection.execute(wanted)]

    def prove_key(self) -> None:
        """``WrongSecretError`` where something is encrypted and nothing of a sample of it opens:
        the service runs with another key than the one it was written with."""
        sample = [
            (purpose, row[0], row[1])
            for purpose, columns in (
                ("wave-key", (wave_key.c.wave_id, wave_key.c.wrapped)),
                ("feedback", (item_original.c.item_id, item_original.c.encrypted)),
            )
            for row in self.connection.execute(select(*columns).limit(5))
        ]
        wrong: WrongSecretError | None = None
        for purpose, bound_to, encrypted in sample:
            try:
                self.vault.decrypt(purpose, bound_to, encrypted)
            except WrongSecretError as error:
                wrong = error
            else:
                return
        if wrong is not None:
            raise wrong

    def _forget(self, table: Table, wave_id: UUID) -> None:
        """Delete the rows of a wave. ``secure_delete`` overwrites a row where it stands, but not
        the copies that SQLite left behind when it moved rows between pages (decision 21). Only a
        page that is given up is overwritten whole: so all rows go, and the others come back."""
        if self.connection.dialect.name != "sqlite":
            self.connection.execute(delete(table).where(table.c.wave_id == wave_id))
            return
        others = select(table).where(table.c.wave_id != wave_id)
        kept = CreateTableAs(others, "kept_open", temporary=True)
        self.connection.execute(kept)
        self.connection.execute(delete(table))
        self.connection.execute(
            table.insert().from_select(list(table.c.keys()), kept.table.select())
        )
        self.connection.execute(DropTable(kept.table))

    def _wave_key(self, wave_id: UUID, *, make: bool) -> bytes | None:
        kept: bytes | None = self.within.get(("wave-key", wave_id))
        if kept is None:
            kept = self._read_wave_key(wave_id, make=make)
            self.within["wave-key", wave_id] = kept
        return kept

    def _read_wave_key(self, wave_id: UUID, *, make: bool) -> bytes | None:
        wrapped = self.foreseen("wrapped", wave_id)
        if wrapped is UNREAD:
            wrapped = self.connection.execute(_WRAPPED, {"b_wave": wave_id}).scalar()
        if wrapped is not None:
            return self.vault.decrypt("wave-key", wave_id, wrapped)
        if not make:
            return None
        key = secrets.token_bytes(32)
        self.connection.execute(
            wave_key.insert(),
            {"wave_id": wave_id, "wrapped": self.vault.encrypt("wave-key", wave_id, key)},
        )
        return key


_RESPONSE = select(response.c.answers, response.c.complete).where(
    response.c.wave_id == bindparam("b_wave"), response.c.respondent == bindparam("b_respondent")
)
_WRAPPED = select(wave_key.c.wrapped).where(wave_key.c.wave_id == bindparam("b_wave"))


def answers_from_json(body: str) -> Mapping[str, Answer]:
    """Lists of the JSON are the tuples of an answer."""
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in json.loads(body).items()
    }
