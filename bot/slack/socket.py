"""Socket Mode: we connect to Slack, and what it has to say comes through that connection.

For a district whose firewall lets nobody in. Each process with doors has a connection of its own;
Slack gives each thing to one of them, and to another when it was not acknowledged. Slack asks for a
new connection every few hours: it is made before the old one ends, so that nothing is missed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from time import perf_counter
from typing import Any, Protocol

import aiohttp
import structlog

from bot.slack.client import TROUBLES, SlackClient, retry_after, trouble
from bot.slack.replying import Call
from scheduler.trips import new_trip, on_trip
from storage.deadline import Deadline, answering

_log = structlog.get_logger(__name__)

HEARTBEAT = 10.0
"""Seconds between two signs of life that we ask for: a connection that a firewall forgot looks
as good as any until something is sent."""

LARGEST = 4_000_000
"""Bytes of one message."""

_SHORTEST, _LONGEST = 1.0, 30.0
"""Seconds between two tries to connect, more with each that fails: Slack takes one a second."""

_SOUND = 10.0
"""Seconds after which a connection was one: those that end sooner are made ever more slowly."""

_LINGERS = 30.0
"""Seconds that a connection stays after another was asked for: Slack ends it sooner by itself."""

_PATIENCE = 10.0
"""Seconds that what is being answered gets to end."""

Answered = Callable[[str, int, float], None]


class Hears(Protocol):
    """What is done with what comes (``SlackDoor``)."""

    async def hear(
        self, payload: Mapping[str, Any], *, again: bool = False
    ) -> tuple[int, Mapping[str, Any] | None, list[Call]]: ...


class SlackSocket:
    """The connection. ``run`` until ``stop``."""

    def __init__(
        self,
        client: SlackClient,
        door: Hears,
        after: Callable[[list[Call]], Awaitable[None]],
        answered: Answered,
    ) -> None:
        self._client = client
        self._door = door
        self._after = after
        self._answered = answered
        self._stopping = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()
        self._greeted: set[object] = set()
        self._busy: set[asyncio.Task[None]] = set()

    @property
    def connected(self) -> bool:
        """Whether Slack has greeted us on a connection that stands."""
        return bool(self._greeted)

    async def run(self) -> None:
        """Stay connected until stopped."""
        try:
            await self._stay_connected()
            if self._busy:  # what was heard is answered
                await asyncio.wait(self._busy, timeout=_PATIENCE)
        finally:
            for one in tuple(self._open):
                one.cancel()
            await asyncio.gather(*self._open, return_exceptions=True)

    async def _stay_connected(self) -> None:
        pause = _SHORTEST
        while not self._stopping.is_set():
            due, began = asyncio.Event(), perf_counter()
            connection = asyncio.create_task(self._connection(due), name="slack-connection")
            self._open.add(connection)
            connection.add_done_callback(self._ended)
            await self._until_due(connection, due)
            lasted = perf_counter() - began > _SOUND
            pause = _SHORTEST if lasted else min(pause * 2, _LONGEST)
            if not (lasted and due.is_set()):
                await self._wait(pause)

    def stop(self) -> None:
        """Take nothing new."""
        self._stopping.set()

    async def _until_due(self, connection: asyncio.Task[None], due: asyncio.Event) -> None:
        """Until a connection broke, Slack wants another, or we are to stop."""
        waits = [asyncio.create_task(due.wait()), asyncio.create_task(self._stopping.wait())]
        await asyncio.wait([connection, *waits], return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        if connection.done() and not self._stopping.is_set():
            error = connection.exception()
            _log.warning("slack.socket_broke", error=trouble(error) if error else "closed")

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    def _ended(self, connection: asyncio.Task[None]) -> None:
        self._open.discard(connection)
        if not connection.cancelled():
            connection.exception()  # told where it matters: asyncio need not

    # -- one connection -----------------------------------------------------------------------

    async def _connection(self, due: asyncio.Event) -> None:
        """One connection from its beginning to its end. Raises as ``TROUBLES`` say where there
        is none."""
        url = await self._address()
        web = self._client.web
        assert web.session is not None  # noqa: S101 # ``web`` has just opened it
        me = object()
        try:
            async with (
                asyncio.timeout(None) as lasts,
                web.session.ws_connect(
                    url, heartbeat=HEARTBEAT, max_msg_size=LARGEST, proxy=web.proxy
                ) as socket,
            ):
                async for message in socket:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        self._take(socket, message.data, due, me)
                    if due.is_set() and lasts.when() is None:
                        lasts.reschedule(asyncio.get_running_loop().time() + _LINGERS)
        finally:
            self._greeted.discard(me)

    async def _address(self) -> str:
        """Where to connect this once."""
        settings = self._client.settings
        try:
            answer = await self._client.web.apps_connections_open(app_token=settings.app_token)
        except TROUBLES as error:
            response = getattr(error, "response", None)
            seconds = retry_after(error) if response is not None else None  # type: ignore[arg-type]
            if seconds is not None:
                await self._wait(seconds)
            raise
        return str(answer.get("url"))

    def _take(
        self, socket: aiohttp.ClientWebSocketResponse, text: str, due: asyncio.Event, me: object
    ) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            _log.warning("slack.socket_garbled")
            return
        match said:
            case {"type": "hello"}:
                self._greeted.add(me)
                _log.info("slack.socket_connected")
            case {"type": "disconnect"}:
                _log.info("slack.socket_refreshed", why=str(said.get("reason"))[:40])
                due.set()
            case {"envelope_id": str(envelope), "payload": dict(payload)}:
                if self._stopping.is_set():
                    return  # not acknowledged: Slack gives it to another process
                again = bool(said.get("retry_attempt"))
                task = asyncio.create_task(self._answer(socket, envelope, payload, again))
                self._busy.add(task)
                task.add_done_callback(self._busy.discard)

    async def _answer(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        envelope: str,
        payload: dict[str, Any],
        again: bool,
    ) -> None:
        """Do what came, and acknowledge it then: what is not acknowledged comes again."""
        began = perf_counter()
        with on_trip(new_trip()):
            try:
                with answering(Deadline()):
                    status, body, then = await self._door.hear(payload, again=again)
            except Exception:
                _log.exception("slack.fault", code="socket", command="")
                status, body, then = 500, None, []
            if status < 500:
                reply = {"envelope_id": envelope, **({"payload": dict(body)} if body else {})}
                try:
                    await socket.send_str(json.dumps(reply))
                except (OSError, aiohttp.ClientError) as error:
                    _log.warning("slack.socket_not_acknowledged", error=type(error).__name__)
            took = perf_counter() - began
            self._answered("slack", status, took)
            _log.info("answered", door="slack", status=status, ms=round(took * 1000, 1))
            await self._after(then)
