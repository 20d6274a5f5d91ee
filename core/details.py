"""One thing as a page shows it: what it is and how it stands, what to do about it, what it says,
and its history. A feature gives the view; every such page is drawn in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.cards import Part, Press, Prose
from core.tiles import Moment, Step, Tag, Tile


@dataclass(frozen=True, kw_only=True)
class Todo:
    """Something to do next, with the button that does it or leads there."""

    says: str
    press: Press | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """``beside``: it is short, and is in the narrow column of a wide page."""

    title: str
    parts: tuple[Part, ...]
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class Detail:
    """``facts``: one line. ``primary``: the one thing to do here; ``actions``: at most two more in
    view; ``more``: the rest. ``notes``: what has to be known first. ``history``: the newest first,
    or in the order of dates where something is still to come."""

    title: Prose
    state: Tag | None = None
    facts: str = ""
    primary: Press | None = None
    actions: tuple[Press, ...] = ()
    more: tuple[Press, ...] = ()
    notes: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    tiles: tuple[Tile, ...] = ()
    todo: tuple[Todo, ...] = ()
    sections: tuple[Section, ...] = ()
    history: tuple[Moment, ...] = ()
    history_title: str = ""
