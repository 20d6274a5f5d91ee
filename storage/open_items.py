"""Open items of a queue, as pages and reminders need them: counted, sorted and cut in SQL. A queue
may hold twenty thousand of them, and a page shows twenty-five."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    update,
)

from governance.committees.model import RESTRICTED
from governance.conversations.model import Exchange
from governance.docket.history import StepKind
from governance.docket.open_items import Dated, Late, OpenMessage, QueueTotals, Spoken
from governance.feedback.model import Item, ItemState
from storage.connection import Connected
from storage.conversations import exchange_from
from storage.docket_tables import docket_dating, docket_step, item_aside
from storage.exchange_tables import item_exchange
from storage.feedback import item_from
from storage.matter_tables import item_matter
from storage.matters import is_open, of_reading, row_by_row, stands_alone
from storage.tables import item, item_move


class OpenItems(Connected):
    """Open items inside one transaction."""

    def open_count(
        self, queue: str, *, without: Collection[UUID], late_at: datetime | None = None
    ) -> int:
        """How many are open; ``late_at``: of those only what was due before that moment."""
        which = [*_open(queue), _apart_from(without)]
        if late_at is not None:
            which.append(item.c.due_at < late_at)
        counted = select(func.count()).select_from(item).where(*which)
        return int(self.connection.execute(counted).scalar_one())

    def queue_totals(
        self,
        queues: Collection[str],
        person_id: UUID | None,
        now: datetime,
        *,
        today: date,
        due_by: datetime,
        without: Collection[UUID],
    ) -> Sequence[QueueTotals]:
        here = is_here(today)

        def those(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.sum(case((condition, 1), else_=0))

        rows = self.connection.execute(
            select(
                item.c.queue,
                those(here),
                those(item.c.due_at < now),
                those(and_(item.c.state == ItemState.NEW, here)),
                those(and_(item.c.assigned_to == person_id, here)),
                those(and_(item.c.due_at >= now, item.c.due_at <= due_by, here)),
            )
            .where(item.c.queue.in_(list(queues)), is_open(), stands_alone())
            .where(_apart_from(without))
            .group_by(item.c.queue)
            .order_by(item.c.queue)
        )
        return [
            QueueTotals(queue=queue, open=all_, late=late, new=new, mine=mine, due=due)
            for queue, all_, late, new, mine, due in rows
        ]

    def open_themes_of(
        self, queues: Collection[str], today: date, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, int]]:
        rows = self.connection.execute(
            select(item.c.theme, func.count())
            .where(item.c.queue.in_(list(queues)), is_open(), stands_alone(), is_here(today))
            .where(_apart_from(without))
            .group_by(item.c.theme)
        )
        return [(theme or "", items) for theme, items in rows]

    def open_messages(self, today: date, now: datetime) -> Sequence[OpenMessage]:
        moved = select(func.max(item_move.c.at)).where(item_move.c.item_id == item.c.id)
        came = func.coalesce(
            moved.scalar_subquery(), item.c.received_at, type_=item.c.received_at.type
        )
        rows = self.connection.execute(
            select(item.c.queue, item.c.author, came.label("came"), item.c.due_at).where(
                is_open(),
                stands_alone(),
                item.c.queue.is_not(None),
                row_by_row(item.c.queue) != RESTRICTED,
                or_(is_here(today), item.c.due_at < now),
            )
        )
        return [
            OpenMessage(queue=row.queue, author=row.author, came=row.came, due_at=row.due_at)
            for row in rows
        ]

    def first_due(
        self,
        queue: str,
        *,
        most: int,
        now: datetime | None = None,
        until: datetime | None = None,
        without: Collection[UUID],
    ) -> Sequence[Item]:
        """What is due first, of the same moment what came first. ``now``: what has no day counts
        as due now; else it is left out. ``until``: what is due by then."""
        which = [*_open(queue), _apart_from(without)]
        dated = [*which, item.c.due_at.is_not(None)]
        if until is not None:
            dated.append(item.c.due_at <= until)
        order = item.c.due_at, item.c.received_at, item.c.id
        found = self._items(select(item).where(*dated).order_by(*order).limit(most))
        if now is not None and (until is None or now <= until):
            undated = select(item).where(*which, item.c.due_at.is_(None))
            found += self._items(undated.order_by(*order[1:]).limit(most))
            found.sort(key=lambda one: (one.due_at or now, one.received_at))
        return found[:most]

    def _items(self, wanted: Select[Any]) -> list[Item]:
        return [item_from(row) for row in self.connection.execute(wanted)]

    def came_late(self, queue: str, since: datetime, until: datetime) -> Sequence[tuple[UUID, int]]:
        """(id, moves) of what became late after one moment and by another."""
        rows = self.connection.execute(
            select(item.c.id, item.c.moves).where(
                *_open(queue), item.c.due_at > since, item.c.due_at <= until
            )
        )
        return [(row.id, row.moves) for row in rows]

    def oldest_open(self, queue: str, *, most: int, without: Collection[UUID]) -> Sequence[Item]:
        age, there = (item.c.received_at, item.c.id), _apart_from(without)
        return self._items(select(item).where(*_open(queue), there).order_by(*age).limit(most))

    def newest_words(self, queue: str, *, most: int, without: Collection[UUID]) -> Sequence[str]:
        redacted = of_reading(self.connection, "redacted")
        age = item.c.received_at.desc(), item.c.id.desc()
        rows = self.connection.execute(
            select(redacted).where(*_open(queue), _apart_from(without)).order_by(*age).limit(most)
        )
        return [words for words in rows.scalars() if words is not None]

    def open_themes(self, queue: str, *, without: Collection[UUID]) -> Sequence[tuple[str, int]]:
        rows = self.connection.execute(
            select(item.c.theme, func.count())
            .where(*_open(queue), _apart_from(without))
            .group_by(item.c.theme)
        )
        return [(theme or "", items) for theme, items in rows]

    def open_spoken(self, queue: str, *, without: Collection[UUID]) -> Sequence[Spoken]:
        of = item.c.theme, item.c.author
        rows = self.connection.execute(
            select(*of, func.count().label("items"))
            .where(*_open(queue), _apart_from(without))
            .group_by(*of)
        )
        return [Spoken(author=r.author, theme=r.theme or "", items=r.items) for r in rows]

    # -- what is late, and dating anew ----------------------------------------------------------

    def late_items(self, queue: str, now: datetime, *, told: int) -> Sequence[Late]:
        """What is late and was told ``told`` times to whoever leads, since it came to the queue."""
        mine = docket_step.c.about.startswith(cast(item.c.moves, String) + ":")
        reminded = (
            select(func.count())
            .where(
                docket_step.c.item_id == item.c.id,
                docket_step.c.kind == StepKind.REMINDED,
                mine,
            )
            .scalar_subquery()
        )
        rows = self.connection.execute(
            select(item.c.id, item.c.moves, item.c.due_at)
            .where(*_open(queue), item.c.due_at < now, reminded == told)
            .order_by(item.c.due_at)
        )
        return [Late(item_id=r.id, moves=r.moves, due_at=r.due_at) for r in rows]

    def dating_of(self, queue: str) -> tuple[str, UUID | None] | None:
        """By which calendar and absences a queue was dated last (a mark), and after which item
        dating goes on; None: all of it was."""
        row = self.connection.execute(
            select(docket_dating.c.mark, docket_dating.c.after).where(
                docket_dating.c.queue == queue
            )
        ).first()
        return (row.mark, row.after) if row else None

    def put_dating(self, queue: str, mark: str, after: UUID | None) -> None:
        self.put(docket_dating, {"queue": queue, "mark": mark, "after": after}, ("queue",))

    def being_dated(self) -> Sequence[str]:
        """Queues whose open items are being dated anew."""
        wanted = select(docket_dating.c.queue).where(docket_dating.c.after.is_not(None))
        return self.connection.execute(wanted.order_by(docket_dating.c.queue)).scalars().all()

    def to_date(self, queue: str, after: UUID, *, most: int) -> Sequence[Dated]:
        """The next open items of a queue by id, with when each came onto its docket and what was
        said with its author."""
        entered = select(func.max(item_move.c.at)).where(item_move.c.item_id == item.c.id)
        rows = self.connection.execute(
            select(
                item.c.id,
                item.c.due_at,
                func.coalesce(
                    entered.scalar_subquery(), item.c.received_at, type_=item.c.received_at.type
                ).label("entered"),
            )
            .where(*_open(queue), item.c.id > after)
            .order_by(item.c.id)
            .limit(most)
        ).all()
        said = self._said_about([row.id for row in rows])
        return [
            Dated(item_id=row.id, due_at=row.due_at, entered=row.entered, said=said.get(row.id, ()))
            for row in rows
        ]

    def _said_about(self, items: Sequence[UUID]) -> Mapping[UUID, tuple[Exchange, ...]]:
        rows = self.connection.execute(
            select(item_exchange)
            .where(item_exchange.c.item_id.in_(items))
            .order_by(item_exchange.c.item_id, item_exchange.c.number)
        )
        found: dict[UUID, tuple[Exchange, ...]] = {}
        for row in rows:
            found[row.item_id] = (*found.get(row.item_id, ()), exchange_from(row))
        return found

    def set_due(self, due: Mapping[UUID, datetime]) -> None:
        """Give items, and what is kept with them, another day."""
        if due:
            self.connection.execute(
                _SET_DUE, [{"b_id": one, "b_due": at} for one, at in due.items()]
            )


def _apart_from(without: Collection[UUID]) -> ColumnElement[bool]:
    return item.c.id.not_in(list(without))


def is_here(today: date) -> ColumnElement[bool]:
    """Whether an item is not put aside, or its day has come."""
    return item.c.id.not_in(select(item_aside.c.item_id).where(item_aside.c.until > today))


def _open(queue: str) -> list[ColumnElement[bool]]:
    return [item.c.queue == queue, is_open(), stands_alone()]


_KEPT_WITH = select(item_matter.c.item_id).where(item_matter.c.lead_id == bindparam("b_id"))
_SET_DUE = (
    update(item)
    .where((item.c.id == bindparam("b_id")) | item.c.id.in_(_KEPT_WITH))
    .values(due_at=bindparam("b_due"))
)
