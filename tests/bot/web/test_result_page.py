"""The page of results: one group at a time, and beside the tables who answered and what changed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.beside_charts import rates_chart, trends_chart
from bot.beside_words import comparison_words, rate_lines
from bot.words import Words
from surveys import commands as surveys
from surveys.messages import Results
from surveys.setting_beside import of_the_district
from surveys.survey import Dimension
from tests.bot.web import examples
from tests.bot.web.examples import FINAL, WAVE
from tests.bot.web.site import stand, visitor

ENGLISH = Words("en", "America/Chicago")


@pytest.fixture
async def reader() -> AsyncIterator[httpx.AsyncClient]:
    site = stand()
    site.conversation.instead(surveys.ShowResults, Results(results=FINAL))
    async with visitor(site.app) as client:
        page = await client.get(site.link())
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', page.text))
        await client.post("/signin", data=fields)
        yield client


async def main_of(reader: httpx.AsyncClient, query: str = "") -> str:
    page = await reader.get(f"/results/{WAVE}{query}")
    assert page.status_code == 200
    return page.text.partition("<main")[2]


async def test_the_district_comes_first_and_a_group_when_it_is_chosen(
    reader: httpx.AsyncClient,
) -> None:
    page = await main_of(reader)
    assert '<option value="" selected>The whole district</option>' in page
    assert "1,204 answers" in page
    assert "31 answers" not in page
    chosen = await main_of(reader, "?group=level:middle")
    assert '<option value="level:middle" selected>' in chosen
    assert "31 answers" in chosen
    assert "&gt;90%" in chosen
    every = await main_of(reader, "?group=every")
    assert "1,204 answers" in every
    assert "31 answers" in every


async def test_a_withheld_group_and_one_that_is_not_there_tell_nothing(
    reader: httpx.AsyncClient,
) -> None:
    held = await main_of(reader, "?group=level:high")
    section = held.partition("High schools</h2>")[2].partition("</section>")[0]
    assert section.strip() == (
        '<p class="withheld">Fewer than 5 answers: nothing is shown, for anyone.</p>'
    )
    odd = await main_of(reader, '?group="><script>')
    assert "1,204 answers" in odd
    assert '"><script>' not in odd


async def test_rates_make_up_differences_and_trends_stand_below_the_tables(
    reader: httpx.AsyncClient,
) -> None:
    page = await main_of(reader)
    for told in (
        "Completed the survey, of everyone asked (RR1)</dt><dd>19% of 6,312",
        "Said no, or broke off early</dt><dd>97",
        "District 19%",
        "&gt;90% of 40",
        "High schools answer lower than middle schools: a mean of 2.4 against 3.6.",
        "12 pairs of groups were compared.",
        "+0.2 since the time before",
        "95% interval −0.04 to +0.44",
        "the question’s words changed",
        "<td>988</td>",
        "Of 1,204 answers. Weighted,",
    ):
        assert told in page, told
    assert "Left the district" not in page, "a count that is withheld is not there"
    assert page.count("<td>not shown</td>") >= 2
    made_up = page.partition("Beside everybody who was asked")[2]
    made_up = made_up.partition("Would it be otherwise")[0]
    assert "Fewer than 5 answers: nothing is shown, for anyone" in made_up


async def test_contents_lead_to_every_question_and_section(reader: httpx.AsyncClient) -> None:
    page = await main_of(reader)
    contents = page.partition('<nav class="contents')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([\w-]+)"', contents)
    assert len(targets) == 8
    for target in targets:
        assert f'id="{target}"' in page, target


async def test_quotes_stand_for_many_and_the_rest_waits_behind_a_disclosure() -> None:
    comments = replace(
        examples.COMMENTS, n=412, comments=("one", "two", "three"), quotes=("the typical one",)
    )
    cell = replace(FINAL.tables[0].cells[0], questions=(comments,))
    table = replace(FINAL.tables[0], cells=(cell,))
    site = stand()
    site.conversation.instead(surveys.ShowResults, Results(results=replace(FINAL, tables=(table,))))
    async with visitor(site.app) as client:
        page = await client.get(site.link())
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', page.text))
        await client.post("/signin", data=fields)
        told = await main_of(client)
    before, _, behind = told.partition("<details")
    assert "the typical one" in before
    assert "two" not in before.partition("<h3")[2].partition("<ul")[2]
    assert "These are 3 of 412, drawn by chance." in behind
    assert "three" in behind


def test_the_dots_stand_where_the_rates_are_and_withheld_ones_nowhere() -> None:
    assert FINAL.rates is not None
    drawn = str(rates_chart(FINAL.rates, ENGLISH, ident="r"))
    places = [float(x) for x in re.findall(r'cx="([\d.]+)%"', drawn)]
    assert places == pytest.approx([2 + 0.96 * rate for rate in (90, 50.8, 31)], abs=0.01)
    assert "High schools" not in re.sub(r"<desc.*</desc>", "", drawn)
    assert "High schools: not shown" in drawn
    alone = replace(FINAL.rates, groups=())
    assert rates_chart(alone, ENGLISH, ident="r") is None


def test_a_line_has_no_stroke_over_a_break_or_a_withheld_point() -> None:
    first, second, third = FINAL.trends
    for trend, strokes, dots in ((first, 1, 3), (second, 0, 2), (third, 1, 2)):
        drawn = str(trends_chart([trend], ENGLISH, ident="t"))
        assert drawn.count('class="trend"') == strokes, trend.item
        assert drawn.count('class="dot"') == dots, trend.item
    assert "not shown" in str(trends_chart([first], ENGLISH, ident="t"))


def test_a_cooperation_rate_has_no_base_that_would_tell_how_few_were_missed() -> None:
    assert FINAL.rates is not None
    told = dict(rate_lines(FINAL.rates, ENGLISH))
    assert told["Completed the survey, of those reached (COOP1)"] == "31%"


def test_all_other_groups_are_named_so() -> None:
    said = comparison_words(FINAL.comparisons[1], ENGLISH)
    assert said.startswith("Middle schools: 31% chose")
    assert said.endswith("against 52% of all other groups.")


def test_the_districts_part_has_no_group_anywhere() -> None:
    by_building = replace(FINAL.make_up[0], by=Dimension.BUILDING)
    part = of_the_district(replace(FINAL, make_up=(*FINAL.make_up, by_building)))
    assert [table.plan.by for table in part.tables] == [()]
    assert part.rates is not None
    assert (part.rates.groups, part.comparisons, part.compared) == ((), (), 0)
    assert part.make_up == FINAL.make_up, "who answered by level, not by building"
    assert part.trends == FINAL.trends, "these are the district's"
    grouped = replace(FINAL.trends[0], group=(("level", "high"),))
    assert not of_the_district(replace(FINAL, trends=(grouped,))).trends
