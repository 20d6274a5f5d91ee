"""Results with charts: Teams' own where every bar has a length to read, a picture everywhere else,
and an address of the picture that nobody can make up or use for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from bot.conversation import Reader
from bot.teams.cards import LARGEST, size
from bot.teams.draw import draw
from bot.teams.pictures import KEPT, Drawable, Named, PictureLinks, picture_route
from core.text import text
from core.words import Words
from governance.digests.messages import Digest
from governance.messages import Message
from governance.results.wording import places, points_words, share_words
from surveys.messages import Results
from surveys.results.model import (
    Cell,
    CommentsResult,
    QuestionResult,
    ShareResult,
    WaveResults,
    Withheld,
)
from surveys.results.setting_beside import of_the_district
from tests.bot.teams.samples import MESSAGES
from tests.bot.web import examples
from tests.hostile.sowing import sown
from tests.hostile.test_hostile_words import MARKDOWN
from tests.stand_ins.adaptive_cards import elements, faults
from tests.stand_ins.microsoft_cards import faults as microsofts_faults
from tests.stand_ins.teams import text_of

URL = "https://sounding.example.org"
READER = Reader(web_url=URL)
LINKS = PictureLinks(secret=b"s" * 32, web_url=URL)
SAMPLE = MESSAGES["results"]
assert isinstance(SAMPLE, Results)
WITHHELD = Withheld(question="why", prompt=text("Why?"), least=10)
SAID = CommentsResult(question="more", prompt=text("More?"), n=12, comments=("Fine.",) * 12)
QUESTIONS: tuple[QuestionResult, ...] = (
    examples.CHOICES,
    examples.SCALED,
    examples.CODED,
    examples.RANKED,
    SAID,
    WITHHELD,
)


def of(*questions: QuestionResult, **changed: Any) -> Results:
    assert isinstance(SAMPLE, Results)
    table = SAMPLE.results.tables[0]
    cells = (Cell(group=(), n=40, questions=questions),)
    found = replace(SAMPLE.results, tables=(replace(table, cells=cells),), **changed)
    return Results(results=found)


def card_of(message: Message, links: PictureLinks | None = LINKS) -> dict[str, Any]:
    drawn = draw(message, READER, pictures=links)
    assert drawn is not None
    assert faults(drawn.card) == []
    return drawn.card


def charts(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in elements(card) if one["type"].startswith("Chart.")]


def images(card: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in elements(card):
        if one["type"] == "Image":
            yield one
        elif isinstance(one.get("fallback"), dict):
            yield one["fallback"]


def test_bars_are_the_figures_in_the_order_of_the_page() -> None:
    choices, scale = charts(card_of(of(examples.CHOICES, examples.SCALED)))
    shares = [one.share or 0 for one in examples.CHOICES.shares]
    assert [bar["y"] for bar in choices["data"]] == sorted(
        (round(share * 100) for share in shares), reverse=True
    )
    assert [bar["y"] for bar in scale["data"]] == [
        round((one.share or 0) * 100) for one in examples.SCALED.shares
    ]
    assert choices["title"] == f"Percent of about {examples.CHOICES.n:,} answers"


def test_a_ranking_is_the_picture_that_shows_its_ties() -> None:
    card = card_of(of(examples.RANKED))
    assert charts(card) == []
    (image,) = images(card)
    said = text_of(card)
    for one, place in zip(examples.RANKED.ranked, places(examples.RANKED.ranked), strict=True):
        figure = points_words(one, Words())
        assert f"{place} {one.label.default}, {figure}" in image["altText"]
        assert f"{place} {one.label.default}: {figure} of 100 points" in said
    assert f"From about {examples.RANKED.n:,} answers." in said


def test_every_figure_stands_in_words_beside_its_chart() -> None:
    for question in (examples.CHOICES, examples.CODED):
        said = text_of(card_of(of(question)))
        for share in question.shares:
            assert share.label.default in said
            assert f"{share.label.default}: {share_words(share, Words())}" in said


def test_what_is_told_as_a_bound_has_no_bar_to_read_a_number_from() -> None:
    card = card_of(of(examples.CODED))
    assert charts(card) == []
    (image,) = images(card)
    for share in examples.CODED.shares:
        assert share_words(share, Words()) in image["altText"]


def test_each_picture_says_its_numbers_to_who_does_not_see_it() -> None:
    made = list(images(card_of(of(examples.CHOICES, examples.CODED, examples.RANKED))))
    assert len(made) == 3
    assert examples.CHOICES.prompt.default in made[0]["altText"]
    assert "%" in made[0]["altText"]


def test_what_may_not_be_shown_has_no_picture() -> None:
    card = card_of(of(WITHHELD, SAID))
    assert charts(card) == []
    assert list(images(card)) == []


def test_only_a_closed_surveys_whole_district_is_drawn() -> None:
    assert charts(card_of(of(examples.CHOICES, final=False))) == []
    grouped = of(examples.CHOICES).results
    table = grouped.tables[0]
    cell = replace(table.cells[0], group=(("role", "teacher"),))
    only_teachers = replace(grouped, tables=(replace(table, cells=(cell,)),))
    assert charts(card_of(Results(results=only_teachers))) == []
    assert charts(card_of(of(examples.CHOICES), links=None)) == []


def test_a_card_that_would_be_too_large_has_its_figures_without_charts() -> None:
    many = [replace(examples.CHOICES, question=f"q{i}") for i in range(20)]
    drawn = draw(of(*many), READER, pictures=LINKS)
    assert drawn is not None
    assert size(drawn.card) <= LARGEST
    assert charts(drawn.card) == []
    assert "too long for Teams" not in text_of(drawn.card)
    assert charts(card_of(of(*many[:2])))


def test_microsofts_own_words_know_the_chart() -> None:
    """The SDK's model of it takes every key, and gives all of them back."""
    from microsoft_teams.cards import HorizontalBarChart

    (made,) = charts(card_of(of(examples.CHOICES)))
    alone = {key: one for key, one in made.items() if key != "fallback"}
    read = HorizontalBarChart.model_validate(alone)
    assert read.model_dump(by_alias=True, exclude_none=True) == alone


def test_a_client_that_does_not_know_charts_shows_the_picture() -> None:
    card = card_of(of(*QUESTIONS))
    unknown = 'Unknown element type "Chart.HorizontalBar". Fallback will be used if present.'
    told = microsofts_faults({"results": card})["results"]
    assert told == [f"UnknownElementType: {unknown}"] * len(charts(card))


def test_hostile_words_stay_words_in_a_chart() -> None:
    for case in range(60):
        rng = Random(f"chart-{case}")  # noqa: S311
        drawn = draw(sown(of(*QUESTIONS), rng), READER, pictures=LINKS)
        assert drawn is not None
        assert faults(drawn.card) == [], case
        for one in charts(drawn.card):
            for written in (one["title"], *(bar["x"] for bar in one["data"])):
                assert MARKDOWN.search(written) is None, (case, written)
        for image in images(drawn.card):
            assert image["url"].startswith(f"{URL}/teams/charts/")
            assert "{{" not in image["altText"]


def test_who_answered_and_what_changed_are_pictures_with_their_words() -> None:
    card = card_of(Results(results=examples.FINAL))
    alts = [one["altText"] for one in images(card)]
    assert any("Elementary schools: 31% of 3,100" in alt for alt in alts)
    assert any("+0.2 since the last time" in alt for alt in alts)
    said = text_of(card)
    assert "of everyone asked (RR2): 19% of 6,312" in said
    assert "Signing in: Aug 17, 2026: 20%; Nov 25, 2026: 14%. −6 points" in said
    assert microsofts_faults({"beside": card})["beside"] == [
        f'UnknownElementType: Unknown element type "{one["type"]}". Fallback will be used if '
        "present."
        for one in charts(card)
    ]


def test_who_sees_no_groups_is_shown_none_beside_the_questions() -> None:
    card = card_of(Results(results=of_the_district(examples.FINAL)))
    told = text_of(card) + "".join(one["altText"] for one in images(card))
    assert "19% of 6,312" in told
    assert "Elementary schools" not in told


# -- the door -----------------------------------------------------------------------------------


class Door:
    """The route over results, with a clock that moves."""

    def __init__(self, results: WaveResults) -> None:
        self.results: WaveResults | None = results
        self.now = results.as_of + timedelta(days=1)
        self.asked: list[UUID] = []
        self.messages: dict[tuple[str, UUID], Message] = {}
        route = picture_route(
            LINKS, Drawable(results=self._of, message=self._message), lambda: self.now
        )
        transport = httpx.ASGITransport(app=Starlette(routes=[route]))
        self.client = httpx.AsyncClient(transport=transport, base_url=URL)

    async def _of(self, wave: UUID) -> WaveResults | None:
        self.asked.append(wave)
        return self.results if self.results and self.results.wave_id == wave else None

    async def _message(self, kind: str, subject: UUID) -> Message | None:
        return self.messages.get((kind, subject))


@pytest.fixture
def door() -> Door:
    return Door(of(*QUESTIONS).results)


async def test_a_picture_is_served_to_whoever_has_its_address(door: Door) -> None:
    addresses = [one["url"] for one in images(card_of(Results(results=door.results or _no())))]
    assert len(addresses) == 4
    for address in addresses:
        answer = await door.client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.content.startswith(b"\x89PNG")
        assert answer.headers["x-robots-tag"].startswith("noindex")
    again = await door.client.get(addresses[0])
    assert again.status_code == 200
    assert len(door.asked) == 4, "drawn once"


async def test_what_stands_beside_is_served_too_and_ends_as_all_do() -> None:
    door = Door(examples.FINAL)
    addresses = [one["url"] for one in images(card_of(Results(results=examples.FINAL)))]
    served = [await door.client.get(address) for address in addresses]
    assert {(one.status_code, one.headers["content-type"]) for one in served} == {
        (200, "image/png")
    }
    assert len({one.content for one in served}) == len(addresses) >= 4
    named = Named(wave=examples.WAVE, locale="en", timezone="UTC", beside="|nothing")
    nowhere = LINKS.address(named, examples.FINAL.as_of)
    assert (await door.client.get(nowhere)).status_code == 404
    door.results = replace(examples.FINAL, final=False)
    fresh = LINKS.address(replace(named, beside="|who"), examples.FINAL.as_of)
    assert (await door.client.get(fresh)).status_code == 404


async def test_a_cards_picture_is_served_by_its_message_and_key(door: Door) -> None:
    week = MESSAGES["digest"]
    assert isinstance(week, Digest)
    door.messages[("digest", week.digest_id)] = week
    door.now = week.at + timedelta(days=1)
    (chart,) = charts(card_of(week))
    answer = await door.client.get(chart["fallback"]["url"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    named = LINKS.read(chart["fallback"]["url"].rpartition("/")[2].removesuffix(".png"), door.now)
    assert named is not None
    for elsewhere in (
        replace(named, beside="another"),
        replace(named, sums="brief"),
        replace(named, wave=UUID(int=9)),
    ):
        assert (await door.client.get(LINKS.address(elsewhere, week.at))).status_code == 404
    door.messages[("digest", week.digest_id)] = replace(week, themes=())
    other = LINKS.address(replace(named, locale="es"), week.at)
    assert (await door.client.get(other)).status_code == 404, "it has no picture any more"


def _no() -> WaveResults:
    raise AssertionError


async def test_no_other_address_leads_anywhere(door: Door) -> None:
    (good, *_) = [one["url"] for one in images(card_of(of(*QUESTIONS)))]
    token = good.rpartition("/")[2].removesuffix(".png")
    body, _, signature = token.rpartition(".")
    other = PictureLinks(secret=b"x" * 32, web_url=URL)
    named = LINKS.read(token, door.now)
    assert named is not None
    wrong = [
        good.replace(token, body),
        good.replace(token, f"{body}.{signature[::-1]}"),
        good.replace(token, "x" * 5000),
        good.replace(token, ""),
        other.address(named, door.now),
        *(
            LINKS.address(elsewhere, door.now)
            for elsewhere in (
                replace(named, table=9),
                replace(named, cell=9),
                replace(named, question=99),
                replace(named, wave=UUID(int=9)),
            )
        ),
        # What is withheld, and comments, are no pictures.
        *(LINKS.address(replace(named, question=place), door.now) for place in (4, 5)),
    ]
    for address in wrong:
        assert (await door.client.get(address)).status_code == 404, address


async def test_an_address_ends(door: Door) -> None:
    (good, *_) = [one["url"] for one in images(card_of(of(*QUESTIONS)))]
    door.now = of(*QUESTIONS).results.as_of + KEPT
    assert (await door.client.get(good)).status_code == 404
    door.now -= timedelta(seconds=1)
    assert (await door.client.get(good)).status_code == 200


async def test_live_results_are_never_served(door: Door) -> None:
    (good, *_) = [one["url"] for one in images(card_of(of(*QUESTIONS)))]
    assert door.results is not None
    door.results = replace(door.results, final=False)
    assert (await door.client.get(good)).status_code == 404


def test_an_address_does_not_tell_what_it_shows() -> None:
    (good, *_) = [one["url"] for one in images(card_of(of(*QUESTIONS)))]
    assert len(good) < 400
    assert isinstance(examples.CHOICES, ShareResult)
    assert Named.__dataclass_fields__.keys() == {
        "wave",
        "table",
        "cell",
        "question",
        "locale",
        "timezone",
        "beside",
        "sums",
    }
