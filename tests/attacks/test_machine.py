"""What happens to the machine: killed, full, set back, started twice, started too old."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from bot.app.core import open_core
from bot.app.serving import listening
from bot.app.settings import Settings, SettingsError
from bot.web.sessions import signin_token
from core.people import Platform
from scheduler.lanes import DEFAULT_BUDGETS, free_at, grant
from storage.migrating import NewerError
from storage.vault import Vault
from tests.attacks.hall import hall
from tests.journeys.running import SECRET, until
from tests.journeys.town import TEACHER

CLI = (sys.executable, "-c", "from bot.cli import main; main()")


@dataclass
class Machine:
    """The real service as a process of its own."""

    folder: Path
    process: asyncio.subprocess.Process | None = None
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    """Of its environment."""
    logs: Path | None = None
    """Where its log is; None: in its folder."""

    @property
    def database(self) -> Path:
        return self.folder / "hall.sqlite3"

    @property
    def log(self) -> Path:
        return (self.logs or self.folder) / "service.log"

    async def start(self, *, largest_file: int | None = None, files: int | None = None) -> None:
        """``files``: how many may be open at a time."""

        def limit() -> None:
            if files is not None:
                resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

        with self.log.open("wb") as log:  # a pipe that nobody reads is full one day
            self.process = await asyncio.create_subprocess_exec(
                *CLI,
                "run",
                "--port",
                "0",
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                preexec_fn=limit,
            )
        self.url = await until(self._serving)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SOUNDINGBOARD_DATABASE_URL": f"sqlite:///{self.database}",
            "SOUNDINGBOARD_SECRET_KEY": SECRET,
            # Where the largest size of a file stands for a full disk, half a compiled module would
            # be kept: whoever imports it next falls over it.
            "PYTHONDONTWRITEBYTECODE": "1",
            **self.more,
        }

    async def _serving(self) -> str:
        assert self.process is not None
        assert self.process.returncode is None, "it ended"
        lock = self.database.with_name(self.database.name + ".lock")
        written = await asyncio.to_thread(lock.read_text)
        held = json.loads(written or "{}")
        return str(held.get("url", "")) if held.get("pid") == self.process.pid else ""

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> str:
        """End it; what it logged."""
        assert self.process is not None
        self.process.send_signal(how)
        await self.process.wait()
        return self.log.read_text(encoding="utf-8")

    def ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.database) as connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found


@asynccontextmanager
async def machine(folder: Path, *, staff: int = 5) -> AsyncIterator[Machine]:
    async with hall(folder, staff=staff):
        pass
    made = Machine(folder)
    try:
        yield made
    finally:
        if made.process is not None and made.process.returncode is None:
            made.process.kill()
            await made.process.communicate()


async def signed_in(client: httpx.AsyncClient, person_id: str) -> str:
    """Signs a client in with a link of the same secret; the token of its forms."""
    expires = datetime.now(UTC) + timedelta(minutes=10)
    link = signin_token(Vault(SECRET.encode()).key("web"), UUID(person_id), expires)
    page = await client.get("/signin", params={"token": link})
    csrf = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    answer = await client.post("/signin", data={"csrf": csrf, "token": link})
    assert answer.status_code == 303
    page = await client.get("/help")
    return page.text.partition('name="csrf" value="')[2].partition('"')[0]


def counts(service: Machine) -> dict[str, int]:
    """An announcement's deliveries by their state."""
    return dict(
        service.ask("SELECT state, count(*) FROM delivery WHERE kind = 'notice' GROUP BY state")
    )


async def test_a_service_killed_in_the_middle_of_an_announcement_sends_the_rest_once(
    tmp_path: Path,
) -> None:
    async with machine(tmp_path, staff=1500) as service:
        await service.start()
        announced = await asyncio.create_subprocess_exec(
            *CLI,
            "announce",
            "--key",
            "mfa-for-staff",
            "--yes",
            env=service.environment,
            stdout=subprocess.DEVNULL,
        )

        async def some_sent() -> bool:
            return bool(counts(service).get("sent"))

        await until(some_sent, every=0.005)
        await service.stop(signal.SIGKILL)
        assert await announced.wait() == 0
        # Of those whom it addresses: parts of it wait to be written to the ledger.
        [(people,)] = service.ask("SELECT count(*) FROM person")
        assert counts(service)["sent"] < people, "too late to prove anything"
        await service.start()

        async def all_sent() -> bool:
            return counts(service) == {"sent": people}

        await until(all_sent)
        once = service.ask("SELECT count(DISTINCT recipient) FROM delivery WHERE kind = 'notice'")
        assert once == [(people,)]


async def test_a_full_disk_is_said_politely_logged_without_words_and_gets_well(
    tmp_path: Path,
) -> None:
    words = "the laminator smells of burnt toast " * 120
    async with machine(tmp_path) as service:
        [(teacher,)] = service.ask("SELECT id FROM person WHERE email = ?", TEACHER)
        # The file-size limit stands for a disk: the log may grow to what the database has.
        await service.start(largest_file=service.database.stat().st_size // 4)
        assert service.process is not None
        async with httpx.AsyncClient(
            base_url=service.url, headers={"accept": "text/html"}, trust_env=False
        ) as client:
            csrf = await signed_in(client, str(teacher))
            kept, refused = 0, 0
            for number in range(200):
                item = f"11111111-2222-4333-8444-{number:012d}"
                form = {"csrf": csrf, "item_id": item, "text": words}
                answer = await client.post("/feedback", data=form)
                if answer.status_code != 303:
                    refused += 1
                    assert answer.status_code == 503
                    assert answer.headers["retry-after"]
                    assert "was not saved" in answer.text
                    break
                kept += 1
            assert refused, "it never got full"
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/help")).status_code == 200, "reading goes on"
            not_ready = await client.get("/readyz")
            assert (not_ready.status_code, not_ready.json()["why"]) == (503, "disk")
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE, unlimited)
            answer = await client.post("/feedback", data=form)
            assert answer.status_code == 303
            assert (await client.get("/readyz")).status_code == 200
        logged = await service.stop()
        assert "The disk of the database is full or fails" in logged
        assert "Traceback" not in logged
        assert "laminator" not in logged
        print(f"\ndisk full: {kept} kept, then an error; after there was room, the next was kept")
        assert service.ask("SELECT count(*) FROM item") == [(kept + 1,)]
        assert service.ask("PRAGMA integrity_check") == [("ok",)]


async def test_silent_connections_beyond_the_files_stop_nobody_and_the_log_is_json(
    tmp_path: Path,
) -> None:
    async with machine(tmp_path) as service:
        service.more = {"SOUNDINGBOARD_LOG_FORMAT": "json"}
        await service.start(files=256)
        at = httpx.URL(service.url)
        silent = [await asyncio.open_connection(at.host, at.port) for _ in range(400)]
        try:
            async with httpx.AsyncClient(base_url=service.url, trust_env=False) as client:
                for path in ("/healthz", "/readyz", "/signin", "/metrics"):
                    assert (await client.get(path)).status_code < 500, path
            silent.append(await asyncio.open_connection(at.host, at.port))
            silent[-1][1].write(b"GARBAGE\r\n\r\n")
            assert (await silent[-1][0].read()).startswith(b"HTTP/1.1 400 ")
        finally:
            for _, writer in silent:
                writer.close()
            for _, writer in silent:
                with suppress(ConnectionError):
                    await writer.wait_closed()
        lines = [json.loads(line) for line in (await service.stop()).splitlines()]
    said = {line["event"] for line in lines}
    assert {"connections.too_many", "Invalid HTTP request received."} <= said


async def test_a_port_that_is_taken_is_said_in_words(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}", port=0)
    async with listening(settings) as (_, at):
        with pytest.raises(SettingsError, match="--port"):
            async with listening(at):
                pass


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    async with hall(tmp_path):
        pass
    database = tmp_path / "hall.sqlite3"

    def revision(connection: sqlite3.Connection) -> object:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()

    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    settings = Settings(database_url=f"sqlite:///{database}", secret_key=SecretStr(SECRET))
    with pytest.raises(NewerError, match="newer version"):
        async with open_core(settings):
            pass
    with sqlite3.connect(database) as connection:
        assert revision(connection) == ("9999",)
    connection.close()


@pytest.mark.parametrize("platform", list(Platform))
def test_a_clock_that_is_set_back_does_not_stop_a_lane(platform: Platform) -> None:
    budget, now = DEFAULT_BUDGETS[platform], datetime(2026, 11, 25, 12, tzinfo=UTC)
    busy = grant(budget, now, now, 10_000)
    assert busy.messages == budget.burst
    assert grant(budget, busy.arrival, now, 1).messages == 0, "a full lane is full"
    step = now - timedelta(seconds=20)
    assert grant(budget, busy.arrival, step, 1).messages == 0, "a small step is waited out"
    back = now - timedelta(hours=2)
    assert free_at(budget, busy.arrival, back) == back
    after = grant(budget, busy.arrival, back, 10_000)
    assert after.messages == budget.burst
    assert after.arrival < now - timedelta(hours=1), "and goes by the new time from now on"
