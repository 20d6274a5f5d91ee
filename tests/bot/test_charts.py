"""Pictures and their tables: the figures in them, in words too, and nothing that was withheld."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree  # our own output, not a stranger's

import pytest

from bot.charts import chart, progress_bar
from bot.figures import numbers_table, remarks, ties
from bot.words import Words
from surveys.results import QuestionResult
from surveys.words import text
from tests.bot.web import examples

WORDS = Words("en", "America/Chicago")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [examples.CHOICES, examples.SCALED, examples.CODED, examples.RANKED]


def svg(result: QuestionResult) -> ElementTree.Element:
    drawn = chart(result, WORDS, ident="q")
    assert drawn is not None
    return ElementTree.fromstring(str(drawn))  # noqa: S314 - our own output


def said(picture: ElementTree.Element) -> list[str]:
    return ["".join(one.itertext()) for one in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("result", DRAWN)
def test_a_picture_has_its_question_as_title_and_every_number_in_words(
    result: QuestionResult,
) -> None:
    picture = svg(result)
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert title.text == result.prompt.default
    assert description is not None
    assert description.text
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    table = numbers_table(result, WORDS)
    assert table is not None
    for row in table.rows:
        assert row[0] in description.text


@pytest.mark.parametrize(
    ("result", "first"),
    [
        (examples.CHOICES, "Most often: Wi-Fi that drops, 62% (95% interval 59% to 65%)."),
        (examples.SCALED, "Mean 3.4."),
        (examples.RANKED, "First: Wi-Fi in every classroom."),
    ],
)
def test_a_picture_in_words_begins_with_what_it_shows(result: QuestionResult, first: str) -> None:
    description = svg(result).find(f"{SVG}desc")
    assert description is not None
    assert (description.text or "").startswith(first)


def test_a_band_is_not_called_the_most_frequent() -> None:
    """Another choice may have been chosen as often."""
    bands = tuple(
        replace(share, share=None, count=None, low=None, high=None, coded="40–50%")
        for share in examples.CHOICES.shares
    )
    description = svg(replace(examples.CHOICES, shares=bands)).find(f"{SVG}desc")
    assert description is not None
    assert "Most often" not in (description.text or "")


@pytest.mark.parametrize("result", DRAWN)
def test_nothing_reaches_out_of_the_picture(result: QuestionResult) -> None:
    for shape in svg(result).iter():
        for name in ("x", "x1", "x2", "cx"):
            place = shape.get(name)
            if place and place.endswith("%"):
                assert -0.1 <= float(place[:-1]) <= 100.1
        if (width := shape.get("width")) and shape.tag == f"{SVG}rect":
            start = float(str(shape.get("x")).rstrip("%"))
            assert start + float(width.rstrip("%")) <= 100.1


def test_bars_of_choices_are_sorted_and_as_long_as_their_share() -> None:
    picture = svg(examples.CHOICES)
    widths = [
        float(str(bar.get("width")).rstrip("%"))
        for bar in picture.iter(f"{SVG}rect")
        if bar.get("class") == "bar"
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[-1] == pytest.approx(746 / 37, rel=0.01)
    figures = [word for word in said(picture) if word.endswith("%")]
    assert figures == ["62%", "25%", "10%", "3%"]


def test_a_coded_share_shows_its_code_and_no_interval() -> None:
    picture = svg(examples.CODED)
    assert {">90%", "<10%"} <= set(said(picture))
    assert not list(picture.iter(f"{SVG}line"))
    table = numbers_table(examples.CODED, WORDS)
    assert table is not None
    assert table.rows[0][1:] == ("–", ">90%", "–")


def test_a_band_is_drawn_at_its_middle() -> None:
    band = replace(examples.CODED.shares[0], coded="40–60%")
    picture = svg(replace(examples.CODED, shares=(band,)))
    bar = next(one for one in picture.iter(f"{SVG}rect") if one.get("class") == "bar coded")
    track = next(one for one in picture.iter(f"{SVG}rect") if one.get("class") == "track")
    length, full = (float(str(one.get("width")).rstrip("%")) for one in (bar, track))
    assert length / full == pytest.approx(0.5)


def test_the_middle_of_a_scale_stands_in_the_middle() -> None:
    pieces = {
        str(one.get("class")): (
            float(str(one.get("x")).rstrip("%")),
            float(str(one.get("width")).rstrip("%")),
        )
        for one in svg(examples.SCALED).iter(f"{SVG}rect")
    }
    assert list(pieces) == ["neg-3", "neg-2", "neutral", "pos-2", "pos-3"]
    start, width = pieces["neutral"]
    assert start + width / 2 == pytest.approx(50, abs=0.1)
    assert {"22%", "35%", "20%"} <= set(said(svg(examples.SCALED)))


@pytest.mark.parametrize("points", range(2, 12))
def test_a_scale_of_any_length_leans_the_same_way_on_both_sides(points: int) -> None:
    shares = tuple(examples.share(str(n), str(n), 10, 10 * points) for n in range(points))
    picture = svg(replace(examples.SCALED, shares=shares))
    tones = [str(one.get("class")) for one in picture.iter(f"{SVG}rect")]
    mirrored = list(reversed(tones))
    swap = {"neg": "pos", "pos": "neg"}
    assert tones == [
        "neutral" if tone == "neutral" else f"{swap[tone[:3]]}{tone[3:]}" for tone in mirrored
    ]
    assert tones.count("neutral") == points % 2


def test_a_scale_that_nobody_answered_is_still_a_picture() -> None:
    shares = tuple(replace(share, share=0.0, count=0) for share in examples.SCALED.shares)
    assert svg(replace(examples.SCALED, shares=shares)) is not None


def test_dots_of_a_ranking_stand_inside_their_intervals() -> None:
    picture = svg(examples.RANKED)
    dots = [float(str(dot.get("cx")).rstrip("%")) for dot in picture.iter(f"{SVG}circle")]
    assert dots == sorted(dots, reverse=True)
    whiskers = [
        (float(str(one.get("x1")).rstrip("%")), float(str(one.get("x2")).rstrip("%")))
        for one in picture.iter(f"{SVG}line")
        if one.get("class") == "interval" and one.get("x1") != one.get("x2")
    ]
    for dot, (low, high) in zip(dots, whiskers, strict=True):
        assert low < dot < high


def test_a_circle_of_preferences_is_told_and_so_is_another_first_choice_than_by_points() -> None:
    one, two, three = (ranked.key for ranked in examples.RANKED.ranked[:3])
    circled = replace(
        examples.RANKED, majorities=((one, two, three),), circles=((one, two, three),)
    )
    assert remarks(circled, WORDS).endswith(
        "Two by two, people’s choices go in a circle: Wi-Fi in every classroom before Faster "
        "repairs of student devices, Faster repairs of student devices before Time to practise "
        "with new tools, Time to practise with new tools before Wi-Fi in every classroom. "
        "Between these "
        "there is no order."
    )
    other = replace(examples.RANKED, majorities=((two,), (one, three)))
    assert "Two by two, more people want Faster repairs" in remarks(other, WORDS)
    same = replace(examples.RANKED, majorities=((one,), (two, three)))
    assert remarks(same, WORDS) == ties(same, WORDS)


def test_ties_are_told_in_words() -> None:
    told = ties(examples.RANKED, WORDS)
    assert told == (
        "Faster repairs of student devices and Time to practise with new tools are tied: "
        "their intervals overlap."
    )
    apart = tuple(replace(one, tied_with_next=False) for one in examples.RANKED.ranked)
    assert ties(replace(examples.RANKED, ranked=apart), WORDS) == ""
    all_tied = tuple(replace(one, tied_with_next=True) for one in examples.RANKED.ranked)
    told = ties(replace(examples.RANKED, ranked=all_tied), WORDS)
    assert told.startswith("From Wi-Fi in every classroom to One sign-in for everything, each")


@pytest.mark.parametrize("result", [examples.LOST, examples.COMMENTS, examples.NOT_SHOWN])
def test_what_is_withheld_or_better_said_in_words_has_no_picture(result: QuestionResult) -> None:
    assert chart(result, WORDS, ident="q") is None
    assert numbers_table(result, WORDS) is None


def test_a_label_that_looks_like_markup_is_text() -> None:
    hostile = replace(examples.CHOICES.shares[0], label=text(examples.HOSTILE))
    drawn = chart(replace(examples.CHOICES, shares=(hostile,)), WORDS, ident="q")
    assert "<script" not in str(drawn)
    assert "&lt;script&gt;" in str(drawn)


def test_progress_is_a_share_of_the_whole_and_never_more() -> None:
    def width(part: int, whole: int) -> float:
        drawn = str(progress_bar(part, whole, "read", WORDS, ident="p"))
        found = re.search(r'class="bar"[^>]*width="([\d.]+)%"', drawn)
        assert found
        return float(found[1])

    assert width(1, 4) == 25
    assert width(5, 4) == 100
    assert width(0, 0) == 0
    assert "1,200 of 4,800 read" in progress_bar(1200, 4800, "read", WORDS, ident="p")
