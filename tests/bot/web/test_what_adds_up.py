"""What a page of results says fits together: one count of answers, parts that add up or are said to
differ, bands that do not overlap, and a heading that is true of a survey of two buildings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import unescape

import pytest

from bot.slack.blocks import pen_for
from bot.slack.draw_results import results_blocks
from bot.web.result_figures import drawn_results
from core.text import text
from core.words import Words
from governance.results.wording import caption
from surveys.disclosure.noise import Noisy
from surveys.ports import OpenResponse
from surveys.questions import Number, Scale
from surveys.results.model import ShareResult, WaveResults
from surveys.results.release import final_results
from surveys.results.tabulating import atom_of
from surveys.survey import Page, PlannedTable
from tests.bot.slack.samples import FRESH
from tests.bot.web.examples import READER, RESULTS, SCALED
from tests.surveys.store import NOON, WEEK, survey, wave

WORDS = Words("en", "America/Chicago")
OPEN = Scale(
    key="mood", prompt=text("How is it?"), points=5, labels={1: text("Bad"), 5: text("Good")}
)
HOURS = Number(key="hours", prompt=text("How many hours?"), minimum=0, maximum=60, whole=False)
ASKS = replace(
    survey(),
    pages=(Page(questions=(replace(OPEN, required=False), replace(HOURS, required=False))),),
    tables=(PlannedTable(),),
)


def results_of(noise: int, monkeypatch: pytest.MonkeyPatch) -> WaveResults:
    """Of 135 people in two buildings; each count of a question comes out ``noise`` too large."""
    given = [
        OpenResponse(
            answers={"mood": 1 + n % 5, "hours": n % 60},
            role="teacher",
            level="middle",
            building=("mill", "hill")[n % 2],
        )
        for n in range(135)
    ]

    drawn = iter(range(1000))

    def counted(count: int, *_: object) -> Noisy:
        """How many answered the survey is drawn first."""
        return Noisy(count + (noise if next(drawn) else 0), 4.0)

    asked = {atom: 2 * n for atom, n in Counter(map(atom_of, given)).items()}
    monkeypatch.setattr("surveys.disclosure.tables.noisy", counted)
    return final_results(wave(ASKS), given, asked, sum(asked.values()), str, NOON + WEEK)


def test_no_question_says_that_more_people_answered_it_than_the_survey(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At 589ad58b one page said 135, 155 and 150."""
    found = results_of(0, monkeypatch)
    assert found.answered == 135
    for table in results_of(20, monkeypatch).tables:
        for cell in table.cells:
            for one in cell.questions:
                assert isinstance(one, ShareResult)
                assert cell.n is not None
                assert one.n <= cell.n
    page = unescape(drawn_results(found, READER))
    assert "A question can show fewer answers than the survey" in page


def test_parts_that_do_not_add_up_are_said_on_the_page_in_the_picture_and_in_chat() -> None:
    """At 589ad58b a bar was made of 22, 19, 25, 19 and 19, without a word."""
    parts = zip(SCALED.shares, (0.22, 0.19, 0.25, 0.19, 0.19), strict=True)
    odd = replace(SCALED, shares=tuple(replace(one, share=share) for one, share in parts))
    said = "The parts add up to 104%: each count has a random number and is rounded."
    for shown, result in ((True, odd), (False, replace(odd, shares=_even(odd)))):
        found = _only(result)
        below = caption(result, WORDS, as_of=NOON)  # of the picture in chat
        slack = str(results_blocks(found, pen_for(READER, FRESH)))
        for door in (unescape(drawn_results(found, READER)), below, slack):
            assert (" ".join(said.split()) in " ".join(door.split())) is shown


def _even(result: ShareResult):  # type: ignore[no-untyped-def]
    return tuple(replace(one, share=0.2) for one in result.shares)


def _only(result: ShareResult) -> WaveResults:
    (table,) = (one for one in RESULTS.tables if not one.plan.by)
    cell = replace(table.cells[0], questions=(result,))
    return replace(RESULTS, tables=(replace(table, cells=(cell,)),))


def test_bands_do_not_overlap_and_a_survey_of_two_buildings_is_not_the_district(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = unescape(drawn_results(results_of(0, monkeypatch), READER))
    assert "0 to under 3" in page
    assert "3 to under 6" in page
    assert "3–6" not in page
    assert "Everyone asked" in page
    assert "whole district" not in page.lower()
