"""Responses until a wave has closed. No time, order or name is kept with one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, inspect, select
from sqlalchemy.schema import CreateTable

from core.people import Person
from storage.answer_bodies import Kept, answers_of_json, body_of, read_body
from storage.answer_tables import answers_of
from storage.connection import UNREAD, Connected
from storage.tables import answer_key, sealed_comment, wave_key
from storage.vault import respondent
from surveys.ports import OpenResponse, Response
from surveys.questions import Answer


class Responses(Connected):
    """Responses inside one transaction."""

    def make_room(self, wave_id: UUID) -> None:
        """A new wave's own table for its answers, and the key that they are encrypted with."""
        self.connection.execute(CreateTable(answers_of(wave_id).table))
        self._make_key(answer_key, wave_id)

    def response(self, wave_id: UUID, person_id: UUID) -> Response | None:
        key = self._wave_key(wave_key, wave_id)
        if key is None:
            return None
        name = respondent(key, person_id)
        row = self.connection.execute(answers_of(wave_id).one, {"b_respondent": name}).first()
        if row is None:
            return None
        said = read_body(self._wave_key(answer_key, wave_id), name, row.body)
        return Response(answers=answers_of_json(said["answers"]), complete=row.complete)

    def put_response(self, wave_id: UUID, person: Person, given: Response) -> None:
        key = self._wave_key(wave_key, wave_id) or self._make_key(wave_key, wave_id)
        name = respondent(key, person.id)
        said = {
            "answers": dict(given.answers),
            "role": person.role,
            "level": person.level,
            "building": person.building,
        }
        body = body_of(self._wave_key(answer_key, wave_id), name, said)
        row = {"respondent": name, "body": body, "complete": given.complete}
        self.put(answers_of(wave_id).table, row, ("respondent",))

    def forget_response(self, wave_id: UUID, person_id: UUID) -> None:
        key = self._wave_key(wave_key, wave_id)
        if key is not None:
            table, name = answers_of(wave_id).table, respondent(key, person_id)
            self.connection.execute(delete(table).where(table.c.respondent == name))

    def kept_responses(self, wave_id: UUID, *, complete: bool = True) -> Kept:
        table, key = answers_of(wave_id).table, self._wave_key(answer_key, wave_id)
        if not inspect(self.connection).has_table(table.name):
            return Kept(key=None, rows=())  # deleted
        rows = self.connection.execute(
            select(table.c.respondent, table.c.body).where(table.c.complete == complete)
        )
        return Kept(key=key, rows=[(row.respondent, row.body) for row in rows])

    def open_responses(self, wave_id: UUID, *, complete: bool = True) -> Sequence[OpenResponse]:
        return self.kept_responses(wave_id, complete=complete).read()

    def kept_comments(
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

    def _wave_key(self, keys: Table, wave_id: UUID) -> bytes | None:
        """One of a wave's two keys; None where there is none."""
        if (keys.name, wave_id) not in self.within:
            wrapped = self.foreseen("wrapped", keys.name, wave_id)
            if wrapped is UNREAD:
                wrapped = self.connection.execute(_WRAPPED[keys], {"b_wave": wave_id}).scalar()
            self.within[keys.name, wave_id] = (
                self.vault.decrypt(_PURPOSES[keys], wave_id, wrapped) if wrapped else None
            )
        kept: bytes | None = self.within[keys.name, wave_id]
        return kept

    def _make_key(self, keys: Table, wave_id: UUID) -> bytes:
        key = secrets.token_bytes(32)
        wrapped = self.vault.encrypt(_PURPOSES[keys], wave_id, key)
        self.connection.execute(keys.insert(), {"wave_id": wave_id, "wrapped": wrapped})
        self.within[keys.name, wave_id] = key
        return key


_PURPOSES = {wave_key: "wave-key", answer_key: "answer-key"}
_WRAPPED = {
    keys: select(keys.c.wrapped).where(keys.c.wave_id == bindparam("b_wave")) for keys in _PURPOSES
}


def answers_from_json(body: str) -> Mapping[str, Answer]:
    """Answers that are kept as JSON."""
    return answers_of_json(json.loads(body))
