"""Charts as PNG pictures, for chat: the page's own drawing in its light colours, with the question
above it, and below it of how many answers and of when.

Drawn with the two fonts in ``fonts/``, so that a picture is the same on every machine and has its
words where no font is installed. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import resvg_py
from markupsafe import Markup

from bot.charts.results import chart, ranking_chart
from bot.charts.strokes import wrapped
from core.words import Words
from governance.results.matrices import MatrixResult, Told
from governance.results.wording import caption, told
from surveys.results.model import RankingResult, ShareResult

WIDTH = 400
"""Pixels before zooming: about a phone's width, so that words show at the size they are set in."""

MOST_RANKED = 15
"""Choices of a ranking that are drawn in a chat: what fits two screens of a phone."""

ZOOM = 2
"""Pixels of the PNG for one of the drawing: what phones' screens have."""

EDGE = 16
TITLE_LINE = 22
TITLE_WRAP = 40
"""Characters of a line of the question."""
CAPTION_LINE = 20
CAPTION_WRAP = 54

FONTS = tuple(
    str(Path(__file__).parents[1] / "fonts" / name)
    for name in ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
)

LIGHT = {
    "ground": "#ffffff",
    "ink": "#16191d",
    "quiet": "#545b63",
    "line": "#d3d7dc",
    "track": "#e6e8eb",
    "neg-3": "#8a4b08",
    "neg-2": "#d0862f",
    "neg-1": "#f2cd9b",
    "neutral": "#cfd3d8",
    "pos-1": "#aecbeb",
    "pos-2": "#5f97d3",
    "pos-3": "#1b4f8f",
    "accent": "#1d5fa8",
}
"""The page's colours in light; a test holds them against its style sheet."""

_TONES = ("neg", "neu", "pos")
_STYLE = "".join(
    f"{selector} {{ {rule} }} "
    for selector, rule in {
        # The two files are one family; its name is that of the wider fonts.
        "text": "font-family: 'DejaVu Sans'; font-stretch: condensed; font-size: 15px; "
        f"fill: {LIGHT['ink']}",
        ".title": "font-size: 17px; font-weight: bold",
        ".caption": f"font-size: 13px; fill: {LIGHT['quiet']}",
        ".figure": "font-weight: bold",
        ".small": "font-size: 12px",
        ".end": f"font-size: 14px; fill: {LIGHT['quiet']}",
        ".track": f"fill: {LIGHT['track']}",
        ".bar": f"fill: {LIGHT['accent']}",
        ".coded": "opacity: 0.55",
        ".interval": f"stroke: {LIGHT['ink']}; stroke-width: 2",
        ".rail": f"stroke: {LIGHT['line']}; stroke-width: 2",
        ".dot": f"fill: {LIGHT['accent']}; stroke: {LIGHT['ground']}; stroke-width: 2",
        ".dot.open": f"fill: {LIGHT['ground']}; stroke: {LIGHT['quiet']}",
        ".trend": f"stroke: {LIGHT['accent']}; stroke-width: 2",
        ".middle": f"stroke: {LIGHT['ink']}; stroke-width: 1; stroke-dasharray: 3 3",
        **{f".{tone}": f"fill: {LIGHT[tone]}" for tone in LIGHT if tone[:3] in _TONES},
    }.items()
)
"""The page's rules for charts, as far as a picture needs them."""

_BEYOND = re.compile(
    "[\u0700-\u1dff\u2e80-\ua63f\ua720-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00010000-\U0010ffff]"
)
"""What our fonts have few signs for or none: for these the machine's own are looked at, too."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart to show in chat. ``width`` and ``height`` are the PNG's, in pixels, and twice what
    it is to be shown at. ``alt``: the question and every number of the chart in words."""

    png: bytes
    alt: str
    width: int
    height: int


def picture(result: Told, words: Words, *, as_of: datetime) -> Picture | None:
    """A released result as a picture in a reader's words, on white. None where the page draws
    none either: numbers, comments, and where nothing may be shown. Takes about 50 ms and asks
    nothing of anybody; ValueError where it cannot be drawn."""
    drawn = chart(result, words, ident="q")
    if drawn is None or not isinstance(result, ShareResult | RankingResult | MatrixResult):
        return None
    below = caption(result, words, as_of=as_of)
    if isinstance(result, RankingResult) and (left := len(result.ranked) - MOST_RANKED) > 0:
        drawn = ranking_chart(result, words, ident="q", most=MOST_RANKED)
        more = words.count("{n} more on the page.", "{n} more on the page.", left)
        below = f"{more.rstrip('.')} · {below}"
    return framed(
        drawn,
        title=words.text(result.prompt),
        caption=below,
        alt=f"{words.text(result.prompt)} {told(result, words)}",
    )


def framed(drawn: Markup, *, title: str, caption: str, alt: str) -> Picture:
    """A drawing of the page's between a title and a caption, as a picture."""
    height, svg = _framed(drawn, wrapped(title, TITLE_WRAP), wrapped(caption, CAPTION_WRAP))
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        background=LIGHT["ground"],
        style_sheet=_STYLE,
        zoom=ZOOM,
        font_files=list(FONTS),
        skip_system_fonts=not _BEYOND.search(svg),
    )
    return Picture(png=png, alt=alt, width=WIDTH * ZOOM, height=height * ZOOM)


def _framed(drawn: Markup, title: list[str], below: list[str]) -> tuple[int, str]:
    """The height, and the SVG."""
    top = EDGE + TITLE_LINE * len(title) + 8
    inner = int(drawn.split('height="', 1)[1].partition('"')[0])
    caption_top = top + inner + CAPTION_LINE
    height = caption_top + CAPTION_LINE * (len(below) - 1) + EDGE
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{title}'
        '<svg x="{edge}" y="{top}" width="{room}" height="{inner}">{drawn}</svg>{caption}</svg>'
    ).format(
        width=WIDTH,
        height=height,
        title=_lines("title", title, EDGE + 15, TITLE_LINE),
        edge=EDGE,
        top=top,
        room=WIDTH - 2 * EDGE,
        inner=inner,
        drawn=drawn,
        caption=_lines("caption", below, caption_top, CAPTION_LINE),
    )
    return height, _NOT_XML.sub("", str(svg))


def _lines(kind: str, lines: list[str], top: int, step: int) -> Markup:
    return Markup("").join(
        Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, EDGE, top + step * row, one)
        for row, one in enumerate(lines)
    )
