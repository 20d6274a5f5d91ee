"""A backup is whole and holds no key of an open survey, or it is not there: also when it is killed
at any moment, and when the database is damaged."""

from __future__ import annotations

import lzma
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage.backing_up import UNFINISHED, back_up, damaged
from storage.unavailable import DamagedError
from tests.upgrades.test_upgrades import FIXTURES

PAGE = 4096

KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from storage import backing_up

source, folder = Path(sys.argv[1]), Path(sys.argv[2])
connect = sqlite3.connect

def killed_after(steps):
    left = [steps]
    def step():
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0
    def connected(*a, **more):
        made = connect(*a, **more)
        made.execute("PRAGMA cache_size=8")  # so that pages reach the file early
        made.set_progress_handler(step, 200)
        return made
    return connected

steps = 1
while True:  # ever later, until one comes through
    child = os.fork()
    if not child:
        sqlite3.connect = killed_after(steps)
        backing_up.back_up(source, folder / f"{steps}.sqlite3")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        print(steps, os.waitstatus_to_exitcode(status))
        break
    steps = int(steps * 1.25) + 1
"""


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A database with an open survey, and somebody signed in on the web."""
    [fixture] = [one for one in FIXTURES if one.name == "0034-779cde6.sqlite3.xz"]
    file = tmp_path / "district.sqlite3"
    file.write_bytes(lzma.decompress(fixture.read_bytes()))
    return file


def rows(file: Path, table: str, column: str) -> list[bytes]:
    with closing(sqlite3.connect(file)) as opened:
        found = opened.execute(f"SELECT {column} FROM {table}").fetchall()  # noqa: S608
    return [one.encode() if isinstance(one, str) else one for (one,) in found]


def test_it_holds_everything_but_keys_of_open_surveys_and_sessions(
    filled: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    assert back_up(filled, copy) == copy.stat().st_size
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(filled)) as one, closing(sqlite3.connect(copy)) as other:
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
        made = one.execute(schema).fetchall()
        assert made == other.execute(schema).fetchall()
        for name in [name for kind, name, *_ in made if kind == "table"]:
            every = f'SELECT * FROM "{name}" ORDER BY 1'  # noqa: S608
            left_out = name in ("wave_key", "web_session")
            expected = [] if left_out else one.execute(every).fetchall()
            assert other.execute(every).fetchall() == expected, name
    assert rows(filled, "wave_key", "wrapped")
    assert rows(filled, "web_session", "id")


def test_killed_at_any_moment_it_leaves_neither_a_name_nor_a_key(
    filled: Path, tmp_path: Path
) -> None:
    secret = rows(filled, "wave_key", "wrapped") + rows(filled, "web_session", "id")
    folder = tmp_path / "copies"
    folder.mkdir()
    command = [sys.executable, "-c", KILLED, str(filled), str(folder)]
    last, code = subprocess.check_output(command, text=True).split()
    assert code == "0"
    left = sorted(folder.iterdir())
    interrupted = [one for one in left if one.name.endswith(UNFINISHED)]
    assert [one.name for one in left if one not in interrupted] == [f"{last}.sqlite3"]
    sizes = {one.stat().st_size for one in interrupted}
    assert len(sizes) >= 4, "some died early, some late"
    for one in left:
        content = one.read_bytes()
        assert not [each for each in secret if each in content], one.name
    again = interrupted[0].with_name(interrupted[0].name.removesuffix(UNFINISHED))
    back_up(filled, again)
    assert again.exists()
    assert not interrupted[0].exists()


def spoil(file: Path) -> None:
    """Every fourth page is as a failing disk leaves it."""
    with file.open("r+b") as opened:
        for page in range(3, file.stat().st_size // PAGE, 4):
            opened.seek(page * PAGE)
            opened.write(b"\xde\xad\xbe\xef" * (PAGE // 4))


def test_of_a_damaged_database_none_is_made(filled: Path, tmp_path: Path) -> None:
    spoil(filled)
    folder = tmp_path / "copies"
    folder.mkdir()
    with pytest.raises(DamagedError, match="newest good backup"):
        back_up(filled, folder / "copy.sqlite3")
    assert list(folder.iterdir()) == []
    assert damaged(filled) is not None
