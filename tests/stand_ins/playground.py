"""Microsoft's own Teams playground in front of the service, and a gate between the two.

    async with TeamsStandIn() as teams, Playground.opened(folder, teams, me, others) as playground:
        settings = teams.settings(service_url=playground.service_url)
        playground.reach("http://127.0.0.1:8080")   # the running service
        await page.goto(playground.url)             # a browser: ``me`` in the chat with the bot

The playground speaks the real protocol and draws cards as Teams does. It signs nothing: given an
app's id and secret it asks Microsoft's own login, which no test may. The service takes nothing
that is unsigned, and has no switch for it. So the gate does what Microsoft does between Teams and
a bot: it signs what the playground says, with the key that ``teams`` publishes, and lets through
to the playground only what carries a token of ``teams``' login.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import yaml
from aiohttp import web

from bench.processes import free_port
from tests.stand_ins.clients import client_for
from tests.stand_ins.node import NODE, modules
from tests.stand_ins.teams import TeamsStandIn, TeamsUser
from tests.stand_ins.teams_kinds import PATH

OTHERS = 5
"""How many people the playground wants beside the one whose screen it shows."""

TRIAGE = "19:triage0000000000000000000000000@thread.tacv2"
"""The team's first channel, which the playground calls General and gives the team's own id."""

COMMITTEE = "19:network000000000000000000000000@thread.tacv2"
"""Its other channel; it takes no third."""


LOG = "playground.log"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One call that went through the gate, and its answer."""

    method: str
    path: str
    sent: Any
    status: int
    answer: Any

    @property
    def conversation(self) -> str:
        """The conversation that a call of the service is about."""
        return unquote(self.path.partition("/conversations/")[2].partition("/")[0])

    @property
    def thread(self) -> str:
        """The conversation that a message into a channel began."""
        return f"{self.conversation};messageid={self.answer['id']}"


@dataclass
class Playground:
    """See the module. ``heard``: what the playground said to the service; ``asked``: what the
    service asked of it."""

    teams: TeamsStandIn
    me: TeamsUser
    url: str = ""
    port: int = 0
    heard: list[Exchange] = field(default_factory=list)
    asked: list[Exchange] = field(default_factory=list)
    _app: httpx.AsyncClient | None = None
    _client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(timeout=30, trust_env=False)
    )

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, folder: Path, teams: TeamsStandIn, me: TeamsUser, others: Sequence[TeamsUser]
    ) -> AsyncIterator[Playground]:
        """A playground of ``me`` and five others, with its files in ``folder``."""
        made = cls(teams, me)
        runner = await made._gate()
        try:
            process = await _start(folder, made, _config(teams, me, others))
            try:
                made.url = await _served(process, folder)
                yield made
            finally:
                await _end(process)
        finally:
            for client in (made._client, made._app):
                if client is not None:
                    await client.aclose()
            await runner.cleanup()

    @property
    def service_url(self) -> str:
        """The Bot Connector's address for the service."""
        return f"http://127.0.0.1:{self.port}/connector"

    def reach(self, app: Any) -> None:
        """Where the service is: the base address of a server, or an ASGI app."""
        self._app = client_for(app)

    async def install(self, where: str) -> None:
        """Have the app installed in a conversation, as the playground's page does when it opens."""
        answer = await self._client.post(
            f"{self.url}/_debug/conversation/{quote(where)}/installation", json={}
        )
        answer.raise_for_status()

    async def happen(self, kind: str, where: str) -> None:
        """Have one of the things happen that stand in the playground's menu ("uninstall")."""
        about = {"conversationId": where, "type": kind}
        found = await self._client.get(
            f"{self.url}/_internal/v1/customActivities/template", params=about
        )
        found.raise_for_status()
        sent = await self._client.post(
            f"{self.url}/_internal/v1/customActivities", json=found.json()
        )
        sent.raise_for_status()

    async def say(self, where: str, text: str) -> None:
        """``me`` writes, as the page does it."""
        body = {"from": {"id": self.me.id}, "text": text, "textFormat": "plain"}
        answer = await self._client.post(
            f"{self.url}/_conversation/v1/conversations/{quote(where)}/messages", json=body
        )
        answer.raise_for_status()

    async def invoke(self, who: TeamsUser, where: str, card: str, action: Mapping[str, Any]) -> Any:
        """Somebody of the team presses a button of a card: the answer's body."""
        answer = await self._client.post(
            f"{self.url}/_conversation/v1/invoke",
            json={
                "name": "adaptiveCard/action",
                "conversation": {"id": where},
                "from": {"id": who.id},
                "replyToId": card,
                "value": {"action": action, "trigger": "manual"},
            },
        )
        answer.raise_for_status()
        return answer.json()

    # -- the gate ------------------------------------------------------------------------------

    async def _gate(self) -> web.AppRunner:
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_post(PATH, self._sign)
        app.router.add_route("*", "/connector/{path:.*}", self._admit)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        return runner

    async def _sign(self, request: web.Request) -> web.Response:
        """From the playground to the service, with a token as Microsoft signs it."""
        assert self._app is not None, "call reach(app) first"
        token = self.teams.token(serviceurl=self.service_url)
        answer = await self._app.post(
            PATH,
            content=await request.read(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        self.heard.append(_exchange("POST", PATH, await request.read(), answer))
        return _passed_on(answer)

    async def _admit(self, request: web.Request) -> web.Response:
        """From the service to the playground, if its token is one of the login's."""
        if not self.teams._trusts(request):
            return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
        path = request.raw_path.removeprefix("/connector")
        body = await request.read()
        answer = await self._client.request(
            request.method,
            f"{self.url}/_connector{path}",
            content=body,
            headers={"Content-Type": "application/json"},
        )
        self.asked.append(_exchange(request.method, path, body, answer))
        return _passed_on(answer)


def _exchange(method: str, path: str, sent: bytes, answer: httpx.Response) -> Exchange:
    return Exchange(
        method=method,
        path=path,
        sent=json.loads(sent) if sent else None,
        status=answer.status_code,
        answer=_read(answer),
    )


def _read(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return answer.text


def _passed_on(answer: httpx.Response) -> web.Response:
    kind = answer.headers.get("content-type", "application/json").partition(";")[0]
    return web.Response(status=answer.status_code, body=answer.content, content_type=kind)


def _config(
    teams: TeamsStandIn, me: TeamsUser, others: Sequence[TeamsUser]
) -> Mapping[str, object]:
    """What the playground is told of its tenant."""
    assert len(others) == OTHERS, f"the playground wants {OTHERS} people, not {len(others)}"
    return {
        "version": "0.1.1",
        "tenantId": teams.tenant,
        "bot": {"id": f"28:{teams.app_id}", "name": "Sounding Board"},
        "currentUser": _account(me),
        "users": [_account(one) for one in others],
        "personalChat": {"id": me.chat},
        "groupChat": {"id": "19:group@thread.v2", "name": "Group chat"},
        "team": {
            "id": TRIAGE,
            "name": "Technology committees",
            "aadGroupId": "5d1f8a52-52a5-4b8b-9d52-0f6f0c9d1f5a",
            "channels": [{"id": COMMITTEE, "name": "Network"}],
        },
    }


def _account(user: TeamsUser) -> Mapping[str, str]:
    given, _, family = user.name.partition(" ")
    return {
        "id": user.id,
        "name": user.name,
        "userPrincipleName": user.email,
        "aadObjectId": user.user,
        "givenName": given,
        "surname": family,
        "email": user.email,
    }


async def _start(folder: Path, gate: Playground, config: Mapping[str, object]) -> Process:
    written = folder / "playground.yml"
    written.write_text(yaml.safe_dump(dict(config)), encoding="utf-8")
    package = await asyncio.to_thread(modules)
    return await asyncio.create_subprocess_exec(
        *("node", "--require", str(NODE / "tied.js")),
        *(str(package / "@microsoft" / "m365agentsplayground" / "cli.js"), "start"),
        *("--app-endpoint", f"http://127.0.0.1:{gate.port}{PATH}"),
        *("--service-url", gate.service_url, "--channel-id", "msteams", "--disable-telemetry"),
        # Of its own: two that start at the same moment would both take the one that it likes.
        *("--port", str(free_port())),
        stdin=PIPE,
        stdout=PIPE,
        cwd=folder,
        start_new_session=True,
        env=os.environ
        | {
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(written),
            "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / LOG),
            "TEAMSAPPTESTER_BROWSER": "none",
            "TZ": "America/Chicago",
        },
    )


async def _served(process: Process, folder: Path) -> str:
    """Its address, once it answers."""
    assert process.stdout is not None
    async with asyncio.timeout(60), httpx.AsyncClient(trust_env=False) as client:
        line = b""
        while not line.startswith(b"Listening on ") and not process.stdout.at_eof():
            line = await process.stdout.readline()
        url = f"http://127.0.0.1:{int(line.split()[-1]) if line else 0}"
        while process.returncode is None:
            with suppress(httpx.TransportError):
                # It listens before it has read its files and knows what to answer.
                if (await client.get(f"{url}/_debug/ping")).text == "pong":
                    return url
            await asyncio.sleep(0.05)
    raise AssertionError((folder / LOG).read_text(encoding="utf-8")[-2000:])


async def _end(process: Process) -> None:
    """End it and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
