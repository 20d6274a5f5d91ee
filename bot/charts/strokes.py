"""The strokes that charts are drawn with: a framed picture, whiskers, lines of words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from markupsafe import Markup

LINE = 20
"""Pixels of a line of label text."""

WRAP = 40
"""Characters of a label's line: what fits the narrowest phone at this text size."""


def svg(title: str, description: str, parts: Sequence[Markup], height: int, ident: str) -> Markup:
    return Markup(
        '<svg class="chart" role="img" width="100%" height="{height}" '
        'xmlns="http://www.w3.org/2000/svg" aria-labelledby="{ident}-t {ident}-d">'
        '<title id="{ident}-t">{title}</title><desc id="{ident}-d">{description}</desc>'
        "{parts}</svg>"
    ).format(
        height=height,
        ident=ident,
        title=title,
        description=description,
        parts=Markup("").join(parts),
    )


def interval(low: float, high: float, middle: float) -> Markup:
    """A whisker with ends, from ``low`` to ``high`` percent of the width."""
    line = Markup('<line class="interval" x1="{}%" x2="{}%" y1="{}" y2="{}"/>')
    return (
        line.format(px(low), px(high), px(middle), px(middle))
        + line.format(px(low), px(low), px(middle - 4), px(middle + 4))
        + line.format(px(high), px(high), px(middle - 4), px(middle + 4))
    )


def label_lines(label: Sequence[str], top: int) -> Markup:
    return Markup("").join(
        Markup('<text class="label" x="0" y="{}">{}</text>').format(top + 14 + LINE * row, line)
        for row, line in enumerate(label)
    )


def wrapped(label: str, most: int = WRAP) -> list[str]:
    """A text in at most three lines of ``most`` characters."""
    return textwrap.wrap(label, most, max_lines=3, placeholder="…") or [""]


def px(value: float) -> str:
    """A length as SVG has it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
