"""A help desk's system on loopback: keeps what it is sent, and answers as it is told to."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

TOKEN, SECRET = "desk-token", "a-secret-that-both-sides-know"


@dataclass(frozen=True, kw_only=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def is_signed(self) -> bool:
        at = self.headers["x-sounding-board-timestamp"]
        told = hmac.new(SECRET.encode(), f"v1:{at}:".encode() + self.body, hashlib.sha256)
        return self.headers["x-sounding-board-signature"] == f"v1={told.hexdigest()}"


@dataclass
class HelpDeskStandIn:
    """``answer``: a status, headers and a body; None: it never answers."""

    port: int = 0
    answer: tuple[int, dict[str, str], str] | None = (201, {}, '{"number": "INC-4711"}')
    received: list[Received] = field(default_factory=list)
    open: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/tickets"

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "help_desk_webhook": self.url,
            "help_desk_token": TOKEN,
            "help_desk_secret": SECRET,
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await self._one(reader, writer)
        if self.answer is not None:
            await self._end(writer)

    async def close(self) -> None:
        for writer in self.open:
            await self._end(writer)

    async def _end(self, writer: asyncio.StreamWriter) -> None:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(_pair(line) for line in head[1:-2])
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.received.append(Received(path=head[0].split()[1], headers=headers, body=body))
        if self.answer is None:
            return
        status, more, said = self.answer
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(said.encode())}"]
        lines += [f"{name}: {value}" for name, value in more.items()]
        writer.write("\r\n".join([*lines, "Connection: close", "", said]).encode())
        await writer.drain()


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


@asynccontextmanager
async def help_desk_stand_in() -> AsyncIterator[HelpDeskStandIn]:
    desk = HelpDeskStandIn()
    server = await asyncio.start_server(desk._serve, "127.0.0.1", 0)
    desk.port = server.sockets[0].getsockname()[1]
    try:
        yield desk
    finally:
        server.close()
        await desk.close()
