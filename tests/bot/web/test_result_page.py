"""The page of results: one group at a time, and beside the tables who answered and what changed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from bot.charts.beside_charts import rates_chart, trends_chart
from bot.charts.beside_words import answered_words, comparison_words, rate_lines
from bot.web.result_figures import Chosen, drawn_results
from core.words import Words
from governance.labels import Labels
from surveys import commands as surveys
from surveys.messages import Results
from surveys.results.model import Cell, Table, WaveResults
from surveys.results.setting_beside import of_the_district
from surveys.survey import Dimension, PlannedTable
from tests.bot.web import examples
from tests.bot.web.examples import BANDS, FINAL, OLD, READER, WAVE
from tests.bot.web.site import stand, visitor

ENGLISH = Words("en", "America/Chicago")


@asynccontextmanager
async def reading(results: WaveResults) -> AsyncIterator[httpx.AsyncClient]:
    site = stand()
    site.conversation.instead(surveys.ShowResults, Results(results=results))
    async with visitor(site.app) as client:
        page = await client.get(site.link())
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', page.text))
        await client.post("/signin", data=fields)
        yield client


@pytest.fixture
async def reader() -> AsyncIterator[httpx.AsyncClient]:
    async with reading(FINAL) as client:
        yield client


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (None, "7,000 people were asked. First figures at 350 answers."),
        (350, "Figures from 350 answers so far; 7,000 people were asked. Next figures at 700"),
        (2800, "The next figures are shown once the survey closes."),
    ],
)
def test_while_it_is_open_it_says_when_figures_come_next(answered: int | None, said: str) -> None:
    open_still = replace(FINAL, final=False, asked=7000, answered=answered)
    assert said in answered_words(open_still, ENGLISH)
    few = replace(open_still, asked=249, answered=None)
    assert "Figures are shown once the survey closes." in answered_words(few, ENGLISH)


async def main_of(reader: httpx.AsyncClient, query: str = "") -> str:
    page = await reader.get(f"/results/{WAVE}{query}")
    assert page.status_code == 200
    return page.text.partition("<main")[2]


async def test_the_district_comes_first_and_one_way_to_split_it_at_a_time(
    reader: httpx.AsyncClient,
) -> None:
    page = await main_of(reader)
    tabs = page.partition('aria-label="Results by group"')[2].partition("</nav>")[0]
    assert f'<a href="/results/{WAVE}" aria-current="page">Everyone asked</a>' in tabs
    assert f'<a href="/results/{WAVE}?by=level">By level</a>' in tabs
    assert "about 1,205 answers" in page
    first, rest = page.partition('class="heat"')[2].partition("</section>")[::2]
    assert "Middle schools" in first, "all questions against one way to split them"
    assert "Northside" not in first
    assert "Middle schools" not in rest
    levels = await main_of(reader, "?by=level")
    assert '?by=level" aria-current="page">By level</a>' in levels
    assert "Northside" not in levels
    every = await main_of(reader, "?group=every")
    assert "about 1,205 answers" in every
    assert "about 30 answers" in every


NO_SPLIT = "There are no results by role, level or building: none were planned"


async def test_results_that_are_not_split_say_why(reader: httpx.AsyncClient) -> None:
    whole = [one for one in FINAL.tables if not one.plan.by]
    alone = drawn_results(replace(FINAL, tables=tuple(whole)), READER)
    assert NO_SPLIT in alone
    assert NO_SPLIT not in await main_of(reader), "where they are split"
    still_open = replace(FINAL, tables=tuple(whole), final=False)
    assert NO_SPLIT not in drawn_results(still_open, READER), "it is not known yet"


async def test_a_question_is_set_side_by_side_in_all_groups_of_a_table(
    reader: httpx.AsyncClient,
) -> None:
    page = await main_of(reader, "?by=level")
    table = page.partition('<table class="overview">')[2]
    row = table.partition('?group=level%3Amiddle">Middle schools</a>')[2].partition("</tr>")[0]
    dash = '<td><span aria-hidden="true">–</span><span class="unseen">not shown</span></td>'
    assert row == f"</th><td>30</td><td>few</td>{dash}<td>62% ± 14</td>"
    assert "Fewer than 12 answers, so nothing is shown to anyone. High schools</p>" in page
    other = await main_of(reader, "?by=level&question=blocker")
    assert '<option value="blocker" selected>' in other
    assert "<td>most</td><td>few</td>" in other
    assert "<h2" in await main_of(reader, "?by=level&question=nowhere")


async def test_the_first_screen_says_what_stands_out_and_sets_questions_against_groups(
    reader: httpx.AsyncClient,
) -> None:
    """Every figure is one that a table below has (``tests/attacks/test_heat_map.py``)."""
    page = await main_of(reader)
    said = page.partition('class="headline"')[2].partition("</div>")[0]
    assert "High schools: 34% answered 4 or higher, compared with 62% of middle schools." in said
    heat = page.partition('class="heat"')[2].partition("</table>")[0]
    assert '<th scope="col">Everyone asked</th>' in heat
    assert '<td class="heat-pos-1">62% ± 14</td>' in heat
    assert "Since Oct 6, 2026" in heat
    assert "A dash: too few answers, or too uncertain, to show." in page
    buildings = await main_of(reader, "?by=building")
    assert "Northside Elementary School" in buildings.partition('class="heat"')[2]
    alone = await main_of(reader, "?group=level:middle")
    assert 'class="heat"' not in alone, "a group's own page"


async def test_a_group_shows_all_its_questions_and_leads_to_its_neighbors(
    reader: httpx.AsyncClient,
) -> None:
    chosen = await main_of(reader, "?group=level:middle")
    assert '<option value="level:middle" selected>' in chosen
    assert "about 30 answers" in chosen
    assert "Most people: Wi-Fi that drops." in chosen
    assert "RR2" not in chosen


async def test_buildings_have_their_names_and_one_that_is_gone_its_key(
    reader: httpx.AsyncClient,
) -> None:
    page = await main_of(reader, "?by=building")
    assert '">Northside Elementary School</a>' in page
    assert "so nothing is shown to anyone. unnamed</p>" in page
    assert "48% of 52" in page


async def test_a_withheld_group_and_one_that_is_not_there_tell_nothing(
    reader: httpx.AsyncClient,
) -> None:
    held = await main_of(reader, "?group=level:high")
    section = held.partition("High schools</h2>")[2].partition("</section>")[0]
    assert section.strip() == (
        '<p class="withheld">Fewer than 12 answers, so nothing is shown to anyone.</p>'
    )
    for query in ('?group="><script>', "?by=nothing"):
        odd = await main_of(reader, query)
        assert "about 1,205 answers" in odd
        assert '"><script>' not in odd


async def test_how_figures_are_read_is_said_once(reader: httpx.AsyncClient) -> None:
    for query in ("", "?by=level", "?group=level:middle", "?group=every"):
        page = await main_of(reader, query)
        assert page.count("So columns may not add up exactly") == 1, query
        assert "rules of their time" not in page


async def test_rates_differences_and_trends_stand_with_what_they_are_of(
    reader: httpx.AsyncClient,
) -> None:
    district, levels = await main_of(reader), await main_of(reader, "?by=level")
    for told in (
        "About 1,205 of 6,312 people answered.",
        "(RR2)</dt><dd>19% of 6,312",
        "+0.2 since the last time",
        "95% interval −0.04 to +0.44",
        "the question’s words changed",
        "<td>988</td>",
        "a weighted share is worth",
    ):
        assert told in district, told
    for told in (
        "Everyone asked: 19%",
        "&gt;90% of 40",
        "High schools: 34% answered 4 or higher, compared with 62% of middle schools.",
        "12 pairs of groups were compared.",
    ):
        assert told in levels, told
        assert told not in district.partition('class="heat"')[2]
    assert "Left the district" not in district, "a count that is not told is not there"
    made_up = levels.partition("Who answered, compared with who was asked")[2]
    assert made_up.count("<td>not shown</td>") >= 2
    assert "Fewer than 12 answers, so nothing is shown to anyone" in made_up


async def test_what_was_released_before_keeps_the_rules_of_its_time() -> None:
    site = stand()
    site.conversation.instead(surveys.ShowResults, Results(results=OLD))
    async with visitor(site.app) as client:
        page = await client.get(site.link())
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', page.text))
        await client.post("/signin", data=fields)
        told = await main_of(client)
        held = await main_of(client, "?group=level:high")
    assert told.count("These results follow the rules from when the survey ran") == 1
    assert "columns may not add up" not in told
    assert "1,205 of 6,312 people answered." in told
    assert "About 1,205" not in told
    assert "Completed the survey, of everyone asked (RR1)</dt><dd>19% of 6,312" in told
    assert "Said no, or broke off early</dt><dd>97" in told
    assert "Half say 12 minutes or less" in told
    assert "Fewer than 5 answers" in held


async def test_contents_lead_to_every_question_and_section(reader: httpx.AsyncClient) -> None:
    page = await main_of(reader)
    contents = page.partition('<nav class="contents')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([\w-]+)"', contents)
    assert len(targets) == 7
    for target in targets:
        assert f'id="{target}"' in page, target


def folds(page: str) -> dict[str, bool]:
    """The sections below the heat map, and whether each is open."""
    found = re.findall(r'<details class="part group" id="([a-z]+)-part"( open)?>', page)
    return {name: bool(opened) for name, opened in found}


async def test_what_is_below_the_heat_map_opens_by_a_press_or_by_its_address(
    reader: httpx.AsyncClient,
) -> None:
    shut = dict.fromkeys(("questions", "comments", "changed", "who"), False)
    assert folds(await main_of(reader)) == shut
    assert folds(await main_of(reader, "?open=comments")) == {**shut, "comments": True}
    page = await main_of(reader, "?open=comments")
    part = page.partition('id="comments-part"')[2].partition("</details>")[0]
    for told in ("level", "Middle schools", "Northside", "Teachers"):
        assert told not in part, "no role, level or building beside a comment"
    levels = await main_of(reader, "?by=level&question=blocker")
    assert folds(levels) == {"questions": True, "differ": False, "who": False}
    for query in ("?group=every", "?group=level:middle"):
        assert folds(await main_of(reader, query)) == {}, "on paper, and alone, all is there"


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
    before, _, behind = told.partition('class="results"')[2].partition("<details")
    assert "the typical one" in before
    assert "two" not in before.partition("<h3")[2].partition("<ul")[2]
    assert "These are 3 of 412, chosen at random." in behind
    assert "three" in behind


def test_the_dots_stand_where_the_rates_are_and_withheld_ones_nowhere() -> None:
    assert FINAL.rates is not None
    levels = replace(FINAL.rates, groups=FINAL.rates.groups[:4])
    drawn = str(rates_chart(levels, ENGLISH, Labels(ENGLISH), ident="r"))
    places = [float(x) for x in re.findall(r'cx="([\d.]+)%"', drawn)]
    assert places == pytest.approx([2 + 0.96 * rate for rate in (90, 50.8, 31)], abs=0.01)
    assert "High schools" not in re.sub(r"<desc.*</desc>", "", drawn)
    assert "High schools: not shown" in drawn
    alone = replace(FINAL.rates, groups=())
    assert rates_chart(alone, ENGLISH, Labels(ENGLISH), ident="r") is None


def test_a_line_has_no_stroke_over_a_break_or_a_withheld_point() -> None:
    first, second, third = FINAL.trends
    for trend, strokes, dots in ((first, 1, 3), (second, 0, 2), (third, 1, 2)):
        drawn = str(trends_chart([trend], ENGLISH, ident="t"))
        assert drawn.count('class="trend"') == strokes, trend.item
        assert drawn.count('class="dot"') == dots, trend.item
    assert "not shown" in str(trends_chart([first], ENGLISH, ident="t"))


def test_a_cooperation_rate_has_no_base_that_would_tell_how_few_were_missed() -> None:
    assert OLD.rates is not None
    told = dict(rate_lines(OLD.rates, ENGLISH))
    assert told["Completed the survey, of those reached (COOP1)"] == "31%"


def test_all_other_groups_are_named_so() -> None:
    said = comparison_words(FINAL.comparisons[1], ENGLISH, Labels(ENGLISH))
    assert said.startswith("Middle schools: 31% chose")
    assert said.endswith("compared with 52% of all other groups.")


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


def crossed() -> WaveResults:
    """Results by building and role: two buildings, of which one has two roles that are shown."""
    cells = tuple(
        Cell(group=(("building", building), ("role", role)), n=n, questions=(BANDS,) if n else ())
        for building, role, n in (
            ("quiet", "teacher", None),
            ("northside", "teacher", 25),
            ("northside", "office", 15),
            ("northside", "support", None),
            ("unnamed", "teacher", 20),
        )
    )
    plan = PlannedTable(by=(Dimension.BUILDING, Dimension.ROLE))
    return replace(FINAL, tables=(FINAL.tables[0], Table(plan=plan, cells=cells)))


def test_a_table_by_two_things_shows_one_building_at_a_time() -> None:
    page = drawn_results(crossed(), READER, Chosen(by="building,role"))
    assert '<option value="northside" selected>Northside Elementary School</option>' in page
    assert '">Teachers</a></th><td>25</td>' in page
    assert "Office professionals" in page
    assert "<td>20</td>" not in page
    assert "so nothing is shown to anyone. Support staff</p>" in page
    other = drawn_results(crossed(), READER, Chosen(by="building,role", of="unnamed"))
    assert "<td>20</td>" in other
    group = drawn_results(crossed(), READER, Chosen(group="building:northside,role:office"))
    assert "?by=building,role&amp;of=northside" in group
    assert group.count("<option") == 3, "the roles of this building"


def test_what_the_ends_of_a_scale_mean_is_said_where_it_is_told_in_bands() -> None:
    for chosen in (Chosen(by="level"), Chosen(group="level:middle")):
        page = drawn_results(FINAL, READER, chosen)
        assert page.count("1 is “1 Hardly ever”, 5 is “5 Always”.") == 1
    assert "1 is “" not in drawn_results(FINAL, READER)
