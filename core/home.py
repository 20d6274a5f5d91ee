"""What stands on somebody's Home under what waits for them: tiles, two panels, and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.cards import Page
from core.lists import Column, Row
from core.tiles import Bar, Tag, Tile
from core.words import Words


@dataclass(frozen=True, kw_only=True)
class BarsPanel:
    """Figures of one kind, compared. ``caption``: what they count, and from when. ``more``: the
    page that has all of them. ``empty``: what stands in place of bars that are not there."""

    title: str
    bars: tuple[Bar, ...]
    caption: str = ""
    more: Page | None = None
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class TablePanel:
    """A few rows with columns; the first one leads to a row's own page."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    more: Page | None = None
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class Banner:
    """What everybody whom it concerns should see before anything else, such as an outage."""

    tag: Tag
    title: str
    path: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What happens at a moment. ``whole_day``: its time says nothing."""

    at: datetime
    what: str
    path: str = ""
    detail: str = ""
    whole_day: bool = False


HomeElement = Tile | BarsPanel | TablePanel | Banner | Coming

Drawing = Callable[[Words], HomeElement]
"""A part as it is drawn for one language."""
