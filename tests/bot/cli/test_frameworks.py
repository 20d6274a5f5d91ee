"""Frameworks come in from a file or by name, and an assessment stays readable."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.files.framework_yaml import FOLDER, included
from bot.operator.operations import do
from bot.operator.telling import Told
from governance.controls.model import Assessment, Framework
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.cli.test_cli import Line, logs  # noqa: F401
from tests.bot.files.test_frameworks import SMALL, WORDS
from tests.governance.announcements.test_campaigning import audited


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def brought(town: Hall, folder: Path, words: str) -> Told:
    path = folder / "own.yaml"
    path.write_text(words, encoding="utf-8")
    return await do(town.core, "framework-import", {"path": str(path)})


async def stored(town: Hall, key: str, version: str = "") -> Framework | None:
    return await town.core.store.read(lambda tx: tx.framework(key, version))


async def test_one_that_comes_with_the_product_is_imported_by_name(town: Hall) -> None:
    told = await do(town.core, "framework-import", {"included": "cis-8.1"})
    assert told.lines == (
        "cis 8.1: new.",
        "CIS Critical Security Controls (cis 8.1): 18 controls, 153 safeguards "
        "(IG1 56, IG2 130, IG3 153).",
    )
    assert await stored(town, "cis") == included()["cis-8.1"]
    assert (await audited(town))[-1] == "framework imported: cis 8.1"
    lines = len(await audited(town))
    again = await do(town.core, "framework-import", {"included": "cis-8.1"})
    assert again.lines == ("cis 8.1: unchanged.",)
    assert len(await audited(town)) == lines

    unknown = await do(town.core, "framework-import", {"included": "cis-8.2"})
    assert not unknown.ok
    assert unknown.lines[0].endswith('Did you mean "cis-8.1"?')


async def test_licensed_texts_come_in_over_ours_and_again_change_nothing(
    town: Hall, tmp_path: Path
) -> None:
    told = await brought(town, tmp_path, WORDS)
    assert told.lines[0] == "cis 8.1: new.", "it need not be imported before"
    again = await brought(town, tmp_path, WORDS)
    assert again.lines == ("cis 8.1: unchanged.",)
    found = await stored(town, "cis")
    assert found is not None
    assert [one.name.default for one in found.safeguards[:2]] == [
        "The Center's own title",
        "Unauthorized devices",
    ]
    wrong = await brought(town, tmp_path, WORDS.replace('"1.1"', '"1.9"'))
    assert not wrong.ok
    assert wrong.lines[0].startswith('own.yaml:6:5: CIS 8.1 has no "1.9".')
    assert await stored(town, "cis") == found
    none = await brought(town, tmp_path, WORDS.replace('"8.1"', '"9"'))
    assert none.lines[0] == "These texts are for cis 9, which is not imported."


async def test_a_newer_version_comes_beside_the_older(town: Hall, tmp_path: Path) -> None:
    await brought(town, tmp_path, SMALL)
    told = await brought(town, tmp_path, SMALL.replace('version: "2"', 'version: "3"'))
    assert told.lines[0] == "small 3: a new version."
    assert await stored(town, "small", "2")
    assert await stored(town, "small", "3")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('number: "1.10"', 'number: "1.11"'),
        ("name: Keys, group: more", "name: Keys, group: first"),
        ("group: first, function: protect", "group: first"),
        (
            "  - {key: first, name: First}\n  - {key: more, name: More}\n",
            "  - {key: more, name: More}\n  - {key: first, name: First}\n",
        ),
        ("  - {key: more, name: More}\n", "  - {key: more, name: More}\n  - {key: z, name: Z}\n"),
        ("policy: [none, little,", "policy: [none, some,"),
        ('renumbered: {"1.2": "1.9"}', 'renumbered: {"1.2": "1.8"}'),
    ],
)
async def test_what_an_assessment_uses_keeps_all_but_its_texts(
    town: Hall, tmp_path: Path, old: str, new: str
) -> None:
    assert old in SMALL
    await brought(town, tmp_path, SMALL)
    free = await brought(town, tmp_path, SMALL.replace(old, new, 1))
    assert free.lines[0] == "small 2: replaced.", "nothing uses it yet"
    await brought(town, tmp_path, SMALL)

    def begin(tx: Transaction) -> None:
        tx.put_assessment(
            Assessment(
                id=uuid4(),
                name="Winter",
                framework="small",
                version="2",
                group="first",
                due=date(2026, 12, 1),
                made_at=town.core.now(),
            )
        )

    await town.core.store.write(begin)
    before = await stored(town, "small")
    told = await brought(town, tmp_path, SMALL.replace(old, new, 1))
    assert not told.ok
    assert "used by 1 assessment," in told.lines[0]
    assert "another version" in told.lines[0]
    assert await stored(town, "small") == before
    words = await brought(town, tmp_path, SMALL.replace("name: Keys", "name: All keys"))
    assert words.lines[0] == "small 2: replaced."


async def test_the_list_says_what_is_there_and_what_could_be(town: Hall, tmp_path: Path) -> None:
    none = await do(town.core, "framework-list", {})
    assert none.lines[0] == "No framework is imported yet."
    await brought(town, tmp_path, SMALL)
    told = await do(town.core, "framework-list", {})
    assert told.lines[0] == (
        "small 2: A small checklist; 2 controls, 4 safeguards (First 2, More 4); 0 assessments"
    )
    for name in ("cis-8.1", "student-data-privacy", "tool-accessibility"):
        assert any(one.startswith(f"{name}: ") for one in told.lines)


async def test_a_broken_file_changes_nothing(town: Hall, tmp_path: Path) -> None:
    told = await brought(town, tmp_path, SMALL.replace("key: small", "kex: small"))
    assert not told.ok
    assert told.lines[-1] == "2 to fix; nothing was changed."
    assert await stored(town, "small") is None


def test_the_command_tells_a_name_from_a_file(tmp_path: Path) -> None:
    line = Line(tmp_path)
    assert line("framework", "import", "cis-8.1").startswith("cis 8.1: new.")
    (tmp_path / "cis-8.1").mkdir()
    assert line("framework", "import", "cis-8.1") == "cis 8.1: unchanged.\n"
    assert "no such framework" in line("framework", "import", "cis-8.2", fails=True)
    assert "cis 8.1: CIS Critical" in line("framework", "list")
    missing = line("framework", "import", str(tmp_path / "own.yaml"), fails=True)
    assert "district" in missing, "its language is the district's"


def test_check_needs_no_database(tmp_path: Path) -> None:
    def said(words: str) -> tuple[int, str]:
        path = tmp_path / "own.yaml"
        path.write_text(words, encoding="utf-8")
        result = CliRunner().invoke(app, ["framework", "check", str(path)])
        return result.exit_code, result.output

    code, output = said(SMALL)
    assert code == 0
    assert output.startswith("A small checklist (small 2): 2 controls, 4 safeguards (First 2")
    code, output = said(SMALL.replace("group: more", "group: mroe"))
    assert code == 1
    assert 'Did you mean "more"?' in output
    assert "2 to fix." in output
    assert said(WORDS)[0] == 0
    assert said(WORDS.replace('"1.1"', '"1.9"'))[0] == 1
    code, output = said(WORDS.replace('"8.1"', '"9"'))
    assert code == 0
    assert "does not come with the product" in output


def test_the_schema_is_printed() -> None:
    result = CliRunner().invoke(app, ["framework", "schema"])
    assert result.output == (FOLDER / "framework.schema.json").read_text(encoding="utf-8")
