"""A Slack that behaves: a real HTTP server with its Web API, and people who press and type.

::

    async with SlackStandIn(signing_secret="s3cret") as slack:
        teacher = slack.add_user("t.rivera@example.org")
        slack.app = "http://127.0.0.1:8000/slack/events"      # or an ASGI app
        await slack.dm(teacher, "The Wi-Fi in room 12 is slow")
        message = await slack.next_message(teacher)
        await slack.click(teacher, message, "Answer", {"wifi": "4"})

The server runs in a thread of its own, so that a test that blocks its loop (or starts the service
as a process) still gets answers. Limits of blocks and views, triggers that open one view within
three seconds, response URLs and scripted faults are enforced as Slack does.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import web

from tests.stand_ins.journal import Journal
from tests.stand_ins.slack_api import METHODS, missed, needed, no, respond
from tests.stand_ins.slack_limits import POST, Moods, SlackLimits
from tests.stand_ins.slack_people import Acting
from tests.stand_ins.slack_world import MOODS, TEAM, Fault, Json, World, throttled

__all__ = ["SlackStandIn", "texts"]

SIGNING_SECRET = "a-signing-secret"
BOT_TOKEN = "xoxb-stand-in"
MANIFEST = Path(__file__).parents[2] / "manifest.json"
SCOPES: tuple[str, ...] = tuple(
    json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
)
"""What an app installed from our manifest may do."""


class SlackStandIn(Acting):
    """``api_url`` is what the service's Slack settings must name; ``bot_token`` what it must
    send. ``app`` is the service: an address of its ``/slack/events``, or an ASGI app. ``limits``:
    Slack's rates are enforced; ``moods``: posts go wrong by chance. ``journal`` tells what was
    asked and what was done."""

    def __init__(
        self,
        *,
        signing_secret: str = SIGNING_SECRET,
        bot_token: str = BOT_TOKEN,
        team: str = TEAM,
        app: Any = None,
        limits: SlackLimits | None = None,
        moods: Moods | None = None,
    ) -> None:
        super().__init__(World(team=team), signing_secret)
        self.bot_token = bot_token
        self.scopes = ",".join(SCOPES)
        """What the app may do, as every answer says."""
        self.app = app
        self.limits = limits
        self.moods = moods
        self.journal = Journal()
        self._started = threading.Event()
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._serve, name="slack-stand-in", daemon=True)
        self._failed: BaseException | None = None

    # -- serving ------------------------------------------------------------------------------

    async def __aenter__(self) -> SlackStandIn:
        self._thread.start()
        await asyncio.get_running_loop().run_in_executor(None, self._started.wait)
        if self._failed is not None:
            raise self._failed
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close_client()
        if self._loop is not None and self._stop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.join, 10)

    def _serve(self) -> None:
        try:
            asyncio.run(self._run())
        except BaseException as error:
            self._failed = error
            self._started.set()

    async def _run(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = web.Application()
        server.router.add_route("*", "/api/{method}", self._call)
        server.router.add_post("/hook/{name}", self._hook)
        server.router.add_post("/upload/{file}", self._upload)
        self.serve_more(server)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.base_url = f"http://{host}:{port}"
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()

    def serve_more(self, server: web.Application) -> None:
        """More addresses of Slack's."""

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await _arguments(request)
        self.world.calls.append((method, body))
        own = await self.own_method(method, request, body)
        if own is not None:
            return web.json_response(own)
        world = self.world_of(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if isinstance(world, str):
            return web.json_response(no(world))
        if world is not self.world:
            world.calls.append((method, body))
        answering = METHODS.get(method)
        if answering is None:
            return web.json_response({**no("unknown_method"), "req_method": method})
        scope = needed(world, method, body)
        if scope and scope not in self.scopes.split(","):
            return web.json_response(
                {**no("missing_scope"), "needed": scope, "provided": self.scopes},
                headers={"x-oauth-scopes": self.scopes, "x-accepted-oauth-scopes": scope},
            )
        wrong = missed(method, body)
        if wrong:
            return web.json_response(wrong)
        if method == "files.getUploadURLExternal":
            body["upload_to"] = self.base_url
        channel = world.conversation(str(body.get("channel", ""))) or ""
        at = time.monotonic()
        fault = self._too_fast(method, channel, at) or self._fault(method)
        done = answering(world, body) if fault is None or fault.after else None
        self.journal.note(
            method,
            channel,
            status=fault.answers_with if fault else 200,
            taken=bool(done and done["ok"]),
            what=_delivery_of(body),
            at=at,
        )
        answer = done and web.json_response(done, headers={"x-oauth-scopes": self.scopes})
        return await _through_fault(request, fault, answer)

    def world_of(self, token: str) -> World | str:
        """The workspace that a token is for, or Slack's word for what is wrong with it."""
        if not token:
            return "not_authed"
        return self.world if token == self.bot_token else "invalid_auth"

    async def own_method(self, method: str, request: web.Request, body: Json) -> Json | None:
        """What is answered to whoever has no bot's token; None: nothing is."""
        return None

    @property
    def worlds(self) -> Sequence[World]:
        return (self.world,)

    def _too_fast(self, method: str, channel: str, now: float) -> Fault | None:
        if self.limits is None:
            return None
        seconds = self.limits.retry_after(method, channel, now)
        return None if seconds is None else throttled(seconds)

    def _fault(self, method: str) -> Fault | None:
        scripted = self.world.faults[method]
        if scripted:
            return scripted.popleft()
        mood = self.moods.next() if self.moods and method == POST else ""
        return MOODS[mood] if mood else None

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        world = next((one for one in self.worlds if request.path in one.hooks), self.world)
        hook = world.hooks.get(request.path)
        body = await request.json()
        self.world.calls.append(("response_url", body))
        if hook is None:
            return web.Response(status=404, text="no such URL")

        fault = self._fault("response_url")
        answer = None
        if fault is None or fault.after:
            wrong = respond(world, hook, body)
            answer = web.json_response(wrong, status=404) if wrong else web.Response(text="ok")
        return await _through_fault(request, fault, answer)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Where a file is brought: once, and as long as was said."""
        name = request.match_info["file"]
        file = next((one.files[name] for one in self.worlds if name in one.files), None)
        content = await request.read()
        if file is None or "content" in file or len(content) != file["length"]:
            return web.Response(status=400, text="not expected")
        fault = self._fault("upload")
        if fault is None or fault.after:
            file["content"] = content
        return await _through_fault(request, fault, web.Response(text=f"OK - {len(content)}"))


async def _through_fault(
    request: web.Request, fault: Fault | None, answer: web.Response | None
) -> web.StreamResponse:
    """The answer, unless a fault says otherwise. None: it was not taken."""
    if fault is None:
        assert answer is not None
        return answer
    await asyncio.sleep(fault.seconds)
    if fault.drop or fault.cut:
        return await _cut(request, begun=fault.cut)
    if fault.garbage:
        return web.Response(text=fault.garbage, content_type="application/json")
    if answer is not None and fault.status == 200 and not fault.error:
        return answer
    return _faulty(fault)


async def _cut(request: web.Request, *, begun: bool) -> web.StreamResponse:
    assert request.transport is not None
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    if begun:
        response.content_length = 500
        await response.prepare(request)
        await response.write(b'{"ok":true,"channel":"D0')
    request.transport.abort()
    return response


def _delivery_of(body: Json) -> str:
    """The delivery that a message carries in its metadata."""
    metadata = body.get("metadata")
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return str(payload.get("delivery_id", "")) if isinstance(payload, dict) else ""


def _faulty(fault: Fault) -> web.Response:
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
    if fault.error is None:
        return web.Response(status=fault.status, text="<html>Server Error</html>", headers=headers)
    return web.json_response(no(fault.error), status=fault.status, headers=headers)


async def _arguments(request: web.Request) -> Json:
    """A method's arguments: query, form or JSON; parts that a form carries as JSON are read."""
    body: Json = dict(request.query)
    if request.content_type == "application/json":
        body.update(await request.json())
    else:
        body.update({key: str(value) for key, value in (await request.post()).items()})
    for key in ("blocks", "metadata", "view"):
        if isinstance(body.get(key), str):
            body[key] = json.loads(body[key])
    return body


def texts(shown: Mapping[str, Any]) -> str:
    """All that a message or a view says, for reading in tests."""
    return "\n".join(_said(shown.get("blocks") or []))


def _said(thing: Any) -> Sequence[str]:
    if isinstance(thing, list):
        return [line for one in thing for line in _said(one)]
    if not isinstance(thing, Mapping):
        return []
    own = [thing["text"]] if isinstance(thing.get("text"), str) else []
    return own + [line for value in thing.values() for line in _said(value)]
