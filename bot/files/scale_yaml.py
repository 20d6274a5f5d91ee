"""The points of a scale in a survey's file, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from bot.files.fields import Entry
from bot.files.problems import one_of
from core.text import Text
from surveys.authoring.presets import PRESETS


class Points(TypedDict):
    points: int
    lowest: int
    labels: Mapping[int, Text]


def read_scale(
    entry: Entry, *, preset: str | None = None, points: int | None = None, lowest: int = 1
) -> Points:
    """``points``, ``lowest`` and ``labels`` of an entry, or those of the preset that its field
    ``preset`` names. ``points`` and ``lowest`` given: they are not read."""
    if preset is not None and preset in entry.fields:
        return _named(entry, preset)
    if points is None:
        lowest = entry.whole("lowest", least=0, most=1, default=1) or 0
        points = entry.whole("points", least=2, most=11, default=5) or 5
    return Points(points=points, lowest=lowest, labels=_labels(entry, points, lowest))


def _named(entry: Entry, field: str) -> Points:
    name = entry.scalar(field) or ""
    for own in ("points", "lowest", "labels"):
        if own in entry.fields:
            message = f'"{field}" of {entry.what} has its own "{own}".'
            entry.wrong(own, message, f'Remove "{own}:", or "{field}:".')
    if name not in PRESETS:
        if name:
            entry.wrong(field, f'There is no scale "{name}".', one_of(name, PRESETS))
        return Points(points=5, lowest=1, labels={})
    return Points(points=len(PRESETS[name]), lowest=1, labels=PRESETS[name])


def _labels(entry: Entry, points: int, lowest: int) -> dict[int, Text]:
    """Words for points; the two ends always have some."""
    named = entry.entry("labels", required=True)
    if named is None:
        return {}
    highest = lowest + points - 1
    labels: dict[int, Text] = {}
    for point, (node, words) in named.fields.items():
        if not (point.isascii() and point.isdigit()) or not lowest <= int(point[:4]) <= highest:
            fix = f"Use points from {lowest} to {highest}."
            entry.source.problem(node, f'{entry.what} has no point "{point}".', fix)
        else:
            labels[int(point)] = named.text_of(words, point, 75)
    for end in (lowest, highest):
        if end not in labels:
            message = f"Point {end} of {entry.what} has no words."
            entry.wrong("labels", message, f'Add "{end}:" under "labels:".')
    return labels
