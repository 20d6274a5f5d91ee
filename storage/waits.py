"""What waits for one person, counted in a single statement: it is asked for with every page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String, and_, func, literal, or_, select, union_all

from governance.feedback.model import Urgency
from governance.home.waits import Waits
from governance.urgent.model import Did
from storage.connection import Connected
from storage.matters import is_open, stands_alone
from storage.open_items import is_here
from storage.tables import item, participation, wave
from storage.urgent_tables import kept_from, urgent_case, urgent_step
from surveys.survey import Participation, WaveState

_ITEMS, _CASES, _SURVEYS = "items", "cases", "surveys"


class WaitsCounted(Connected):
    """Counts of what waits, inside one transaction."""

    def waits(
        self,
        person_id: UUID,
        now: datetime,
        *,
        today: date,
        queues: Collection[str],
        kinds: Collection[Urgency] | None,
    ) -> Waits:
        kept = select(kept_from.c.item_id).where(kept_from.c.person_id == person_id)
        parts = [
            select(literal(_SURVEYS, String).label("what"), literal("", String), func.count())
            .select_from(wave)
            .join(participation, participation.c.wave_id == wave.c.id)
            .where(
                wave.c.state == WaveState.OPEN,
                wave.c.closes_at > now,
                participation.c.person_id == person_id,
                participation.c.state.in_((Participation.ASKED, Participation.PARTIAL)),
            )
        ]
        if queues:
            parts.append(
                select(literal(_ITEMS, String), item.c.queue, func.count())
                .where(item.c.queue.in_(list(queues)), is_open(), stands_alone())
                .where(item.c.id.not_in(kept), is_here(today))
                .group_by(item.c.queue)
            )
        if kinds is not None:
            called = select(urgent_step.c.id).where(
                urgent_step.c.item_id == urgent_case.c.item_id,
                urgent_step.c.urgency == urgent_case.c.urgency,
                urgent_step.c.person == person_id,
                urgent_step.c.did.in_((Did.TOLD, Did.LATE)),
            )
            parts.append(
                select(literal(_CASES, String), literal("", String), func.count())
                .select_from(urgent_case)
                .where(
                    and_(
                        urgent_case.c.closed_at.is_(None),
                        urgent_case.c.item_id.not_in(kept),
                        or_(urgent_case.c.urgency.in_(list(kinds)), called.exists()),
                    )
                )
            )
        counted = [
            (what, queue, n) for what, queue, n in self.connection.execute(union_all(*parts))
        ]
        sums = {what: n for what, queue, n in counted if not queue}
        return Waits(
            items=dict(sorted((queue, n) for what, queue, n in counted if what == _ITEMS)),
            cases=sums.get(_CASES, 0),
            surveys=sums.get(_SURVEYS, 0),
        )
