"""Real processes: started, watched until they answer, measured, ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent
COMMAND = Path(sys.executable).with_name("soundingboard")

_PATIENCE = 60.0


@dataclass(frozen=True, kw_only=True)
class Serving:
    """A server that answers. ``ready_after`` is seconds from its start to its first 200."""

    url: str
    pid: int
    ready_after: float

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def cpu_seconds(self) -> float:
        """User and system time of the process itself so far."""
        spent = psutil.Process(self.pid).cpu_times()
        return float(spent.user + spent.system)

    def resident_mib(self) -> float:
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20

    def children(self) -> list[psutil.Process]:
        return list(psutil.Process(self.pid).children())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str], port: int, path: str, *, settings: Mapping[str, str], log: Path
) -> Iterator[Serving]:
    """Run a server until the block ends; ``path`` is asked until it answers 200."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("SOUNDINGBOARD_")}
    with log.open("ab") as written:
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            env={**own, **settings, "PYTHONPATH": str(ROOT)},
            cwd=log.parent,
            stdout=written,
            stderr=written,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url + path, process, log, begun)
        yield Serving(url=url, pid=process.pid, ready_after=time.perf_counter() - begun)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop; insist after a while."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, begun: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  (our own)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
            last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise RuntimeError(f"{url} does not answer 200: {last}")
        time.sleep(0.02)
