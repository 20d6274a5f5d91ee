"""A figure carries what it is of: a share reads as a percentage, a mean as a mean, everywhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import httpx
import pytest

from bot.charts.beside_chat import beside
from bot.charts.beside_words import comparison_words, figure_words
from core.text import text
from core.words import Words
from governance.labels import Labels
from surveys import commands as surveys
from surveys.messages import Results
from surveys.ports import OpenResponse
from surveys.questions import Answer, Choice, Ranking, Scale
from surveys.results.beside import ComparedBy, Comparison, Unit
from surveys.results.model import WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import atom_of
from surveys.results.trending import Earlier
from surveys.survey import Dimension, Page
from tests.bot.web.examples import WAVE
from tests.bot.web.site import stand, visitor
from tests.surveys.store import DEVICE, NOON, WEEK, WIFI, survey, wave

ENGLISH = Words("en", "America/Chicago")

RECOMMEND = Scale(
    key="recommend",
    prompt=text("Would you recommend working here?"),
    points=11,
    lowest=0,
    enps=True,
    labels={0: text("No"), 10: text("Yes")},
)
ORDER = Ranking(
    key="order",
    prompt=text("What first?"),
    choices=tuple(Choice(key=key, label=text(key.title())) for key in ("wifi", "phones", "help")),
    top=3,
)
ASKS = replace(
    survey((Dimension.LEVEL,)), pages=(Page(questions=(WIFI, DEVICE, RECOMMEND, ORDER)),)
)


def said(n: int, level: str, **answers: Answer) -> list[OpenResponse]:
    return [OpenResponse(answers=answers, role="teacher", level=level, building=level)] * n


def answers(good: int) -> list[OpenResponse]:
    """Elementary schools like everything in ``good`` of 100 answers, middle schools in 30."""
    happy: dict[str, Answer] = {"wifi": 5, "device": "laptop", "recommend": 10}
    sad: dict[str, Answer] = {"wifi": 1, "device": "tablet", "recommend": 3}
    one, other = ("wifi", "phones", "help"), ("phones", "help", "wifi")
    return [
        *said(good, "elementary", **happy, order=one),
        *said(100 - good, "elementary", **sad, order=other),
        *said(30, "middle", **happy, order=one),
        *said(70, "middle", **sad, order=other),
    ]


def closed(good: int, *earlier: Earlier) -> WaveResults:
    given = answers(good)
    asked = {atom: 4 * n for atom, n in Counter(map(atom_of, given)).items()}
    known = Known(asked=asked, earlier=earlier)
    return final_results(wave(ASKS), given, asked, sum(asked.values()), str, NOON + WEEK, known)


async def shown(results: WaveResults, query: str) -> str:
    """The words of the page that the CTO sees."""
    site = stand()
    site.conversation.instead(surveys.ShowResults, Results(results=results))
    async with visitor(site.app) as client:
        page = await client.get(site.link())
        fields = dict(re.findall(r'name="(token|csrf)" value="([^"]*)"', page.text))
        await client.post("/signin", data=fields)
        found: httpx.Response = await client.get(f"/results/{WAVE}{query}")
    assert found.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", found.text).split())


@pytest.mark.usefixtures("exact")
async def test_what_is_compared_reads_in_its_unit_on_the_page() -> None:
    """At 589ad58b the page said "a mean of 0.3 against 0.7" on a scale of 1 to 5."""
    results = closed(70, Earlier(survey=ASKS, results=closed(50)))
    kinds = {(one.question, one.test.unit) for one in results.comparisons}
    assert kinds >= {
        ("wifi", Unit.SHARE),
        ("device", Unit.SHARE),
        ("recommend", Unit.SHARE),
        ("order", Unit.POINTS),
    }
    page = await shown(results, "?by=level")
    assert (
        "Middle schools: 30% answered 4 or higher, compared with 70% of elementary schools." in page
    )
    assert (
        "Middle schools: 30% answered 9 or higher, compared with 70% of elementary schools." in page
    )
    assert "Middle schools: 30% chose “Laptop”, compared with 70% of elementary schools." in page
    assert (
        "Middle schools: “Wifi” has 30 of 100 points, compared with 70 of elementary schools."
        in page
    )
    assert "a mean of 0" not in page


@pytest.mark.usefixtures("exact")
async def test_what_changed_reads_in_its_unit_on_the_page_in_its_picture_and_in_chat() -> None:
    """A mean of 3.0, a score of 0 and 50 points are three things; the score was called a mean."""
    results = closed(70, Earlier(survey=ASKS, results=closed(50)))
    page = await shown(results, "")
    chat = " ".join(line for one in beside(results, ENGLISH) for line in one.lines)
    pictures = " ".join(str(one.drawn) for one in beside(results, ENGLISH))
    for said_there in (page, chat + pictures):
        assert "Mean, 1 to 5" in said_there
        assert re.search(r"Mean, 1 to 5: [^.;]*: 2\.6; [^.;]*: 3[;.]", said_there), said_there
    assert re.search(r"eNPS: [^.;]*: -20; [^.;]*: 0[;.]", page)
    assert re.search(r"Wifi: [^.;]*: 40; [^.;]*: 50[;.]", page), "points, no percentage"
    assert "Laptop: " in page
    assert re.search(r"Laptop: [^.;]*: 40%; [^.;]*: 50%[;.]", page)


@pytest.mark.parametrize("test", list(ComparedBy))
@pytest.mark.parametrize("at_least", [None, 4])
def test_no_way_of_comparing_prints_a_share_as_a_mean(
    test: ComparedBy, at_least: int | None
) -> None:
    told = Comparison(
        question="q",
        prompt=text("Q?"),
        lower=(("level", "middle"),),
        higher=(("level", "high"),),
        low=0.5,
        high=0.6,
        p=0.01,
        test=test,
        item=None if at_least else "a",
        label=None if at_least else text("A"),
        at_least=at_least,
    )
    words = comparison_words(told, ENGLISH, Labels(ENGLISH))
    assert ("mean" in words) is (test.unit is Unit.MEAN)
    assert ("50%" in words) is (test.unit is Unit.SHARE)


def test_each_unit_has_its_own_form() -> None:
    assert [figure_words(0.5, one, ENGLISH) for one in Unit] == ["50%", "50", "0.5", "0"]
