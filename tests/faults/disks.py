"""A disk that can be filled: a small one of its own where that may be mounted, else the largest
size of a file that the service's process may write."""

from __future__ import annotations

import contextlib
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = 48 * 1024 * 1024
_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
_NEARLY = 64 * 1024
"""Bytes that may still be written where the largest size of a file stands for the disk."""


@dataclass(frozen=True)
class Disk:
    """``folder`` is on it. ``real``: it was mounted."""

    folder: Path
    real: bool

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def fill(self, pid: int, *, log: Path) -> None:
        """Nothing more fits on it. ``log``: what the process may write to all the same."""
        if self.real:
            with self._ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(bytes(4096)):
                    pass
            return
        sizes = [path.stat().st_size for path in (*self.folder.glob("*.sqlite3-wal"), log)]
        limit = max(sizes, default=0) + _NEARLY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def clear(self, pid: int | None) -> None:
        """There is room again. ``pid``: None where the process is gone."""
        if self.real:
            self._ballast.unlink()
        elif pid is not None:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, _UNLIMITED)


@contextmanager
def disk(folder: Path) -> Iterator[Disk]:
    at = folder / "disk"
    at.mkdir()
    mounted = _done("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(at))
    try:
        yield Disk(at, mounted)
    finally:
        if mounted:
            _done("umount", "--lazy", str(at))


def _done(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
