"""The first screen of a page of results: whatever it says is said by a released table already, of
the same question and the same group, so that right answers added up tell nothing new."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest

from bot.charts import beside_words
from bot.web.heat_maps import GROUPS, headline, heat_map
from bot.web.result_figures import Chosen, drawn_results
from core.text import text
from core.words import Words
from governance.labels import Labels
from governance.results.wording import DASH, enps_words, figure, mean_words, points_words
from surveys.ports import OpenResponse
from surveys.questions import Choice, Scale, SingleChoice
from surveys.results.model import Cell, RankingResult, Share, ShareResult, Table, WaveResults
from surveys.results.release import final_results
from surveys.results.tabulating import atom_of
from surveys.survey import Dimension, Page, PlannedTable
from tests.bot.web.examples import FINAL, READER, RESULTS
from tests.surveys.store import NOON, WEEK, survey, wave

WORDS = Words("en", READER.timezone)
SCALES = tuple(
    Scale(
        key=key,
        prompt=text(f"How is {key}?"),
        points=5,
        labels={1: text("Bad"), 5: text("Good")},
        required=False,
    )
    for key in ("wifi", "help", "sign-in")
)
WORST = SingleChoice(
    key="worst",
    prompt=text("What is worst?"),
    choices=tuple(Choice(key=key, label=text(key.title())) for key in ("cart", "cable", "printer")),
)
ASKS = replace(
    survey(),
    pages=(Page(questions=(*SCALES, WORST)),),
    tables=(
        PlannedTable(),
        PlannedTable(by=(Dimension.LEVEL,)),
        PlannedTable(by=(Dimension.BUILDING,)),
    ),
)
LEVELS = ("elementary",) * 5 + ("middle",) * 3 + ("high",) * 3
NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?%?")


def drawn(seed: int) -> WaveResults:
    """Of 600 people in 14 buildings, some of which are too small to be shown."""
    lot = random.Random(seed)  # noqa: S311 - people of a test
    given = []
    for n in range(600):
        level = lot.choice(LEVELS)
        good = 2 if level == "high" else 0
        answers = {one.key: max(1, lot.randint(1, 5) - good * at) for at, one in enumerate(SCALES)}
        building = f"{level}-{min(n % 40, 13)}"
        given.append(
            OpenResponse(
                answers={**answers, "worst": lot.choice(("cart", "cart", "cable", "printer"))},
                role="teacher",
                level=level,
                building=building,
            )
        )
    asked = {atom: 2 * n for atom, n in Counter(map(atom_of, given)).items()}
    return final_results(wave(ASKS), given, asked, sum(asked.values()), str, NOON + WEEK)


def released(cell: Cell, found: WaveResults) -> dict[str, set[str]]:
    """Every figure that a cell shows today, by its question, as it is written there."""
    told: dict[str, set[str]] = {}
    for one in cell.questions:
        known = told.setdefault(_prompt(one), {DASH})
        match one:
            case ShareResult():
                known |= {figure(share, WORDS) for share in one.shares}
                known.add(mean_words(one, WORDS))
                known |= {figure(one.high, WORDS)} if one.high else set()
                known |= {enps_words(one.enps, WORDS)} if one.enps else set()
            case RankingResult():
                known |= {points_words(choice, WORDS) for choice in one.ranked}
            case _:
                pass
    return told


def _prompt(one: object) -> str:
    within = getattr(one, "asked_in", None)
    prompt = WORDS.text(one.prompt)  # type: ignore[attr-defined]
    return f"{WORDS.text(within)} {prompt}" if within else prompt


def cells_of(found: WaveResults, table: Table) -> dict[str, Cell]:
    named = Labels(WORDS, found.buildings)
    every = [cell for one in found.tables if not one.plan.by for cell in one.cells]
    return {named.group(cell.group): cell for cell in (*every, *table.cells)}


def figures_on(found: WaveResults, table: Table) -> Iterator[tuple[str, str, str]]:
    """(group, question, figure) of every page of a heat map."""
    named = Labels(WORDS, found.buildings)
    for page in range(-(-len(table.cells) // GROUPS)):
        shown = heat_map(found, table, WORDS, named, page)
        if shown is None:
            return
        for row in shown.rows:
            for (_, group), cell in zip(shown.headers, row.cells, strict=True):
                yield group, row.prompt, cell.text


@pytest.mark.parametrize("found", [drawn(1), drawn(2), drawn(3), FINAL, RESULTS])
def test_every_number_of_the_heat_map_stands_in_a_released_table(found: WaveResults) -> None:
    changes = {beside_words.change_briefly(one, WORDS) for one in found.trends if not one.group}
    seen = 0
    for table in found.tables:
        if len(table.plan.by) > 1:
            continue
        known = cells_of(found, table)
        for group, question, said in figures_on(found, table):
            if group not in known:  # what became of it since the time before
                assert said in {*changes, DASH}
                continue
            assert said in released(known[group], found).get(question, {DASH}), (group, question)
            assert known[group].n is not None or said == DASH
            seen += said != DASH
    assert seen > 3


@pytest.mark.parametrize("seed", [4, 5, 6, 7])
def test_the_headline_says_no_number_that_is_not_released(seed: int) -> None:
    found = drawn(seed)
    named = Labels(WORDS, found.buildings)
    known = {*(str(point) for point in range(1, 6))}
    for table in found.tables:
        for cell in table.cells:
            for figures in released(cell, found).values():
                known |= {number for one in figures for number in NUMBER.findall(one)}
    for one in found.comparisons:
        known |= set(NUMBER.findall(beside_words.comparison_words(one, WORDS, named)))
    said = headline(found, WORDS, named)
    for number in NUMBER.findall(" ".join(said)):
        assert number in known, said


def test_a_group_that_is_too_small_is_a_dash_on_the_page_and_in_no_headline() -> None:
    found = drawn(8)
    small = [cell.group for table in found.tables for cell in table.cells if cell.n is None]
    assert small, "the example has some"
    page = unescape(drawn_results(found, READER, Chosen(by="building")))
    head = page[page.index('class="heat"') :].partition("</table>")[0]
    columns = re.findall(r">([^<]+)</(?:a|th)>", head.partition("</thead>")[0])
    named = Labels(WORDS, found.buildings)
    assert len(columns) > 3
    for group in small:
        assert named.group(group) not in columns
    for said in headline(found, WORDS, named):
        for group in small:
            assert not re.search(rf"\b{re.escape(named.group(group))}\b", said)


def _dash(one: Share) -> Share:
    return replace(one, share=None, low=None, high=None, coded=None)


def test_what_overlaps_is_not_told_apart() -> None:
    """Three questions with the same answers: none is the lowest, and none the highest."""
    found = drawn(9)
    (whole,) = (one for one in found.tables if not one.plan.by)
    (cell,) = whole.cells
    first = next(one for one in cell.questions if isinstance(one, ShareResult) and one.mean)
    alike = tuple(replace(first, question=key) for key in ("one", "two", "three"))
    even = replace(
        found,
        comparisons=(),
        tables=(replace(whole, cells=(replace(cell, questions=alike),)),),
    )
    (said,) = headline(even, WORDS, Labels(WORDS))
    assert "owest" not in said
    assert "ighest" not in said
    assert said.startswith(f"How is wifi? {figure(first.high, WORDS)} answered "), "as it is shown"
    hidden = replace(first, high=None, shares=tuple(_dash(one) for one in first.shares), mean=None)
    none = replace(even, tables=(replace(whole, cells=(replace(cell, questions=(hidden,)),)),))
    assert headline(none, WORDS, Labels(WORDS)) == [], "nothing is released, so nothing is said"
    apart = replace(alike[0], mean=1.2, mean_low=1.1, mean_high=1.3)
    told = replace(
        even, tables=(replace(whole, cells=(replace(cell, questions=(apart, *alike[1:])),)),)
    )
    (said,) = headline(told, WORDS, Labels(WORDS))
    assert said.startswith("Lowest: “How is wifi?” (1.2")
    assert "Highest" not in said
