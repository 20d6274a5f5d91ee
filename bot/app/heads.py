"""How many may be connected, and how long and how large a request may be before it is one. uvicorn
limits neither: silent connections, and heads that never end, would use up its files and memory."""

from __future__ import annotations

import resource
from collections import Counter
from functools import cache, partial
from time import monotonic
from typing import Any

import structlog
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.flow_control import service_unavailable
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.web.networks import network_of, this_machine

log = structlog.get_logger(__name__)

LARGEST_HEAD = 64 * 1024
"""Bytes of a head, and of whatever comes between two parts of a body."""

HEAD_SECONDS = 5.0
"""From connecting, or from the first byte of a further request, to the end of its head."""

HEALTH_ROOM = 16
"""Connections beyond the most, in which only the health checks are answered."""

_MOST_FILES = 16_384
_WARN_SECONDS = 60.0


def files() -> int:
    """How many files this process may have open, raised as far as it is allowed to."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


class Room:
    """The connections of one server. ``most`` in all, a quarter of them from one network: the rest
    of the files are for the database, for calls to others, and for connections about to be closed.
    A proxy speaks for everybody, so it may use all of them: one on this machine, or one that
    uvicorn trusts (``FORWARDED_ALLOW_IPS``)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._from_one = max(most // 4, 1)
        self._open: dict[BoundedHeads, str] = {}
        self._idle: dict[BoundedHeads, None] = {}
        """Without a request, the one that has been so for longest first."""
        self._from: Counter[str] = Counter()
        self._warned = float("-inf")

    def let_in(self, one: BoundedHeads, network: str) -> bool:
        """Whether a connection may stay. One that asks for nothing makes way for it."""
        self._open[one] = network
        self._idle[one] = None
        self._from[network] += 1
        alone = network if network and self._from[network] > self._from_one else None
        if alone is None and len(self._open) <= self._most:
            return True
        self._warn()
        oldest = next(
            (old for old in self._idle if old is not one and alone in (None, self._open[old])), None
        )
        if oldest is not None:
            oldest.hang_up()
            return True
        return alone is None and len(self._open) <= self._most + HEALTH_ROOM

    @property
    def full(self) -> bool:
        """Whether only health checks are answered."""
        return len(self._open) > self._most

    def busy(self, one: BoundedHeads) -> None:
        self._idle.pop(one, None)

    def idle(self, one: BoundedHeads) -> None:
        if one in self._open:
            self._idle[one] = None

    def leave(self, one: BoundedHeads) -> None:
        network = self._open.pop(one, None)
        self._idle.pop(one, None)
        if network is not None:
            self._from[network] -= 1
            if not self._from[network]:
                del self._from[network]

    def _warn(self) -> None:
        now = monotonic()
        if now - self._warned >= _WARN_SECONDS:
            self._warned = now
            log.warning("connections.too_many", open=len(self._open), most=self._most)


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's own protocol, which hangs up where nothing comes of what arrives."""

    _pending = 0
    """Bytes since the last head was whole, or the last part of a body or its end arrived."""

    def __init__(self, room: Room, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._room = room
        self._proxies = _trusted(str(self.config.forwarded_allow_ips))
        self._too_slow: Any = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        for_everybody = not host or this_machine(host) or host in self._proxies
        network = "" if for_everybody else network_of(host)
        if self._room.let_in(self, network):
            self._wait_for_head()
        else:
            self.hang_up()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._room.leave(self)
        super().connection_lost(exc)

    def hang_up(self) -> None:
        """End it at once, and count it no more."""
        self._stop_waiting()
        self._room.leave(self)
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._too_slow is None and self._done:
            self._wait_for_head()
        self._pending += len(data)
        super().data_received(data)
        if self._pending > LARGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("Invalid HTTP request received.")

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        self._room.busy(self)
        if self._room.full and self.url not in (b"/healthz", b"/readyz", b"/metrics"):
            self.app = service_unavailable
        super().on_headers_complete()
        self._pending = 0

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self._pending = 0

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._pending = 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._done and not self.transport.is_closing():
            self._room.idle(self)

    @property
    def _done(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _wait_for_head(self) -> None:
        self._too_slow = self.loop.call_later(HEAD_SECONDS, self.hang_up)

    def _stop_waiting(self) -> None:
        if self._too_slow is not None:
            self._too_slow.cancel()
            self._too_slow = None


@cache
def _trusted(hosts: str) -> Any:
    """Contains the addresses and networks in a list with commas, as uvicorn reads it; "*": all."""
    return ProxyHeadersMiddleware(service_unavailable, hosts).trusted_hosts


def bounded(most: int) -> Any:
    """What makes the connections of one server, at most so many at a time."""
    return partial(BoundedHeads, Room(most))
