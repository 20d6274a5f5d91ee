"""Recommendations, and what they are bound to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select

from governance.recommendations.model import AdviceState, Recommendation
from governance.references.model import Bound, BoundKind
from storage.connection import Connected
from storage.docket_tables import recommendation, recommendation_about, recommendation_item


class Recommendations(Connected):
    """Recommendations inside one transaction."""

    def recommendation(self, recommendation_id: UUID) -> Recommendation | None:
        def read() -> Recommendation | None:
            found = select(recommendation).where(recommendation.c.id == recommendation_id)
            row = self.connection.execute(found).first()
            return self._bound([row])[0] if row else None

        return self.once(("recommendation", recommendation_id), read)

    def recommendations_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``recommendation``, in a transaction that only reads."""

        def read(new: Sequence[UUID]) -> dict[UUID, Recommendation]:
            found = select(recommendation).where(recommendation.c.id.in_(new))
            return {one.id: one for one in self._whole(self.connection.execute(found).all())}

        self.ahead("recommendation", some, read)

    def recommendations(
        self,
        *states: AdviceState,
        queue: str = "",
        item: UUID | None = None,
        most: int = 100,
        waiting_first: bool = False,
    ) -> Sequence[Recommendation]:
        last = func.coalesce(
            recommendation.c.decided_at, recommendation.c.sent_at, recommendation.c.written_at
        )
        wanted = select(recommendation).where(recommendation.c.state.in_(states))
        if queue:
            wanted = wanted.where(recommendation.c.queue == queue)
        if item is not None:
            theirs = select(recommendation_item.c.recommendation_id).where(
                recommendation_item.c.item_id == item
            )
            wanted = wanted.where(recommendation.c.id.in_(theirs))
        waits = [recommendation.c.state != AdviceState.SENT] if waiting_first else []
        rows = self.connection.execute(wanted.order_by(*waits, last.desc()).limit(most)).all()
        return self._whole(rows)

    def put_recommendation(self, one: Recommendation) -> None:
        self.put(recommendation, _row(one), ("id",))
        for table in (recommendation_item, recommendation_about):
            self.connection.execute(delete(table).where(table.c.recommendation_id == one.id))
        mine = {"recommendation_id": one.id}
        self.insert_new(recommendation_item, [{**mine, "item_id": item} for item in one.items])
        self.insert_new(
            recommendation_about,
            [{**mine, "kind": b.kind, "key": b.key, "version": b.version} for b in one.about],
        )

    def _whole(self, rows: Sequence[Row[Any]]) -> Sequence[Recommendation]:
        """With what each is bound to: two statements for all that were not read before."""
        known = {row.id: self.within.get(("recommendation", row.id)) for row in rows}
        fresh = {one.id: one for one in self._bound([row for row in rows if known[row.id] is None])}
        self.ahead("recommendation", fresh, lambda _: fresh)
        return [known[row.id] or fresh[row.id] for row in rows]

    def _bound(self, rows: Sequence[Row[Any]]) -> Sequence[Recommendation]:
        mine = [row.id for row in rows]
        items: dict[UUID, list[UUID]] = {one: [] for one in mine}
        about: dict[UUID, list[Bound]] = {one: [] for one in mine}
        if mine:
            of_items = select(recommendation_item).where(
                recommendation_item.c.recommendation_id.in_(mine)
            )
            for row in self.connection.execute(of_items.order_by(recommendation_item.c.item_id)):
                items[row.recommendation_id].append(row.item_id)
            of_about = select(recommendation_about).where(
                recommendation_about.c.recommendation_id.in_(mine)
            )
            for row in self.connection.execute(of_about.order_by(recommendation_about.c.key)):
                bound = Bound(kind=BoundKind(row.kind), key=row.key, version=row.version)
                about[row.recommendation_id].append(bound)
        return [
            Recommendation(
                id=row.id,
                queue=row.queue,
                title=row.title,
                advice=row.advice,
                state=AdviceState(row.state),
                items=tuple(items[row.id]),
                about=tuple(about[row.id]),
                written_by=row.written_by,
                written_at=row.written_at,
                sent_by=row.sent_by,
                sent_at=row.sent_at,
                decided_by=row.decided_by,
                decided_at=row.decided_at,
                reason=row.reason,
                outcome=row.outcome,
                outcome_by=row.outcome_by,
                outcome_at=row.outcome_at,
            )
            for row in rows
        ]


def _row(one: Recommendation) -> dict[str, Any]:
    return {
        "id": one.id,
        "queue": one.queue,
        "title": one.title,
        "advice": one.advice,
        "state": one.state,
        "written_by": one.written_by,
        "written_at": one.written_at,
        "sent_by": one.sent_by,
        "sent_at": one.sent_at,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "reason": one.reason,
        "outcome": one.outcome,
        "outcome_by": one.outcome_by,
        "outcome_at": one.outcome_at,
    }
