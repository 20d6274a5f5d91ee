"""Who waits for the app of their platform: messages that reach them once it is installed for them.

Such a message is queued without a lane, as one to somebody who never opened the chat. An install
is tried once a day for a person, whatever happens.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from core.people import Platform
from governance.delivery_reasons import DeliveryReason, Why
from governance.people.rosters import RosterSource
from scheduler.delivery import of_sent
from scheduler.ports import Claimed, Result, Unreachable
from storage.connection import Connected
from storage.ledger_tables import delivery
from storage.tables import address, app_install, person, roster_account

EVERY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Wanting:
    """Somebody for whom the app is to be installed. ``user``: their account's id, if known."""

    person: UUID
    email: str
    user: str


def wanting(tx: Connected, now: datetime, most: int) -> Sequence[Wanting]:
    """For whom something waits, and for whom it was not tried within a day."""
    waits = exists().where(delivery.c.person_id == person.c.id, _waiting(now))
    tried = exists().where(
        app_install.c.person_id == person.c.id, app_install.c.tried_at > now - EVERY
    )
    rows = tx.connection.execute(
        select(person.c.id, person.c.email)
        .where(person.c.platform == Platform.TEAMS, person.c.active, waits, ~tried)
        .order_by(person.c.id)
        .limit(most)
    ).all()
    users = _accounts(tx, [row.id for row in rows])
    return [Wanting(person=r.id, email=r.email, user=users.get(r.id, "")) for r in rows]


def claim_installs(tx: Connected, now: datetime, most: int) -> Sequence[Wanting]:
    """The same, and from now on it was tried for them: nobody else does."""
    claimed = wanting(tx, now, most)
    rows = [{"person_id": one.person, "tried_at": now} for one in claimed]
    tx.put_all(app_install, rows, ("person_id",))
    return claimed


def give_back_installs(tx: Connected, people: Collection[UUID]) -> None:
    """They were not tried for after all."""
    tx.connection.execute(delete(app_install).where(app_install.c.person_id.in_(sorted(people))))


def say_why(tx: Connected, person_id: UUID, why: Why, now: datetime, *, final: bool = True) -> None:
    """The app could not be installed for them. What was refused for want of it is unreachable
    then (if this is ``final``); what waits since it was queued waits on, for they may open the
    chat by themselves."""
    mine = and_(delivery.c.person_id == person_id, _waiting(now))
    if final:
        tx.connection.execute(
            update(delivery)
            .where(mine, delivery.c.attempts > 0)
            .values(state="unreachable", why=why)
        )
    tx.connection.execute(update(delivery).where(mine).values(why=why))


def await_installs(tx: Connected, results: Sequence[tuple[Claimed, Result]], now: datetime) -> None:
    """What was refused because people have not the app waits for it, if it was not tried for them
    within a day; else it stays unreachable."""
    for claimed, result in results:
        if not isinstance(result, Unreachable) or not result.absent or of_sent(claimed.kind):
            continue
        if not claimed.recipient.startswith("person:"):
            continue
        one = UUID(claimed.recipient.removeprefix("person:"))
        tried = select(app_install.c.tried_at).where(
            app_install.c.person_id == one, app_install.c.tried_at > now - EVERY
        )
        if tx.connection.execute(tried).first() is not None:
            continue
        put_off = tx.connection.execute(
            update(delivery)
            .where(
                delivery.c.id == claimed.delivery_id,
                delivery.c.epoch == claimed.epoch,
                delivery.c.state == "unreachable",
            )
            .values(
                state="queued",
                lane=None,
                conversation=None,
                workspace="",
                why=DeliveryReason.INSTALLING,
            )
        ).rowcount
        if put_off:
            tx.connection.execute(
                update(address)
                .where(
                    address.c.person_id == one,
                    address.c.platform == claimed.platform,
                    address.c.conversation == claimed.conversation,
                )
                .values(reachable=False)
            )


def _waiting(now: datetime) -> ColumnElement[bool]:
    return and_(
        delivery.c.platform == Platform.TEAMS,
        delivery.c.lane.is_(None),
        delivery.c.state == "queued",
        or_(delivery.c.deadline.is_(None), delivery.c.deadline > now),
    )


def _accounts(tx: Connected, people: Sequence[UUID]) -> dict[UUID, str]:
    """Their accounts in the tenant, from what they wrote or from the roster's source."""
    told = tx.connection.execute(
        select(roster_account.c.person_id, roster_account.c.account).where(
            roster_account.c.source == RosterSource.GRAPH, roster_account.c.person_id.in_(people)
        )
    )
    known = {row.person_id: row.account for row in told}
    wrote = tx.connection.execute(
        select(address.c.person_id, address.c.user).where(
            address.c.platform == Platform.TEAMS, address.c.person_id.in_(people)
        )
    )
    return known | {row.person_id: row.user for row in wrote}
