"""Recording what became of deliveries, and what a lane learns from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, assert_never
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Update, and_, bindparam, func, or_, select, update

from governance.announcements.approving import APPROVAL
from governance.announcements.model import AnnouncementState
from governance.controls import asking
from governance.delivery_reasons import DeliveryReason
from governance.feedback.model import ITEM_CARDS, Danger, Urgency
from governance.help_desk.handlers import OFFER
from governance.help_desk.model import HandOverState
from governance.recommendations.handlers import ADVICE
from scheduler.delivery import RECALL, next_look, of_sent, settle
from scheduler.lanes import Budget
from scheduler.pacing import throttled
from scheduler.ports import (
    Away,
    Claimed,
    Failed,
    NotTaken,
    Result,
    Sent,
    Spared,
    Stopped,
    Throttled,
    Unknown,
    Unreachable,
)
from storage.app_installs import await_installs
from storage.claiming import learned_from, locked_lane
from storage.columns import Instant
from storage.docket_tables import recommendation
from storage.duties import asked_duty
from storage.halting import drop_halted, mark_recalled
from storage.ledger_tables import delivery, lane, of_sent_rows
from storage.tables import address, announcement, item
from storage.transaction import Transaction
from storage.urgent_tables import hand_over, urgent_case

_ASKING: Mapping[str, tuple[Column[Any], ColumnElement[bool]]] = {
    APPROVAL: (announcement.c.id, announcement.c.state != AnnouncementState.WAITING),
    ADVICE: (recommendation.c.id, recommendation.c.decided_at.is_not(None)),
    OFFER: (hand_over.c.item_id, hand_over.c.state != HandOverState.OFFERED),
    **{
        kind: (asked_duty.c.subject, asked_duty.c.done_at.is_not(None))
        for kind in (asking.ASSESS, asking.DUTY.again)
    },
    **{
        f"urgent-{urgency}": (
            urgent_case.c.item_id,
            and_(
                urgent_case.c.urgency == urgency,
                or_(urgent_case.c.taken_at.is_not(None), urgent_case.c.closed_at.is_not(None)),
            ),
        )
        for urgency in Urgency
    },
    **{
        kind: (item.c.id, and_(item.c.danger == Danger.HELD, item.c.moves > 0))
        for kind in ITEM_CARDS
    },
}
"""Kinds of messages that something ends while they may be on their way, such as the answer to a
question that is answered once, or a withdrawal: the key of what they are about, and whether that
has ended."""

_RETRY_AFTER = timedelta(seconds=10)
_MOST_ATTEMPTS = 8
_MOST_AWAY = 24 * 360
"""A day, at one try every ten seconds."""

_LONGEST_BLOCK = 3600.0
"""Seconds a lane may be blocked for, whatever a platform asks."""

_SOON = timedelta(seconds=60)
"""As long as a lease; longer a lane is hardly ever blocked."""

_OPEN = ("leased", "unknown")
"""A lease that ran out made a delivery unknown; the answer may come all the same."""

_SENT = ("leased", "unknown", "queued")
"""That it was sent is believed as long as nobody has claimed it again."""

_STOPPED = and_(delivery.c.state == "recalled", delivery.c.sent_at.is_(None))
"""Stopped before it was sent, as was believed then: the same goes for it."""


def record(
    tx: Transaction,
    results: Sequence[tuple[Claimed, Result]],
    now: datetime,
    budget_of: dict[str, Budget],
) -> None:
    """Write what became of each. Only the latest claim of a delivery counts: its epoch says so."""
    ordered = sorted(results, key=lambda pair: pair[0].delivery_id)  # no two writers in a circle
    sent = [_row(claimed, result, now) for claimed, result in ordered if isinstance(result, Sent)]
    rest = [
        _row(claimed, result, now) for claimed, result in ordered if not isinstance(result, Sent)
    ]
    if sent:
        tx.connection.execute(_MARK_SENT, sent)
    if rest:
        tx.connection.execute(_MARK, rest)
        drop_halted(tx, [row["b_id"] for row in rest])
    for claimed, result in ordered:
        if isinstance(result, Sent) and result.conversation:
            _keep_conversation(tx, claimed, result.conversation)
    _take_back_late(tx, ordered, now, looked=False)
    if tx.surroundings.installs:
        await_installs(tx, ordered, now)
    recalled = [c for c, result in ordered if isinstance(result, Sent) and c.kind == RECALL]
    if recalled:
        mark_recalled(tx, recalled)
    for key in sorted(budget_of):
        mine = [(claimed, result) for claimed, result in ordered if claimed.lane == key]
        _teach(tx, key, mine, now, budget_of[key])


def _row(claimed: Claimed, result: Result, now: datetime) -> dict[str, Any]:
    names = ("not_before", "sent_at", "reference", "why", "conversation")
    nothing = dict.fromkeys(names)
    outcome = {"attempts": claimed.attempts, **nothing, **_outcome(claimed, result, now)}
    key = {"id": claimed.delivery_id, "epoch": claimed.epoch}
    return {f"b_{name}": value for name, value in (outcome | key).items()}


def _outcome(claimed: Claimed, result: Result, now: datetime) -> dict[str, Any]:
    """The ledger's columns for what a platform answered. One table, kept in one place."""
    match result:
        case Sent():
            why = DeliveryReason.REPEATED if claimed.repeated else None
            return {
                "state": "sent",
                "sent_at": now,
                "reference": result.reference[:200],
                "conversation": result.conversation,
                "why": why,
            }
        case Throttled():
            again = now + wait_of(result)
            return {"state": "queued", "not_before": again, "attempts": claimed.attempts - 1}
        case Stopped():  # queued, unless it still is stopped: somebody may have resumed it
            return {"state": "queued", "attempts": claimed.attempts - 1}
        case Spared():
            return {"state": "failed", "why": DeliveryReason.SPARED}
        case NotTaken() if claimed.attempts < _MOST_ATTEMPTS:
            again = now + _RETRY_AFTER * claimed.attempts
            return {"state": "queued", "not_before": again, "why": result.why}
        case Away() if claimed.repeated:  # and stays marked as such
            again = now + _RETRY_AFTER
            return {
                "state": "queued",
                "not_before": again,
                "why": DeliveryReason.REPEATED,
                "attempts": claimed.attempts - 1,
            }
        case Away() if claimed.attempts < _MOST_AWAY:
            return {"state": "queued", "not_before": now + _RETRY_AFTER, "why": result.why}
        case NotTaken() | Away() | Failed():
            return {"state": "failed", "why": result.why}
        case Unknown() if of_sent(claimed.kind):  # to do it twice does no harm
            return _outcome(claimed, NotTaken(why=result.why), now)
        case Unknown():
            outcome = {"state": "unknown", "why": result.why, "not_before": next_look(0, now)}
            # What may be sent again is sent so many times: those that surely failed do not count.
            return outcome if claimed.repeated else {**outcome, "attempts": 1}
        case Unreachable():
            return {"state": "unreachable", "why": result.why}
        case _:
            assert_never(result)


_OUTCOME = {
    "state": bindparam("b_state"),
    "why": bindparam("b_why"),
    "attempts": bindparam("b_attempts"),
    "reference": func.coalesce(bindparam("b_reference"), delivery.c.reference),
    # Where it was put: whoever takes it back must name the conversation, not the person.
    "conversation": func.coalesce(bindparam("b_conversation"), delivery.c.conversation),
    "sent_at": bindparam("b_sent_at", type_=Instant()),
    "not_before": func.coalesce(bindparam("b_not_before", type_=Instant()), delivery.c.not_before),
    "lease_until": None,
    "looks": 0,
}
_MINE = and_(delivery.c.id == bindparam("b_id"), delivery.c.epoch == bindparam("b_epoch"))


def _marking(states: Sequence[str], *also: ColumnElement[bool]) -> Update:
    among = or_(*(delivery.c.state == state for state in states), *also)  # IN takes no many rows
    return update(delivery).where(_MINE, among).values(_OUTCOME)


_FORGIVE = (
    update(lane)
    .where(
        lane.c.key == bindparam("b_key"),
        lane.c.strikes > 0,
        lane.c.cut_epoch < bindparam("b_taken"),
    )
    .values(strikes=0)
)
_MARK, _MARK_SENT = _marking(_OPEN), _marking(_SENT, _STOPPED)


def wait_of(result: Throttled) -> timedelta:
    return timedelta(seconds=min(max(result.seconds, 0.0), _LONGEST_BLOCK))


def _teach(
    tx: Transaction,
    key: str,
    results: Iterable[tuple[Claimed, Result]],
    now: datetime,
    budget: Budget,
) -> None:
    """A 429 blocks the lane, and cuts its rate once for all that was claimed before it."""
    waits = [(c.epoch, r) for c, r in results if isinstance(r, Throttled)]
    taken = max((c.epoch for c, r in results if isinstance(r, Sent)), default=0)
    if not waits:
        tx.connection.execute(_FORGIVE, {"b_key": key, "b_taken": taken})
        return
    row = locked_lane(tx, key, now)
    seconds = max(wait_of(result).total_seconds() for _, result in waits)
    blocked = now + timedelta(seconds=seconds)
    values: dict[str, Any] = {}
    if any(epoch > row.cut_epoch for epoch, _ in waits):
        before = learned_from(row)
        if row.cut_epoch < taken:  # they came together: something was taken in between
            before = replace(before, strikes=0)
        learned, wait = throttled(budget, before, now, seconds)
        blocked = now + wait
        values = {
            "rate": learned.rate,
            "ceiling": learned.ceiling,
            "rate_since": learned.since,
            "strikes": learned.strikes,
            "cut_epoch": row.epoch,
        }
    values["blocked_until"] = max(blocked, row.blocked_until or blocked)
    tx.connection.execute(update(lane).where(lane.c.key == key).values(values))


def rest(tx: Transaction, key: str, until: datetime) -> None:
    """Block a lane whose platform is away: that says nothing of how fast it may go."""
    later = or_(lane.c.blocked_until.is_(None), lane.c.blocked_until < until)
    tx.connection.execute(update(lane).where(lane.c.key == key, later).values(blocked_until=until))


def _keep_conversation(tx: Transaction, claimed: Claimed, conversation: str) -> None:
    if claimed.recipient.startswith("person:") and conversation != claimed.conversation:
        tx.connection.execute(
            update(address)
            .where(
                address.c.platform == claimed.platform,
                address.c.workspace == claimed.workspace,
                address.c.conversation == claimed.conversation,
            )
            .values(conversation=conversation)
        )


def give_back(tx: Transaction, claimed: Sequence[Claimed]) -> None:
    """What was claimed and never sent is queued again, as if nothing had been: also where its lease
    ran out meanwhile."""
    tx.connection.execute(
        update(delivery)
        .where(_MINE, or_(*(delivery.c.state == state for state in _OPEN)))
        .values(state="queued", lease_until=None, attempts=bindparam("b_attempts")),
        [
            {"b_id": one.delivery_id, "b_epoch": one.epoch, "b_attempts": one.attempts - 1}
            for one in sorted(claimed, key=lambda one: one.delivery_id)
        ],
    )
    drop_halted(tx, [one.delivery_id for one in claimed])


def write_settled(
    tx: Transaction, found: Sequence[tuple[Claimed, Result | None]], now: datetime
) -> None:
    """Write what looking for deliveries of unknown outcome gave."""
    for claimed, result in found:
        became = settle(claimed, result, now)
        values: dict[str, Any] = {
            "state": became.state,
            "not_before": became.not_before,
            "looks": became.looks,
        }
        if became.state == "sent":
            values |= {"sent_at": now, "reference": became.reference, "why": None}
            if isinstance(result, Sent) and result.conversation:
                values["conversation"] = result.conversation
        elif became.state == "queued":
            values["why"] = became.why
        tx.connection.execute(
            update(delivery)
            .where(
                delivery.c.id == claimed.delivery_id,
                delivery.c.state == "unknown",
                delivery.c.epoch == claimed.epoch,
            )
            .values(values)
        )
    drop_halted(tx, [claimed.delivery_id for claimed, _ in found])
    _take_back_late(tx, found, now, looked=True)


def _take_back_late(
    tx: Transaction,
    found: Sequence[tuple[Claimed, Result | None]],
    now: datetime,
    *,
    looked: bool,
) -> None:
    """``looked``: somebody looked for what had been sent some time ago."""
    sent = [claimed for claimed, result in found if isinstance(result, Sent)]
    notices: dict[UUID, list[UUID]] = {}
    for one in sent:
        if one.kind == "notice":
            notices.setdefault(one.subject, []).append(one.delivery_id)
    if notices:
        tx.take_back_late(now, notices)
        tx.redraw_notices_late(notices, now, whenever=looked)
    cards = {claimed.subject for claimed in sent if claimed.kind in ITEM_CARDS}
    if cards:
        tx.redraw_late(now, cards)
    for kind, subject in {(one.kind, one.subject) for one in sent if one.kind in _ASKING}:
        about, ended = _ASKING[kind]
        # On PostgreSQL a decision that is made meanwhile would not see this, nor this see it: so
        # both write the row, and whichever comes second reads anew.
        same = update(about.table).where(about == subject).values({about: about})
        if any(tx.connection.execute(same.returning(ended)).scalars()):
            tx.renew_sent(kind, subject, now)


def recover(tx: Transaction, now: datetime, *, everything: bool, safe: Sequence[str]) -> int:
    """End leases that ran out. Recalls and deliveries of ``safe`` lanes are queued again; the
    others may have gone out, and are unknown."""
    if everything:
        set_back(tx, now)  # perhaps, while nothing ran
    until = {} if everything else {"b_until": now}
    ending = _ENDING_ALL if everything else _ENDING
    again = tx.connection.execute(ending.again, {"b_safe": list(safe), **until}).rowcount
    return again + tx.connection.execute(ending.uncertain, {"b_now": now, **until}).rowcount


@dataclass(frozen=True)
class _Ending:
    """Of leases: what is queued again, then what is unknown."""

    again: Update
    uncertain: Update


def _ending(*which: ColumnElement[bool]) -> _Ending:
    lost = and_(delivery.c.lane.in_(select(lane.c.key)), delivery.c.state == "leased", *which)
    safe = delivery.c.lane.in_(bindparam("b_safe", expanding=True))
    return _Ending(
        update(delivery)
        .where(lost, or_(of_sent_rows, safe))
        .values(state="queued", lease_until=None),
        update(delivery)
        .where(lost)
        .values(
            state="unknown",
            lease_until=None,
            looks=0,
            not_before=bindparam("b_now", type_=Instant()),
            why=DeliveryReason.SERVICE_STOPPED,
        ),
    )


_ENDING_ALL, _ENDING = _ending(), _ending(delivery.c.lease_until < bindparam("b_until"))


def set_back(tx: Transaction, now: datetime) -> None:
    """The clock was set back: moments that were seconds ahead are no farther ahead than that."""
    soon = now + _SOON
    waiting = and_(
        delivery.c.lane.in_(select(lane.c.key)),
        or_(delivery.c.state == "queued", delivery.c.state == "unknown"),
        delivery.c.not_before > now,
        or_(delivery.c.held_until.is_(None), delivery.c.held_until <= now),
    )
    tx.connection.execute(update(delivery).where(waiting).values(not_before=now))
    leased = and_(delivery.c.lane.in_(select(lane.c.key)), delivery.c.state == "leased")
    tx.connection.execute(
        update(delivery).where(leased, delivery.c.lease_until > soon).values(lease_until=soon)
    )
    tx.connection.execute(
        update(lane).where(lane.c.blocked_until > soon).values(blocked_until=soon)
    )
