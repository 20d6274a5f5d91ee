"""What people typed into forms that were not taken: encrypted, for their author alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    delete,
    or_,
    select,
)

from governance.office.importing import IMPORT_FORM
from storage.columns import GOES, SECRET, Instant, metadata
from storage.connection import Connected
from storage.tables import person

PURPOSE = "unsent-form"

unsent_form = Table(
    "unsent_form",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", ForeignKey(person.c.id), nullable=False),
    Column("form", String(64), nullable=False, info=SECRET),  # a hash of where it stands
    Column("item_id", Uuid, index=True),  # what it is about, as far as its address tells
    Column("sealed", LargeBinary, nullable=False, info=GOES),
    Column("at", Instant, nullable=False, index=True),
    UniqueConstraint("person_id", "form"),
)


class UnsentFormRows(Connected):
    """Inside one transaction."""

    def keep_unsent(
        self,
        person_id: UUID,
        form: str,
        item_id: UUID | None,
        fields: Mapping[str, Sequence[str]],
        now: datetime,
    ) -> None:
        """Keep what somebody typed into a form, in the place of what was kept of it before."""
        made = uuid4()
        plain = json.dumps({name: list(values) for name, values in fields.items()})
        row = {
            "id": made,
            "person_id": person_id,
            "form": form,
            "item_id": item_id,
            "sealed": self.vault.encrypt(PURPOSE, made, plain.encode()),
            "at": now,
        }
        self.put(unsent_form, row, ("person_id", "form"))

    def unsent(
        self, person_id: UUID, forms: Sequence[str], since: datetime
    ) -> Mapping[str, tuple[Mapping[str, tuple[str, ...]], datetime]]:
        """What is kept of somebody's forms, and when they typed it."""
        rows = self.connection.execute(
            select(unsent_form).where(
                unsent_form.c.person_id == person_id,
                unsent_form.c.form.in_(forms),
                unsent_form.c.at >= since,
            )
        )
        found = {}
        for row in rows:
            said = json.loads(self.vault.decrypt(PURPOSE, row.id, row.sealed))
            found[row.form] = ({name: tuple(values) for name, values in said.items()}, row.at)
        return found

    def drop_unsent(self, person_id: UUID, form: str) -> None:
        self.connection.execute(
            delete(unsent_form).where(
                unsent_form.c.person_id == person_id, unsent_form.c.form == form
            )
        )

    def forget_unsent(self, before: datetime, imports_before: datetime) -> int:
        """Delete what was typed before a moment, or by people who have left, and files of people
        that waited for their import since before another one. How many."""
        left = select(person.c.id).where(~person.c.active)
        gone = self.connection.execute(
            delete(unsent_form).where(
                or_(
                    unsent_form.c.at < before,
                    unsent_form.c.person_id.in_(left),
                    and_(unsent_form.c.form == IMPORT_FORM, unsent_form.c.at < imports_before),
                )
            )
        )
        return max(gone.rowcount, 0)
