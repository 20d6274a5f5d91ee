"""Pages on paper, as Chromium prints them: nothing cut in two, and it says whose and of when."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from governance.board_reports.commands import ShowReport
from surveys import commands as surveys
from surveys.messages import Results
from tests.bot.samples.board_report import FULL_REPORT, REPORT
from tests.bot.samples.practices_figures import ASSESSMENT
from tests.bot.web import examples
from tests.bot.web.examples import NEWS, WAVE
from tests.bot.web.looking import Look, page
from tests.bot.web.test_every_page import open_, visitors

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FINAL = page(f"/results/{WAVE}?group=every", (surveys.ShowResults, Results(results=examples.FINAL)))
KINDS = page(f"/results/{WAVE}", (surveys.ShowResults, examples.MESSAGES["results_kinds"]))
PLAN = page("/desk/launch/pulse/plan")
BOARD = page(f"/board/{REPORT}")
PRACTICES = page(f"/practices/{ASSESSMENT}/report")
FULL_BOARD = page(f"/board/{REPORT}", (ShowReport, FULL_REPORT))
ON_PAPER = (page("/"), page("/committees/network"), page(f"/announcements/{NEWS}/progress"))
"""Home, a list and one thing: the kinds whose paper nothing else here looks at."""
OF_THE_SCREEN = ("Sign out", "Skip to the content", "Privacy")
SHEETS = {"Letter": (612, 792), "A4": (595, 842)}
"""Points (1/72 inch), wide and high."""

Printed = list[list[str]]
"""The lines of each sheet; its number, from the margin, is read first."""


async def printed(
    browser: Browser, look: Look, sheet: str, *, dark: bool = False
) -> tuple[Printed, list[str]]:
    """The sheets, and the headings of the page."""
    async with visitors() as mine:
        found = await mine.page(browser, look, scripts=True)
        await open_(found, mine.of(look), look, folded=True)
        await found.emulate_media(color_scheme="dark" if dark else "light")
        headings = await found.locator("main h1, main h2, main h3").all_inner_texts()
        document = PdfReader(BytesIO(await found.pdf(format=sheet)))
    for one in document.pages:
        wide, high = SHEETS[sheet]
        assert abs(float(one.mediabox.width) - wide) < 2
        assert abs(float(one.mediabox.height) - high) < 2
    texts = [unicodedata.normalize("NFKC", one.extract_text()) for one in document.pages]
    lines = [text.strip().splitlines() for text in texts]
    return lines, [" ".join(one.split()) for one in headings]


def everything(sheets: Printed) -> str:
    return " ".join(" ".join(sheet) for sheet in sheets)


def heads_nothing(sheets: Printed, headings: list[str]) -> list[str]:
    """Headings that stand last on a sheet."""
    return [last for sheet in sheets if (last := sheet[-1].strip()) in headings]


@pytest.mark.parametrize("sheet", ["Letter", pytest.param("A4", marks=pytest.mark.prove)])
async def test_results_say_on_paper_whose_they_are_and_what_is_never_shown(
    browser: Browser, sheet: str
) -> None:
    sheets, headings = await printed(browser, FINAL, sheet)
    first, whole = " ".join(sheets[0]), everything(sheets)
    for said in ("Lincoln Valley Public Schools", "Results: Weekly technology pulse", "As of"):
        assert said in first
    assert "Fewer than 12 answers, so nothing is shown to anyone" in whole
    assert whole.count("columns may not add up exactly") == 1
    assert 4 <= len(sheets) <= 9
    numbers = [f"{n} / {len(sheets)}" for n in range(1, len(sheets) + 1)]
    assert [sheet[0] for sheet in sheets] == numbers
    assert heads_nothing(sheets, headings) == []
    for of_the_screen in (
        "Results by group",
        "On this page",
        "Excel workbook",
        "Sign out",
        "Lists of people",
    ):
        assert of_the_screen not in whole


async def test_each_chart_is_printed_in_one_piece_with_its_table(browser: Browser) -> None:
    sheets, headings = await printed(browser, KINDS, "Letter", dark=True)
    assert heads_nothing(sheets, headings) == []
    of_words = {
        "How often do you use the platform with students?": ("Never", "21% ± 3", "18% to 23%"),
        "How likely are you to recommend working with it to a colleague?": (
            "eNPS 24 ± 5",
            "95% interval",
        ),
        "When was your last course on it?": ("August 2025", "December 2026"),
    }
    for title, held in of_words.items():
        *_, where = [sheet for sheet in sheets if title in " ".join(sheet)]  # the map names it too
        for said in held:
            assert said in " ".join(where), f"{title}: {said} is on the same sheet"
    assert "Speed1. Speed" not in everything(sheets), "each word is there once"
    assert "The numbers in a table" not in everything(sheets), "nothing can be opened on paper"


async def test_the_page_for_the_association_is_printed_whole(browser: Browser) -> None:
    sheets, headings = await printed(browser, PLAN, "A4")
    whole = everything(sheets)
    assert "Lincoln Valley Public Schools" in " ".join(sheets[0])
    assert "Before the launch: Weekly technology pulse" in " ".join(sheets[0])
    assert "As planned on" in whole
    assert "No page shows by name who answered" in whole
    assert heads_nothing(sheets, headings) == []
    assert len(sheets) <= 4


@pytest.mark.parametrize("sheet", ["Letter", "A4"])
async def test_a_board_report_is_one_sheet_with_its_headline_first(
    browser: Browser, sheet: str
) -> None:
    sheets, headings = await printed(browser, BOARD, sheet)
    whole = everything(sheets)
    first = " ".join(sheets[0])
    assert first.index("A year of Wi-Fi") < first.index("Our goals")
    for said in ("Rooms with full coverage: 91%", "Issued on November 29, 2026", "not a random"):
        assert said in whole
    for of_the_screen in ("To save it as a PDF", "Draft “You said", "Take it off", "Sign out"):
        assert of_the_screen not in whole
    assert len(sheets) == 1
    assert heads_nothing(sheets, headings) == []


@pytest.mark.parametrize("sheet", ["Letter", "A4"])
async def test_a_board_report_filled_to_its_limits_is_one_sheet(
    browser: Browser, sheet: str
) -> None:
    sheets, _ = await printed(browser, FULL_BOARD, sheet)
    assert "5 more on the web page." in everything(sheets)
    assert len(sheets) == 1, [len(one) for one in sheets]


@pytest.mark.parametrize("sheet", ["Letter", "A4"])
async def test_the_report_for_an_insurer_says_what_is_in_place_since_when_and_by_whom(
    browser: Browser, sheet: str
) -> None:
    sheets, headings = await printed(browser, PRACTICES, sheet)
    whole, first = everything(sheets), " ".join(sheets[0])
    for said in (
        "Lincoln Valley Public Schools",
        "Overall score: 3.0 of 5, with 100 of 121 applicable safeguards assessed",
        "Eighteen controls 8.1. The Center for Internet Security",
        "Noor Haddad on Nov 30, 2026",
    ):
        assert said in first
    for said in ("Does not apply: We do not host this ourselves.", "How scores are calculated"):
        assert said in whole
    assert "A page of our wiki" not in whole, "evidence stays here"
    untitled = whole.replace("Security practices report", "")
    for of_the_screen in ("To save it as a PDF", "Sign out", "Security practices"):
        assert of_the_screen not in untitled
    assert [sheet[0] for sheet in sheets] == [
        f"{n} / {len(sheets)}" for n in range(1, len(sheets) + 1)
    ]
    assert heads_nothing(sheets, headings) == []
    assert len(sheets) <= 10


@pytest.mark.parametrize("look", ON_PAPER, ids=str)
async def test_home_a_list_and_one_thing_are_printed_without_what_is_of_the_screen(
    browser: Browser, look: Look
) -> None:
    sheets, headings = await printed(browser, look, "Letter")
    whole = everything(sheets)
    assert headings[0] in " ".join(sheets[0])
    assert [one for one in OF_THE_SCREEN if one in whole] == []
    assert heads_nothing(sheets, headings) == []
    assert len(sheets) <= 3
