"""The outermost door: every request begins a trip here, has a deadline from here on, and is counted
when it is answered."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.trips import new_trip, on_trip
from storage.deadline import Deadline, answering

log = structlog.get_logger(__name__)

Answered = Callable[[str, int, float], None]
"""Door, status and seconds of a request that was answered."""

_DOORS = {"slack": "slack", "teams": "teams", "api": "teams", "operator": "operator"}
_UNHEARD = frozenset({"say-anonymously", "collect"})
"""Where nobody is known: a line in the log, or a count, would say when they came."""

_MACHINES = frozenset({"healthz", "readyz", "metrics", "static", "accent.css"}) | _UNHEARD
"""Asked by machines, all day: they are no trips, and nobody reads of them in the log."""


_HSTS = f"max-age={365 * 24 * 3600}"
_FORM_SECONDS = 20.0
"""So much longer a browser waits for a form whose writing has begun: closing a large survey takes
8."""


def door_of(path: str) -> str | None:
    """The door that an address belongs to; None: it is no door to the service's work."""
    first = path.lstrip("/").partition("/")[0]
    return None if first in _MACHINES else _DOORS.get(first, "web")


class Doors:
    """ASGI middleware. The log gets a line for each request: its door, never its address, which
    may lead to a person's page, and never who made it."""

    def __init__(self, app: ASGIApp, answered: Answered, *, https: bool = False) -> None:
        """``https``: browsers are told to use only HTTPS for a year (RFC 6797)."""
        self._app = app
        self._https = https
        self._answered = answered

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        door = door_of(scope["path"])
        if door is None:
            await self._in_time(Deadline(), scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with on_trip(new_trip()):
            try:
                if door == "operator":  # the command line waits as long as its work takes
                    await self._app(scope, receive, sending)
                else:
                    form = door == "web" and scope["method"] == "POST"
                    deadline = Deadline(working=_FORM_SECONDS if form else 0.0)
                    await self._in_time(deadline, scope, receive, sending)
            finally:
                took = perf_counter() - began
                self._answered(door, status, took)
                log.info("answered", door=door, status=status, ms=round(took * 1000, 1))

    async def _in_time(
        self, deadline: Deadline, scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def receiving() -> Message:
            began = perf_counter()
            message = await receive()
            deadline.extend(perf_counter() - began)
            return message

        async def sending(message: Message) -> None:
            deadline.lift()
            if self._https and message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Strict-Transport-Security"] = _HSTS
            await send(message)

        with answering(deadline):
            await self._app(scope, receiving, sending)
