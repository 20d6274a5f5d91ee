"""Prometheus metrics: how many and how long. No label is a person, a title or anything typed.

A registry of our own: nothing is registered at import, and two houses in one process do not
share their counts.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from time import perf_counter

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app.watching import outcome_of
from bot.jobs.listening_room import Reads
from bot.operator.operating import from_here
from core.people import Level, Role
from governance.feedback.model import Reading
from scheduler.lanes import WEB_MAIL
from scheduler.observing import LaneFigures
from scheduler.ports import Claimed, Result, Sent
from storage.watching import Kind

_REQUEST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10)
_TRANSACTION = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2)
_READING = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
_TO_SENT = (1, 5, 15, 60, 300, 900, 1800, 3600, 4 * 3600, 24 * 3600)


class Metrics:
    """Implements the observers of the pump, of the store and of the dispatch."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self._registry = registry = CollectorRegistry()

        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(f"soundingboard_{name}", what, labels, registry=registry)

        def histogram(name: str, what: str, buckets: Sequence[float], *labels: str) -> Histogram:
            return Histogram(
                f"soundingboard_{name}", what, labels, buckets=buckets, registry=registry
            )

        def gauge(name: str, what: str, *labels: str) -> Gauge:
            return Gauge(f"soundingboard_{name}", what, labels, registry=registry)

        self._deliveries = counter("deliveries_total", "Messages by outcome", "platform", "outcome")
        self._looked = counter(
            "looked_for_total", "Messages of unknown outcome that were looked for", "outcome"
        )
        self._to_sent = histogram(
            "queued_to_sent_seconds", "From queued to sent", _TO_SENT, "platform"
        )
        self._requests = histogram(
            "request_seconds", "Requests at a door", _REQUEST, "door", "status"
        )
        self._commands = counter(
            "commands_total", "Commands handled: people's in all, the service's by type", "command"
        )
        self._transactions = histogram(
            "transaction_seconds", "Transactions, waiting included", _TRANSACTION, "kind"
        )
        self._again = counter("transactions_again_total", "Transactions run again (PostgreSQL)")
        self._entries = counter("clock_entries_failed_total", "Entries that could not be done")
        self._readings = histogram("reading_seconds", "Reading one message", _READING)
        self._unread = counter("reading_failures_total", "Messages that could not be read")
        self._links = counter("signin_mails_total", "Links asked for by mail", "outcome")
        self._tick = gauge("clock_last_tick_age_seconds", "Since the clock last looked")
        self._ready = gauge("ready", "1 when /readyz answers 200")
        self._connected = gauge("slack_connected", "1 when connected (Socket Mode)", "mode")
        self._unreadable = gauge("sensitive_unreadable", "Sensitive messages that nobody may read")
        self._unread_now = gauge("unread_messages", "Messages that wait to be read")
        self._unread_for = gauge("unread_oldest_seconds", "Wait of the oldest of them")
        self._reader_up = gauge("reader_up", "1 while the reader answers", "process")
        self._queued = gauge("lane_queued", "Messages that wait", "lane")
        self._overdue = gauge("lane_overdue_seconds", "Wait of the first that may go", "lane")
        self._blocked = gauge("lane_blocked_seconds", "Until it may send again", "lane")
        self._rate = gauge("lane_rate", "Messages a second that it sends now", "lane")

    # -- the pump -----------------------------------------------------------------------------

    def delivered(self, claimed: Claimed, result: Result, now: datetime) -> None:
        platform = "mail" if claimed.lane == WEB_MAIL else str(claimed.platform)
        self._deliveries.labels(platform, outcome_of(result)).inc()
        if isinstance(result, Sent) and claimed.queued_at is not None:
            waited = (now - claimed.queued_at).total_seconds()
            self._to_sent.labels(platform).observe(max(waited, 0.0))

    def settled(self, claimed: Claimed, result: Result | None, now: datetime) -> None:
        self._looked.labels("cannot_look" if result is None else outcome_of(result)).inc()

    # -- the store and the dispatch -------------------------------------------------------------

    def transaction(self, kind: Kind, seconds: float) -> None:
        self._transactions.labels(kind).observe(seconds)

    def again(self) -> None:
        self._again.inc()

    def handled(self, command: str) -> None:
        self._commands.labels(command).inc()

    def entry_failed(self) -> None:
        self._entries.inc()

    # -- the doors ------------------------------------------------------------------------------

    def answered(self, door: str, status: int, seconds: float) -> None:
        self._requests.labels(door, str(status)).observe(seconds)

    def link(self, outcome: str) -> None:
        self._links.labels(outcome).inc()

    # -- reading --------------------------------------------------------------------------------

    def timing(self, reader: Reads) -> Reads:
        """The same reader, timed."""
        return _Timed(reader, self._readings.observe, self._unread.inc)

    # -- the page -------------------------------------------------------------------------------

    def page(
        self,
        lanes: Sequence[LaneFigures] | None,
        *,
        tick_age: float,
        ready: bool,
        connected: bool | None = None,
        unreadable: int | None = 0,
        unread: tuple[int, float] | None = (0, 0.0),
        reader_up: bool | None = None,
    ) -> bytes:
        """Everything, in Prometheus' text. ``connected``: in Slack's Socket Mode; None: not in
        it. ``lanes``, ``unreadable`` and ``unread`` (how many, seconds of the oldest)
        None: the database cannot say. ``reader_up`` None: nobody reads in this process."""
        from prometheus_client import generate_latest

        self._tick.set(tick_age)
        self._ready.set(ready)
        self._unreadable.set(math.nan if unreadable is None else unreadable)
        number, seconds = (math.nan, math.nan) if unread is None else unread
        self._unread_now.set(number)
        self._unread_for.set(seconds)
        if reader_up is not None:
            self._reader_up.labels("reader").set(reader_up)
        if connected is not None:
            self._connected.labels("socket").set(connected)
        for gauge in (self._queued, self._overdue, self._blocked, self._rate):
            gauge.clear()
        for one in lanes or ():
            self._queued.labels(one.lane).set(one.queued)
            self._overdue.labels(one.lane).set(one.overdue)
            self._blocked.labels(one.lane).set(one.blocked)
            self._rate.labels(one.lane).set(one.rate)
        return generate_latest(self._registry)


class _Timed:
    """Implements ``bot.jobs.listening_room.Reads``."""

    def __init__(
        self, reader: Reads, took: Callable[[float], None], failed: Callable[[], None]
    ) -> None:
        self._reader = reader
        self._took = took
        self._failed = failed

    async def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        began = perf_counter()
        try:
            reading = await self._reader.read(text, role, level)
        except Exception:
            self._failed()
            raise
        self._took(perf_counter() - began)
        return reading


def metrics_route(page: Callable[[], Awaitable[bytes]], token: str) -> Route:
    """``/metrics``: for this machine, and for whoever brings the token."""

    async def metrics(request: Request) -> Response:
        if not (from_here(request) or _proven(request, token)):
            return PlainTextResponse("unauthorized\n", status_code=401)
        return Response(await page(), media_type="text/plain; version=0.0.4")

    return Route("/metrics", metrics, methods=["GET"])


def _proven(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
