"""Charts as pictures for chat: light, with their words, and with every number beside them."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import chart_pictures
from bot.charts.chart_pictures import EDGE, LIGHT, WIDTH, ZOOM, Picture, picture
from core.text import text
from core.words import Words
from governance.results.wording import numbers_table
from surveys.results.model import QuestionResult
from tests.bot.web import examples

WORDS = Words("en", "America/Chicago")
DRAWN = [examples.CHOICES, examples.SCALED, examples.CODED, examples.BANDS, examples.RANKED]
STYLE_SHEET = Path(chart_pictures.__file__).parents[1] / "web" / "static" / "style.css"
HOSTILE = "<script>&\x00\x0b\ud800 W" + "W" * 200 + " \u202eمرحبا 你好 😀 ]]>"


def drawn(result: QuestionResult, words: Words = WORDS) -> Picture:
    found = picture(result, words, as_of=examples.NOW)
    assert found is not None
    return found


def rows(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the rows of a PNG of red, green, blue and alpha, 8 bits each."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, step = zlib.decompress(packed), 4 * width
    made: list[bytes] = []
    above = bytes(step)
    for row in range(height):
        kind, line = raw[row * (step + 1)], bytearray(raw[row * (step + 1) + 1 :][:step])
        for i in range(step):
            left, over = (line[i - 4] if i > 3 else 0), above[i]
            corner = above[i - 4] if i > 3 else 0
            line[i] = (line[i] + _predicted(kind, left, over, corner)) & 255
        above = bytes(line)
        made.append(above)
    return width, height, made


def _predicted(kind: int, left: int, over: int, corner: int) -> int:
    """What the filters of PNG take a byte to be."""
    if kind == 4:
        guess = left + over - corner
        return min((left, over, corner), key=lambda one: abs(guess - one))
    return (0, left, over, (left + over) // 2)[kind]


def inked(lines: list[bytes], top: int, bottom: int) -> int:
    """Dark pixels between two rows."""
    return sum(
        1
        for line in lines[top:bottom]
        for i in range(0, len(line), 4)
        if max(line[i : i + 3]) < 110
    )


@pytest.mark.parametrize("result", DRAWN)
def test_a_picture_is_a_png_of_twice_its_size_and_fits_a_phone(result: QuestionResult) -> None:
    found = drawn(result)
    assert struct.unpack(">II", found.png[16:24]) == (found.width, found.height)
    assert found.width == WIDTH * ZOOM == 800
    assert 10_000 < len(found.png) < 200_000


def test_words_are_drawn_on_a_machine_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own two files are all it is given; without them there would be no word, and no error."""
    titled = drawn(examples.SCALED)
    _, height, lines = rows(titled.png)
    assert inked(lines, EDGE * ZOOM, 60 * ZOOM) > 1500, "the question"
    assert inked(lines, height - 24 * ZOOM, height) > 300, "the number of answers"
    monkeypatch.setattr(chart_pictures, "FONTS", ())
    _, _, bare = rows(drawn(examples.SCALED).png)
    assert inked(bare, EDGE * ZOOM, 60 * ZOOM) == 0


def test_it_is_light_to_its_edges() -> None:
    width, height, lines = rows(drawn(examples.CODED).png)
    white = b"\xff\xff\xff\xff"
    assert lines[0] == lines[height - 1] == white * width
    assert {line[:4] for line in lines} == {line[-4:] for line in lines} == {white}


@pytest.mark.parametrize("result", DRAWN)
def test_every_number_is_in_words_beside_it(result: QuestionResult) -> None:
    table = numbers_table(result, WORDS)
    assert table is not None
    alt = drawn(result).alt
    assert alt.startswith(result.prompt.default)
    for row in table.rows:
        assert row[0] in alt
        told = row[1].replace(">", "more than ").replace("<", "less than ")
        assert ("not shown" if told == "–" else told) in alt


@pytest.mark.parametrize(
    "result", [examples.LOST, examples.COMMENTS, examples.NOT_SHOWN], ids=lambda r: r.question
)
def test_nothing_is_drawn_of_what_has_no_picture_or_is_withheld(result: QuestionResult) -> None:
    assert picture(result, WORDS, as_of=examples.NOW) is None


def test_what_somebody_typed_is_drawn_and_breaks_nothing() -> None:
    shares = tuple(replace(share, label=text(HOSTILE)) for share in examples.CHOICES.shares)
    found = drawn(replace(examples.CHOICES, prompt=text(HOSTILE), shares=shares))
    assert found.height < 1200
    assert "<script>" in found.alt


def test_a_reader_of_spanish_gets_a_picture_in_spanish() -> None:
    spanish = drawn(examples.BANDS, Words("es", "America/Chicago"))
    assert "pocas personas" in spanish.alt
    assert spanish.png != drawn(examples.BANDS).png


def test_its_colours_are_those_of_the_page() -> None:
    light = STYLE_SHEET.read_text(encoding="utf-8").split("@media", 1)[0]
    page = dict(re.findall(r"--([\w-]+): (#\w+);", light))
    assert {name: page[name] for name in LIGHT} == LIGHT
