"""Secrets and answers in places where they are not looked for: logs, reprs, files' modes."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from bot.app.core import open_core
from bot.app.logs import set_up_logs
from bot.app.settings import Settings, SettingsError
from bot.doctor.checking import examine
from bot.openid.settings import openid_settings
from bot.teams.credentials import BotToken, Proven
from bot.teams.settings import TeamsSettings
from bot.web.settings import WebSettings
from storage.answer_tables import answers_of
from storage.store import make_file
from storage.transaction import Transaction
from storage.vault import Vault, WrongSecretError
from surveys.commands import AnswerPage
from surveys.survey import WaveState
from tests.attacks.visiting import ask, send, signed_in
from tests.journeys.running import SECRET, running
from tests.journeys.town import TEACHER, person, settle
from tests.journeys.trips import launch

WORDS = "the projector hums like a fridge"


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("style", ["text", "json"])
async def test_a_fault_while_answering_logs_neither_the_answer_nor_who_gave_it(
    tmp_path: Path,
    logging_restored: None,
    capsys: pytest.CaptureFixture[str],
    style: str,
) -> None:
    set_up_logs(style)
    async with running(tmp_path, settle(staff=5)) as service:
        wave = await launch(service, [TEACHER])
        async with signed_in(service, TEACHER) as client:
            await service.core.store.write(
                lambda tx: _broken(tx, answers_of(wave).table.name, "item")
            )
            answer = await send(
                client, f"/surveys/{wave}", asked="note", week="2", help="late", note=WORDS
            )
            assert answer.status_code == 500
            answer = await send(client, "/feedback", item_id=str(wave), text=WORDS)
            assert answer.status_code == 500
        who = await person(service.core, TEACHER)
    log = capsys.readouterr().err
    assert "page_failed" in log
    assert "Traceback" in log, "the operator still gets to know where it broke"
    for told in (WORDS, TEACHER, who.given_name, str(who.id), who.id.hex, SECRET):
        assert told not in log


def _broken(tx: Transaction, *tables: str) -> None:
    for table in tables:
        tx.connection.exec_driver_sql(
            f"CREATE TRIGGER fault_{table} BEFORE INSERT ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )


def test_nothing_shows_its_secret_when_it_is_printed() -> None:
    teams = TeamsSettings(app_id="app", app_secret="hush-teams", tenant_id="t")
    shown = repr(
        (
            teams,
            BotToken(teams, None, _value="hush-token"),  # type: ignore[arg-type]
            Proven(token="hush-proof", service_url="https://x"),
            Vault(b"hush-vault"),
            WebSettings(web_url="", secret=b"hush-web", district="d"),
            openid_settings(
                discovery_url="https://accounts.google.com/.well-known/openid-configuration",
                client_id="id",
                client_secret="hush-openid",
                tenant="",
                domains="schools.example.org",
                kind="",
                web_url="https://x",
            ),
            Settings(
                database_url="postgresql://u:hush-database@h/n",
                secret_key=SecretStr("hush-key" * 4),
            ),
        )
    )
    assert "hush" not in shown


def _modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o077 for path in folder.iterdir()}


async def test_the_database_and_all_beside_it_are_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        async with running(tmp_path, settle(staff=5)) as service:
            await service.core.store.backup(tmp_path / "copy.sqlite3")
            modes = await asyncio.to_thread(_modes, tmp_path)
    finally:
        os.umask(before)
    assert len(modes) > 3, "the database, its log, its index, its lock and the copy"
    assert not any(modes.values()), modes


async def test_the_doctor_names_files_that_others_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    toml, database = tmp_path / "soundingboard.toml", tmp_path / "d.sqlite3"
    toml.write_text('secret_key = "a-key-that-is-long-enough-for-this-test"\n')
    make_file(database)
    settings = Settings(database_url=f"sqlite:///{database}")
    for path in (toml, database):
        path.chmod(0o644)
    lines, ok = await examine(settings)
    assert not ok
    assert any("FIX " in line and "soundingboard.toml" in line for line in lines)
    assert any("FIX " in line and "chmod 600" in line and "d.sqlite3" in line for line in lines)
    toml.chmod(0o600)
    database.chmod(0o600)
    lines, _ = await examine(settings)
    assert not any("chmod" in line for line in lines)


@pytest.mark.parametrize("left", ["", "short"])
async def test_a_key_file_that_was_cut_short_is_no_key(tmp_path: Path, left: str) -> None:
    key = tmp_path / "d.sqlite3.key"
    key.write_text(left)
    key.chmod(0o600)
    with pytest.raises(SettingsError, match="whole key"):
        async with open_core(Settings(database_url=f"sqlite:///{tmp_path / 'd.sqlite3'}")):
            pass


async def test_another_key_than_the_database_was_written_with_is_refused_at_the_start(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        wave = await launch(service, [TEACHER])
        await ask(service, TEACHER, AnswerPage(wave_id=wave, page=0, answers={"week": "3"}))
        kept = await service.core.store.read(lambda tx: tx.wave(wave))
        assert kept is not None
        assert kept.state is WaveState.OPEN
        url = service.settings.database_url
    with pytest.raises(WrongSecretError, match="another SECRET_KEY"):
        async with open_core(Settings(database_url=url, secret_key=SecretStr("x" * 40))):
            pass
    async with open_core(Settings(database_url=url, secret_key=SecretStr(SECRET))):
        pass
