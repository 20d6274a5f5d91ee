"""Committees' channels: briefs go to private channels of staff only, and a channel may change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.people import Person, Platform
from governance.committees.model import TRIAGE, Channel, District, Office, Openness, channel_id
from governance.deliveries import Deliveries, Delivery
from governance.ports import GovernanceStore
from governance.upkeep.messages import ChannelOpened

CHANNEL_OPEN = "channel-open"
"""The kind of the delivery that tells of it."""


class CannotTellError(Exception):
    """A platform does not tell; the text says why, and what to do about it."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a platform says of a channel of a queue. ``openness`` None: it is private.
    ``trouble``: the platform could not tell, and why."""

    queue: str
    channel: Channel
    openness: Openness | None = None
    trouble: str | None = None


def placed_channels(district: District) -> Iterator[tuple[str, Channel]]:
    """Every chat channel with the queue that it belongs to."""
    queues = [(TRIAGE, district.triage_channels)]
    queues += [(committee.key, committee.channels) for committee in district.committees]
    for queue, channels in queues:
        yield from ((queue, one) for one in channels if one.platform is not Platform.WEB)


def note_openness(store: GovernanceStore, looks: Iterable[Looked], now: datetime) -> None:
    """Keep briefs out of channels that became open, and tell the chair and the operator, once;
    let them in again where a channel is private again. What could not be told stays as it was."""
    known = store.open_channels()
    for look in looks:
        before = known.get(channel_id(look.channel))
        if look.trouble is not None or before == look.openness:
            continue
        store.put_openness(look.channel, look.openness, now)
        what = f"channel {look.channel.conversation} of {look.queue}: {look.openness or 'private'}"
        store.audit(None, what, channel_id(look.channel), now)
        if look.openness is None:
            continue
        for person in _whom(store, look.queue):
            store.deliver_to_person(
                person,
                campaign=f"channel:{channel_id(look.channel)}:{now:%Y-%m-%d}",
                kind=CHANNEL_OPEN,
                subject=channel_id(look.channel),
                now=now,
            )


def _whom(store: GovernanceStore, queue: str) -> Iterator[Person]:
    committee = store.district().committee(queue)
    chair = store.person_by_email(committee.chair) if committee else None
    leads = [chair] if chair else list(store.holders(Office.TRIAGE_OWNER)[:1])
    told = {one.id: one for one in (*leads, *store.holders(Office.OPERATOR)[:1])}
    yield from (one for one in told.values() if one.active)


def channel_opened(store: GovernanceStore, subject: UUID) -> ChannelOpened | None:
    """What is told of a channel; None where it is private again, or no committee's any more."""
    district = store.district()
    found = ((queue, one) for queue, one in placed_channels(district) if channel_id(one) == subject)
    queue, _ = next(found, (None, None))
    openness = store.open_channels().get(subject)
    if queue is None or openness is None:
        return None
    committee = district.committee(queue)
    name = committee.name if committee else "Triage"
    return ChannelOpened(queue=queue, committee=name, openness=openness)


DELIVERIES: Deliveries = (
    Delivery(kind=CHANNEL_OPEN, compose=lambda on: channel_opened(on.store, on.subject)),
)
