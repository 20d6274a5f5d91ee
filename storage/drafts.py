"""Surveys that are being written, one row for each saving; and surveys that are tried alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update

from governance.authoring.model import Draft, DraftEdit, DraftState
from storage.connection import Connected
from storage.responses import answers_from_json
from storage.tables import survey_draft, survey_draft_version, survey_trial
from surveys.encoding import survey_from_json, survey_to_json
from surveys.ports import Trial

_version = survey_draft_version.c


class Drafts(Connected):
    """Drafts and trials inside one transaction."""

    def draft(self, draft_id: UUID, version: int | None = None) -> Draft | None:
        wanted = _NEWEST if version is None else _ANY.where(_version.number == version)
        row = self.connection.execute(wanted.where(survey_draft.c.id == draft_id)).first()
        return _draft(row) if row else None

    def drafts(self) -> Sequence[Draft]:
        written = _NEWEST.where(survey_draft.c.state == DraftState.WRITTEN)
        return [
            _draft(row)
            for row in self.connection.execute(written.order_by(_version.edited_at.desc()))
        ]

    def draft_edits(self, drafts: Collection[UUID]) -> Mapping[UUID, Sequence[DraftEdit]]:
        rows = self.connection.execute(
            select(_version.draft_id, _version.number, _version.edited_by, _version.edited_at)
            .where(_version.draft_id.in_(list(drafts)))
            .order_by(_version.number.desc())
        )
        found: dict[UUID, list[DraftEdit]] = {}
        for row in rows:
            edit = DraftEdit(version=row.number, by=row.edited_by, at=row.edited_at)
            found.setdefault(row.draft_id, []).append(edit)
        return found

    def add_draft_version(self, draft: Draft) -> bool:
        if draft.version == 1:
            row = {"id": draft.id, "replaces": draft.replaces, "state": draft.state}
            self.insert_new(survey_draft, row)
        newest = self.connection.execute(
            select(func.coalesce(func.max(_version.number), 0)).where(_version.draft_id == draft.id)
        ).scalar_one()
        if newest != draft.version - 1:
            return False
        version = {
            "draft_id": draft.id,
            "number": draft.version,
            "body": draft.body,
            "edited_by": draft.edited_by,
            "edited_at": draft.edited_at,
        }
        return bool(self.insert_new(survey_draft_version, version))

    def end_draft(self, draft_id: UUID, became: DraftState) -> None:
        """What led to its last text goes with it."""
        self.connection.execute(
            update(survey_draft).where(survey_draft.c.id == draft_id).values(state=became)
        )
        newest = select(func.max(_version.number)).where(_version.draft_id == draft_id)
        self.connection.execute(
            update(survey_draft_version)
            .where(_version.draft_id == draft_id, _version.number < newest.scalar_subquery())
            .values(body="")
        )

    # -- trying a survey alone ------------------------------------------------------------------

    def trial(self, trial_id: UUID) -> Trial | None:
        row = self.connection.execute(
            select(survey_trial).where(survey_trial.c.id == trial_id)
        ).first()
        if row is None:
            return None
        return Trial(
            id=row.id,
            person_id=row.person_id,
            survey=survey_from_json(row.survey),
            until=row.until,
            answers=answers_from_json(row.answers),
        )

    def put_trial(self, trial: Trial) -> None:
        row = {
            "id": trial.id,
            "person_id": trial.person_id,
            "survey": survey_to_json(trial.survey),
            "until": trial.until,
            "answers": json.dumps(dict(trial.answers)),
        }
        self.put(survey_trial, row, ("id",))

    def forget_trials(self, ended_before: datetime) -> int:
        ended = delete(survey_trial).where(survey_trial.c.until < ended_before)
        return self.connection.execute(ended).rowcount


_LAST = (
    select(_version.draft_id, func.max(_version.number).label("number"))
    .group_by(_version.draft_id)
    .subquery()
)
_ANY = select(
    survey_draft, _version.number, _version.body, _version.edited_by, _version.edited_at
).join(survey_draft_version, _version.draft_id == survey_draft.c.id)
_NEWEST = _ANY.join(
    _LAST, (_LAST.c.draft_id == _version.draft_id) & (_LAST.c.number == _version.number)
)


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    return Draft(
        id=row.id,
        body=row.body,
        version=row.number,
        state=DraftState(row.state),
        replaces=row.replaces,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
