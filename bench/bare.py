"""The bare framework: the product's uvicorn settings and a Starlette route that does nothing.

``/slack/events`` reads the body and answers 200; ``/verified`` checks Slack's signature as well.
Started with a port.
"""

from __future__ import annotations

import asyncio
import sys

import uvicorn
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.slack_requests import SIGNING_SECRET
from bot.app.serving import fast_loop, server_config

_verifier = SignatureVerifier(SIGNING_SECRET)


async def _nothing(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("")


async def _verified(request: Request) -> Response:
    body = await request.body()
    good = _verifier.is_valid(
        body,
        request.headers["x-slack-request-timestamp"],
        request.headers["x-slack-signature"],
    )
    return PlainTextResponse("", status_code=200 if good else 401)


async def _ready(request: Request) -> Response:
    return PlainTextResponse("")


def application() -> Starlette:
    return Starlette(
        routes=[
            Route("/readyz", _ready),
            Route("/slack/events", _nothing, methods=["POST"]),
            Route("/verified", _verified, methods=["POST"]),
        ]
    )


if __name__ == "__main__":
    config = server_config(application())
    config.port = int(sys.argv[1])
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        runner.run(uvicorn.Server(config).serve())
