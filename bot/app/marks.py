"""How far this machine saw the database count, in a file beside the service's key.

It is no secret. A database that has counted less was put back to an older state
(``storage.restoring``); where the file is lost, the next start writes another.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import structlog

from bot.app.settings import PREFIX, Settings
from storage.restoring import Mark

log = structlog.get_logger(__name__)


class MarkFile:
    """``path`` None: there is no place for one, because the key is in no file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.seen = _read(path) if path else None
        self._told = False

    def keep(self, mark: Mark) -> None:
        """Whole or not at all, whenever the process is killed. A file that cannot be written is
        told of once and stays behind: that is no restore."""
        self.seen = mark
        if self._path is None:
            return
        new = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        try:
            with open(new, "w", encoding="utf-8", opener=_for_its_owner_only) as file:
                json.dump({"lineage": str(mark.lineage), "count": mark.count}, file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._path)
            self._told = False
        except OSError as error:
            if not self._told:
                log.warning("mark.not_written", file=str(self._path), why=error.strerror)
            self._told = True


def mark_file(settings: Settings, database: Path | None) -> MarkFile:
    """Beside the file of the key; on SQLite beside the database, where that is the key's place or
    nothing can be written beside the key. Several databases may have one key (a demo, a copy to
    look at): each has a file of its own, named by where it lies."""
    key = os.environ.get(f"{PREFIX}SECRET_KEY_FILE")
    if key and settings.secret_key is not None and os.access(Path(key).parent, os.W_OK):
        place = _place(settings.database_url, database)
        return MarkFile(Path(key).with_name(f"{Path(key).name}.{place}.mark"))
    return MarkFile(database.with_name(f"{database.name}.mark") if database else None)


def _place(url: str, database: Path | None) -> str:
    """A short name for the address of a database, without the credentials in it."""
    parts = urlsplit(url)
    address = f"{parts.hostname}:{parts.port}{parts.path}"
    if database is not None:
        address = str(database.resolve())
    return hashlib.sha256(address.encode()).hexdigest()[:8]


def _for_its_owner_only(path: str, flags: int) -> int:
    """Nobody else reads how often the service writes, whatever the process's umask is."""
    return os.open(path, flags, 0o600)


def _read(path: Path) -> Mark | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Mark(lineage=UUID(found["lineage"]), count=int(found["count"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("mark.not_read", file=str(path), why=type(error).__name__)
        return None
