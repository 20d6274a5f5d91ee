"""What an answer needs to be read, in one statement instead of five: who speaks, the wave, whether
they were asked, the wave's keys and when the district was loaded.

Thousands answer within minutes, and each statement is a trip to the database. What is foreseen
waits in its transaction for the method that would have read it by itself, and is given away once:
whoever asks a second time reads. So nothing that the transaction writes meanwhile is missed.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select

from core.people import Platform
from storage.connection import Connected
from storage.people import person_from, standing_from
from storage.priority_tables import reads_ideas
from storage.surveys import CHANGING
from storage.tables import (
    address,
    answer_key,
    district,
    duty,
    participation,
    person,
    wave,
    wave_key,
)


class Foreseeing(Connected):
    """Reading ahead inside one transaction."""

    def foresee_answer(self, platform: Platform, workspace: str, user: str, wave_id: UUID) -> None:
        """Read what is needed when somebody in a chat answers a wave. Where nobody is known by
        that address nothing is foreseen, and everything is read as ever."""
        key = {"b_platform": platform, "b_workspace": workspace, "b_user": user, "b_wave": wave_id}
        row = self.connection.execute(_ANSWER, key).first()
        if row is not None:
            self.foresee(("person at", platform, workspace, user), person_from(row))
            self._foresee_asked(row, wave_id)

    def foresee_visit(self, person_id: UUID) -> None:
        """Read what every page needs of whoever opens it: who they are, what they have to do with,
        whether they read ideas of staff, and of when the district is."""
        rows = self.connection.execute(_VISIT, {"b_person": person_id}).all()
        self.foresee(("person", person_id), person_from(rows[0]) if rows else None)
        duties = ((row.duty, row.duty_key) for row in rows if row.duty is not None)
        self.foresee(("standing", person_id), standing_from(duties))
        if rows:
            self.foresee(("reads ideas", rows[0].email), bool(rows[0].reads_ideas))
            self.foresee(("loaded at",), rows[0].loaded_at)

    def _foresee_asked(self, row: Row[*tuple[Any, ...]], wave_id: UUID) -> None:
        changing = tuple(row)[: len(CHANGING)]
        self.foresee(("wave", wave_id), changing if changing[0] else None)
        self.foresee(("participation", wave_id, row.person_id), row.asked)
        self.foresee(("wrapped", wave_key.name, wave_id), row.wrapped)
        self.foresee(("wrapped", answer_key.name, wave_id), row.wrapped_answers)
        self.foresee(("loaded at",), row.loaded_at)


# By itself: its index holds it, and the row is large.
_LOADED_AT = select(district.c.loaded_at).scalar_subquery().label("loaded_at")

_VISIT = (
    select(
        person,
        duty.c.duty,
        duty.c.key.label("duty_key"),
        reads_ideas(person.c.email).label("reads_ideas"),
        _LOADED_AT,
    )
    .outerjoin(duty, duty.c.person_id == person.c.id)
    .where(person.c.id == bindparam("b_person"))
)

_ANSWER = (
    select(
        *(column.label(f"wave_{column.name}") for column in CHANGING),
        *person.c,
        address.c.person_id,
        participation.c.state.label("asked"),
        wave_key.c.wrapped,
        answer_key.c.wrapped.label("wrapped_answers"),
        _LOADED_AT,
    )
    .select_from(address)
    .join(person, person.c.id == address.c.person_id)
    .outerjoin(wave, wave.c.id == bindparam("b_wave"))
    .outerjoin(wave_key, wave_key.c.wave_id == wave.c.id)
    .outerjoin(answer_key, answer_key.c.wave_id == wave.c.id)
    .outerjoin(
        participation,
        and_(participation.c.wave_id == wave.c.id, participation.c.person_id == person.c.id),
    )
    .where(
        address.c.platform == bindparam("b_platform"),
        address.c.workspace == bindparam("b_workspace"),
        address.c.user == bindparam("b_user"),
    )
)
