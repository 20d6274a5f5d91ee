"""A request that never becomes one: refused before it fills the memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import heads, serving
from bot.app.heads import HEALTH_ROOM, LARGEST_HEAD
from bot.app.serving import listening, server_config
from bot.app.settings import Settings

PATIENCE = 30
FAR_TOO_MUCH = 8 * LARGEST_HEAD
HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n"


async def size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def healthy(request: Request) -> Response:
    return PlainTextResponse("ok")


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    async with listening(Settings(port=0, secret_key="made-up")) as (bound, at):  # type: ignore[arg-type]
        routes = [Route("/", size, methods=["POST"]), Route("/healthz", healthy)]
        server = uvicorn.Server(server_config(Starlette(routes=routes)))
        running = asyncio.create_task(server._serve([bound]))
        while not server.started:  # noqa: ASYNC110  (uvicorn tells by a flag)
            await asyncio.sleep(0.01)
        yield at.port
        server.should_exit = True
        await running


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with served() as port:
        yield port


async def answered(port: int, pieces: Iterator[bytes]) -> bytes:
    """All that comes back while these are sent; as many of them as are taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    heard = asyncio.create_task(reader.read())
    sent = 0
    try:
        for piece in pieces:
            if heard.done():
                break
            writer.write(piece)
            await writer.drain()
            sent += len(piece)
            assert sent < FAR_TOO_MUCH, "it takes whatever comes"
            await asyncio.sleep(0)
    except ConnectionError:
        pass
    try:
        return await asyncio.wait_for(heard, PATIENCE)
    except ConnectionError:
        return b""
    finally:
        writer.close()


def without_end(start: bytes, piece: bytes) -> Iterator[bytes]:
    yield start
    for _ in count():
        yield piece


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (HEAD, b"X-Some: " + b"a" * 1000 + b"\r\n"),
        (HEAD + b"X-Some: ", b"a" * 1000),
        (b"POST /", b"a" * 1000),
        (CHUNKED + b"0\r\nX-Some: ", b"a" * 1000),
        (CHUNKED + b"0\r\n", b"X-Some: " + b"a" * 1000 + b"\r\n"),
        (CHUNKED + b"1;", b"a" * 1000),
    ],
    ids=["headers", "a header", "an address", "a trailer", "trailers", "an extension"],
)
async def test_what_never_ends_is_cut_off(port: int, start: bytes, piece: bytes) -> None:
    said = await answered(port, without_end(start, piece))
    assert said == b"" or said.startswith(b"HTTP/1.1 400 ")


async def test_a_large_body_in_many_pieces_is_no_head(port: int) -> None:
    pieces, piece = 40, b"a" * 10_000
    head = HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (pieces * len(piece))
    said = await answered(port, iter([head, *[piece] * pieces]))
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.endswith(b"\r\n\r\n400000")


async def test_one_connection_may_ask_any_number_of_times(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = HEAD + b"X-Some: " + b"a" * (LARGEST_HEAD // 4) + b"\r\nContent-Length: 1\r\n\r\n"
    for _ in range(8):
        writer.write(head + b"a")
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200 ")
        await reader.readuntil(b"\r\n\r\n1")
    writer.close()


# -- how many, and for how long ------------------------------------------------------------------

WHOLE = HEAD + b"Content-Length: 1\r\nConnection: close\r\n\r\na"
HALF = HEAD + b"X-Some"
BUSY = HEAD + b"Content-Length: 2\r\n\r\na"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


class Caller:
    """A connection, from whichever of this machine's addresses."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.port, self.address = port, address

    async def say(self, words: bytes) -> Caller:
        there = asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.address, 0))
        self.reader, self.writer = await there
        self.writer.write(words)
        await self.writer.drain()
        return self

    async def answer(self) -> bytes:
        """All that comes until the other side hangs up."""
        try:
            return await asyncio.wait_for(self.reader.read(), PATIENCE)
        except ConnectionError:
            return b""
        finally:
            await self.close()

    async def close(self) -> None:
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()

    async def status(self) -> bytes:
        return (await self.answer())[9:12]


async def call(port: int, words: bytes, address: str = "127.0.0.1") -> Caller:
    return await Caller(port, address).say(words)


@pytest.mark.parametrize("said", [b"", HALF], ids=["nothing", "half a head"])
async def test_who_asks_for_nothing_is_hung_up_on(
    port: int, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "HEAD_SECONDS", 0.2)
    busy = await call(port, BUSY)
    silent = await call(port, said)
    assert await silent.answer() == b""
    busy.writer.write(b"b")
    assert (await busy.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200 "), "a body has longer"
    await busy.reader.readuntil(b"\r\n\r\n2")
    busy.writer.write(HALF)
    assert await busy.answer() == b"", "the head of a further request has no longer"


async def test_silent_connections_make_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "files", lambda: 16)
    async with served() as port:
        silent = [await call(port, b"") for _ in range(40)]
        assert await (await call(port, WHOLE)).status() == b"200"
        gone = [await one.answer() for one in silent[:30]]
        assert gone == [b""] * 30
        for one in silent[30:]:
            await one.close()


async def test_where_all_are_busy_the_health_checks_are_still_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serving, "files", lambda: 16)
    async with served() as port:
        busy = [await call(port, BUSY) for _ in range(8)]
        assert await (await call(port, WHOLE)).status() == b"503"
        assert await (await call(port, HEALTH)).status() == b"200"
        crowd = [await call(port, BUSY) for _ in range(2 * HEALTH_ROOM)]
        assert await (await call(port, HEALTH)).status() == b"200"
        for one in busy:
            one.writer.write(b"b")
            assert (await one.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200 ")
            await one.close()
        for one in crowd:
            await one.close()


@pytest.mark.parametrize("proxy", ["127.0.0.1", "127.0.1.7"], ids=["here", "trusted"])
async def test_one_network_gets_a_quarter_and_a_proxy_all(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setattr(serving, "files", lambda: 16)
    monkeypatch.setattr(heads, "this_machine", lambda host: host == "127.0.0.1")
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1,127.0.1.0/24")
    async with served() as port:
        theirs = [await call(port, BUSY, "127.0.0.2") for _ in range(2)]
        assert await (await call(port, WHOLE, "127.0.0.2")).status() == b""
        assert await (await call(port, WHOLE, "127.0.0.3")).status() == b"200"
        ours = [await call(port, BUSY, proxy) for _ in range(6)]
        for one in (*theirs, *ours):
            one.writer.write(b"b")
            assert (await one.reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200 ")
            await one.close()
