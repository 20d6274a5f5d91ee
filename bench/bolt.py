"""slack-bolt alone: its own check of the signature, and one committed row for each answer.

The least that keeps an answer with the framework that Slack's part is built on: it knows nobody,
reads nothing, and keeps the body as it came. The same uvicorn as the product; SQLite as durable
(write-ahead log, ``synchronous=FULL``, one writer), PostgreSQL with as many connections. Started
with a port and a database address.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.slack_requests import BOT_TOKEN, SIGNING_SECRET
from bot.app.serving import fast_loop, server_config
from storage.postgres import WRITERS, plain_address

_ANY = re.compile("")

Keep = Callable[[str, str], None]
"""Keeps a body under its trigger; returns when it is committed."""


def keeping(url: str) -> tuple[Keep, int]:
    """How an answer is kept, and in how many threads."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE IF NOT EXISTS kept_by_bolt (id TEXT PRIMARY KEY, body TEXT)",
        ):
            connection.execute(statement)

        def keep(trigger: str, body: str) -> None:
            connection.execute("INSERT OR IGNORE INTO kept_by_bolt VALUES (?, ?)", (trigger, body))
            connection.commit()

        return keep, 1

    address, own = plain_address(url), threading.local()
    with psycopg.connect(address) as first:
        first.execute("CREATE TABLE IF NOT EXISTS kept_by_bolt (id TEXT PRIMARY KEY, body TEXT)")

    def keep_there(trigger: str, body: str) -> None:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(address)
        own.connection.execute(
            "INSERT INTO kept_by_bolt VALUES (%s, %s) ON CONFLICT DO NOTHING", (trigger, body)
        )
        own.connection.commit()

    return keep_there, WRITERS


def application(url: str) -> Starlette:
    keep, threads = keeping(url)
    writers = ThreadPoolExecutor(threads)

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=BOT_TOKEN)

    app = AsyncApp(signing_secret=SIGNING_SECRET, authorize=authorize, process_before_response=True)

    async def answered(ack: AsyncAck, body: dict[str, Any]) -> None:
        said = str((body.get("view") or body)["state"])
        await asyncio.get_running_loop().run_in_executor(writers, keep, body["trigger_id"], said)
        await ack()

    app.action(_ANY)(answered)
    app.view(_ANY)(answered)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(request: Request) -> Response:
        return PlainTextResponse("")

    return Starlette(
        routes=[Route("/readyz", ready), Route("/slack/events", events, methods=["POST"])]
    )


if __name__ == "__main__":
    config = server_config(application(sys.argv[2]))
    config.port = int(sys.argv[1])
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(uvicorn.Server(config).serve())
