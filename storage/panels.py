"""Whom a wave may ask: how often people were asked, and what panels were frozen from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, update

from core.people import Audience
from storage.connection import UNREAD
from storage.district import Districts
from storage.people import included
from storage.tables import participation, person, wave
from surveys.encoding import frame_from_json, frame_to_json
from surveys.survey import USUAL, Rules
from surveys.waves.limiting import AskingLimit
from surveys.waves.reaching import Drawn
from surveys.waves.sampling import Frame, Selection


class Panels(Districts):
    """Panels inside one transaction. Of two that count and freeze at once the database lets one
    through and has the other count again: transactions are serializable."""

    def asking_limit(self) -> AskingLimit | None:
        found = self.loaded_district()
        return found.asking_limit if found else None

    def release_rules(self) -> Rules:
        found = self.loaded_district()
        return replace(found.results if found else USUAL, themes=True)

    def asked_often(self, since: datetime, times: int) -> frozenset[UUID]:
        return frozenset(self.connection.execute(_asked_often(since, times)).scalars())

    def count_asked_often(self, audience: Audience, since: datetime, times: int) -> int:
        often = person.c.id.in_(_asked_often(since, times))
        wanted = select(func.count()).select_from(person).where(included(audience), often)
        return self.connection.execute(wanted).scalar_one()

    def recent_frames(self, since: datetime) -> Sequence[Frame]:
        frames = select(wave.c.frame).where(wave.c.frame.is_not(None), since < _OPENED)
        return [frame_from_json(body) for body in self.connection.execute(frames).scalars()]

    def drawn_ahead(
        self, audience: Audience, selection: Selection | None, *, spares: bool
    ) -> Drawn | None:
        found = self.seen("drawn", audience, selection, spares)
        return None if found is UNREAD else found

    def put_frame(self, wave_id: UUID, frame: Frame, now: datetime) -> None:
        kept = {"frame": frame_to_json(frame), "opened_at": now}
        self.connection.execute(update(wave).where(wave.c.id == wave_id).values(kept))

    def frame_of(self, wave_id: UUID) -> Frame | None:
        body = self.connection.execute(select(wave.c.frame).where(wave.c.id == wave_id)).scalar()
        return frame_from_json(body) if body else None


_OPENED = func.coalesce(wave.c.opened_at, wave.c.opens_at)
"""Waves that opened before there was a limit have no other time than the planned one."""


def _asked_often(since: datetime, times: int) -> Select[UUID]:
    return (
        select(participation.c.person_id)
        .join(wave, wave.c.id == participation.c.wave_id)
        .where(since < _OPENED)
        .group_by(participation.c.person_id)
        .having(func.count() >= times)
    )
