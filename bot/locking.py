"""One process per SQLite file: a lock that says who holds it and where to reach them."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType


class AlreadyRunningError(Exception):
    """Another process has the database. ``holder`` is its process id, ``url`` where it serves."""

    def __init__(self, database: Path, holder: int | None, url: str) -> None:
        self.database, self.holder, self.url = database, holder, url
        where = f" and serves {url}" if url else ""
        super().__init__(
            f"{database} is in use: process {holder or 'unknown'} has it open{where}. "
            "Stop that one first, or choose another SOUNDINGBOARD_DATABASE_URL."
        )


@dataclass(frozen=True, kw_only=True)
class Holder:
    pid: int
    url: str


class DatabaseLock:
    """An advisory lock beside the database, released when the process ends however it ends."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def acquire(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(descriptor)
            os.close(descriptor)
            raise AlreadyRunningError(
                self._database, holder.pid if holder else None, holder.url if holder else ""
            ) from None
        self._descriptor = descriptor
        self.say_url("")

    def say_url(self, url: str) -> None:
        """Write where this process serves, for the command line to find."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps({"pid": os.getpid(), "url": url}).encode(), 0)

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> DatabaseLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _read(descriptor: int) -> Holder | None:
    try:
        data = json.loads(os.pread(descriptor, 2000, 0))
        return Holder(pid=int(data["pid"]), url=str(data["url"]))
    except (ValueError, KeyError, TypeError):
        return None
