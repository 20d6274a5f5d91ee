"""A load generator: signed requests over open connections, at a steady rate or as fast as they
are answered. It runs as a process of its own (``python -m bench.offering PLAN``) and prints JSON.

At a steady rate each request has its planned moment, and its latency counts from then, sent late
or not: a server that stands still for a second delays all that were planned meanwhile, and a
client that politely waits would never tell (coordinated omission).
"""

from __future__ import annotations

import asyncio
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_BEHIND = 30.0
"""Seconds after the last planned moment in which late answers are still waited for."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``rate`` requests a second; None: each connection sends again when it was answered, for at
    most ``seconds``. ``requests`` are raw bytes; at a steady rate each is sent once."""

    port: int
    requests: Sequence[bytes]
    connections: int
    rate: float | None
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Offered:
    """``latencies`` in seconds of what was answered 200, ``wrong`` how often something else (or
    nothing) came back, ``took`` seconds in all."""

    latencies: Sequence[float]
    wrong: int
    took: float

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.took


def offer(plan: Plan, folder: Path) -> Offered:
    """Run a plan in a process of its own."""
    path = folder / "plan.pickle"
    path.write_bytes(pickle.dumps(plan))
    command = [sys.executable, "-m", "bench.offering", str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return Offered(**json.loads(done.stdout))


class _Connection(asyncio.Protocol):
    """One keep-alive connection: a request, then its answer's status."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._waiting: asyncio.Future[int] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(0)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._received[:end]).lower()
        _, found, rest = head.partition(b"content-length:")
        length = int(rest.partition(b"\r\n")[0]) if found else 0
        if len(self._received) >= end + 4 + length and self._waiting is not None:
            status = int(head.split(b" ", 2)[1])
            self._received.clear()
            if not self._waiting.done():
                self._waiting.set_result(status)

    async def ask(self, raw: bytes) -> int:
        """The status of the answer; 0 when there was none."""
        if self._transport is None:
            return 0
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(raw)
        return await self._waiting


class _Load:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._latencies: list[float] = []
        self._wrong = 0

    async def run(self) -> Offered:
        loop = asyncio.get_running_loop()
        connections: list[_Connection] = []
        for _ in range(self._plan.connections):
            _, made = await loop.create_connection(_Connection, "127.0.0.1", self._plan.port)
            connections.append(made)
        begun = time.perf_counter()
        if self._plan.rate is None:
            await self._closed(connections, begun)
        else:
            await self._open(connections, begun, self._plan.rate)
        took = time.perf_counter() - begun
        return Offered(latencies=self._latencies, wrong=self._wrong, took=took)

    async def _closed(self, connections: Sequence[_Connection], begun: float) -> None:
        requests = iter(self._plan.requests)

        async def one(connection: _Connection) -> None:
            while time.perf_counter() - begun < self._plan.seconds:
                raw = next(requests, None)
                if raw is None:
                    return
                await self._ask(connection, raw, time.perf_counter())

        await asyncio.gather(*(one(connection) for connection in connections))

    async def _open(self, connections: Sequence[_Connection], begun: float, rate: float) -> None:
        free: asyncio.Queue[_Connection] = asyncio.Queue()
        for connection in connections:
            free.put_nowait(connection)

        async def one(connection: _Connection, raw: bytes, planned: float) -> None:
            await self._ask(connection, raw, planned)
            free.put_nowait(connection)

        tasks: set[asyncio.Task[None]] = set()
        for number, raw in enumerate(self._plan.requests):
            planned = begun + number / rate
            if (wait := planned - time.perf_counter()) > 0:
                await asyncio.sleep(wait)
            task = asyncio.create_task(one(await free.get(), raw, planned))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_BEHIND)
            self._wrong += len(late)

    async def _ask(self, connection: _Connection, raw: bytes, since: float) -> None:
        if await connection.ask(raw) == 200:
            self._latencies.append(time.perf_counter() - since)
        else:
            self._wrong += 1


if __name__ == "__main__":
    # S301: the file was written a moment ago by ``offer``.
    _plan = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301
    print(json.dumps(asdict(asyncio.run(_Load(_plan).run()))))
