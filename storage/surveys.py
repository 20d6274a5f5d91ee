"""Ready surveys, waves, panels and the clock's entries for them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Row, bindparam, case, func, select, update

from core.paging import paging
from governance.authoring.model import SurveyVersion
from storage.connection import UNREAD, read_once
from storage.halting import invitation_campaign, people_unwritten, stop_fanning_out
from storage.ledger_tables import restored_wave
from storage.responses import Responses
from storage.tables import (
    building,
    participation,
    release_note,
    survey,
    survey_version,
    wave,
    wave_count,
)
from surveys.encoding import (
    audience_from_json,
    audience_to_json,
    decode,
    encode,
    results_from_json,
    results_to_json,
    selection_from_json,
    selection_to_json,
    survey_from_json,
    survey_to_json,
)
from surveys.results.model import WaveResults
from surveys.survey import USUAL, Participation, Rules, Survey, Wave, WaveState


@lru_cache(maxsize=4)
def _read(body: str) -> WaveResults:
    """Results as they are stored. Of a large survey they are megabytes, read again with every page
    of them, and do not change."""
    return results_from_json(body)


class Surveys(Responses):
    """Surveys and waves inside one transaction."""

    def ready_survey(self, key: str) -> Survey | None:
        body = self.connection.execute(
            select(survey.c.body).where(survey.c.key == key, ~survey.c.retired)
        ).scalar()
        return survey_from_json(body) if body else None

    def ready_surveys(self) -> Sequence[Survey]:
        rows = self.connection.execute(
            select(survey.c.body).where(~survey.c.retired).order_by(survey.c.key)
        )
        return [survey_from_json(body) for body in rows.scalars()]

    def put_surveys(self, surveys: Sequence[Survey], kept: Collection[str] = ()) -> None:
        """Make these the ready surveys of the district's files; absent ones are retired (waves
        keep their copy). ``kept``: keys of surveys of the web that stay as they are."""
        self.connection.execute(
            update(survey).where(survey.c.key.not_in(kept)).values(retired=True, on_web=False)
        )
        for one in surveys:
            if one.key not in kept:
                self._put_survey(one, on_web=False)

    def put_web_survey(self, one: Survey) -> None:
        self._put_survey(one, on_web=True)

    def _put_survey(self, one: Survey, *, on_web: bool) -> None:
        row = {"key": one.key, "body": survey_to_json(one), "retired": False, "on_web": on_web}
        self.put(survey, row, ("key",))

    def written_on_web(self) -> frozenset[str]:
        found = self.connection.execute(
            select(survey.c.key).where(survey.c.on_web, ~survey.c.retired)
        )
        return frozenset(found.scalars())

    # -- versions: the different texts that were launched ---------------------------------------

    def note_version(self, launched: Wave, now: datetime) -> None:
        newest = self.connection.execute(
            select(survey_version.c.number, survey_version.c.body)
            .where(survey_version.c.survey_key == launched.survey.key)
            .order_by(survey_version.c.number.desc())
            .limit(1)
        ).first()
        if newest is not None and survey_from_json(newest.body) == launched.survey:
            return
        row = {
            "survey_key": launched.survey.key,
            "number": newest.number + 1 if newest else 1,
            "body": survey_to_json(launched.survey),
            "launched_at": now,
            "launched_by": launched.launched_by,
        }
        self.insert_new(survey_version, row)

    def survey_versions(self) -> Mapping[str, Sequence[SurveyVersion]]:
        rows = self.connection.execute(
            select(survey_version).order_by(survey_version.c.number.desc())
        )
        found: dict[str, list[SurveyVersion]] = {}
        for row in rows:
            version = SurveyVersion(
                number=row.number,
                survey=survey_from_json(row.body),
                launched_at=row.launched_at,
                launched_by=row.launched_by,
            )
            found.setdefault(row.survey_key, []).append(version)
        return found

    # -- waves ----------------------------------------------------------------------------------

    def waves_ahead_of(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``wave``, in a transaction that only reads."""
        self.ahead("wave", some, self._some_waves)

    def _some_waves(self, some: Sequence[UUID]) -> dict[UUID, Wave]:
        rows = self.connection.execute(select(*CHANGING).where(wave.c.id.in_(some))).all()
        return {one.id: one for one in self._waves_from(rows)}

    @read_once
    def wave(self, wave_id: UUID) -> Wave | None:
        found = self.foreseen("wave", wave_id)
        if found is UNREAD:
            found = self.connection.execute(_WAVE, {"b_wave": wave_id}).first()
        return self._wave_from(tuple(found)) if found else None

    @read_once
    def waves(self, *, bare: bool = False) -> Sequence[Wave]:
        rows = self.connection.execute(select(*CHANGING).order_by(wave.c.opens_at.desc())).all()
        if self.frozen:
            for row in rows:
                self.foresee(("wave", row.id), tuple(row))
        return Surveys._waves_from(self, rows) if bare else self._waves_from(rows)

    def waves_ahead(self) -> Sequence[Wave]:
        open_or_planned = select(*CHANGING).where(wave.c.state != WaveState.CLOSED)
        rows = self.connection.execute(open_or_planned.order_by(wave.c.opens_at)).all()
        return self._waves_from(rows)

    def held_waves(self) -> Sequence[Wave]:
        held = select(*CHANGING).where(wave.c.hold).order_by(wave.c.opens_at.desc(), wave.c.id)
        rows = self.connection.execute(held).all()
        return self._waves_from(rows)

    def page_of_waves(self, page: int, size: int) -> tuple[Sequence[Wave], int]:
        """A page of all waves, those first that are not closed, and how many there are. Past the
        end: the last page."""
        there = self.connection.execute(select(func.count(wave.c.state))).scalar_one()
        page = paging(page, there, size).page
        closed = case((wave.c.state == WaveState.CLOSED, 1), else_=0)
        ordered = select(wave.c.id).order_by(closed, wave.c.opens_at.desc(), wave.c.id)
        ids = self.connection.execute(ordered.limit(size).offset(page * size)).scalars().all()
        found = (self.wave(one) for one in ids)
        return [one for one in found if one is not None], there

    @read_once
    def final_count(self, wave_id: UUID) -> tuple[int, int | None] | None:
        """Of a closed wave: how many were asked, and how many answered as it was released."""
        row = self.connection.execute(
            select(wave_count.c.asked, wave_count.c.answered).where(wave_count.c.wave_id == wave_id)
        ).first()
        return (row.asked, row.answered) if row else None

    def final_counts(self, waves: Collection[UUID]) -> Mapping[UUID, tuple[int, int | None]]:
        rows = self.connection.execute(
            select(wave_count).where(wave_count.c.wave_id.in_(list(waves)))
        )
        return {row.wave_id: (row.asked, row.answered) for row in rows}

    @read_once
    def results_wait(self, wave_id: UUID) -> bool:
        found: bool = self.foreseen("results wait", wave_id)
        if found is not UNREAD:
            return found
        waits = select(restored_wave.c.wave_id).where(restored_wave.c.wave_id == wave_id)
        return self.connection.execute(waits).first() is not None

    def _waves_from(self, rows: Sequence[Row[Any]]) -> list[Wave]:
        """The same waves as one by one, by a few statements."""
        fixed = self._fixed_of([row.id for row in rows])
        return [self._launched(tuple(row), fixed) for row in rows]

    def _wave_from(self, row: tuple[Any, ...]) -> Wave:
        return self._launched(row)

    def _launched(self, row: tuple[Any, ...], fixed: Mapping[UUID, Wave] | None = None) -> Wave:
        """From the values of ``CHANGING``: the same wave as the last time, where they are."""
        remembered = self.surroundings.remembered
        wave_id, opens_at, closes_at, reminders, state, launched_by, hold, hold_why = row
        last, kept = remembered.get(("wave", wave_id), (None, None))
        if isinstance(kept, Wave) and last == row:
            return kept
        if not isinstance(kept, Wave):  # what is fixed at launch is never stale
            kept = (fixed or {}).get(wave_id) or self._fixed(wave_id)
        found = replace(
            kept,
            opens_at=opens_at,
            closes_at=closes_at,
            reminders=tuple(datetime.fromisoformat(at) for at in json.loads(reminders)),
            state=WaveState(state),
            launched_by=launched_by,
            hold=hold,
            hold_why=hold_why or "",
        )
        remembered["wave", wave_id] = row, found
        return found

    def _fixed(self, wave_id: UUID) -> Wave:
        """A wave with what is fixed at its launch; its times and its state are to be filled in."""
        row = self.connection.execute(_FIXED.where(wave.c.id == wave_id)).one()
        return self._fixed_from(row)

    def _fixed_of(self, waves: Sequence[UUID]) -> Mapping[UUID, Wave]:
        """The same of all that are not remembered, in a few statements."""
        remembered = self.surroundings.remembered
        new = [one for one in waves if ("wave", one) not in remembered]
        found = (
            self.connection.execute(_FIXED.where(wave.c.id.in_(some)))
            for some in (new[n : n + _AT_ONCE] for n in range(0, len(new), _AT_ONCE))
        )
        return {row.id: self._fixed_from(row) for rows in found for row in rows}

    def _fixed_from(self, row: Any) -> Wave:
        return Wave(
            id=row.id,
            survey=survey_from_json(row.survey),
            audience=audience_from_json(row.audience),
            opens_at=_UNKNOWN,
            closes_at=_UNKNOWN,
            selection=selection_from_json(row.selection) if row.selection else None,
            despite_limit=row.despite_limit,
            continues=row.continues,
            series=row.series,
            rules=decode(Rules, row.rules) if row.rules else USUAL,
        )

    def add_wave(self, new: Wave) -> bool:
        row = {
            "id": new.id,
            "survey_key": new.survey.key,
            "survey": survey_to_json(new.survey),
            "audience": audience_to_json(new.audience),
            "opens_at": new.opens_at,
            "closes_at": new.closes_at,
            "reminders": json.dumps([at.isoformat() for at in new.reminders]),
            "state": new.state,
            "launched_by": new.launched_by,
            "selection": selection_to_json(new.selection) if new.selection else None,
            "despite_limit": new.despite_limit,
            "continues": new.continues,
            "series": new.series,
            "hold": new.hold,
            "rules": encode(Rules, new.rules),
        }
        if not self.insert_new(wave, row):
            return False
        self.make_room(new.id)
        return True

    def set_hold(self, wave_id: UUID, *, hold: bool, why: str = "") -> None:
        mine = update(wave).where(wave.c.id == wave_id)
        self.connection.execute(mine.values(hold=hold, hold_why=why or None))

    def set_wave_state(self, wave_id: UUID, state: WaveState) -> None:
        if state is WaveState.CLOSED:
            stop_fanning_out(self, wave_id)  # whoever was not asked by now is not in the panel
        self.connection.execute(update(wave).where(wave.c.id == wave_id).values(state=state))

    # -- panel and participation ----------------------------------------------------------------

    def participation(self, wave_id: UUID, person_id: UUID) -> Participation | None:
        key = {"b_wave": wave_id, "b_person": person_id}
        state = self.foreseen("participation", wave_id, person_id)
        if state is UNREAD:
            state = self.connection.execute(_PARTICIPATION, key).scalar()
        return Participation(state) if state else None

    def set_participation(self, wave_id: UUID, person_id: UUID, became: Participation) -> None:
        key = {"b_wave": wave_id, "b_person": person_id}
        self.connection.execute(_PARTICIPATE, {**key, "b_state": became})

    @read_once
    def panel_size(self, wave_id: UUID) -> int:
        """How many a wave asks, those whose invitation is still to be written among them."""
        found: int = self.seen("panel size", wave_id)
        if found is not UNREAD:
            return found
        written = (
            select(func.count())
            .select_from(participation)
            .where(participation.c.wave_id == wave_id)
            .scalar_subquery()
        )
        waiting = people_unwritten(invitation_campaign(wave_id), "invitation")
        sizes = select(written, waiting.scalar_subquery())
        return sum(self.connection.execute(sizes).one())

    @read_once
    def count_participation(self, wave_id: UUID, became: Participation) -> int:
        found: int = self.foreseen("count", wave_id, became)
        if found is not UNREAD:
            return found
        return self.connection.execute(
            select(func.count())
            .select_from(participation)
            .where(participation.c.wave_id == wave_id, participation.c.state == became)
        ).scalar_one()

    def settled_among(self, wave_id: UUID, people: Sequence[UUID]) -> Sequence[UUID]:
        """Who of these has answered or said no (for messages that would ask them in vain)."""
        return (
            self.connection.execute(
                select(participation.c.person_id).where(
                    participation.c.wave_id == wave_id,
                    participation.c.person_id.in_(people),
                    participation.c.state.in_((Participation.ANSWERED, Participation.DECLINED)),
                )
            )
            .scalars()
            .all()
        )

    def some_waiting(self, wave_id: UUID, most: int) -> Sequence[UUID]:
        """A few members of the panel, at random, who have not answered (for the demo's
        colleagues, and for nobody's eyes)."""
        return (
            self.connection.execute(
                select(participation.c.person_id)
                .where(
                    participation.c.wave_id == wave_id,
                    participation.c.state == Participation.ASKED,
                )
                .order_by(func.random())
                .limit(most)
            )
            .scalars()
            .all()
        )

    # -- results --------------------------------------------------------------------------------

    def results(self, wave_id: UUID, *, bare: bool = False) -> WaveResults | None:
        body = self.results_body(wave_id)
        if not body or bare:
            return _read(body) if body else None
        return replace(_read(body), buildings=self.once("buildings' names", self._buildings))

    def _buildings(self) -> dict[str, str]:
        rows = self.connection.execute(select(building.c.key, building.c.name))
        return {one.key: one.name for one in rows}

    def results_body(self, wave_id: UUID) -> str | None:
        def read() -> str | None:
            found: str | None = self.foreseen("results", wave_id)
            if found is UNREAD:
                row = self.connection.execute(_RESULTS, {"b_wave": wave_id}).first()
                found = row.results if row else None
                if self.frozen:  # whoever asks for results asks next whether they wait
                    self.foresee(("results wait", wave_id), row is not None and row.waits)
            return found

        return self.once(("results", wave_id), read)

    def results_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``results`` and ``wave``, in a transaction that only reads."""

        def read(new: Sequence[UUID]) -> dict[UUID, str | None]:
            kept = select(wave.c.results, *CHANGING).where(wave.c.id.in_(new))
            found: dict[UUID, str | None] = {}
            for row in self.connection.execute(kept):
                found[row.id] = row.results
                self.foresee(("wave", row.id), tuple(row)[1:])
            return found

        self.ahead("results", some, read, nothing=None)

    def put_results(self, wave_id: UUID, results: WaveResults) -> None:
        self.put_results_body(wave_id, results_to_json(replace(results, buildings={})))

    def put_results_body(self, wave_id: UUID, body: str) -> None:
        self.connection.execute(update(wave).where(wave.c.id == wave_id).values(results=body))
        self.within.pop(("results", wave_id), None)  # where this transaction asked before

    def note_release(
        self, wave_id: UUID, to: UUID | None, what: str, now: datetime, *, once: bool = False
    ) -> None:
        self.within.pop(("releases", wave_id, to), None)
        shown = {"wave_id": wave_id, "to_person": to, "what": what}
        if once and self.was_released(wave_id, to, what):
            return
        self.connection.execute(release_note.insert(), {"id": uuid4(), **shown, "at": now})

    def note_releases(
        self, to: UUID | None, what: Collection[tuple[UUID, str]], now: datetime
    ) -> None:
        waves = {one for one, _ in what}
        for wave_id in waves:
            self.within.pop(("releases", wave_id, to), None)
        there = self.connection.execute(
            select(release_note.c.wave_id, release_note.c.what).where(
                release_note.c.wave_id.in_(waves), release_note.c.to_person == to
            )
        )
        missing = set(what).difference((row.wave_id, row.what) for row in there)
        rows = [
            {"id": uuid4(), "wave_id": wave_id, "to_person": to, "what": told, "at": now}
            for wave_id, told in sorted(missing)
        ]
        if rows:
            self.connection.execute(release_note.insert(), rows)

    def releases_ahead(self, some: Iterable[UUID], to: UUID | None) -> None:
        """Prefetch for ``was_released`` to one person, in a transaction that only reads."""

        def read(new: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
            found: dict[UUID, frozenset[str]] = {}
            there = select(release_note.c.wave_id, release_note.c.what).where(
                release_note.c.wave_id.in_(new), release_note.c.to_person == to
            )
            for row in self.connection.execute(there):
                found[row.wave_id] = found.get(row.wave_id, frozenset()) | {row.what}
            return found

        self.ahead("releases", some, read, nothing=frozenset(), after=(to,))

    def was_released(self, wave_id: UUID, to: UUID | None, *what: str) -> bool:
        known: frozenset[str] | None = self.within.get(("releases", wave_id, to))
        if known is not None:
            return not known.isdisjoint(what)
        there = select(release_note.c.id).where(
            release_note.c.wave_id == wave_id,
            release_note.c.to_person == to,
            release_note.c.what.in_(what),
        )
        return self.connection.execute(there.limit(1)).first() is not None


_RESULTS = (
    select(wave.c.results, restored_wave.c.wave_id.is_not(None).label("waits"))
    .outerjoin(restored_wave, restored_wave.c.wave_id == wave.c.id)
    .where(wave.c.id == bindparam("b_wave"))
)

CHANGING: Sequence[Column[Any]] = (
    wave.c.id,
    wave.c.opens_at,
    wave.c.closes_at,
    wave.c.reminders,
    wave.c.state,
    wave.c.launched_by,
    wave.c.hold,
    wave.c.hold_why,
)
"""A wave without what is large and fixed at launch."""

_WAVE = select(*CHANGING).where(wave.c.id == bindparam("b_wave"))
_FIXED = select(
    wave.c.id,
    wave.c.survey,
    wave.c.audience,
    wave.c.selection,
    wave.c.despite_limit,
    wave.c.continues,
    wave.c.series,
    wave.c.rules,
)
_AT_ONCE = 500
"""Waves that are read by one statement."""

_UNKNOWN = datetime.max.replace(tzinfo=UTC)
_ONE = (
    participation.c.wave_id == bindparam("b_wave"),
    participation.c.person_id == bindparam("b_person"),
)
_PARTICIPATION = select(participation.c.state).where(*_ONE)
_PARTICIPATE = update(participation).where(*_ONE).values(state=bindparam("b_state"))
