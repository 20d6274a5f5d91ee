"""Reports: their figures on top, and a file of them for whoever may open the page alone."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from governance.board_reports.commands import ShowReport
from governance.board_reports.messages import ReportView
from governance.board_reports.model import Heard
from governance.chairs.commands import ShowAgenda
from governance.chairs.views import AgendaView, Decided
from storage.ledger_tables import audit
from tests.attacks.hall import Hall, hall
from tests.bot.samples.board_report import REPORT
from tests.bot.samples.practices_figures import ASSESSMENT
from tests.bot.web import examples, listening_views
from tests.bot.web.board_views import SAID
from tests.bot.web.listening_views import ANSWERS
from tests.bot.web.looks import LOOKS
from tests.bot.web.rules.house import browser
from tests.bot.web.site import Stand, stand, visitor
from tests.bot.web.test_list_files import file_of, rows_of
from tests.bot.web.test_pages import sign_in
from tests.journeys.town import CHAIR, TEACHER

BOARD, AGENDA = f"/board/{REPORT}", "/committees/network/agenda"
PRACTICES = f"/practices/{ASSESSMENT}"


def _issued() -> ReportView:
    found = SAID["board_report"]
    assert isinstance(found, ReportView)
    return found


ISSUED = _issued()


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        yield browser


def tiles_of(page: str) -> list[str]:
    """The figures on top, in the words of each tile."""
    start = page.index('<ul class="tiles"')
    lines = page[start : page.index("</ul>", start)]
    each = lines.split('<li class="tile')[1:]
    return [
        " ".join("".join(part.split(">")[-1] for part in one.split("<")).split()) for one in each
    ]


async def test_every_report_has_figures_on_top_and_a_file(
    site: Stand, client: httpx.AsyncClient
) -> None:
    seen = set[str]()
    for look in LOOKS:
        if look.press or look.stranger or look.demo or look.said or look.locale != "en":
            continue
        page = await client.get(look.at)
        if '<div class="report' not in page.text:
            continue
        at = httpx.URL(look.at).path
        assert tiles_of(page.text), at
        if 'id="before-h"' in page.text:
            continue  # a draft
        seen.add(at)
        assert " download>" in page.text, at
        assert "To save it as a PDF, print this page." in page.text, at
    assert {BOARD, AGENDA, f"{PRACTICES}/report"} <= seen


async def test_each_figure_of_a_board_report_has_its_base(client: httpx.AsyncClient) -> None:
    tiles = tiles_of((await client.get(BOARD)).text)
    assert tiles[0].startswith("Goals on track 0 of 1")
    assert tiles[1] == "Messages from staff 214 190 have been answered."
    assert tiles[2].startswith("Answered within 30 days 92% of 180")
    assert tiles[3].startswith("Recommendations accepted 1 of 2")


async def test_a_board_report_shows_no_figure_that_its_text_leaves_out(
    site: Stand, client: httpx.AsyncClient
) -> None:
    few = replace(ISSUED, figures=replace(ISSUED.figures, heard=Heard(base=7, few_left=True)))
    site.conversation.instead(ShowReport, few)
    tiles = tiles_of((await client.get(BOARD)).text)
    assert not [one for one in tiles if one.startswith(("Messages", "Answered"))]
    rows = rows_of(await client.get(f"{BOARD}?file=csv"))
    assert not [
        one for one in rows if one[2] in ("Received", "Answered", "Answered within 30 days")
    ]


async def test_a_board_report_is_downloaded_with_every_figure(client: httpx.AsyncClient) -> None:
    page = await client.get(BOARD)
    at = file_of(page)
    assert at == f"{BOARD}?file=csv"
    heads, *rows = rows_of(await client.get(at))
    assert all(len(one) == len(heads) for one in rows)
    coverage = ["Our goals", "Wi-Fi in every room", "Rooms with full coverage", "91%", "84%"]
    assert [*coverage, "Target: 95% by June 30, 2027.", "Behind"] in rows
    assert ["What we heard", "Messages from staff", "Answered", "190", "", "of 214", ""] in rows
    assert {one[0] for one in rows} == {
        "Our goals",
        "What staff put first",
        "What we heard",
        "What we decided",
        "What changed",
        "Surveys",
    }


async def test_a_report_is_downloaded_by_nobody_in_particular_where_it_is_public(
    site: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with visitor(site.app) as stranger:
        file = await stranger.get(f"{BOARD}?file=csv")
        assert rows_of(file)[0][0] == "Section"
        monkeypatch.setattr(listening_views, "unsigned", lambda _: examples.MESSAGES["refused"])
        gone = await stranger.get(f"{BOARD}?file=csv")
        assert gone.status_code == 401
        assert "text/csv" not in gone.headers["content-type"]


async def test_a_draft_has_no_file(site: Stand, client: httpx.AsyncClient) -> None:
    site.conversation.instead(ShowReport, SAID["board_report_draft"])
    assert file_of(await client.get(BOARD)) is None
    assert (await client.get(f"{BOARD}?file=csv")).status_code == 404


async def test_no_cell_of_a_report_starts_a_formula(site: Stand, client: httpx.AsyncClient) -> None:
    (one, *_) = ISSUED.figures.decisions
    decisions = (replace(one, title="=HYPERLINK(1)", committee="@network"),)
    site.conversation.instead(
        ShowReport, replace(ISSUED, figures=replace(ISSUED.figures, decisions=decisions))
    )
    rows = rows_of(await client.get(f"{BOARD}?file=csv"))
    (decided,) = [one for one in rows if one[0] == "What we decided"]
    assert decided[1] == "'=HYPERLINK(1)"
    assert decided[5] == "'@network"


async def test_the_report_for_an_insurer_leads_to_the_files_of_its_assessment(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(f"{PRACTICES}/report")).text
    for form in ("xlsx", "csv", "json"):
        assert f'href="{PRACTICES}/export/{form}" download' in page
    assert "These files contain every score and answer." in page
    assert tiles_of(page)[0].startswith("Overall score 3.0 of 5")
    assert tiles_of(page)[1] == "Assessed 100 of 121"


async def test_the_file_of_an_agenda_has_no_words_of_staff(
    site: Stand, client: httpx.AsyncClient
) -> None:
    view = ANSWERS[ShowAgenda]
    assert isinstance(view, AgendaView)
    decided = (
        Decided(about="A spare switch", words="Agreed.", accepted=True),
        Decided(about="My class loses the lesson", words="It is mended."),
    )
    site.conversation.instead(ShowAgenda, replace(view, decided=decided, quotes=("No Wi-Fi",)))
    page = await client.get(f"{AGENDA}?on=2026-12-03&shared=yes")
    at = file_of(page)
    assert at == f"{AGENDA}?on=2026-12-03&shared=yes&file=csv", "it is the file of what is shown"
    text = (await client.get(at)).text
    assert "Decided since the last meeting,A spare switch,Accepted" in text
    for said in ("My class loses the lesson", "No Wi-Fi", *(one.words for one in view.oldest)):
        assert said not in text


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_only_whoever_may_open_a_report_may_download_it_and_it_is_in_the_audit(
    town: Hall,
) -> None:
    async with browser(town, TEACHER) as client:
        refused = await client.get(f"{AGENDA}?file=csv")
        assert refused.status_code == 403
        assert "text/html" in refused.headers["content-type"]
    async with browser(town, CHAIR) as client:
        file = await client.get(f"{AGENDA}?file=csv")
        rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
    chain = await town.core.store.read(
        lambda tx: tx.connection.execute(select(audit.c.what)).scalars().all()
    )
    assert f"download: {AGENDA}, {len(rows) - 1}" in chain
