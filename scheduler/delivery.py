"""A delivery whose outcome is unknown: when it is looked for, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from governance.delivery_reasons import DeliveryReason, Why
from scheduler.ports import Away, Claimed, Failed, NotTaken, Result, Sent, Throttled

PAUSES = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""Before the first look at a delivery of unknown outcome, before the second, and so on."""

MOST_LOOKS = len(PAUSES)

_BELIEVED_AFTER = 2
"""Looks. A message that is absent at the first may still be on its way inside the platform."""

STOPPABLE = frozenset({"notice", "invitation", "reminder"})
"""Kinds of a broadcast, which somebody may stop: an announcement, a survey's asking."""

RECALL = "recall"
"""Kind of a delivery that takes a message back. Safe to repeat: what is gone stays gone."""

RENEWED = "-now"
"""Ends the kind of a delivery that draws a sent message again, after the kind of that message."""


THREADED = frozenset({"service-update"})
"""Kinds of a delivery that follows a message that was sent before, in its thread where the platform
has threads. Its reference is that message's until it is sent itself."""


def of_sent(kind: str) -> bool:
    """Whether a delivery is about a message that was sent before: it takes it back or draws it
    again. Both are safe to repeat."""
    return kind == RECALL or kind.endswith(RENEWED)


_MOST_REPEATS = 3
ALARMS = frozenset({"urgent", "restricted"})
"""Kinds of a delivery that is better received twice than not at all."""


def repeatable(kind: str, *, urgent: bool) -> bool:
    """Whether a message is better received twice than not at all: alarms are, surveys are not."""
    return urgent or kind in ALARMS


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What a delivery of unknown outcome becomes: sent, queued (again) or unknown (still)."""

    state: str
    not_before: datetime
    looks: int
    why: Why | None
    reference: str | None = None


def next_look(looks: int, now: datetime) -> datetime:
    """When a delivery is looked for after so many looks."""
    return now + PAUSES[min(looks, MOST_LOOKS - 1)]


def settle(claimed: Claimed, found: Result | None, now: datetime) -> Settled:
    """Decide on what looking for it gave. None: this platform cannot look; Failed: not there. What
    is not sent again by itself waits for a person then (``governance.upkeep.unsettled``)."""
    looks = claimed.looks + 1
    match found:
        case Sent():
            return Settled(
                state="sent", not_before=now, looks=looks, why=None, reference=found.reference
            )
        case NotTaken() if looks >= _BELIEVED_AFTER:
            return Settled(state="queued", not_before=now, looks=0, why=None)
        case Throttled():
            again = now + timedelta(seconds=found.seconds)
            return Settled(state="unknown", not_before=again, looks=claimed.looks, why=None)
        case Away():  # nobody looked
            again = next_look(1, now)
            return Settled(state="unknown", not_before=again, looks=claimed.looks, why=None)
        case None | Failed():  # nobody can look there
            looks = MOST_LOOKS
        case _:
            pass
    if looks >= MOST_LOOKS and _may_repeat(claimed):
        return Settled(state="queued", not_before=now, looks=0, why=DeliveryReason.REPEATED)
    return Settled(state="unknown", not_before=next_look(looks, now), looks=looks, why=None)


def _may_repeat(claimed: Claimed) -> bool:
    return repeatable(claimed.kind, urgent=claimed.urgent) and claimed.attempts < _MOST_REPEATS
