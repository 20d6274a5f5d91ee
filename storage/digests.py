"""Digests and monthly figures inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Row, Subquery, func, select, union_all

from core.people import Platform
from core.text import Text
from governance.committees.model import RESTRICTED
from governance.conclusions.model import Conclusions
from governance.digests.messages import CameOfIt, ChangeKind, MonthlyFigures
from governance.digests.model import BriefChoice, KeptDigest, Untold
from governance.feedback.model import Item, ItemState
from storage.announcements import Announcements
from storage.connection import read_once
from storage.digest_tables import brief_choice, digest, digest_item, month_figures, week_figures
from storage.docket_tables import item_link, recommendation
from storage.feedback import item_from
from storage.ledger_tables import audit, conclusions
from storage.matters import row_by_row, stands_alone
from storage.tables import item, item_move
from surveys.encoding import decode, encode

_AT_ONCE = 500
"""Ids in one statement."""


class Digests(Announcements):
    """Digests and figures."""

    def brief_choice(self, queue: str) -> BriefChoice | None:
        body = self.connection.execute(
            select(brief_choice.c.body).where(brief_choice.c.queue == queue)
        ).scalar()
        found: BriefChoice | None = decode(BriefChoice, body) if body else None
        return found

    def put_brief_choice(
        self, queue: str, choice: BriefChoice, by: UUID | None, now: datetime
    ) -> None:
        row = {"queue": queue, "body": encode(BriefChoice, choice), "by_person": by, "at": now}
        self.put(brief_choice, row, ("queue",))

    def add_digest(self, new: KeptDigest) -> bool:
        row = {
            "id": new.id,
            "queue": new.queue,
            "week": new.week.isoformat(),
            "since": new.since,
            "at": new.at,
        }
        return bool(self.insert_new(digest, row))

    def last_digest(self, queue: str) -> KeptDigest | None:
        row = self.connection.execute(
            select(digest).where(digest.c.queue == queue).order_by(digest.c.at.desc()).limit(1)
        ).first()
        return _digest_from(row) if row else None

    def digest(self, digest_id: UUID) -> KeptDigest | None:
        row = self.connection.execute(select(digest).where(digest.c.id == digest_id)).first()
        return _digest_from(row) if row else None

    def untold_items(self, new: Untold) -> Sequence[tuple[UUID, int]]:
        rows = self.connection.execute(
            select(item.c.id, item.c.moves)
            .where(item.c.id.in_(_untold(new, item.c.id)))
            .order_by(item.c.received_at)
        )
        return [(row.id, row.moves) for row in rows]

    def untold_themes(self, new: Untold, *, without: Collection[UUID]) -> Sequence[tuple[str, int]]:
        there = item.c.id.not_in(list(without))
        return self._by_theme(_untold(new, item.c.theme, there).subquery())

    def _by_theme(self, themes: Subquery) -> Sequence[tuple[str, int]]:
        [theme] = themes.c
        rows = self.connection.execute(select(theme, func.count()).group_by(theme))
        return [(theme or "", count) for theme, count in rows]

    def tell_in(self, digest_id: UUID, items: Collection[UUID]) -> None:
        rows = [{"digest_id": digest_id, "item_id": one} for one in items]
        self.insert_new(digest_item, rows)

    def themes_told(
        self, digest_id: UUID, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, int]]:
        return self._by_theme(
            select(item.c.theme)
            .join(digest_item, digest_item.c.item_id == item.c.id)
            .join(digest, digest.c.id == digest_item.c.digest_id)
            .where(digest.c.id == digest_id, row_by_row(item.c.queue) == digest.c.queue)
            .where(item.c.id.not_in(list(without)))
            .subquery()
        )

    def has_chat_channel(self, queue: str) -> bool:
        return any(one.platform is not Platform.WEB for one in self._channels(queue))

    # -- weeks and months ------------------------------------------------------------------------

    def put_people_of_week(self, week: date, people: Mapping[str, int], now: datetime) -> None:
        row = {"week": week.isoformat(), "body": json.dumps(dict(people)), "at": now}
        self.insert_new(week_figures, row)

    def people_of_weeks(self, weeks: Collection[date]) -> Mapping[date, Mapping[str, int]]:
        rows = self.connection.execute(
            select(week_figures.c.week, week_figures.c.body).where(
                week_figures.c.week.in_([week.isoformat() for week in weeks])
            )
        )
        return {date.fromisoformat(row.week): json.loads(row.body) for row in rows}

    def said_between(self, since: datetime, until: datetime) -> Sequence[Item]:
        rows = self.connection.execute(
            select(item).where(
                item.c.received_at >= since,
                item.c.received_at < until,
                item.c.queue.is_not(None),
                item.c.queue != RESTRICTED,
                item.c.state.not_in([ItemState.RECEIVED, ItemState.FILED]),
            )
        )
        return [item_from(row) for row in rows]

    def answered_at(self, items: Collection[UUID]) -> dict[UUID, datetime]:
        found: dict[UUID, datetime] = {}
        ids = list(items)
        for first in range(0, len(ids), _AT_ONCE):
            rows = self.connection.execute(
                select(audit.c.subject, func.min(audit.c.at).label("at"))
                .where(
                    audit.c.what == "answered", audit.c.subject.in_(ids[first : first + _AT_ONCE])
                )
                .group_by(audit.c.subject)
            )
            found |= {row.subject: row.at for row in rows}
        return found

    def came_of_it(self, since: datetime, until: datetime) -> Sequence[CameOfIt]:
        rows = self.connection.execute(
            select(conclusions.c.wave_id, conclusions.c.body)
            .where(conclusions.c.published_at >= since, conclusions.c.published_at < until)
            .order_by(conclusions.c.published_at)
        )
        said = {row.wave_id: decode(Conclusions, row.body) for row in rows}
        heard = [
            CameOfIt(kind=ChangeKind.CONCLUSIONS, title=one.title, page=f"/heard/{wave}")
            for wave, one in said.items()
        ]
        return [*self._accepted(since, until), *self._announced(since, until), *heard]

    def _accepted(self, since: datetime, until: datetime) -> list[CameOfIt]:
        told = recommendation.c
        rows = self.connection.execute(
            select(told.id, told.title)
            .where(told.state == "accepted", told.decided_at >= since, told.decided_at < until)
            .order_by(told.decided_at)
        )
        return [
            CameOfIt(
                kind=ChangeKind.RECOMMENDATION,
                title=Text(default=row.title),
                page=f"/recommendations/{row.id}",
            )
            for row in rows
        ]

    def _announced(self, since: datetime, until: datetime) -> list[CameOfIt]:
        """What was sent and somebody has linked to what staff said."""
        keys = set(
            self.connection.execute(
                select(item_link.c.key).where(item_link.c.kind == "announcement").distinct()
            ).scalars()
        )
        sent = [one for one in (self.announcements() if keys else ()) if str(one.id) in keys]
        return [
            CameOfIt(kind=ChangeKind.ANNOUNCEMENT, title=one.change.title)
            for one in sent
            if one.sent_at is not None and since <= one.sent_at < until and not one.recalled_at
        ]

    def put_figures(self, figures: MonthlyFigures, now: datetime) -> bool:
        row = {
            "month": figures.month.isoformat(),
            "body": encode(MonthlyFigures, figures),
            "at": now,
        }
        return bool(self.insert_new(month_figures, row))

    def figures_of(self, month: date) -> MonthlyFigures | None:
        body = self.connection.execute(
            select(month_figures.c.body).where(month_figures.c.month == month.isoformat())
        ).scalar()
        found: MonthlyFigures | None = decode(MonthlyFigures, body) if body else None
        return found

    @read_once
    def figures(self, *, most: int = 12) -> Sequence[MonthlyFigures]:
        rows = self.connection.execute(
            select(month_figures.c.body).order_by(month_figures.c.month.desc()).limit(most)
        )
        return [decode(MonthlyFigures, body) for body in rows.scalars()]


def _untold(
    new: Untold, column: ColumnElement[Any], *further: ColumnElement[bool]
) -> CompoundSelect[Any]:
    """Of the items that came to a queue, were new in none of its digests and are still there. In
    three parts instead of one condition, so that each reads a range of an index."""
    moved = (
        select(item_move.c.item_id)
        .where(item_move.c.went_to == new.queue, item_move.c.at > new.looks_back)
        .distinct()
        .subquery()
    )
    told = (
        select(digest_item.c.item_id)
        .join(digest, digest.c.id == digest_item.c.digest_id)
        .where(digest.c.queue == new.queue, digest_item.c.item_id == item.c.id)
    )
    here = select(column).where(item.c.queue == new.queue, stands_alone(), *further)
    came = item.c.received_at
    return union_all(
        # A digest tells what came before it: what came since the last one is in none.
        here.where(came > new.since, came <= new.until),
        here.where(came > new.looks_back, came <= new.since, ~told.exists()),
        here.join(moved, moved.c.item_id == item.c.id).where(
            came <= new.looks_back, ~told.exists()
        ),
    )


def _digest_from(row: Row[Any]) -> KeptDigest:
    return KeptDigest(
        id=row.id,
        queue=row.queue,
        week=date.fromisoformat(row.week),
        since=row.since,
        at=row.at,
    )
