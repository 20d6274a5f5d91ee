"""One process per SQLite file: a lock that says who holds it and where to reach them."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from storage.migrating import UnusableError


class AlreadyRunningError(Exception):
    """Another process has the database. ``holder`` is its process id, ``url`` where it serves."""

    def __init__(
        self, database: Path, holder: int | None, url: str, *, linked: bool = False
    ) -> None:
        self.database, self.holder, self.url = database, holder, url
        where = f" and serves {url}" if url else ""
        if linked:
            where = " under another name (the file is linked)"
        super().__init__(
            f"{database} is in use: process {holder or 'unknown'} has it open{where}. "
            "Stop that one first, or choose another SOUNDINGBOARD_DATABASE_URL."
        )


@dataclass(frozen=True, kw_only=True)
class Holder:
    pid: int
    url: str


@contextmanager
def writable() -> Iterator[None]:
    """``UnusableError`` if the database file or its lock file cannot be created or opened."""
    try:
        yield
    except OSError as error:
        raise UnusableError(
            f"The database cannot be opened. {error.filename}: {error.strerror}. The service must "
            "be able to write the file, and new files next to it."
        ) from error


_FAR = 1 << 62
"""A byte of the database's file that is never there, and that SQLite does not lock."""


class DatabaseLock:
    """An advisory lock beside the database, released when the process ends however it ends; and
    one on the file itself, which holds whatever name it was opened by (``hold_file``)."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None
        self._file: int | None = None

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
        if self._database.is_file():
            self.hold_file()

    def hold_file(self) -> None:
        """Lock the file itself, once it is there. Closing any descriptor of a file drops all of
        SQLite's own locks on it (https://sqlite.org/howtocorrupt.html#posix_close_bug): this one
        stays open until ``release``, after the last connection is closed."""
        if self._file is not None or not hasattr(fcntl, "F_OFD_SETLK"):
            return
        self._file = os.open(self._database, os.O_RDWR)
        # struct flock: of an open file, not of a process, so that a process holds it once, too
        wanted = struct.pack("@hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, _FAR, 1, 0)
        try:
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, wanted)
        except (BlockingIOError, PermissionError):
            self.release()
            raise AlreadyRunningError(self._database, None, "", linked=True) from None
        except OSError as error:  # this file system has no such locks; the lock file still holds
            if error.errno not in (errno.EINVAL, errno.ENOLCK, errno.ENOTSUP):
                raise

    def say_url(self, url: str) -> None:
        """Write where this process serves, for the command line to find."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, json.dumps({"pid": os.getpid(), "url": url}).encode(), 0)

    def release(self) -> None:
        for descriptor in (self._file, self._descriptor):
            if descriptor is not None:
                os.close(descriptor)
        self._file = self._descriptor = None

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
