"""Socket Mode at the Slack stand-in: what people do reaches the service through its own connection.

``connections`` are those that stand, oldest first; each thing goes through the newest. What is not
acknowledged within three seconds is a failure, as for somebody in Slack.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import aiohttp
import httpx
from aiohttp import web

from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_api import no, ok
from tests.stand_ins.slack_world import Json

APP_TOKEN = "xapp-stand-in"

SECONDS = 30.0
"""How long an acknowledgement is waited for: Slack takes three, a busy machine more."""


class SocketStandIn(SlackStandIn):
    """A Slack that calls nobody."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.connections: list[web.WebSocketResponse] = []
        self.opened = 0
        """How many connections there ever were."""
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}

    def serve_more(self, server: web.Application) -> None:
        server.router.add_get("/link", self._link)

    async def own_method(self, method: str, request: web.Request, body: Json) -> Json | None:
        if method != "apps.connections.open":
            return None
        proof = request.headers.get("Authorization")
        if proof != f"Bearer {APP_TOKEN}":
            return no("invalid_auth" if proof else "not_authed")
        ticket = uuid4().hex
        self._tickets.add(ticket)
        return ok(url=f"{self.base_url.replace('http', 'ws')}/link?ticket={ticket}")

    async def _link(self, request: web.Request) -> web.StreamResponse:
        """One connection; an address is good for one."""
        if request.query["ticket"] not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections.append(socket)
        self.opened += 1
        await socket.send_json({"type": "hello", "num_connections": len(self.connections)})
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    said = json.loads(message.data)
                    waiting = self._waiting.pop(said["envelope_id"], None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(said)
        finally:
            self.connections.remove(socket)
        return socket

    # -- what happens -------------------------------------------------------------------------

    async def refresh(self) -> None:
        """Slack asks for a new connection, and ends the old one when there is one."""
        await self._there(self._refresh())

    async def _refresh(self) -> None:
        (old,), before = self.connections, self.opened
        await old.send_json({"type": "disconnect", "reason": "refresh_requested"})
        while self.opened == before:  # noqa: ASYNC110  (counted on this loop)
            await asyncio.sleep(0.01)
        await old.close()

    async def cut(self) -> None:
        """Every connection breaks."""
        await self._there(self._cut())

    async def _cut(self) -> None:
        for one in tuple(self.connections):
            assert one._req is not None
            assert one._req.transport is not None
            one._req.transport.abort()

    async def deliver(
        self,
        body: str | bytes,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
        *,
        secret: str | None = None,
        at: float | None = None,
    ) -> httpx.Response:
        """Through the newest connection; 504 where nobody acknowledged it."""
        self.delivered.append((body, content_type))
        text = body if isinstance(body, str) else body.decode()
        payload, kind = _payload(text)
        answer = await self._there(self._ask(payload, kind))
        if answer is None:
            return httpx.Response(504)
        reply = answer.get("payload")
        return httpx.Response(200, json=reply) if reply else httpx.Response(200)

    async def _ask(self, payload: Json, kind: str) -> Json | None:
        envelope = uuid4().hex
        waiting = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        if not self.connections:
            return None
        await self.connections[-1].send_json(
            {
                "envelope_id": envelope,
                "type": kind,
                "payload": payload,
                "accepts_response_payload": kind != "events_api",
            }
        )
        try:
            return await asyncio.wait_for(waiting, SECONDS)
        except TimeoutError:
            return None

    async def _there(self, work: Any) -> Any:
        """Done on the stand-in's own loop."""
        assert self._loop is not None
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))


def _payload(text: str) -> tuple[Json, str]:
    """What HTTP carries as a form, as Socket Mode carries it."""
    if text.startswith("{"):
        return json.loads(text), "events_api"
    form = {key: values[0] for key, values in parse_qs(text, keep_blank_values=True).items()}
    if "payload" in form:
        return json.loads(form["payload"]), "interactive"
    return dict(form), "slash_commands"
