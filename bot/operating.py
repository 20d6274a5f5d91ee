"""Runs an operation where the database is: here, or in the process that has it open.

The running process listens at ``/operator`` for callers who can prove that they know the secret
key: a keyed hash over the moment and the body, good for a minute, from this machine only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.core import Core, open_core
from bot.locking import AlreadyRunningError
from bot.operations import OPERATIONS, Told, do
from bot.settings import Settings, secret_key
from storage.vault import Vault

log = structlog.get_logger(__name__)

_GOOD_FOR = 60
_OTHER_KEY = (
    "The running service does not know this command line: its SECRET_KEY or its clock differs. "
    "Use the settings that the service was started with."
)


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
    moment = str(int(time.time()))
    headers = {"x-moment": moment, "x-proof": _proof(key, moment, body)}
    async with httpx.AsyncClient(timeout=300, trust_env=False) as client:
        answer = await client.post(f"{url}/operator", content=body, headers=headers)
    if answer.status_code == 401:
        return Told(lines=(_OTHER_KEY,), ok=False)
    answer.raise_for_status()
    told = answer.json()
    return Told(lines=tuple(told["lines"]), ok=bool(told["ok"]))


def _proof(key: bytes, moment: str, body: bytes) -> str:
    return hmac.new(key, moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def operator_route(core: Core) -> Route:
    """The door of the running process for its own command line."""
    key = core.vault.key("operator")

    async def operator(request: Request) -> Response:
        body = await request.body()
        moment = request.headers.get("x-moment", "")
        proof = request.headers.get("x-proof", "")
        fresh = moment.isdigit() and abs(time.time() - int(moment)) <= _GOOD_FOR
        if not fresh or not hmac.compare_digest(proof, _proof(key, moment, body)):
            return JSONResponse({"error": "unauthorized"}, status_code=401)
        asked = json.loads(body)
        if asked["operation"] not in OPERATIONS:
            return JSONResponse({"error": "unknown operation"}, status_code=404)
        log.info("operator", operation=asked["operation"])
        told = await do(core, asked["operation"], asked["arguments"])
        core.ears.pump()
        return JSONResponse({"lines": list(told.lines), "ok": told.ok})

    return Route("/operator", operator, methods=["POST"])
