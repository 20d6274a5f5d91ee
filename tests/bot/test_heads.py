"""A request that never becomes one: refused before it fills the memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import count

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.heads import LARGEST_HEAD
from bot.serving import listening, server_config
from bot.settings import Settings

PATIENCE = 30
FAR_TOO_MUCH = 8 * LARGEST_HEAD
HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n"


async def size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with listening(Settings(port=0, secret_key="made-up")) as (bound, at):  # type: ignore[arg-type]
        app = Starlette(routes=[Route("/", size, methods=["POST"])])
        server = uvicorn.Server(server_config(app))
        serving = asyncio.create_task(server._serve([bound]))
        yield at.port
        server.should_exit = True
        await serving


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
