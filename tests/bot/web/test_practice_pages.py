"""The pages of an assessment's figures: what stands on them, and for whom not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from governance.controls.commands import ShowAssessment
from governance.controls.figure_commands import ShowPracticesReport
from governance.controls.model import AssessmentState
from governance.controls.views import AssessmentView, PracticesReport
from tests.bot.samples.practices_figures import ASSESSMENT
from tests.bot.web.looking import page
from tests.bot.web.practice_figure_views import SAID
from tests.bot.web.site import Stand, stand, visitor
from tests.bot.web.test_every_page import open_, visitors
from tests.bot.web.test_pages import sign_in

if TYPE_CHECKING:
    from playwright.async_api import Browser

REPORT = SAID["practices_report"]
assert isinstance(REPORT, PracticesReport)
WHOLE = SAID["practices_assessment"]
assert isinstance(WHOLE, AssessmentView)
FIGURES = WHOLE.figures
assert FIGURES is not None
ONE = f"/practices/{ASSESSMENT}"


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as found:
        await sign_in(found, site.link())
        yield found


def cells_of(page: str, control: str) -> str:
    """The row of a control in the heat map, as it is read out."""
    row = next(one for one in re.split("<tr[^>]*>", page) if f">{control}. " in one)
    seen = re.sub(r'<span aria-hidden="true">.*?</span>', "", row)
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


async def test_each_cell_says_its_score_in_text(client: httpx.AsyncClient) -> None:
    page = (await client.get(ONE)).text
    assert cells_of(page, "1").startswith("1. Devices 2.5 3.0 3.5 4.0 3.3 4 of 5 2")
    assert cells_of(page, "17") == f"17. Incident response {'not assessed yet ' * 5}0 of 9"
    assert cells_of(page, "18") == "18. Penetration tests does not apply"


async def test_the_committees_summary_has_no_safeguard(
    site: Stand, client: httpx.AsyncClient
) -> None:
    for name in ("practices_summary", "practices_summary_open"):
        site.conversation.instead(ShowAssessment, SAID[name])
        page = (await client.get(ONE)).text
        assert "Network and Infrastructure" in page
        assert "safeguards/" not in page
        assert "/controls/" not in page
        assert "To confirm" not in page
    assert "3.0" not in page, "while it is open there is no score"


async def test_an_owner_sees_their_own_and_no_score(site: Stand, client: httpx.AsyncClient) -> None:
    site.conversation.instead(ShowAssessment, SAID["practices_own"])
    page = (await client.get(ONE)).text
    assert re.findall(r"safeguards/([\d.]+)", page) == ["1.1", "1.2", "1.3"], "each once"
    assert "heat" not in page.replace("heat-map", "")
    assert "Overall score" not in page


async def test_the_trend_is_told_in_words_and_has_its_table(client: httpx.AsyncClient) -> None:
    page = (await client.get(ONE)).text
    told = re.search(r'<desc id="trend-d">(.*?)</desc>', page)
    assert told is not None
    for said in (
        "Dec 21, 2023: 2.9 (53 of 53 assessed).",
        "Framework version changed. For the 53 safeguards assessed in both: 3.0, then 3.0.",
        "Scope changed. For the 44 safeguards assessed in both: 2.9, then 2.9.",
        "Target: 3.5 by Jun 30, 2027.",
    ):
        assert said in told.group(1)
    assert page.count('<line class="trend"') == 1, "only what can be compared is joined"
    table = page.partition("Compared with the previous one")[2].partition("</table>")[0]
    assert [table.index(f"Winter {year}") for year in (2026, 2025, 2024, 2023)] == sorted(
        table.index(f"Winter {year}") for year in (2026, 2025, 2024, 2023)
    )


async def test_what_does_not_apply_is_told_where_it_counts_and_where_not(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(ONE)).text
    none = FIGURES.overall.counts.not_applicable
    assert none > 1
    assert f"{none} do not apply and are left out." in page
    mixed = [
        one.figure.counts
        for one in FIGURES.controls
        if one.figure.counts.not_applicable and one.figure.applies
    ]
    assert mixed
    for one in mixed:
        told = f"{one.assessed} of {one.applicable} ({one.not_applicable} n/a)"
        assert told in page


async def test_the_lowest_control_stands_below_the_overall_score(
    site: Stand, client: httpx.AsyncClient
) -> None:
    scored = [one for one in FIGURES.controls if one.figure.mean is not None]
    low = min(scored, key=lambda one: one.figure.mean or 0)
    assert f"Lowest: {low.control.number} " in (await client.get(ONE)).text
    site.conversation.instead(ShowAssessment, SAID["practices_summary"])
    assert "Lowest:" not in (await client.get(ONE)).text, "the committee sees the summary"


async def test_the_controls_stand_once_on_the_page_and_their_numbers_open_by_a_press(
    site: Stand, client: httpx.AsyncClient
) -> None:
    folded = "<summary>Each control in numbers</summary>"
    whole = (await client.get(ONE)).text
    before, _, inside = whole.partition(folded)
    assert '<table class="grid">' in before, "the controls with their safeguards"
    assert inside.partition("</details>")[0].count("<table") == 1
    site.conversation.instead(ShowAssessment, SAID["practices_summary"])
    summary = (await client.get(ONE)).text
    assert folded not in summary, "a committee sees no other table of them"


async def test_what_is_not_finished_is_drawn_and_told_as_such(
    site: Stand, client: httpx.AsyncClient
) -> None:
    *before, last = WHOLE.trend
    assert last.step is not None
    alike = replace(last.step, version=False, scope=False)
    site.conversation.instead(
        ShowAssessment, replace(WHOLE, trend=(*before, replace(last, step=alike)))
    )
    page = (await client.get(ONE)).text
    assert page.count('<line class="trend"') == 1
    assert page.count('<line class="trend open"') == 1
    assert page.count('<circle class="dot open"') == 1
    assert page.count('<circle class="dot"') == 3
    counts = last.figure.counts
    so_far = f"so far, {counts.assessed} of {counts.applicable}"
    assert page.count(so_far) == 2, "beside its dot, and in the table"
    assert "assessed), not finished." in page
    told = "Same framework and scope. For the 44 safeguards assessed in both: 2.9, then 2.9."
    assert told in page.partition("Compared with the previous one")[2]


async def test_the_report_is_confidential_on_paper_with_its_targets_and_trend(
    client: httpx.AsyncClient,
) -> None:
    page = (await client.get(f"{ONE}/report")).text
    printed = re.sub(r'<p class="no-print.*?</p>', "", page)
    assert "Confidential. Share it only with people who need it." in printed
    assert "Current target: 3.5 by Jun 30, 2027." in printed
    assert "4.0 by Jun 30, 2027" in printed.partition("Scores by control")[2]
    assert '<line class="trend"' in printed
    table = printed.partition("Compared with the previous one")[2].partition("</table>")[0]
    assert "Winter 2025" in table
    assert "Winter 2026" not in table, "only what is finished"


async def test_the_report_has_reasons_and_no_evidence(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"{ONE}/report")).text
    assert "Does not apply: We do not host this ourselves." in page
    assert "A page of our wiki" not in page
    assert "safeguards/" not in page


async def test_the_report_of_an_assessment_in_progress_has_no_overall_score(
    site: Stand, client: httpx.AsyncClient
) -> None:
    closed = REPORT
    still = replace(closed.assessment, state=AssessmentState.OPEN, closed_at=None)
    page = (await client.get(f"{ONE}/report")).text
    told = "Overall score: 3.0 of 5, with 100 of 121 applicable safeguards assessed"
    assert f'<p class="lead">{told}</p>' in page
    assert "so far" not in page
    site.conversation.instead(ShowPracticesReport, replace(closed, assessment=still))
    page = (await client.get(f"{ONE}/report")).text
    told = "The assessment is in progress. The overall score is printed once it is closed."
    assert told in page
    assert "Overall score" not in page
    assert "Scores by control so far" in page
    assert "Overall score so far: 3.0 of 5" in (await client.get(ONE)).text


async def test_the_report_names_cis_beside_its_three_rules_alone(
    site: Stand, client: httpx.AsyncClient
) -> None:
    assert "CIS publishes" not in (await client.get(f"{ONE}/report")).text, "another framework"
    of_cis = replace(REPORT, framework=replace(REPORT.framework, key="cis"))
    site.conversation.instead(ShowPracticesReport, of_cis)
    main = (await client.get(f"{ONE}/report")).text.partition("<main")[2].partition("</main>")[0]
    rules = re.findall(r"<li>(.*?)</li>", main)
    at = next(n for n, one in enumerate(rules) if one.startswith("CIS publishes these three rules"))
    assert rules[at - 1].startswith("The overall score is")
    assert rules[at - 3].startswith("A safeguard’s score is")
    assert rules[-1].startswith("An answer counts once its owner submits it")


async def test_the_report_says_where_an_owner_confirmed_their_own_answer(
    site: Stand, client: httpx.AsyncClient
) -> None:
    assert "confirmed by the owner" not in (await client.get(f"{ONE}/report")).text
    line = next(one for one in REPORT.lines if one.row.confirmed_by)
    own = replace(line, row=replace(line.row, confirmed_by=line.row.answered_by))
    lines = tuple(own if one is line else one for one in REPORT.lines)
    site.conversation.instead(ShowPracticesReport, replace(REPORT, lines=lines))
    page = (await client.get(f"{ONE}/report")).text
    assert page.count("Noor Haddad, Nov 30, 2026, confirmed by the owner") == 1


async def test_a_control_leads_to_its_safeguards(client: httpx.AsyncClient) -> None:
    page = (await client.get(f"{ONE}/controls/4")).text
    assert [f"4.{n}" for n in range(1, 13)] == re.findall(r"safeguards/(4\.\d+)\"", page)


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("at", [ONE, f"{ONE}/controls/4"])
async def test_the_heat_map_is_whole_on_every_screen(
    browser: Browser, at: str, locale: str
) -> None:
    look = page(at, locale=locale)
    async with visitors() as mine:
        found = await mine.page(browser, look, scripts=True)
        await open_(found, mine.of(look), look)
        for width in (360, 640, 768, 900, 1023, 1024, 1200, 1279, 1280):
            await found.set_viewport_size({"width": width, "height": 900})
            around = found.locator(".scroll:has(> .heat-map)").first
            hidden = await around.evaluate("one => one.scrollWidth - one.clientWidth")
            assert hidden <= 1, f"{hidden} pixels are cut off in a window of {width}"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_bars_and_squares_are_seen_on_every_screen(browser: Browser) -> None:
    look = page(ONE)
    async with visitors() as mine:
        found = await mine.page(browser, look, scripts=True)
        await open_(found, mine.of(look), look)
        for width in (390, 1280):
            await found.set_viewport_size({"width": width, "height": 800})
            assert await found.locator("svg .bar").first.is_visible()
            wide = await found.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
            boxes = await found.locator("a.square").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect()).map(b => [b.width, b.height])"
            )
            assert len(boxes) > 100
            assert min(min(one) for one in boxes) >= 24
        tiles, first = found.locator(".tiles"), found.locator(".grid tbody tr").first
        for one in (tiles, first):
            box = await one.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 800, "in the first screen"


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_tables_of_the_report_fit_a_phone(browser: Browser, locale: str) -> None:
    look = page(f"{ONE}/report", locale=locale)
    async with visitors() as mine:
        found = await mine.page(browser, look, scripts=True)
        await open_(found, mine.of(look), look)
        for width in (360, 768):
            await found.set_viewport_size({"width": width, "height": 900})
            cut = await found.locator(".report .scroll").evaluate_all(
                "all => all.map(one => one.scrollWidth - one.clientWidth)"
            )
            assert len(cut) > 18
            assert max(cut) <= 1, f"{cut} pixels are cut off in a window of {width}"
