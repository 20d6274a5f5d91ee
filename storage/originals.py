"""Originals of what people said: which are due to go, and gone from the disk with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.schema import CreateTableAs, DropTable

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from governance.feedback.model import ITEM_CARDS, ItemState
from governance.office.model import FeedbackHold
from governance.redaction.ports import Care
from storage.events import Events
from storage.exchange_tables import item_exchange
from storage.feedback import Feedback
from storage.ledger_tables import delivery
from storage.personal_tables import feedback_hold, item_care
from storage.purging import Purging
from storage.recalling import Recalling
from storage.tables import item, item_original, person

_DISTRICT = UUID(int=0)
_REWRITTEN = "originals-rewritten"
_REMEMBERED = timedelta(days=30)
_LATE = timedelta(days=2)
_READ_WITHIN = timedelta(hours=1)
"""So long after it came a reply may be read: its table is written anew in the night after that."""

_AGAIN = "again:"


class Originals(Feedback, Purging, Recalling, Events):
    """Inside one transaction."""

    # -- originals -------------------------------------------------------------------------------

    def has_original(self, item_id: UUID) -> bool:
        found = select(item_original.c.item_id).where(item_original.c.item_id == item_id)
        return self.connection.execute(found).first() is not None

    def originals_due(self, received_before: datetime, *, most: int) -> Sequence[UUID]:
        held = select(feedback_hold.c.item_id)
        if self._hold(_DISTRICT):
            return ()
        due = (
            select(item.c.id)
            .join(item_original, item_original.c.item_id == item.c.id)
            .outerjoin(item_care, item_care.c.item_id == item.c.id)
            .where(
                item.c.state != ItemState.RECEIVED,
                item.c.id.not_in(held),
                or_(
                    item.c.received_at <= received_before,
                    item_care.c.confirmed_at.is_not(None),
                    item_care.c.purged_at.is_not(None),
                ),
            )
            .order_by(item.c.received_at)
            .limit(most)
        )
        return self.connection.execute(due).scalars().all()

    def delete_originals(self, items: Sequence[UUID]) -> None:
        going = item_original.c.item_id.in_(items)
        if self.connection.dialect.name == "sqlite":
            self._clear(going)
        else:
            self.connection.execute(delete(item_original).where(going))
            self.wants_rewrite = True
        for item_id in items:
            found = self.item(item_id)
            if found is not None and found.reading is not None and found.reading.spans:
                bare = replace(found.reading, spans=())  # how long a name was tells of it, too
                self.update_item(replace(found, reading=bare))

    def _clear(self, going: Any) -> None:
        """``secure_delete`` overwrites a row where it stands, but not the copies that SQLite left
        when it moved rows between pages (decision 21): all rows go, and the others come back."""
        kept = CreateTableAs(select(item_original).where(~going), "kept_original", temporary=True)
        self.connection.execute(kept)
        self.connection.execute(delete(item_original))
        self.connection.execute(
            item_original.insert().from_select(list(item_original.c.keys()), kept.table.select())
        )
        self.connection.execute(DropTable(kept.table))
        self.wants_scrub = True

    def rewrite(self) -> None:
        self.wants_rewrite = True

    def rewrite_after_changes(self, now: datetime) -> None:
        for changed in (self._corrected(), self._replied()):
            if changed is None or changed < now - _REMEMBERED or self.times(_REWRITTEN, changed):
                continue
            self.note_time(_REWRITTEN, now)
            self.wants_rewrite = True

    def _corrected(self) -> datetime | None:
        last = select(func.max(item_care.c.changed_at))
        found: datetime | None = self.connection.execute(last).scalar()
        return found

    def _replied(self) -> datetime | None:
        """By when the last reply was read, and its original let go."""
        last = select(func.max(item_exchange.c.at)).where(
            item_exchange.c.queue.is_(None), item_exchange.c.words.is_not(None)
        )
        at: datetime | None = self.connection.execute(last).scalar()
        return at + _READ_WITHIN if at else None

    # -- what was done about an item -------------------------------------------------------------

    def care(self, item_id: UUID) -> Care:
        row = self.connection.execute(
            select(item_care).where(item_care.c.item_id == item_id)
        ).first()
        if row is None:
            return Care()
        return Care(
            confirmed_at=row.confirmed_at,
            purged_at=row.purged_at,
            purged_by=row.purged_by,
            changes=row.changes,
            changed_at=row.changed_at,
        )

    def put_care(self, item_id: UUID, care: Care) -> None:
        self.put(item_care, {"item_id": item_id, **asdict(care)}, ("item_id",))

    # -- records holds ---------------------------------------------------------------------------

    def put_hold(self, item_id: UUID | None, by: UUID | None, now: datetime) -> bool:
        row = {"item_id": item_id or _DISTRICT, "by": by, "at": now}
        return bool(self.insert_new(feedback_hold, row))

    def lift_hold_on(self, item_id: UUID | None) -> bool:
        mine = feedback_hold.c.item_id == (item_id or _DISTRICT)
        return bool(self.connection.execute(delete(feedback_hold).where(mine)).rowcount)

    def is_held(self, item_id: UUID) -> bool:
        return self._hold(_DISTRICT) or self._hold(item_id)

    def feedback_holds(self) -> Sequence[FeedbackHold]:
        rows = self.connection.execute(
            select(
                feedback_hold.c.item_id,
                feedback_hold.c.at,
                person.c.given_name,
                person.c.family_name,
            )
            .outerjoin(person, person.c.id == feedback_hold.c.by)
            .order_by(feedback_hold.c.item_id != _DISTRICT, feedback_hold.c.at.desc())
        )
        return [
            FeedbackHold(
                of_all=row.item_id == _DISTRICT,
                by=f"{row.given_name} {row.family_name}" if row.given_name is not None else "",
                at=row.at,
            )
            for row in rows
        ]

    def _hold(self, subject: UUID) -> bool:
        found = select(feedback_hold.c.item_id).where(feedback_hold.c.item_id == subject)
        return self.connection.execute(found).first() is not None

    # -- cards in chats --------------------------------------------------------------------------

    def redraw_briefs(self, item_id: UUID, now: datetime) -> Collection[str]:
        coming = select(delivery.c.kind).where(
            _cards_of(item_id), delivery.c.state.in_(("queued", "leased", "unknown"))
        )
        kinds = set(self.connection.execute(coming).scalars())
        # The next one says the same: with this one as well it would be there twice.
        self.connection.execute(
            update(delivery)
            .where(_cards_of(item_id), delivery.c.state == "queued")
            .values(state="recalled", why=DeliveryReason.WORDS_CHANGED)
        )
        return kinds | self._take_back_cards(_cards_of(item_id), now)

    def redraw_late(self, now: datetime, items: Collection[UUID] | None = None) -> None:
        recent = select(item_care.c.item_id, item_care.c.changed_at).where(
            item_care.c.changed_at > now - _LATE
        )
        if items is not None:
            recent = recent.where(item_care.c.item_id.in_(items))
        for row in self.connection.execute(recent).all():
            old = and_(_cards_of(row.item_id), delivery.c.queued_at < row.changed_at)
            self._take_back_cards(old, now)

    def _take_back_cards(self, cards: ColumnElement[bool], now: datetime) -> set[str]:
        """Of those that were sent; each once. The kinds of those that go now."""
        found = self.connection.execute(
            select(delivery).where(cards, delivery.c.state == "sent")
        ).all()
        again = {f"{_AGAIN}{row.id}" for row in found}
        going = select(delivery.c.campaign).where(delivery.c.campaign.in_(again))
        gone = set(self.connection.execute(going).scalars())
        sent = [row for row in found if f"{_AGAIN}{row.id}" not in gone]
        self.queue_recalls([(row, f"{_AGAIN}{row.id}") for row in sent], now)
        return {row.kind for row in sent}


def _cards_of(item_id: UUID) -> ColumnElement[bool]:
    """An item's cards in chats. A page on the web is drawn when it is looked at."""
    return and_(
        delivery.c.subject == item_id,
        delivery.c.kind.in_(ITEM_CARDS),
        delivery.c.platform != Platform.WEB,
    )
