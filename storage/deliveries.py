"""The ledger of deliveries, as activities write it: queued in the transaction that causes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, and_, case, func, or_, select

from governance.committees import RESTRICTED, TRIAGE, Channel, Office, channel_id
from governance.ports import Delivered
from scheduler.delivery import RECALL
from scheduler.trips import current_trip
from storage.channels import Channels
from storage.chat_teams import team_of
from storage.district import Districts
from storage.halting import drop_halted
from storage.holding import (
    BULK,
    ROUTINE,
    URGENT,
    count_held,
    held_until,
    lane_of,
    look_again,
    watch,
)
from storage.ledger_tables import delivery, lane
from storage.people import People
from storage.tables import address, participation, person
from surveys.people import Audience, Held, Person, Platform
from surveys.survey import Participation, Wave

_STRAGGLERS = 10

_ON_PAGE = and_(delivery.c.platform == Platform.WEB, delivery.c.state != "recalled")


class Deliveries(People, Districts, Channels):
    """Queues messages to people and to committees' channels."""

    def ask(self, wave: Wave, reminder: int, now: datetime, *, only_waiting: bool) -> int:
        states = [Participation.ASKED, Participation.PARTIAL]
        condition = participation.c.wave_id == wave.id
        if only_waiting:
            condition = and_(condition, participation.c.state.in_(states))
        panel = self._addressed(
            select(participation.c.person_id).where(condition).scalar_subquery()
        )
        asked = self._queue(
            panel,
            campaign=f"wave:{wave.id}:{reminder}",
            kind="reminder" if reminder else "invitation",
            subject=wave.id,
            now=now,
            priority=BULK,
            deadline=wave.closes_at,
        )
        return asked - drop_halted(self, {wave.id})  # somebody stopped its asking

    def look_again_at_held(self, now: datetime) -> None:
        """Quiet hours were changed: nobody waits for the end of the old ones."""
        look_again(self, now)

    def held_of(self, audience: Audience, at: datetime) -> Held | None:
        quiet = watch(self, at)
        if not quiet.needed:
            return None
        people = self._addressed([p.id for p in self.people_of(audience)])
        rows = {row.id: row for row in people}.values()
        return count_held(quiet, rows, mails=self.surroundings.mails)

    def tell_cto_results(self, wave_id: UUID, now: datetime) -> Sequence[UUID]:
        told = self.holders(Office.CTO)[:1]
        for one in told:
            self.deliver_to_person(
                one, campaign=f"wave:{wave_id}:results", kind="results", subject=wave_id, now=now
            )
        return [one.id for one in told]

    def tell_committees_results(
        self, wave_id: UUID, committees: Sequence[str], now: datetime
    ) -> int:
        campaign, channels = f"wave:{wave_id}:results", 0
        for key in committees:
            self.deliver_to_queue(
                key, campaign=campaign, kind="results", subject=wave_id, now=now, page=False
            )
            channels += len(self._open(key, page=False))
        return channels

    def deliver_to_person(
        self,
        person: Person,
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        urgent: bool = False,
    ) -> None:
        self._queue(
            self._addressed([person.id]),
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=URGENT if urgent else ROUTINE,
            deadline=None,
        )

    def deliver_to_queue(
        self,
        queue: str,
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        page: bool = True,
    ) -> None:
        rows = [
            {
                "recipient": f"queue:{queue}@{channel.platform}:{channel.conversation}",
                "person_id": None,
                "platform": channel.platform,
                "workspace": channel.workspace,
                "conversation": channel.conversation,
                "service_url": team.service_url if (team := team_of(self, channel)) else None,
                "lane": f"{channel.platform}:{channel.workspace}",
            }
            for channel in self._open(queue, page=page)
        ]
        self._insert_deliveries(
            rows, campaign=campaign, kind=kind, subject=subject, now=now, priority=ROUTINE
        )

    def _open(self, queue: str, *, page: bool) -> Sequence[Channel]:
        """A queue's channels without those that are open to more than staff."""
        shut = self.open_channels()
        return [
            channel
            for channel in self._channels(queue)
            if channel_id(channel) not in shut and (page or channel.platform is not Platform.WEB)
        ]

    def _channels(self, queue: str) -> Sequence[Channel]:
        """A queue's chat channels, and always its page on the web."""
        page = Channel(platform=Platform.WEB, workspace="", conversation=f"queue:{queue}")
        if queue == RESTRICTED:
            return (page,)
        district = self.district()
        if queue == TRIAGE:
            return (*district.triage_channels, page)
        committee = district.committee(queue)
        chat = committee.channels if committee else ()
        return (*(c for c in chat if c.platform is not Platform.WEB), page)

    def _addressed(self, people: Any) -> Iterable[Row[*tuple[Any, ...]]]:
        """People with the address of their platform, where there is one."""
        return self.connection.execute(
            select(
                person.c.id,
                person.c.platform,
                person.c.role,
                person.c.timezone,
                address.c.workspace,
                address.c.conversation,
                address.c.service_url,
            )
            .outerjoin(
                address,
                and_(
                    address.c.person_id == person.c.id,
                    address.c.platform == person.c.platform,
                    address.c.reachable,
                    address.c.conversation.is_not(None),
                ),
            )
            .where(person.c.id.in_(people), person.c.active)
            .order_by(person.c.id)
        ).all()

    def _queue(
        self,
        people: Iterable[Row[*tuple[Any, ...]]],
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        priority: int,
        deadline: datetime | None,
    ) -> int:
        rows = {row.id: to for row, to in self.destined(people, priority, now)}
        return self._insert_deliveries(
            list(rows.values()),
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=priority,
            deadline=deadline,
        )

    def destined(
        self, people: Iterable[Row[*tuple[Any, ...]]], priority: int, now: datetime
    ) -> Iterator[tuple[Row[*tuple[Any, ...]], dict[str, Any]]]:
        """Each person with where, in which lane and from when a message goes to them."""
        quiet = watch(self, now)
        for row in people:
            to = _to_person(row, mails=self.surroundings.mails)
            held = held_until(quiet, row, priority, to["lane"])
            yield row, to | {"not_before": held or now, "held_until": held}

    def _insert_deliveries(
        self,
        rows: list[dict[str, Any]],
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        priority: int,
        deadline: datetime | None = None,
    ) -> int:
        shared = {
            "campaign": campaign,
            "kind": kind,
            "subject": subject,
            "state": "queued",
            "priority": priority,
            "deadline": deadline,
            "attempts": 0,
            "queued_at": now,
            "trip": current_trip(),
        }
        self._know_lanes({row["lane"] for row in rows if row.get("held_until")}, now)
        turns = self._turns([row["lane"] for row in rows], priority)
        return self.insert_new(
            delivery,
            [
                {
                    "id": uuid4(),
                    "turn": turn,
                    "not_before": now,
                    "held_until": None,
                    **row,
                    **shared,
                }
                for row, turn in zip(rows, turns, strict=True)
            ],
        )

    def _know_lanes(self, keys: set[str | None], now: datetime) -> None:
        """A lane is known from its first claim on; what is held may pass its deadline before."""
        new = {"arrival": now, "blocked_until": None, "epoch": 0}
        self.insert_new(lane, [{"key": key, **new} for key in sorted(k for k in keys if k)])

    def _turns(self, lanes: Sequence[str | None], priority: int) -> Sequence[int]:
        """Numbers that make campaigns of one priority take turns in a lane: the first message of
        a new one goes beside the next of those that run, its second beside the one after that."""
        following = {key: self._next_turn(key, priority) for key in set(lanes)}
        turns = []
        for key in lanes:
            turns.append(following[key])
            following[key] += 1
        return turns

    def _next_turn(self, key: str | None, priority: int) -> int:
        """Where a lane is. A few that were put off (throttled, say) lie behind it: skip them."""
        if key is None:
            return 0
        queued = (
            select(delivery.c.turn)
            .where(
                delivery.c.lane == key,
                delivery.c.state == "queued",
                delivery.c.priority == priority,
            )
            .order_by(delivery.c.turn)
            .limit(_STRAGGLERS)
        )
        return max(self.connection.execute(queued).scalars(), default=0)

    def deliveries_by_state(self, kind: str, subject: UUID) -> Counter[str]:
        """How many deliveries of a kind about a subject are in each state."""
        rows = self.connection.execute(
            select(delivery.c.state, func.count())
            .where(delivery.c.kind == kind, delivery.c.subject == subject)
            .group_by(delivery.c.state)
        )
        return Counter(dict(rows.all()))

    def deliveries_of_kind(self, kind: str) -> Counter[str]:
        """How many deliveries of a kind are in each state, whatever they are about."""
        rows = self.connection.execute(
            select(delivery.c.state, func.count())
            .where(delivery.c.kind == kind)
            .group_by(delivery.c.state)
        )
        return Counter(dict(rows.all()))

    def delivered_to(self, person_id: UUID, *, most: int = 50) -> Sequence[Delivered]:
        """What is on a person's page: what was sent to them, and of what the page itself brings
        everything that was not recalled, whatever became of the mail that tells of it."""
        at = case((_ON_PAGE, delivery.c.queued_at), else_=delivery.c.sent_at).label("at")
        rows = self.connection.execute(
            select(delivery.c.id, delivery.c.kind, delivery.c.subject, at)
            .where(
                delivery.c.person_id == person_id,
                delivery.c.kind != RECALL,
                or_(delivery.c.state == "sent", _ON_PAGE),
            )
            .order_by(at.desc())
            .limit(most)
        )
        return [Delivered(delivery_id=r.id, kind=r.kind, subject=r.subject, at=r.at) for r in rows]


def _to_person(row: Row[*tuple[Any, ...]], *, mails: bool) -> dict[str, Any]:
    lane = lane_of(row, mails=mails)
    if row.platform == Platform.WEB:
        workspace, conversation = "", str(row.id)
    elif lane is None:
        workspace, conversation = "", None  # waits until there is an address
    else:
        workspace, conversation = row.workspace, row.conversation
    return {
        "recipient": f"person:{row.id}",
        "person_id": row.id,
        "platform": row.platform,
        "workspace": workspace,
        "conversation": conversation,
        "service_url": row.service_url,
        "lane": lane,
    }
