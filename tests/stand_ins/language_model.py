"""A language model behind an OpenAI-compatible interface. It keeps all that it was sent, and says
what it is told to say."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass
class LanguageModelStandIn:
    """``says`` is the text of its answer; ``status`` what it answers with; ``waits`` seconds
    before that; ``body`` in the place of all of it."""

    says: str = '{"committee": "none"}'
    status: int = 200
    waits: float = 0.0
    body: bytes | None = None
    got: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    port: int = 0
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def heard(self) -> str:
        """Everything that it was ever sent."""
        return json.dumps(self.got, ensure_ascii=False)

    async def __aenter__(self) -> LanguageModelStandIn:
        app = Starlette(
            routes=[
                Route("/v1/chat/completions", self._complete, methods=["POST"]),
                Route("/v1/models", self._models),
            ]
        )
        server = uvicorn.Server(
            uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")
        )
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.01)
        self.port = server.servers[0].sockets[0].getsockname()[1]

        async def stop() -> None:
            server.should_exit = True
            await serving

        self._stack.push_async_callback(stop)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _models(self, request: Request) -> Response:
        return JSONResponse({"data": []}, status_code=self.status)

    async def _complete(self, request: Request) -> Response:
        self.got.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        await asyncio.sleep(self.waits)
        if self.body is not None:
            return Response(self.body, media_type="application/json", status_code=self.status)
        said = {"choices": [{"message": {"role": "assistant", "content": self.says}}]}
        return JSONResponse(said, status_code=self.status)
