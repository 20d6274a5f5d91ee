"""The ledger of deliveries, as activities write it: queued in the transaction that causes it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Row,
    Update,
    and_,
    case,
    delete,
    func,
    or_,
    select,
    union,
    update,
)

from core.deciding import UNDECIDED, Decision, Exempt, SecondPersonNeededError
from core.people import Audience, Held, Person, Platform
from governance.announcements.model import Outcome
from governance.committees.model import DESKS, RESTRICTED, TRIAGE, Channel, Office, channel_id
from governance.delivery_reasons import DeliveryReason
from governance.ports import Delivered
from governance.second_person.model import INVITATION, SERIES
from scheduler.delivery import STOPPABLE
from scheduler.lanes import RESTORED, WEB_PAGES
from scheduler.trips import current_trip, on_trip
from storage.channels import Channels
from storage.chat_teams import team_of
from storage.connection import UNREAD
from storage.deciding import Deciding, without_whom
from storage.halting import invitation_campaign, recipients_of, why_halted
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
from storage.ledger_tables import delivery, fan_out, fan_out_part, lane, of_sent_rows
from storage.tables import address, participation, person, wave
from storage.urgent_tables import kept_from
from surveys.survey import Participation, Wave

_STRAGGLERS = 10

ANSWERED_WITHIN = timedelta(seconds=60)
"""Longer than any door tries to answer: as long as a delivery's lease."""

PART = 250
"""Recipients whose deliveries are written in one transaction: about 40 ms of the one writer."""


@dataclass(frozen=True)
class Act:
    """``do``: what is done for some people of a fan-out, in one transaction: with the transaction,
    the fan-out's row (its body decoded), the people, each lane's next turn (brought up to date) and
    the time. It may be done for somebody who needs it no more by then, so it looks again.
    ``writes``: the table whose rows count. ``sends``: whether it brings anybody a message."""

    do: Callable[[Any, Mapping[str, Any], Sequence[UUID], dict[str, int], datetime], None]
    writes: str = delivery.name
    sends: bool = True


ACTS: dict[str, Act] = {}
"""By the name that a fan-out's row keeps. Each is put in beside what it does."""

POSTPONE = "postpone"
"""An act: a wave's messages may go out until a later closing."""

_DONE, _ACTING = "done of parts", "doing a part"
"""In a transaction's memory: for how many people it has written, by table, and whether it is in the
middle of an act."""

_ON_PAGE = and_(delivery.c.platform == Platform.WEB, delivery.c.state != "recalled")


class Deliveries(Deciding, Channels):
    """Queues messages to people and to committees' channels."""

    def invite(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        try:
            self._invite(wave, people, now)
        except SecondPersonNeededError as needed:
            if not by_lot:
                raise
            raise SecondPersonNeededError(without_whom(needed.reaching)) from None

    def _invite(self, wave: Wave, people: Sequence[UUID], now: datetime) -> None:
        self.fan_out(
            people,
            campaign=invitation_campaign(wave.id),
            kind=INVITATION,
            subject=wave.id,
            now=now,
            priority=BULK,
            deadline=wave.closes_at,
            panel=True,
            decision=self._of_series(wave, len(people)),
        )

    def decide_invitations(
        self, wave: Wave, people: Sequence[UUID], now: datetime, *, by_lot: bool = False
    ) -> None:
        """At the launch, also where it opens later. Raises ``SecondPersonNeededError``."""
        if not isinstance(self._of_series(wave, len(people)), Exempt):
            self.need_second_person(INVITATION, wave.id, people, now, by_lot=by_lot)

    def _of_series(self, wave: Wave, people: int) -> Decision:
        """One date of a series that was approved needs no second person of its own."""
        if wave.series and self.approved_for(SERIES, wave.series, people):
            return Exempt.SERIES
        return UNDECIDED

    def remind(self, wave: Wave, number: int, now: datetime) -> None:
        waiting = self.foreseen("not answered", wave.id)
        self.fan_out(
            self.not_answered(wave.id) if waiting is UNREAD else waiting,
            campaign=f"wave:{wave.id}:{number}",
            kind="reminder",
            subject=wave.id,
            now=now,
            priority=BULK,
            deadline=wave.closes_at,
            decision=Exempt.REMINDER,
        )

    def set_closing(self, wave_id: UUID, closes_at: datetime, now: datetime) -> None:
        """A wave closes then. What still waits to be sent may be sent until then: in parts."""
        moved = update(wave).where(wave.c.id == wave_id)
        self.connection.execute(moved.values(closes_at=closes_at))
        same = update(fan_out).where(fan_out.c.subject == wave_id)
        self.connection.execute(same.values(deadline=closes_at))
        waiting = select(delivery.c.person_id).where(_waits_until_before(wave_id, closes_at))
        self.do_in_parts(
            POSTPONE,
            sorted(self.connection.execute(waiting.distinct()).scalars()),
            campaign=f"{POSTPONE}:{wave_id}",
            subject=wave_id,
            now=now,
            body={"until": closes_at.isoformat()},
        )

    def postpone_some(self, wave_id: UUID, people: Sequence[UUID], until: datetime) -> None:
        """A part of those who wait for a wave's messages."""
        mine = _waits_until_before(wave_id, until), delivery.c.person_id.in_(people)
        self.connection.execute(update(delivery).where(*mine).values(deadline=until))

    def not_answered(self, wave_id: UUID) -> Sequence[UUID]:
        """Who in a wave's panel has neither answered nor declined."""
        states = (Participation.ASKED, Participation.PARTIAL)
        mine = participation.c.wave_id == wave_id, participation.c.state.in_(states)
        found = select(participation.c.person_id).where(*mine).order_by(participation.c.person_id)
        return self.connection.execute(found).scalars().all()

    def look_again_at_held(self, now: datetime) -> None:
        """Quiet hours were changed: nobody waits for the end of the old ones."""
        look_again(self, now)

    def held_of(self, audience: Audience, at: datetime) -> Held | None:
        quiet = watch(self, at)
        if not quiet.needed:
            return None
        return count_held(quiet, self.reached(audience), mails=self.surroundings.mails)

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

    def was_sent_anything(self, person_id: UUID) -> bool:
        known = select(delivery.c.id).where(delivery.c.person_id == person_id).limit(1)
        return self.connection.execute(known).first() is not None

    def deliver_to_person(
        self,
        person: Person,
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        urgent: bool = False,
        own: bool = False,
    ) -> None:
        if not own:
            self.count_undecided(1, campaign=campaign, kind=kind, subject=subject)
        self._queue(
            self._addressed([person.id]),
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=URGENT if urgent else ROUTINE,
            deadline=None,
        )

    def await_answer(
        self, person: Person, *, campaign: str, kind: str, subject: UUID, now: datetime
    ) -> None:
        """Queue what an answer is about to tell somebody: it goes out where that answer is not
        known to have arrived within ``ANSWERED_WITHIN`` (``note_answer``)."""
        self.deliver_to_person(
            person, campaign=campaign, kind=kind, subject=subject, now=now, urgent=True
        )
        self.connection.execute(_awaited(campaign, kind).values(not_before=now + ANSWERED_WITHIN))

    def note_answer(self, *, campaign: str, kind: str, now: datetime, arrived: bool) -> None:
        """What became of the answer: it arrived, so that nothing is sent; or it goes out now."""
        to: dict[str, Any] = {"state": "sent", "sent_at": now} if arrived else {"not_before": now}
        self.connection.execute(_awaited(campaign, kind).values(to))

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
        if queue in DESKS:  # an office has no channel: each who holds it is told
            named = select(kept_from.c.person_id).where(kept_from.c.item_id == subject)
            not_to = set(self.connection.execute(named).scalars())
            for one in self.holders(DESKS[queue]):
                if one.id not in not_to:
                    self.deliver_to_person(
                        one, campaign=campaign, kind=kind, subject=subject, now=now
                    )
            return
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

    # -- broadcasts: the recipients are frozen at once, their deliveries written in parts ---------

    def fan_out(
        self,
        people: Sequence[UUID],
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        priority: int,
        decision: Decision,
        deadline: datetime | None = None,
        panel: bool = False,
    ) -> None:
        """Queue one delivery for each of ``people``: those of the first part now, the others by
        ``write_part``, in transactions of their own. ``panel``: each also joins the wave's panel.
        People come in the order of their ids: a part then changes a third as many pages.

        Only this transaction decides who is in it. A part's row goes in the transaction that
        writes its deliveries, so a stop between two parts loses nobody and doubles nobody.

        ``decision``: on what it rests. Raises ``SecondPersonNeededError`` where it goes to many and
        nobody approved that."""
        self.decide(
            people, campaign=campaign, kind=kind, subject=subject, decision=decision, now=now
        )
        self._in_parts(
            people,
            PART,
            self._head(
                now,
                campaign=campaign,
                kind=kind,
                subject=subject,
                priority=priority,
                deadline=deadline,
                panel=panel,
            ),
            now,
        )

    def do_in_parts(
        self,
        act: str,
        people: Sequence[UUID],
        *,
        campaign: str,
        subject: UUID,
        now: datetime,
        decision: Decision = Exempt.SILENT,
        priority: int = URGENT,
        rows: int = 1,
        body: Mapping[str, Any] | None = None,
        replaces: bool = True,
    ) -> None:
        """Do something else than sending for each of ``people`` (``ACTS``): for the first part now,
        for the others as a broadcast is written. ``replaces``: those for whom it still waits are
        given up, and only ``people`` are left; otherwise ``people`` follow them. ``rows``: how many
        of the ledger one person takes."""
        if replaces:
            self.give_up_parts(subject, act, campaign)
        if not people:
            return
        self.decide(
            people, campaign=campaign, kind=act, subject=subject, decision=decision, now=now
        )
        self._in_parts(
            people,
            PART // max(rows, 1),
            self._head(
                now,
                campaign=campaign,
                kind=act,
                subject=subject,
                priority=priority,
                act=act,
                body=json.dumps(body or {}),
            ),
            now,
        )

    def _head(self, now: datetime, **of: Any) -> dict[str, Any]:
        """The row of a fan-out that begins now."""
        return {
            "deadline": None,
            "panel": False,
            "turns": "{}",
            "begun_at": now,
            "trip": current_trip(),
            "restored": self.waits_since is not None,
            "act": "send",
            "body": None,
            **of,
        }

    def give_up_parts(self, subject: UUID, act: str, campaign: str | None = None) -> None:
        """Do no more of an act about a subject. ``campaign``: of this one only."""
        mine = [fan_out.c.subject == subject, fan_out.c.act == act]
        if campaign is not None:
            mine.append(fan_out.c.campaign == campaign)
        gone = self.connection.execute(delete(fan_out).where(*mine).returning(fan_out.c.campaign))
        for one in gone.scalars().all():
            same = fan_out_part.c.campaign == one, fan_out_part.c.kind == act
            self.connection.execute(delete(fan_out_part).where(*same))

    def _in_parts(
        self, people: Sequence[UUID], size: int, head: dict[str, Any], now: datetime
    ) -> None:
        """What this transaction does of it now counts with what it has done of others: together no
        more than a part."""
        campaign, kind = head["campaign"], head["kind"]
        inside = self.within.get(_ACTING, False)
        account = _DONE, ACTS[head["act"]].writes
        done: int = 0 if inside else self.within.get(account, 0)
        size = max(size, 1)
        first = min(size, size * (PART - done) // PART)
        if not inside:
            self.within[account] = done + -(-PART * min(first, len(people)) // size)
        people, rest = people[:first], people[first:]
        if rest:
            self.insert_new(fan_out, head)
            same = (fan_out_part.c.campaign == campaign, fan_out_part.c.kind == kind)
            last = select(func.max(fan_out_part.c.number)).where(*same)
            after = self.connection.execute(last).scalar() or 0
            self.insert_new(
                fan_out_part,
                [
                    {
                        "campaign": campaign,
                        "kind": kind,
                        "number": after + number,
                        "people": len(part),
                        "recipients": b"".join([one.int.to_bytes(16) for one in part]).hex(),
                    }
                    for number, part in enumerate(_cut(rest, size), start=1)
                ],
            )
        if people:
            self._act(head, people, now)

    def note_delivered(self, subject: UUID, at: datetime) -> None:
        """What waits about a subject has been on people's pages since then: of the demo's past,
        in which nothing is sent."""
        self.connection.execute(
            update(delivery)
            .where(
                delivery.c.subject == subject,
                delivery.c.platform == Platform.WEB,
                delivery.c.state == Outcome.QUEUED,
            )
            .values(state=Outcome.SENT, sent_at=at, attempts=1)
        )

    def leave_unwritten(self, subject: UUID, kind: str) -> None:
        """Nobody else is told about a subject: of the demo's past, what was over long ago."""
        mine = fan_out.c.subject == subject, fan_out.c.kind == kind
        gone = self.connection.execute(delete(fan_out).where(*mine).returning(fan_out.c.campaign))
        for one in gone.scalars().all():
            same = fan_out_part.c.campaign == one, fan_out_part.c.kind == kind
            self.connection.execute(delete(fan_out_part).where(*same))

    def write_part(self, now: datetime) -> bool:
        """Write the deliveries of the next part of a broadcast. False: none waits."""
        head = self.connection.execute(_NEXT_FAN_OUT).mappings().first()
        if head is None:
            return False
        mine = [
            fan_out_part.c.campaign == head["campaign"],
            fan_out_part.c.kind == head["kind"],
        ]
        wanted = select(fan_out_part).where(*mine).order_by(fan_out_part.c.number).limit(1)
        part = self.connection.execute(wanted).first()
        if part is None:
            gone = (fan_out.c.campaign == head["campaign"], fan_out.c.kind == head["kind"])
            self.connection.execute(delete(fan_out).where(*gone))
            return True
        self.waits_since = now if head["restored"] else None
        with on_trip(head["trip"]):
            self._act(
                {str(key): value for key, value in head.items()},
                recipients_of(part.recipients),
                now,
            )
        self.connection.execute(
            delete(fan_out_part).where(*mine, fan_out_part.c.number == part.number)
        )
        return True

    def is_fanning_out(self) -> bool:
        """Whether a part of a broadcast waits to be written."""
        return self.connection.execute(select(fan_out.c.kind).limit(1)).first() is not None

    def _act(self, head: Mapping[str, Any], people: Sequence[UUID], now: datetime) -> None:
        turns: dict[str, int] = json.loads(head["turns"])
        within, self.within[_ACTING] = self.within.get(_ACTING, False), True
        decoded = {**head, "body": json.loads(head["body"] or "{}")}
        ACTS[head["act"]].do(self, decoded, people, turns, now)
        self.within[_ACTING] = within
        same = (fan_out.c.campaign == head["campaign"], fan_out.c.kind == head["kind"])
        self.connection.execute(update(fan_out).where(*same).values(turns=json.dumps(turns)))

    def join_panel(self, wave_id: UUID, people: Sequence[UUID]) -> None:
        """Put people into a wave's panel, with what the roster says of them."""
        of = select(person.c.id, person.c.role, person.c.level, person.c.building)
        rows = self.connection.execute(of.where(person.c.id.in_(people))).all()
        self.insert_new(
            participation,
            [
                {
                    "wave_id": wave_id,
                    "person_id": row.id,
                    "state": Participation.ASKED,
                    "role": row.role,
                    "level": row.level,
                    "building": row.building,
                }
                for row in rows
            ],
        )

    def queue_people(
        self,
        people: Sequence[UUID],
        *,
        campaign: str,
        kind: str,
        subject: UUID,
        now: datetime,
        priority: int,
        deadline: datetime | None,
        turns: dict[str, int],
    ) -> None:
        """Write a delivery for each of a part. ``turns``: each lane's next number."""
        self._queue(
            self._addressed(people),
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=priority,
            deadline=deadline,
            turns=turns,
        )

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
        turns: dict[str, int] | None = None,
    ) -> None:
        rows = {row.id: to for row, to in self.destined(people, priority, now)}
        self._insert_deliveries(
            list(rows.values()),
            campaign=campaign,
            kind=kind,
            subject=subject,
            now=now,
            priority=priority,
            deadline=deadline,
            turns=turns,
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
        turns: dict[str, int] | None = None,
        state: str = "queued",
    ) -> None:
        if len(rows) > 1:
            people = sum(row["person_id"] is not None for row in rows)
            self.count_undecided(people, campaign=campaign, kind=kind, subject=subject)
        stopped = why_halted(self, subject) if kind in STOPPABLE else None
        shared = {
            "campaign": campaign,
            "kind": kind,
            "subject": subject,
            "state": state if stopped is None else "recalled",
            "why": stopped,
            "priority": priority,
            "deadline": deadline,
            "attempts": 0,
            "queued_at": now,
            "trip": current_trip(),
        }
        self._know_lanes({row["lane"] for row in rows if row.get("held_until")}, now)
        places = self._turns([row["lane"] for row in rows], priority, turns)
        if self.waits_since is not None and shared["state"] == "queued":
            rows = [{**row, "lane": waiting_lane(row["lane"])} for row in rows]
            shared["why"] = DeliveryReason.RESTORED
        self.insert_new(
            delivery,
            [
                {
                    "id": uuid4(),
                    "turn": turn,
                    "not_before": now,
                    "held_until": None,
                    "sent_at": None,
                    **row,
                    **shared,
                }
                for row, turn in zip(rows, places, strict=True)
            ],
        )

    def _know_lanes(self, keys: set[str | None], now: datetime) -> None:
        """A lane is known from its first claim on; what is held may pass its deadline before."""
        new = {"arrival": now, "blocked_until": None, "epoch": 0}
        self.insert_new(lane, [{"key": key, **new} for key in sorted(k for k in keys if k)])

    def _turns(
        self,
        lanes: Sequence[str | None],
        priority: int,
        following: dict[str, int] | None = None,
    ) -> Sequence[int]:
        """Numbers that make campaigns of one priority take turns in a lane: the first message of
        a new one goes beside the next of those that run, its second beside the one after that.
        ``following``: each lane's next number where an earlier part ended; brought up to date."""
        following = {} if following is None else following
        keys = [key or "" for key in lanes]
        for key in set(keys):
            following[key] = max(following.get(key, 0), self._next_turn(key or None, priority))
        turns = []
        for key in keys:
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

    def delivered_to(
        self,
        person_id: UUID,
        kinds: Collection[str] | None = None,
        *,
        most: int = 50,
        latest: int = 0,
    ) -> Sequence[Delivered]:
        """What is on a person's page: what was sent to them, and of what the page itself brings
        everything that was not recalled, whatever became of the mail that tells of it. ``kinds``:
        only those, and the ``latest`` of all; None: all."""
        at = case((_ON_PAGE, delivery.c.queued_at), else_=delivery.c.sent_at).label("at")
        there = (
            select(delivery.c.id, delivery.c.kind, delivery.c.subject, at)
            .where(
                delivery.c.person_id == person_id,
                ~of_sent_rows,
                or_(delivery.c.state == "sent", _ON_PAGE),
            )
            .order_by(at.desc())
        )
        some = there if kinds is None else there.where(delivery.c.kind.in_(kinds))
        parts = [some.limit(most).subquery(), *([there.limit(latest).subquery()] if latest else [])]
        every = union(*(select(part) for part in parts)).subquery()
        rows = self.connection.execute(select(every).order_by(every.c.at.desc()))
        return [Delivered(delivery_id=r.id, kind=r.kind, subject=r.subject, at=r.at) for r in rows]


def _waits_until_before(wave_id: UUID, until: datetime) -> ColumnElement[bool]:
    return and_(
        delivery.c.subject == wave_id, delivery.c.state == "queued", delivery.c.deadline < until
    )


ACTS[POSTPONE] = Act(
    lambda tx, head, people, turns, now: tx.postpone_some(
        head["subject"], people, datetime.fromisoformat(head["body"]["until"])
    ),
    sends=False,
)


def _awaited(campaign: str, kind: str) -> Update:
    """Of deliveries that no one has claimed yet."""
    return update(delivery).where(
        delivery.c.campaign == campaign,
        delivery.c.kind == kind,
        delivery.c.state == "queued",
        delivery.c.attempts == 0,
    )


def waiting_lane(lane: str | None) -> str | None:
    """Where a message waits for the operator that would go in a lane (None: it waits for an address
    as well). A page shows what it has; nothing leaves the house for it."""
    return lane if lane == WEB_PAGES else f"{RESTORED}{lane or ''}"


def _send(
    tx: Deliveries,
    head: Mapping[str, Any],
    people: Sequence[UUID],
    turns: dict[str, int],
    now: datetime,
) -> None:
    if head["panel"]:
        tx.join_panel(head["subject"], people)
    tx.queue_people(
        people,
        campaign=head["campaign"],
        kind=head["kind"],
        subject=head["subject"],
        now=now,
        priority=head["priority"],
        deadline=head["deadline"],
        turns=turns,
    )


ACTS["send"] = Act(_send)


def _cut(people: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    return (people[at : at + size] for at in range(0, len(people), size))


_NEXT_FAN_OUT = (
    select(fan_out)
    .order_by(fan_out.c.priority, fan_out.c.begun_at)
    .limit(1)
    .with_for_update(skip_locked=True)  # on PostgreSQL each campaign has one writer at a time
)


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
