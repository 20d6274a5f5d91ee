"""Who was told in Teams' activity feed that an announcement waits for them: one row for each
person and announcement, which says what happened to it. A row that is there is never told again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select, update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason, Why
from storage.district import Districts
from storage.holding import ROUTINE, held_until, watch
from storage.ledger_tables import delivery
from storage.tables import acknowledgement, address, announcement, feed_notice, person, reads

WAITED = timedelta(days=1)
"""Since the announcement reached them: who reads it by then is left alone."""

FORGOTTEN = timedelta(days=14)
"""After so long nobody is told any more."""

_LOOKED_AT = 2000


@dataclass(frozen=True, kw_only=True)
class FeedBatch:
    """People of one language for whom an announcement waits: their accounts' object ids."""

    announcement: UUID
    locale: str
    accounts: Mapping[UUID, str]


def waiting_in_feed(tx: Districts, now: datetime, most: int) -> FeedBatch | None:
    """The next to be told: the announcement asks to be read, reached them in Teams a day ago, and
    they have not pressed "I have read this". Nobody in quiet hours."""
    rows: Sequence[Any] = tx.connection.execute(_unread(now)).all()
    quiet = watch(tx, now)
    free = [row for row in rows if held_until(quiet, row, ROUTINE, "teams:") is None]
    if not free:
        return None
    first = free[0]
    mine = [row for row in free if (row.about, row.locale) == (first.about, first.locale)]
    return FeedBatch(
        announcement=first.about,
        locale=first.locale,
        accounts={row.id: row.user for row in mine[:most]},
    )


def _unread(now: datetime) -> Select[Any]:
    """Whom an announcement reached in Teams, who was not told of it, and has not read it."""
    mine = (address.c.person_id == person.c.id, address.c.conversation == delivery.c.conversation)
    done = [
        exists().where(
            table.c.announcement_id == announcement.c.id, table.c.person_id == person.c.id
        )
        for table in (acknowledgement, feed_notice)
    ]
    return (
        select(
            announcement.c.id.label("about"),
            person.c.id,
            person.c.timezone,
            person.c.role,
            reads,
            address.c.user,
        )
        .join(delivery, and_(delivery.c.subject == announcement.c.id, delivery.c.kind == "notice"))
        .join(person, person.c.id == delivery.c.person_id)
        .join(address, and_(address.c.platform == Platform.TEAMS, address.c.reachable, *mine))
        .where(
            announcement.c.acknowledge,
            announcement.c.recalled_at.is_(None),
            announcement.c.sent_at > now - FORGOTTEN - WAITED,
            delivery.c.platform == Platform.TEAMS,
            delivery.c.state == "sent",
            delivery.c.sent_at <= now - WAITED,
            delivery.c.sent_at > now - FORGOTTEN,
            person.c.active,
            *(~one for one in done),
        )
        .order_by(announcement.c.id, reads, person.c.id)
        .limit(_LOOKED_AT)
    )


def claim_feed(tx: Districts, now: datetime, most: int) -> FeedBatch | None:
    """The same, and theirs from now on: until an answer is seen, nobody knows what happened to
    it."""
    batch = waiting_in_feed(tx, now, most)
    if batch is not None:
        rows = [
            {
                "announcement_id": batch.announcement,
                "person_id": one,
                "state": "unknown",
                "why": DeliveryReason.FEED_SENDING,
                "at": now,
            }
            for one in batch.accounts
        ]
        tx.insert_new(feed_notice, rows)
    return batch


def settle_feed(tx: Districts, batch: FeedBatch, state: str, why: Why | None) -> None:
    """What happened to it: ``sent``, ``unknown`` or ``failed``."""
    tx.connection.execute(update(feed_notice).where(_of(batch)).values(state=state, why=why))


def give_back_feed(tx: Districts, batch: FeedBatch) -> None:
    """They were not told after all, and may be."""
    tx.connection.execute(delete(feed_notice).where(_of(batch)))


def feed_counts(tx: Districts, since: datetime) -> Counter[str]:
    """How many notices since then are in each state."""
    rows = tx.connection.execute(
        select(feed_notice.c.state, func.count())
        .where(feed_notice.c.at > since)
        .group_by(feed_notice.c.state)
    )
    return Counter(dict(rows.all()))


def _of(batch: FeedBatch) -> ColumnElement[bool]:
    return and_(
        feed_notice.c.announcement_id == batch.announcement,
        feed_notice.c.person_id.in_(list(batch.accounts)),
    )
