"""The machine that a run was measured on: figures mean little without it."""

from __future__ import annotations

import os
import platform
import sqlite3
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, kw_only=True)
class Machine:
    """``busy`` is the share of the cores that others used in the second before the run, ``load``
    the processes that ran or wanted to, on average of the minute before."""

    cores: int
    processor: str
    memory_gib: float
    kernel: str
    python: str
    sqlite: str
    postgres: str
    busy: float
    load: float


def this_machine(postgres: str = "not used") -> Machine:
    """What this machine is; ``postgres`` as its server says it."""
    return Machine(
        cores=os.cpu_count() or 0,
        processor=_processor(),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        kernel=platform.release().partition("-")[0],
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        postgres=postgres,
        busy=psutil.cpu_percent(interval=1) / 100,
        load=round(os.getloadavg()[0], 1),
    )


def in_words(machine: Machine) -> str:
    return (
        f"{machine.cores} cores ({machine.processor}), {machine.memory_gib:g} GiB of memory, "
        f"Linux {machine.kernel}, Python {machine.python}, SQLite {machine.sqlite}, "
        f"PostgreSQL {machine.postgres}; before the run {machine.busy:.0%} of the cores were busy "
        f"and the load of the last minute was {machine.load:.1f}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            names = [line.partition(":")[2].strip() for line in file if "model name" in line]
    except OSError:
        names = []
    return names[0] if names else platform.machine() or "unknown"
