"""Sending for real: the service with 14,000 invitations waiting, and a Slack that takes every
call at once. Its limit is set far above any platform's, so what is measured is our own code."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from .databases import Kind, database
from .district import prepare
from .measured import Scale
from .processes import Serving
from .servers import Slack, service, slack

_NO_LIMIT = "600000"
_METHOD = "chat.postMessage"
_PATIENCE = 240.0


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """Messages a second, and CPU seconds of the service for each."""

    per_second: float
    cpu: float


def send_for_real(scale: Scale) -> Ceiling:
    """How fast the middle eight tenths of the messages went out."""
    with slack(scale.folder) as beside, database(Kind.SQLITE, scale.folder / "sending") as url:
        ready = asyncio.run(prepare(url, invited=False))
        beside.knows(ready.users)
        wanted = scale.of(2 * len(ready.users), 200)
        with service(url, scale.folder, beside, SOUNDINGBOARD_SLACK_PER_MINUTE=_NO_LIMIT) as server:
            begun, ended = wanted // 10, wanted * 9 // 10
            first = _when(beside, server, begun)
            last = _when(beside, server, ended)
    sent = last[0] - first[0]
    return Ceiling(per_second=sent / (last[1] - first[1]), cpu=(last[2] - first[2]) / sent)


def _when(beside: Slack, server: Serving, count: int) -> tuple[int, float, float]:
    """Once so many were sent: how many, when, and the CPU seconds so far."""
    end = time.perf_counter() + _PATIENCE
    while (sent := beside.calls(_METHOD)) < count:
        if time.perf_counter() > end:
            raise RuntimeError(f"{sent} of {count} messages after {_PATIENCE:.0f} s")
        time.sleep(0.1)
    return sent, time.perf_counter(), server.cpu_seconds()
