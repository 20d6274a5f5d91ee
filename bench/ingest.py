"""Answers: a signed request in, a durable commit, the acknowledgement out.

The real server process (``soundingboard run``) on a prepared database, a load generator and a
Slack beside it, each a process of its own. In the same run the same bodies are answered with
nothing by the bare framework, and kept as one committed row each by slack-bolt alone.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import create_engine, func, select

from storage.answer_tables import answers_of

from .databases import Kind, database
from .district import Ready, prepare
from .measured import Figure, Progress, Scale, Section, milliseconds, percent, quantile
from .offering import Offered, Plan, offer
from .processes import Serving, free_port, serving
from .servers import Slack, service, slack
from .slack_requests import Way, answers

OFFERED = 300
"""Answers a second: 7,000 people in half a minute."""

_SECONDS = 20
_CLOSED_SECONDS = 8
_MOST_A_SECOND = 4000
_OPEN_CONNECTIONS = 64
_CLOSED_CONNECTIONS = 16
_WARM_UP = 300


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a server did with a load, and its CPU seconds for each answer."""

    offered: Offered
    cpu: float

    def latency(self, share: float) -> float:
        return quantile(self.offered.latencies, share)


@dataclass(frozen=True, kw_only=True)
class Served:
    """One way in, on one database: at a steady rate, and as fast as it goes."""

    kind: Kind
    way: Way
    steady: Load
    fastest: Load
    bolt: Load
    """slack-bolt alone with one committed row each, as fast as it goes."""
    kept: bool
    """Whether everybody who was answered 200 has a response in the database."""


@dataclass(frozen=True, kw_only=True)
class Bare:
    """The framework alone, as fast as it goes, with the same bodies."""

    way: Way
    nothing: Load
    verified: Load


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(len(Kind) * 6 + 2)
    with slack(scale.folder) as beside:
        bare: dict[Way, Bare] = {}
        served: list[Served] = []
        for kind in Kind:
            progress(f"{kind}: loading the example district")
            with database(kind, scale.folder / kind.name) as url:
                ready = asyncio.run(prepare(url))
                if not bare:
                    progress("the bare framework")
                    bare = {way: _bare(ready, way, scale) for way in Way}
                served += _product(kind, url, ready, beside, scale, progress)
    return Section(
        key="ingest", title="Answers in", figures=[*_figures(served, bare), *_recorded(served)]
    )


def _product(
    kind: Kind, url: str, ready: Ready, beside: Slack, scale: Scale, progress: Progress
) -> Iterator[Served]:
    progress(f"{kind}: slack-bolt alone")
    bolt = _bolt(url, ready, scale)
    beside.knows(ready.users)
    with service(url, scale.folder, beside) as server:
        beside.wait_until_listed(len(ready.users))
        for number, way in enumerate(Way):
            _load(server, ready, way, beside, scale, rate=None, seconds=3, seed=3 + number)
            count = scale.of(OFFERED * _SECONDS, 60)
            progress(f"{kind}: {way}, {OFFERED} a second")
            steady = _load(
                server, ready, way, beside, scale, rate=OFFERED, count=count, seed=7 + number
            )
            progress(f"{kind}: {way}, as fast as it goes")
            seconds = _CLOSED_SECONDS * scale.share
            fastest = _load(
                server, ready, way, beside, scale, rate=None, seconds=seconds, seed=11 + number
            )
            everybody = len(ready.users) if scale.share == 1 else count
            yield Served(
                kind=kind,
                way=way,
                steady=steady,
                fastest=fastest,
                bolt=bolt[way],
                kept=_responses(url, ready, way) >= min(everybody, len(steady.offered.latencies)),
            )


def _load(
    server: Serving,
    ready: Ready,
    way: Way,
    beside: Slack | None,
    scale: Scale,
    *,
    rate: float | None,
    seed: int,
    seconds: float = 0,
    count: int = 0,
    path: str = "/slack/events",
) -> Load:
    hooks = beside.url if beside else "http://127.0.0.1:9"
    count = count or max(_CLOSED_CONNECTIONS, int(seconds * _MOST_A_SECOND))
    requests = [
        one.raw(f"127.0.0.1:{server.port}", path) for one in answers(ready, way, count, hooks, seed)
    ]
    before = server.cpu_seconds()
    offered = offer(
        Plan(
            port=server.port,
            requests=requests,
            connections=_OPEN_CONNECTIONS if rate else _CLOSED_CONNECTIONS,
            rate=rate,
            seconds=seconds,
        ),
        scale.folder,
    )
    _settled(server)
    cpu = server.cpu_seconds() - before
    return Load(offered=offered, cpu=cpu / max(len(offered.latencies), 1))


def _settled(server: Serving) -> None:
    """What comes after the last acknowledgement (a thank-you, a log line) belongs to the cost."""
    spent = server.cpu_seconds()
    while True:
        time.sleep(0.5)
        now = server.cpu_seconds()
        if now - spent < 0.05:
            return
        spent = now


def _responses(url: str, ready: Ready, way: Way) -> int:
    wave = ready.pulse if way is Way.BUTTON else ready.priorities
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        count = connection.execute(
            select(func.count()).select_from(answers_of(wave.id).table)
        ).scalar_one()
    engine.dispose()
    return int(count)


def _bare(ready: Ready, way: Way, scale: Scale) -> Bare:
    port = free_port()
    seconds = _CLOSED_SECONDS * scale.share / 2
    command = [sys.executable, "-m", "bench.bare", str(port)]
    log = scale.folder / "bare.log"
    with serving(command, port, "/readyz", settings={}, log=log) as server:
        _load(server, ready, way, None, scale, rate=None, seconds=min(1, seconds), seed=1)
        nothing = _load(server, ready, way, None, scale, rate=None, seconds=seconds, seed=2)
        verified = _load(
            server, ready, way, None, scale, rate=None, seconds=seconds, seed=3, path="/verified"
        )
    return Bare(way=way, nothing=nothing, verified=verified)


def _bolt(url: str, ready: Ready, scale: Scale) -> dict[Way, Load]:
    port = free_port()
    seconds = _CLOSED_SECONDS * scale.share / 2
    command = [sys.executable, "-m", "bench.bolt", str(port), url]
    log = scale.folder / "bolt.log"
    with serving(command, port, "/readyz", settings={}, log=log) as server:
        _load(server, ready, Way.FORM, None, scale, rate=None, seconds=min(1, seconds), seed=101)
        return {
            way: _load(
                server, ready, way, None, scale, rate=None, seconds=seconds, seed=102 + number
            )
            for number, way in enumerate(Way)
        }


# -- in words ---------------------------------------------------------------------------------


def _figures(served: Sequence[Served], bare: dict[Way, Bare]) -> Iterator[Figure]:
    for one in served:
        where = f"{one.kind}, {one.way}"
        steady, alone = one.steady, bare[one.way]
        errors = steady.offered.wrong + one.fastest.offered.wrong
        yield Figure(
            what=f"{where}: 99th percentile at {OFFERED} a second (median "
            f"{milliseconds(steady.latency(0.5))})",
            demand="< 100 ms",
            measured=milliseconds(steady.latency(0.99)),
            reached=steady.latency(0.99) < 0.1 and errors == 0 and one.kept,
        )
        yield Figure(
            what=f"{where}: not answered 200, or answered and not kept",
            demand="0",
            measured=str(errors) if one.kept else "some were not kept",
            reached=errors == 0 and one.kept,
        )
        yield from _rates(where, one, alone)
        for load, when in ((steady, f"at {OFFERED} a second"), (one.fastest, "at its most")):
            yield Figure(
                what=f"{where}: CPU of the server for an answer, {when}",
                demand="≤ 2 ms (aim 1.2)",
                measured=milliseconds(load.cpu),
                baseline=milliseconds(one.bolt.cpu),
                ratio=f"{load.cpu / one.bolt.cpu:.1f} ×",
                reached=load.cpu <= 0.002,
            )


def _rates(where: str, one: Served, alone: Bare) -> Iterator[Figure]:
    """Beside slack-bolt, which the demand means (it was written beside slack-bolt's own 950 to
    1,640 a second), and beside a route that does nothing."""
    most = one.fastest.offered.per_second
    of_bolt = most / one.bolt.offered.per_second
    yield Figure(
        what=f"{where}: most a second, beside slack-bolt alone: the signature checked and one row "
        "committed",
        demand="≥ 25% (aim 40%)",
        measured=f"{most:,.0f}/s",
        baseline=f"{one.bolt.offered.per_second:,.0f}/s",
        ratio=percent(of_bolt),
        reached=of_bolt >= 0.25,
    )
    yield Figure(
        what=f"{where}: the same, beside a route of Starlette that answers with nothing "
        f"({percent(most / alone.verified.offered.per_second)} of one that checks the signature)",
        measured=f"{most:,.0f}/s",
        baseline=f"{alone.nothing.offered.per_second:,.0f}/s",
        ratio=percent(most / alone.nothing.offered.per_second),
    )


def _recorded(served: Sequence[Served]) -> Iterator[Figure]:
    best = min(served, key=lambda one: one.fastest.cpu)
    yield Figure(
        what="LimeSurvey, recorded by others on 2 cores and not run here: 38–91 answers a second",
        measured=milliseconds(best.fastest.cpu),
        baseline="17–22 ms",
        ratio=f"{best.fastest.cpu / 0.0195:.0%}",
    )
