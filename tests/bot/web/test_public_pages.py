"""What the package for Teams says is there, for whoever has not signed in: privacy, and terms."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.demo.examples import example_district
from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from bot.teams import packaging
from core.text import Text
from tests.bot.web.site import SPANISH, stand, visitor
from tests.bot.web.test_pages import sign_in

PAGES = {
    "/privacy": "Results are shown only for groups of about 12",
    "/terms": "not a mandated report",
}


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_reads_it_in_their_browsers_language(path: str) -> None:
    async with visitor(stand().app) as browser:
        page = await browser.get(path)
        assert page.status_code == 200
        assert PAGES[path] in page.text
        spanish = await browser.get(path, headers={"accept-language": "es-MX,es;q=0.9"})
        assert '<html lang="es"' in spanish.text
        assert PAGES[path] not in spanish.text


def test_every_page_that_the_package_declares_is_one_of_them() -> None:
    declared = set(re.findall(r"\{web_url\}(/[a-z]+)\"", Path(packaging.__file__).read_text()))
    assert set(PAGES) <= declared


async def test_a_districts_own_text_is_shown_instead_and_nothing_in_it_runs() -> None:
    site = stand()
    site.public["privacy"] = Text(
        default="## Our promise\n\n<script>x()</script> [bad](javascript:x) [law](https://x.example)",
        translations={"es": "## Promesa"},
    )
    async with visitor(site.app) as browser:
        page = (await browser.get("/privacy")).text
        assert "<h2>Our promise</h2>" in page
        assert "Results are shown only" not in page
        assert "<script>x" not in page
        assert 'href="javascript' not in page
        assert 'href="https://x.example"' in page
        assert "mandated report" in (await browser.get("/terms")).text, "the default of the other"
        await sign_in(browser, site.link(SPANISH))
        assert "<h2>Promesa</h2>" in (await browser.get("/privacy")).text


def test_the_districts_files_are_read_checked_and_written_back(tmp_path: Path) -> None:
    folder = tmp_path / "district"
    shutil.copytree(example_district(), folder)
    (folder / "privacy.md").write_text("# Privacy\n\nOurs.\n")
    (folder / "privacy.es.md").write_text("# Privacidad\n\nNuestra.\n")
    loaded = load_district(folder)
    assert isinstance(loaded, LoadedDistrict)
    own = loaded.district.pages["privacy"]
    assert own == Text(
        default="# Privacy\n\nOurs.", translations={"es": "# Privacidad\n\nNuestra."}
    )
    written = export_district(tmp_path / "again", district=loaded.district)
    assert {"privacy.md", "privacy.es.md"} <= {path.name for path in written}
    assert (tmp_path / "again" / "privacy.es.md").read_text() == "# Privacidad\n\nNuestra.\n"

    (folder / "privacy.md").unlink()
    (folder / "terms.md").write_bytes(b"\xff\xfe")
    problems = load_district(folder)
    assert isinstance(problems, list)
    assert sorted(one.file for one in problems) == ["privacy.md", "terms.md"]
