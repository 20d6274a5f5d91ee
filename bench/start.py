"""Starting: how soon the command says what it can do, how soon the service serves, and how much
memory it and its language process hold."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import psutil
from sqlalchemy import create_engine, func, select

from storage.tables import item

from .databases import Kind, database
from .district import TEAM, Ready, prepare
from .measured import Figure, Progress, Scale, Section, milliseconds
from .processes import COMMAND, Serving
from .servers import Slack, service, slack
from .slack_requests import signed_json

_TRIES = 5
_PATIENCE = 120.0
_READS = re.compile(r"^soundingboard_reader_up\{[^}]*\} 1", re.M)
_SAID = "The projector in room 12 flickers, and nobody has come to look at it for two weeks."


@dataclass(frozen=True, kw_only=True)
class Started:
    """One database: seconds until it serves, MiB of the service and of its language process."""

    kind: Kind
    ready: Sequence[float]
    resident: float
    child: float
    reads_after: float
    """Seconds from its start until the language process can read."""
    read_after: float
    resident_afterwards: float


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(1 + 2 * len(Kind))
    progress("soundingboard --help")
    tries = scale.of(_TRIES, 1)
    told = [_timed([str(COMMAND), "--help"]) for _ in range(tries + 1)][1:]
    python = [_timed([sys.executable, "-c", "pass"]) for _ in range(tries + 1)][1:]
    found = []
    with slack(scale.folder) as beside:
        for kind in Kind:
            progress(f"{kind}: loading the example district")
            with database(kind, scale.folder / kind.name) as url:
                ready = asyncio.run(prepare(url))
                beside.knows(ready.users)
                progress(f"{kind}: starting")
                found.append(_start(kind, url, ready, beside, scale))
    return Section(
        key="start",
        title="Starting",
        figures=[_help(_median(told), _median(python)), *_figures(found)],
    )


def _timed(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _start(kind: Kind, url: str, ready: Ready, beside: Slack, scale: Scale) -> Started:
    first = _first(kind, url, ready, beside, scale)
    seconds = [*first.ready]
    for _ in range(scale.of(3, 1) - 1):
        with service(url, scale.folder, beside) as server:
            seconds.append(server.ready_after)
    return replace(first, ready=seconds)


def _first(kind: Kind, url: str, ready: Ready, beside: Slack, scale: Scale) -> Started:
    """The first start is the one that lists Slack's members and keeps what it learned of them."""
    begun = time.perf_counter()
    with service(url, scale.folder, beside) as server:
        _wait_for_reader(server)
        reads_after = time.perf_counter() - begun
        beside.wait_until_listed(len(ready.users))
        resident = server.resident_mib()
        begun = time.perf_counter()
        _tell(server, ready)
        _wait_until_read(url)
        return Started(
            kind=kind,
            ready=[server.ready_after],
            resident=resident,
            reads_after=reads_after,
            read_after=time.perf_counter() - begun,
            child=sum(_resident(child) for child in server.children()),
            resident_afterwards=server.resident_mib(),
        )


def _wait_for_reader(server: Serving) -> None:
    """Until the service says that its reader answers."""
    end = time.perf_counter() + _PATIENCE
    while True:
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=30) as answer:  # noqa: S310
            if _READS.search(answer.read().decode()):
                return
        if time.perf_counter() > end:
            raise RuntimeError(f"no reader within {_PATIENCE:.0f} s")
        time.sleep(0.1)


def _tell(server: Serving, ready: Ready) -> None:
    """Somebody writes to the app in a direct message."""
    user = ready.users[0]
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": f"D{user[1:]}",
        "user": user,
        "text": _SAID,
        "ts": "1.000001",
        "team": TEAM,
    }
    told = signed_json(
        {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}
    )
    request = urllib.request.Request(  # noqa: S310  (our own)
        f"{server.url}/slack/events", data=told.body, headers=dict(told.headers)
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        assert answer.status == 200, json.dumps(dict(answer.headers))


def _wait_until_read(url: str) -> None:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    read = select(func.count()).select_from(item).where(item.c.reading.is_not(None))
    end = time.perf_counter() + _PATIENCE
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(read).scalar_one():
            if time.perf_counter() > end:
                raise RuntimeError(f"nothing was read within {_PATIENCE:.0f} s")
            time.sleep(0.1)
    engine.dispose()


def _resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 2**20


def _median(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


# -- in words ---------------------------------------------------------------------------------


def _help(told: float, python: float) -> Figure:
    return Figure(
        what="soundingboard --help, beside a Python that does nothing",
        demand="< 300 ms",
        measured=milliseconds(told),
        baseline=milliseconds(python),
        ratio=f"{told / python:.1f} ×",
        reached=told < 0.3,
    )


def _figures(found: Sequence[Started]) -> Iterator[Figure]:
    for one in found:
        seconds = _median(one.ready)
        yield Figure(
            what=f"{one.kind}: from its start to its first 200 at /readyz, 7,000 people loaded",
            demand="≤ 3 s",
            measured=f"{seconds:.2f} s",
            reached=seconds <= 3,
        )
        yield Figure(
            what=f"{one.kind}: memory of the service, with Slack and the web "
            f"({one.resident_afterwards:.0f} MB after it had a message read)",
            demand="≤ 180 MB",
            measured=f"{one.resident:.0f} MB",
            reached=max(one.resident, one.resident_afterwards) <= 180,
        )
        yield Figure(
            what=f"{one.kind}: memory of the language process after reading",
            demand="≤ 400 MB",
            measured=f"{one.child:.0f} MB",
            reached=0 < one.child <= 400,
        )
        yield Figure(
            what=f"{one.kind}: from the first message to its route, once the reader reads "
            f"({one.reads_after:.1f} s from the start; an alarm does not wait for it)",
            demand="≤ 3 s",
            measured=f"{one.read_after:.2f} s",
            reached=one.read_after <= 3,
        )
