"""One process per SQLite file; the command line speaks with the one that has it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from bot.app.core import open_core
from bot.app.locking import AlreadyRunningError, DatabaseLock
from bot.app.settings import Settings
from bot.operator.operating import operate
from tests.journeys.running import SECRET, running
from tests.journeys.town import TEACHER, settle


def test_a_second_lock_says_who_holds_the_first_and_where(tmp_path: Path) -> None:
    import os

    database = tmp_path / "x.sqlite3"
    with DatabaseLock(database) as first:
        first.say_url("http://127.0.0.1:8080")
        with pytest.raises(AlreadyRunningError) as caught:
            DatabaseLock(database).acquire()
    assert caught.value.holder == os.getpid()
    assert caught.value.url == "http://127.0.0.1:8080"
    for said in (str(database), str(os.getpid()), "http://127.0.0.1:8080", "Stop that one first"):
        assert said in str(caught.value)


def test_a_released_lock_can_be_taken_and_tells_nothing_old(tmp_path: Path) -> None:
    database = tmp_path / "x.sqlite3"
    with DatabaseLock(database) as first:
        first.say_url("http://127.0.0.1:8080/a-rather-long-address")
    with DatabaseLock(database), pytest.raises(AlreadyRunningError) as caught:
        DatabaseLock(database).acquire()
    assert caught.value.url == ""


def test_a_lock_that_tells_nothing_readable_still_locks(tmp_path: Path) -> None:
    database = tmp_path / "x.sqlite3"
    with DatabaseLock(database):
        (tmp_path / "x.sqlite3.lock").write_text("not json")
        with pytest.raises(AlreadyRunningError, match="process unknown"):
            DatabaseLock(database).acquire()


def test_a_process_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    database = tmp_path / "x.sqlite3"
    code = (
        "import sys, time; from pathlib import Path; from bot.app.locking import DatabaseLock; "
        "DatabaseLock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(database)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunningError) as caught:
        DatabaseLock(database).acquire()
    assert caught.value.holder == holder.pid
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with DatabaseLock(database):
        pass


async def test_two_cores_on_one_file_are_refused_and_two_files_are_not(tmp_path: Path) -> None:
    def at(name: str) -> Settings:
        return Settings(database_url=f"sqlite:///{tmp_path / name}", secret_key=SECRET)

    async with open_core(at("one")), open_core(at("two")):
        with pytest.raises(AlreadyRunningError):
            async with open_core(at("one")):
                pass
    async with open_core(at("one")):
        pass


# -- the operator's door ---------------------------------------------------------------------------


async def test_the_command_line_asks_the_running_process(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        assert service.core.lock is not None
        service.core.lock.say_url(service.url)
        told = await operate(service.settings, "signin-link", {"email": TEACHER})
        assert told.ok
        assert told.lines[0].startswith(f"{service.url}/signin?token=")

        nobody = await operate(service.settings, "signin-link", {"email": "nobody@x"})
        assert not nobody.ok

        for name, given, said in (
            ("survey-close", {"wave": "x"}, '"x" is not an id'),
            ("announce", {"key": "x", "at": "soon"}, '"soon" is not a time'),
            ("backup", {"path": str(tmp_path / "no" / "where")}, "There is no folder"),
            ("district-load", {"path": str(tmp_path)}, "to fix"),
        ):
            told = await operate(service.settings, name, given)
            assert not told.ok
            assert said in "\n".join(told.lines), name


async def test_another_key_is_told_that_it_is_another(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        assert service.core.lock is not None
        service.core.lock.say_url(service.url)
        other = service.settings.model_copy(
            update={"secret_key": Settings(secret_key="another-key-" * 4).secret_key}
        )
        told = await operate(other, "signin-link", {"email": TEACHER})
        assert not told.ok
        assert "SECRET_KEY" in told.lines[0]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-moment": str(int(time.time())), "x-once": "1", "x-proof": "0" * 64},
        {"x-moment": "²", "x-once": "1", "x-proof": "0" * 64},
        {"x-moment": str(int(time.time())), "x-once": "1", "x-proof": "é"},
        {"x-moment": "9" * 400, "x-proof": ""},
    ],
    ids=["none", "a guess", "a strange digit", "a strange letter", "a long moment"],
)
async def test_a_caller_without_proof_is_turned_away(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    body = json.dumps({"operation": "signin-link", "arguments": {"email": TEACHER}})
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    async with (
        running(tmp_path, settle(staff=5)) as service,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        before = await service.core.store.read(lambda tx: tx.audit_length())
        answer = await client.post(f"{service.url}/operator", content=body, headers=raw)
        assert answer.status_code == 401
        assert "token" not in answer.text
        assert await service.core.store.read(lambda tx: tx.audit_length()) == before
