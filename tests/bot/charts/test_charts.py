"""Pictures and their tables: the figures in them, in words too, and nothing that was withheld."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree  # our own output, not a stranger's

import pytest

from bot.charts.findings import brief, finding
from bot.charts.results import chart, progress_bar
from core.text import text
from core.words import Words
from governance.results.wording import figure, in_order, numbers_table, places, share_words, ties
from surveys.results.model import QuestionResult, RankedChoice, RankingResult, Share, ShareResult
from tests.bot.web import examples

WORDS = Words("en", "America/Chicago")
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [examples.CHOICES, examples.SCALED, examples.CODED, examples.BANDS, examples.RANKED]


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
        (examples.CHOICES, "Most people: Wi-Fi that drops, 62% ± 3."),
        (examples.SCALED, "Mean 3.4 ± 0.1."),
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
    figures = [word for word in said(picture) if "%" in word]
    assert figures == ["62% ± 3", "25% ± 3", "10% ± 3", "3% ± 3"]


def test_a_side_is_a_word_without_a_number_or_an_interval() -> None:
    picture = svg(examples.CODED)
    assert {"most", "few"} <= set(said(picture))
    assert not list(picture.iter(f"{SVG}line"))
    table = numbers_table(examples.CODED, WORDS)
    assert table is not None
    assert table.rows[0][1:] == ("most", "–")


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
        for one in pieces_of(svg(examples.SCALED))
    }
    assert list(pieces) == ["neg-3", "neg-2", "neutral", "pos-2", "pos-3"]
    start, width = pieces["neutral"]
    assert start + width / 2 == pytest.approx(50, abs=0.1)
    words = said(svg(examples.SCALED))
    assert words[::2] == ["1 Hardly ever", "2", "3", "4", "5 Always"]
    assert words[1::2] == ["8% ± 3", "15% ± 3", "22% ± 3", "35% ± 3", "20% ± 3"]


def pieces_of(picture: ElementTree.Element) -> list[ElementTree.Element]:
    """Those of a stacked bar, without the squares that name their colors."""
    return [one for one in picture.iter(f"{SVG}rect") if str(one.get("width")).endswith("%")]


@pytest.mark.parametrize("points", range(2, 12))
def test_a_scale_of_any_length_leans_the_same_way_on_both_sides(points: int) -> None:
    shares = tuple(examples.share(str(n), str(n), 10, 10 * points) for n in range(points))
    picture = svg(replace(examples.SCALED, shares=shares))
    tones = [str(one.get("class")) for one in pieces_of(picture)]
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


def test_what_cannot_be_told_apart_has_a_range_of_places() -> None:
    assert places(examples.RANKED.ranked) == ["1.", "2–3.", "2–3.", "4."]
    assert ties(examples.RANKED, WORDS) == (
        "A range of places, such as 2–3, means that any of them is possible: the answers are "
        "too close to tell."
    )
    drawn = said(svg(examples.RANKED))
    assert drawn[:2] == ["1. Wi-Fi in every classroom", "71 ± 3"]
    assert "2–3. Faster repairs of student devices" in drawn
    apart = tuple(
        replace(one, low=one.points - 0.001, high=one.points + 0.001)
        for one in examples.RANKED.ranked
    )
    assert places(apart) == ["1.", "2.", "3.", "4."]
    assert ties(replace(examples.RANKED, ranked=apart), WORDS) == ""


def test_a_chain_of_ties_is_no_tie_of_its_ends() -> None:
    """The first is told from the third, though neither is from the second."""
    assert places(_points(0.6, 0.56, 0.52)) == ["1–2.", "1–3.", "2–3."]


def test_each_choice_has_the_places_that_its_own_interval_allows() -> None:
    """At 589ad58b "52 ± 3" had places 5–6, "50 ± 3" beside it 7–8, and "46 ± 3" shared those."""
    chain = _points(0.70, 0.62, 0.52, 0.50, 0.455, 0.43)
    assert places(chain) == ["1.", "2.", "3–4.", "3–5.", "4–6.", "5–6."]


def test_a_choice_with_a_wide_interval_has_more_places_than_its_neighbors() -> None:
    sure, late, last = _points(0.60, 0.56, 0.50, half=0.01)
    wide = replace(late, low=0.45, high=0.67)
    found = (sure, wide, last)
    assert places(found) == ["1–2.", "1–3.", "2–3."]
    result = replace(examples.RANKED, ranked=found)
    assert finding(result, WORDS) == "Too close to say which is first: 0 or 1."


def _points(*points: float, half: float = 0.03) -> tuple[RankedChoice, ...]:
    return tuple(
        RankedChoice(
            key=str(at), label=text(str(at)), points=p, low=p - half, high=p + half, firsts=None
        )
        for at, p in enumerate(points)
    )


def test_what_was_hardly_compared_stands_apart_without_a_place() -> None:
    mets = zip(_points(0.9, 0.6, 0.3), (49, 50, 800), strict=True)
    few, *rest = (replace(one, met=m) for one, m in mets)
    result = replace(examples.RANKED, ranked=(*rest, few), pairs=450)
    assert places(result.ranked) == ["1.", "2.", "–"]
    assert finding(result, WORDS) == "First: 1."
    assert said(svg(result))[-3:] == ["Too few comparisons for a place", "0", "90 ± 3"]
    assert ties(result, WORDS) == (
        "1 choice has no place yet: it was compared fewer than 50 times."
    )
    alone = replace(result, ranked=(few,))
    assert finding(alone, WORDS) == "Too few comparisons yet to say which is first."
    assert brief(alone, WORDS) == "too few comparisons"


def test_majorities_that_go_in_a_circle_are_told() -> None:
    one, two, three = (ranked.key for ranked in examples.RANKED.ranked[:3])
    assert ties(replace(examples.RANKED, circles=((one, two, three),)), WORDS).endswith(
        "No single order by majority: Wi-Fi in every classroom beat Faster repairs of student "
        "devices, Faster repairs of student devices beat Time to practise with new tools, Time "
        "to practise with new tools beat Wi-Fi in every classroom."
    )


def test_pairs_have_strengths_and_comparisons_in_their_numbers() -> None:
    pairs = tuple(
        replace(one, met=400, strength=0.5, strength_low=0.25, strength_high=0.75)
        for one in _points(0.6)
    )
    table = numbers_table(replace(examples.RANKED, ranked=pairs, pairs=400), WORDS)
    assert table is not None
    assert table.headers[1:] == ("Score of 100", "95% interval", "Strength", "Comparisons")
    assert table.rows[0][1:] == ("60 ± 3", "57 to 63", "0.5 ± 0.25", "400")


def ranked(*points: float) -> RankingResult:
    made = tuple(
        replace(examples.RANKED.ranked[at], points=p, low=p - 0.05, high=p + 0.05)
        for at, p in enumerate(points)
    )
    return replace(examples.RANKED, ranked=made)


def chosen(**shares: tuple[float, float] | str | None) -> ShareResult:
    """Shares with half of their interval, sides in words, or dashes."""

    def share(key: str, told: tuple[float, float] | str | None) -> Share:
        one = Share(key=key, label=text(key), count=None, share=None)
        if isinstance(told, tuple):
            return replace(one, share=told[0], low=told[0] - told[1], high=told[0] + told[1])
        return replace(one, coded=told)

    made = tuple(share(key, told) for key, told in shares.items())
    return ShareResult(question="q", prompt=text("?"), n=140, shares=made)


@pytest.mark.parametrize(
    ("result", "headline"),
    [
        (chosen(yes=(0.62, 0.04), no=(0.38, 0.04)), "Most people: yes, 62% ± 4."),
        (
            chosen(yes=(0.52, 0.04), no=(0.48, 0.04)),
            "Too close to say which is more frequent: yes, 52% ± 4, or no, 48% ± 4.",
        ),
        (chosen(a=(0.44, 0.03), b=(0.3, 0.03), c=(0.26, 0.03)), "Most often: a, 44% ± 3."),
        (
            chosen(a=(0.34, 0.05), b=(0.33, 0.05), c=(0.33, 0.05)),
            "No answer is clearly the most frequent.",
        ),
        (chosen(yes=">87%", no="<13%"), "Most people: yes."),
        (chosen(a=(0.44, 0.03), b=None, c=(0.2, 0.03)), ""),
        (chosen(a=(0.6, 0.03), b=None, c=(0.2, 0.03)), "Most people: a, 60% ± 3."),
        (chosen(a=None, b=None), ""),
        (ranked(0.6, 0.58, 0.2), "Too close to say which is first: {0} or {1}."),
        (ranked(0.5, 0.5, 0.5, 0.5), "Any of 4 choices may be first: {0} is only just ahead."),
    ],
)
def test_a_headline_makes_no_more_of_a_figure_than_its_interval_allows(
    result: ShareResult | RankingResult, headline: str
) -> None:
    named = [one.label.default for one in examples.RANKED.ranked]
    assert finding(result, WORDS) == headline.format(*named)


def test_a_figure_has_half_of_its_interval_beside_it_and_never_none() -> None:
    told = chosen(a=(0.62, 0.044), b=(0.1, 0.001), c=">87%", d="<13%", e=None).shares
    assert [figure(one, WORDS) for one in told] == ["62% ± 4", "10% ± 1", "most", "few", "–"]
    assert [share_words(one, WORDS) for one in told[2:]] == [
        "most",
        "few",
        "not shown",
    ]


def test_a_share_that_is_not_shown_has_a_dash_and_no_length() -> None:
    picture = svg(examples.BANDS)
    assert [one.get("class") for one in picture.iter(f"{SVG}rect")] == [
        "track",
        "bar coded",
        "track",
        "bar",
    ]
    assert said(picture) == ["1–2", "few", "3", "–", "4–5", "62% ± 14"]
    description = picture.find(f"{SVG}desc")
    assert description is not None
    assert "3: not shown" in (description.text or "")


def test_bands_of_numbers_stay_in_their_order() -> None:
    bands = chosen(**{"0": (0.1, 0.01), "1": (0.7, 0.01), "2": (0.2, 0.01)})
    assert [one.key for one in in_order(bands)] == ["0", "1", "2"]


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
