"""``survey export``: a file from the command line, for somebody who may see it."""

from __future__ import annotations

import asyncio
import csv
import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from bot.app.settings import PREFIX
from bot.cli import app
from bot.exports import operations
from surveys.results.exporting import SomeComments
from tests.attacks.hall import hall
from tests.bot.exports.closing import closed
from tests.journeys.running import SECRET
from tests.journeys.town import CTO, ISO


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database with a closed wave, and the wave's id."""
    folder = tmp_path_factory.mktemp("town")

    async def settled() -> str:
        async with hall(folder, staff=30) as found:
            return str(await closed(found))

    return folder / "hall.sqlite3", asyncio.run(settled())


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def export(database: Path, *arguments: str, fails: bool = False) -> str:
    env = {f"{PREFIX}DATABASE_URL": f"sqlite:///{database}", f"{PREFIX}SECRET_KEY": SECRET}
    result = CliRunner().invoke(app, ["survey", "export", *arguments], env=env)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code == int(fails), result.output
    return result.output


def test_each_form_is_written_and_only_its_owner_may_read_it(
    town: tuple[Path, str], tmp_path: Path
) -> None:
    database, wave = town
    for name in ("out.csv", "out.xlsx", "out.json"):
        assert f"Wrote {tmp_path / name}." in export(
            database, wave, str(tmp_path / name), "--for", CTO
        )
    assert {path.name for path in tmp_path.iterdir()} == {
        "out.csv",
        "out.comments.csv",
        "out.xlsx",
        "out.json",
    }
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in tmp_path.iterdir())
    with (tmp_path / "out.comments.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 60
    assert len(json.loads((tmp_path / "out.json").read_text())["comments"]["note"]) == 60
    assert zipfile.ZipFile(tmp_path / "out.xlsx").testzip() is None


def test_it_is_refused_for_whoever_may_not_see_it_and_writes_nothing(
    town: tuple[Path, str], tmp_path: Path
) -> None:
    database, wave = town
    file = tmp_path / "out.csv"
    assert "Only the Chief Technology Officer" in export(
        database, wave, str(file), "--for", ISO, fails=True
    )
    assert "is not in the staff roster" in export(
        database, wave, str(file), "--for", "nobody@example.org", fails=True
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wave", "file", "said"),
    [
        (None, "out.pdf", "ends in .xlsx, .csv or .json"),
        (None, "nowhere/out.csv", "There is no folder"),
        (None, "there.csv", "already exists"),
        ("x", "out.csv", '"x" is no id'),
        ("00000000-0000-0000-0000-000000000000", "out.csv", "not here anymore"),
    ],
)
def test_bad_input_ends_in_words(
    town: tuple[Path, str], tmp_path: Path, wave: str | None, file: str, said: str
) -> None:
    database, known = town
    (tmp_path / "there.csv").write_text("mine")
    told = export(database, wave or known, str(tmp_path / file), "--for", CTO, fails=True)
    assert said in told
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_what_fails_halfway_leaves_no_file(
    town: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers were written whole before the comments failed: neither file is there."""
    database, wave = town

    def away(line: str) -> SomeComments:
        raise OSError("the database went away")

    monkeypatch.setattr(operations, "told_comments", away)
    env = {f"{PREFIX}DATABASE_URL": f"sqlite:///{database}", f"{PREFIX}SECRET_KEY": SECRET}
    arguments = ["survey", "export", wave, str(tmp_path / "out.csv"), "--for", CTO]
    result = CliRunner().invoke(app, arguments, env=env)
    assert result.exit_code != 0
    assert not list(tmp_path.iterdir())


def test_a_bar_says_how_far_it_is(town: tuple[Path, str], tmp_path: Path) -> None:
    database, wave = town
    assert "Comments" in export(database, wave, str(tmp_path / "out.json"), "--for", CTO)
