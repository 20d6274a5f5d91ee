"""Writes a new migration from the difference between the tables and the newest migration.

``python -m storage.migrations.new 0002 "what changes"`` (``make migration``).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from storage import migrating
from storage.connection import Surroundings
from storage.store import Store
from storage.vault import Vault


def main(number: str, title: str) -> None:
    """Migrate an empty database to the newest version, compare, and write the file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'new.sqlite3'}"
        store = Store(url, Surroundings(vault=Vault(bytes(32))))
        migrating.upgrade(store.engine)
        migrating.revise(store.engine, title, number)
        store.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:3])
