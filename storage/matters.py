"""Items that say the same, their vectors, and what people taught the reader."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    update,
)

from core.people import Level, Role
from governance.committees.model import RESTRICTED
from governance.duplicates.model import Correction, Open
from governance.feedback.model import OPEN_STATES
from storage.connection import Connected, read_once
from storage.matter_tables import item_correction, item_matter, item_vector
from storage.tables import item

MOST_COMPARED = 300
"""Open messages of a queue that a new one is compared with, the newest. What is reported again was
reported lately, and of one matter no more than the last twenty are looked at closely. Older ones
are for people to put together."""

_MIRRORED = ("state", "queue", "due_at", "answer", "answered_by")
"""What an item that is kept with another one has of that one."""


def is_open() -> ColumnElement[bool]:
    """Of items in which something is still to be done. The states are written out: SQLite uses an
    index of open items only where it reads the condition in the statement."""
    states: BindParameter[Any] = bindparam(
        "open_states", list(OPEN_STATES), expanding=True, literal_execute=True
    )
    return item.c.state.in_(states)


def stands_alone() -> ColumnElement[bool]:
    """Of every matter the one item that is on the docket."""
    return item.c.id.not_in(select(item_matter.c.item_id))


def row_by_row(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column to compare in rows that are found by another way: else SQLite, which has no
    statistics, begins with an index of it, and reads whatever was ever on a queue."""
    found: ColumnElement[str] = func.coalesce(column, "")
    return found


def of_reading(connection: Connection, name: str) -> ColumnElement[str]:
    """A text of an item's reading, without decoding all of it; NULL where it has none."""
    postgres = connection.dialect.name == "postgresql"
    read = cast(item.c.reading, JSON) if postgres else type_coerce(item.c.reading, JSON)
    found: ColumnElement[str] = read[name].as_string()
    return found


class Matters(Connected):
    """Matters inside one transaction."""

    def mirror(self, lead: UUID, row: dict[str, Any]) -> None:
        """What became of an item became of all that are kept with it."""
        with_it = select(item_matter.c.item_id).where(item_matter.c.lead_id == lead)
        same = {column: row[column] for column in _MIRRORED}
        self.connection.execute(update(item).where(item.c.id.in_(with_it)).values(same))

    @read_once
    def lead_of(self, item_id: UUID) -> UUID | None:
        found: UUID | None = self.connection.execute(
            select(item_matter.c.lead_id).where(item_matter.c.item_id == item_id)
        ).scalar()
        return found

    @read_once
    def people_saying(self, lead: UUID) -> int:
        with_it = select(item_matter.c.item_id).where(item_matter.c.lead_id == lead)
        named, unknown = self.connection.execute(
            select(
                func.count(item.c.author.distinct()),
                func.count() - func.count(item.c.author),
            ).where((item.c.id == lead) | item.c.id.in_(with_it))
        ).one()
        return int(named) + (1 if unknown else 0)

    def people_saying_each(self, items: Collection[UUID]) -> dict[UUID, int]:
        """Of items on their own, and of those that others are kept with."""
        lead = func.coalesce(item_matter.c.lead_id, item.c.id).label("lead")
        with_it = item.outerjoin(item_matter, item_matter.c.item_id == item.c.id)
        mine = item.c.id.in_(list(items)) | item_matter.c.lead_id.in_(list(items))
        counts = (
            func.count(item.c.author.distinct()).label("named"),
            (func.count() - func.count(item.c.author)).label("unknown"),
        )
        rows = self.connection.execute(
            select(lead, *counts).select_from(with_it).where(mine).group_by(lead)
        )
        found = {row.lead: int(row.named) + (1 if row.unknown else 0) for row in rows}
        self.keep("people_saying", items, found)
        return found

    def keep_with(self, item_id: UUID, lead: UUID, by: UUID | None, now: datetime) -> None:
        self.connection.execute(
            update(item_matter)
            .where(item_matter.c.lead_id == item_id)
            .values(lead_id=lead, came_with=item_id)
        )
        row = {"item_id": item_id, "lead_id": lead, "came_with": None, "by_person": by, "at": now}
        self.put(item_matter, row, key=("item_id",))
        led = self.connection.execute(select(item).where(item.c.id == lead)).one()
        self.mirror(lead, dict(led._mapping))

    def part(self, item_id: UUID) -> None:
        self.connection.execute(item_matter.delete().where(item_matter.c.item_id == item_id))
        self.connection.execute(
            update(item_matter)
            .where(item_matter.c.came_with == item_id)
            .values(lead_id=item_id, came_with=None)
        )

    def keep_vector(self, item_id: UUID, vector: bytes) -> None:
        self.put(item_vector, {"item_id": item_id, "vector": vector}, key=("item_id",))

    def forget_vector(self, item_id: UUID) -> None:
        self.connection.execute(item_vector.delete().where(item_vector.c.item_id == item_id))

    def open_vectors(
        self, queue: str, *, of: UUID | None = None, most: int = MOST_COMPARED
    ) -> Sequence[Open]:
        """What of a queue a new item may say the same as, oldest first: the newest ``most``
        messages of its open matters. ``of``: also what was said of that matter, however old.
        What is urgent always stands by itself."""
        newest = self._vectors(most, item.c.queue == queue, is_open())
        if of is None:
            return newest
        with_it = select(item_matter.c.item_id).where(item_matter.c.lead_id == of)
        matter = self._vectors(most, item.c.id.in_(with_it.union_all(select(literal(of)))))
        return [*matter, *(one for one in newest if one.lead != of)]

    def _vectors(self, most: int, *which: ColumnElement[bool]) -> list[Open]:
        lead = func.coalesce(item_matter.c.lead_id, item.c.id, type_=item.c.id.type)
        redacted, urgency = (of_reading(self.connection, one) for one in ("redacted", "urgency"))
        rows = self.connection.execute(
            select(lead.label("lead"), redacted.label("redacted"), item_vector.c.vector)
            .join(item_vector, item_vector.c.item_id == item.c.id)
            .outerjoin(item_matter, item_matter.c.item_id == item.c.id)
            .where(*which, redacted.is_not(None), urgency.is_(None))
            .order_by(item.c.received_at.desc(), item.c.id.desc())
            .limit(most)
        ).all()
        return [
            Open(lead=lead, redacted=words, vector=vector) for lead, words, vector in rows[::-1]
        ]

    def people_by_theme(
        self, spans: Sequence[tuple[datetime, datetime]]
    ) -> Sequence[Mapping[str, int]]:
        found: list[dict[str, int]] = [{} for _ in spans]
        if not spans:
            return found
        within = [
            and_(item.c.received_at >= since, item.c.received_at < until) for since, until in spans
        ]
        span = case(*((which, number) for number, which in enumerate(within))).label("span")
        anonymous = func.max(case((item.c.author.is_(None), 1), else_=0))
        people = func.count(item.c.author.distinct()) + anonymous
        rows = self.connection.execute(
            select(span, item.c.theme, people.label("people"))
            .where(
                item.c.received_at >= min(since for since, _ in spans),
                item.c.received_at < max(until for _, until in spans),
                or_(*within),
                item.c.theme.is_not(None),
                item.c.queue.is_distinct_from(RESTRICTED),
            )
            .group_by(span, item.c.theme)
        )
        for row in rows:
            found[row.span][row.theme] = row.people
        return found

    # -- corrections ------------------------------------------------------------------------------
    def note_correction(
        self, item_id: UUID, came_from: str, went_to: str, by: UUID | None, now: datetime
    ) -> None:
        row = {
            "item_id": item_id,
            "came_from": came_from,
            "went_to": went_to,
            "by_person": by,
            "at": now,
        }
        self.put(item_correction, row, key=("item_id",))

    def forget_correction(self, item_id: UUID) -> None:
        self.connection.execute(
            item_correction.delete().where(item_correction.c.item_id == item_id)
        )

    @read_once
    def is_corrected(self, item_id: UUID) -> bool:
        found = select(item_correction.c.item_id).where(item_correction.c.item_id == item_id)
        return self.connection.execute(found).first() is not None

    def corrections(self, *, most: int = 2000) -> Sequence[Correction]:
        rows = self.connection.execute(
            select(item_correction, item.c.reading, item.c.role, item.c.level)
            .join(item, item.c.id == item_correction.c.item_id)
            .where(item.c.reading.is_not(None))
            .order_by(item_correction.c.at.desc(), item_correction.c.item_id)
            .limit(most)
        )
        return [
            Correction(
                item_id=row.item_id,
                redacted=json.loads(row.reading)["redacted"],
                role=Role(row.role) if row.role else None,
                level=Level(row.level) if row.level else None,
                came_from=row.came_from,
                went_to=row.went_to,
                at=row.at,
                by=row.by_person,
            )
            for row in rows
        ]

    def corrections_mark(self) -> tuple[int, datetime | None]:
        """Changes whenever what was taught does."""
        count, last = self.connection.execute(
            select(func.count(), func.max(item_correction.c.at)).select_from(item_correction)
        ).one()
        return int(count), last
