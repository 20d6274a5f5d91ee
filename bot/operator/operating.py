"""Runs an operation where the database is: here, or in the process that has it open.

The running process listens at ``/operator`` for callers who can prove that they know the secret
key: a keyed hash over the moment, a number used once and the body; good for a minute and for one
time, from this machine only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from typing import Any

import httpx
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app.bodies import TooLargeError, TooSlowError, read_body
from bot.app.core import Core, open_core
from bot.app.keys import secret_key
from bot.app.locking import AlreadyRunningError
from bot.app.settings import Settings
from bot.operator.operations import OPERATIONS, do
from bot.operator.telling import Told
from bot.web.networks import this_machine
from storage.vault import Vault

log = structlog.get_logger(__name__)

_GOOD_FOR = 60_000
"""Milliseconds."""

_OTHER_KEY = (
    "The running service does not know this command line: its SECRET_KEY or its clock differs. "
    "Use the settings that the service was started with."
)
_LARGEST = 64 * 1024


async def operate(settings: Settings, name: str, given: dict[str, Any]) -> Told:
    """Do an operation; ``AlreadyRunningError`` when a process that cannot be asked has the file."""
    try:
        async with open_core(settings) as core:
            return await do(core, name, given)
    except AlreadyRunningError as running:
        if not running.url:
            raise
        vault = Vault(secret_key(settings, running.database))
        return await _ask(running.url, vault.key("operator"), name, given)


async def _ask(url: str, key: bytes, name: str, given: dict[str, Any]) -> Told:
    body = json.dumps({"operation": name, "arguments": given}).encode()
    moment = str(_now())
    once = secrets.token_hex(16)
    headers = {"x-moment": moment, "x-once": once, "x-proof": _proof(key, moment, once, body)}
    async with httpx.AsyncClient(timeout=300, trust_env=False) as client:
        answer = await client.post(f"{url}/operator", content=body, headers=headers)
    if answer.status_code == 401:
        return Told(lines=(_OTHER_KEY,), ok=False)
    answer.raise_for_status()
    told = answer.json()
    return Told(lines=tuple(told["lines"]), ok=bool(told["ok"]))


def _now() -> int:
    """Milliseconds since the epoch: finer than a restart."""
    return int(time.time() * 1000)


def _proof(key: bytes, moment: str, once: str, body: bytes) -> str:
    head = f"{moment}\n{once}\n".encode()
    return hmac.new(key, head + body, hashlib.sha256).hexdigest()


class _Guard:
    """Lets a request through that was proven, is fresh, was made here and comes for the first
    time."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._used: dict[str, int] = {}
        # What this process has forgotten it saw, because it started since, is refused.
        self._since = _now()

    def lets(self, request: Request, body: bytes) -> bool:
        now = _now()
        moment, once, proof = (
            request.headers.get(name, "") for name in ("x-moment", "x-once", "x-proof")
        )
        if not (from_here(request) and moment.isascii() and moment.isdigit()):
            return False
        made = int(moment[:15])
        proven = hmac.compare_digest(proof.encode(), _proof(self._key, moment, once, body).encode())
        if not proven or made < self._since or abs(now - made) > _GOOD_FOR:
            return False
        self._used = {old: end for old, end in self._used.items() if end > now}
        if once in self._used:
            return False
        self._used[once] = made + 2 * _GOOD_FOR
        return True


_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:]+)(?::\d+)?")
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip")
"""Headers that proxies add to what they pass on: nginx and Apache only where they are told to."""


def from_here(request: Request) -> bool:
    """Whether a request was made on this machine, by no proxy on somebody's behalf."""
    if any(header in request.headers for header in _FORWARDED):
        return False
    if request.client is None:
        return False
    server = request.scope.get("server")
    host = request.client.host
    if this_machine(host):
        # A proxy that names nobody passes on the public name, or speaks HTTP/1.0 (nginx does).
        asked = _HOST.fullmatch(request.headers.get("host", "localhost"))
        return (
            request.scope.get("http_version") != "1.0"
            and asked is not None
            and (asked[1] == "localhost" or this_machine(asked[1].strip("[]")))
        )
    return bool(server and server[0] == host)


def operator_route(core: Core) -> Route:
    """The door of the running process for its own command line."""
    guard = _Guard(core.vault.key("operator"))

    async def operator(request: Request) -> Response:
        try:
            body = await read_body(request, _LARGEST)
        except (TooLargeError, TooSlowError, ClientDisconnect):
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        if not guard.lets(request, body):
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        asked = json.loads(body)
        if asked["operation"] not in OPERATIONS:
            return JSONResponse({"error": "unknown operation"}, status_code=404)
        log.info("operator", operation=asked["operation"])
        told = await do(core, asked["operation"], asked["arguments"])
        core.ears.pump()
        return JSONResponse({"lines": list(told.lines), "ok": told.ok})

    return Route("/operator", operator, methods=["POST"])
