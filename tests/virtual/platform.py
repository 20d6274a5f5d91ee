"""A platform that enforces its limits and misbehaves on a seeded script, in virtual time."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.ports import NotTaken as Absent
from scheduler.ports import Outgoing, Result, Sent, Throttled, Unknown


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most ``messages`` in any ``seconds`` (a sliding window)."""

    messages: int
    seconds: float


PER_CONVERSATION: Mapping[Platform, Sequence[Limit]] = {
    Platform.SLACK: (Limit(messages=1, seconds=1),),
    Platform.TEAMS: (
        Limit(messages=7, seconds=1),
        Limit(messages=8, seconds=2),
        Limit(messages=60, seconds=30),
        Limit(messages=1800, seconds=3600),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Script:
    """How often what goes wrong, as shares of the calls. ``retry_after`` None: the platform
    says when its window has room again; else it says a number between these."""

    throttled: float = 0.0
    broken: float = 0.0
    """5xx; every second one was taken all the same."""
    lost: float = 0.0
    """Taken, and then the connection drops."""
    slow: float = 0.02
    blind: float = 0.0
    """Of lookups: the history cannot be read."""
    retry_after: tuple[float, float] | None = None


class Window:
    """What a limit remembers."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = limits
        self._times: deque[float] = deque()

    def room_in(self, now: float) -> float:
        """Seconds until one more is allowed; 0: now."""
        wait = 0.0
        for limit in self._limits:
            inside = [t for t in self._recent(limit.messages) if t > now - limit.seconds]
            if len(inside) >= limit.messages:
                wait = max(wait, inside[0] + limit.seconds - now)
        return wait

    def _recent(self, most: int) -> list[float]:
        times = self._times
        return [times[i] for i in range(max(0, len(times) - most), len(times))]

    def take(self, now: float) -> None:
        self._times.append(now)
        while len(self._times) > max(limit.messages for limit in self._limits):
            self._times.popleft()


class Bucket:
    """A limit that fills up evenly: ``per_second``, and ``burst`` at once."""

    def __init__(self, per_second: float, burst: float) -> None:
        self._per_second, self._burst = per_second, burst
        self._filled, self._at = burst, 0.0

    def room_in(self, now: float) -> float:
        self._filled = min(self._burst, self._filled + (now - self._at) * self._per_second)
        self._at = now
        return 0.0 if self._filled >= 1 else (1 - self._filled) / self._per_second

    def take(self, now: float) -> None:
        self._filled -= 1


@dataclass
class Taken:
    """A message that arrived."""

    at: float
    delivery_id: UUID
    conversation: str


@dataclass
class Simulated:
    """Implements ``ChatPlatform``; what really happened is kept beside what was answered."""

    name: Platform
    rng: Random
    workspace_limit: Window | Bucket
    script: Script = field(default_factory=Script)
    heard: Callable[[], None] = lambda: None
    """Called whenever a message arrives."""
    taken: list[Taken] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    throttled_at: list[float] = field(default_factory=list)
    calls: int = 0
    blind_resends: int = 0
    in_doubt: set[UUID] = field(default_factory=set)
    """Sent with an answer that says nothing, and not looked up since."""
    recall_limit: Window | None = None
    """Where taking back is counted by itself (Slack: 50 a minute)."""
    recalls_refused: int = 0
    gone: list[str] = field(default_factory=list)
    """References of messages that were taken back, as often as that was asked."""
    renewed: set[str] = field(default_factory=set)
    """References of messages that were drawn again."""
    _conversations: dict[str, Window] = field(default_factory=dict)
    taken_by_id: dict[UUID, list[Taken]] = field(default_factory=lambda: defaultdict(list))

    async def send(self, outgoing: Outgoing) -> Result:
        self.calls += 1
        if outgoing.delivery_id in self.in_doubt:
            self.blind_resends += 1
        await asyncio.sleep(self.rng.uniform(0.010, 0.030))  # on its way there
        result = self._receive(outgoing)
        if self.rng.random() < self.script.slow:
            await asyncio.sleep(self.rng.uniform(1, 9))
        else:
            await asyncio.sleep(self.rng.uniform(0.040, 0.250))
        self.answers[type(result).__name__] += 1
        if isinstance(result, Unknown):
            self.in_doubt.add(outgoing.delivery_id)
        return result

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        """As strict and as moody as sending."""
        await asyncio.sleep(self.rng.uniform(0.050, 0.250))
        now = asyncio.get_running_loop().time()
        wait = self.workspace_limit.room_in(now)
        if wait > 0 or self.rng.random() < self.script.throttled:
            return Throttled(seconds=max(1, -(-wait // 1)))
        chance = self.rng.random()
        if chance < self.script.broken / 2:
            return Unknown(why=DeliveryReason.FAULT)
        self.workspace_limit.take(now)
        self.renewed.add(reference)
        if chance < self.script.broken + self.script.lost:
            return Unknown(why=DeliveryReason.TEAMS_BROKE)
        return Sent(reference=reference)

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        """As strict and as moody as sending; what is not there counts as taken back."""
        await asyncio.sleep(self.rng.uniform(0.050, 0.250))
        now = asyncio.get_running_loop().time()
        limit = self.recall_limit or self.workspace_limit
        wait = limit.room_in(now)
        if wait > 0 or self.rng.random() < self.script.throttled:
            self.recalls_refused += 1
            return Throttled(seconds=max(1, -(-wait // 1)))
        chance = self.rng.random()
        if chance < self.script.broken / 2:
            return Unknown(why=DeliveryReason.FAULT)
        limit.take(now)
        self.gone.append(reference)
        if chance < self.script.broken + self.script.lost:
            return Unknown(why=DeliveryReason.TEAMS_BROKE)
        return Sent(reference=reference)

    def _receive(self, outgoing: Outgoing) -> Result:
        now = asyncio.get_running_loop().time()
        if self.rng.random() < self.script.throttled:
            return self._refuse(now, self.rng.uniform(0.5, 2))
        own = self._conversations.setdefault(
            outgoing.conversation, Window(PER_CONVERSATION[self.name])
        )
        wait = max(self.workspace_limit.room_in(now), own.room_in(now))
        if wait > 0:
            said = self.script.retry_after
            return self._refuse(now, self.rng.uniform(*said) if said else max(1, -(-wait // 1)))
        chance = self.rng.random()
        if chance < self.script.broken / 2:
            return Unknown(why=DeliveryReason.FAULT)
        self.workspace_limit.take(now)
        own.take(now)
        taken = Taken(at=now, delivery_id=outgoing.delivery_id, conversation=outgoing.conversation)
        self.taken.append(taken)
        self.heard()
        self.taken_by_id[outgoing.delivery_id].append(taken)
        if chance < self.script.broken + self.script.lost:
            return Unknown(why=DeliveryReason.TEAMS_BROKE)
        return Sent(reference=f"{now:.6f}")

    def _refuse(self, now: float, seconds: float) -> Throttled:
        self.throttled_at.append(now)
        return Throttled(seconds=seconds)


class Reconciling(Simulated):
    """One whose history can be looked up, as Slack's can."""

    lookups = 0

    async def reconcile(self, outgoing: Outgoing) -> Result:
        self.lookups += 1
        await asyncio.sleep(self.rng.uniform(0.05, 0.3))
        if self.rng.random() < self.script.blind:
            return Unknown(why=DeliveryReason.NOT_LOOKED_UP)
        arrived = self.taken_by_id.get(outgoing.delivery_id)
        if arrived:
            return Sent(reference=f"{arrived[0].at:.6f}")
        self.in_doubt.discard(outgoing.delivery_id)
        return Absent(why=DeliveryReason.SLACK_NOT_THERE)
