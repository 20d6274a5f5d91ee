"""Makes the fixtures of one commit: a filled SQLite file and a PostgreSQL dump, compressed.

``make upgrade-fixture`` (the commit before the newest migration), or ``COMMIT=443080f``. The commit
is cloned beside the checkout's data, gets an environment of its own from its own lock file, and is
filled by ``fill.py``. Commit the two new files under ``fixtures/``.
"""

from __future__ import annotations

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.postgres import fresh_database, program

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FIXTURES = HERE / "fixtures"
VERSIONS = "storage/migrations/versions"
UV = ROOT / ".tools" / "bin" / "uv"


def main(commit: str) -> None:
    """Writes ``fixtures/<revision>-<commit>.sqlite3.xz`` and ``….sql.xz``."""
    commit = commit or before_the_newest_migration()
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        call("git", "clone", "-q", "--shared", str(ROOT), str(checkout))
        call("git", "-C", str(checkout), "checkout", "-q", commit)
        python = environment(checkout)
        revision = sqlite(python, checkout, Path(folder), commit)
        postgres(python, checkout, Path(folder), f"{revision}-{commit}")


def before_the_newest_migration() -> str:
    """The commit that a district ran which has every migration but those added last."""
    added = call("git", "log", "--diff-filter=A", "--format=%h", "-1", "--", VERSIONS)
    return call("git", "rev-parse", "--short=7", f"{added}^")


def environment(checkout: Path) -> Path:
    python = checkout / ".venv" / "bin" / "python"
    call(str(UV), "venv", "-q", "--python", sys.executable, str(checkout / ".venv"))
    lock = str(checkout / "requirements" / "tools.txt")
    call(str(UV), "pip", "sync", "-q", "--python", str(python), "--require-hashes", lock)
    call(
        *(str(UV), "pip", "install", "-q", "--python", str(python), "--no-deps"),
        *("--editable", str(checkout)),
    )
    return python


def sqlite(python: Path, checkout: Path, folder: Path, commit: str) -> str:
    file = folder / "filled.sqlite3"
    fill(python, checkout, folder, f"sqlite:///{file}")
    with sqlite3.connect(file) as database:
        [revision] = database.execute("SELECT version_num FROM alembic_version").fetchone()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    keep(f"{revision}-{commit}.sqlite3", file.read_bytes())
    return str(revision)


def postgres(python: Path, checkout: Path, folder: Path, name: str) -> None:
    with fresh_database() as url:
        fill(python, checkout, folder, url)
        dump = folder / "filled.sql"
        pg_dump = program("pg_dump")
        call(str(pg_dump), "--no-owner", "--no-privileges", "-f", str(dump), url)
    keep(f"{name}.sql", dump.read_bytes())


def fill(python: Path, checkout: Path, folder: Path, url: str) -> None:
    script = str(HERE / "fill.py")
    environ = {**os.environ, "PYTHONPATH": str(checkout)}
    call(str(python), script, url, str(folder), cwd=checkout, env=environ)


def keep(name: str, content: bytes) -> None:
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / f"{name}.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(name, len(content), (FIXTURES / f"{name}.xz").stat().st_size)


def call(*command: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
