"""One thing as a page shows it: what it is and how it stands, what to do about it, what it says,
and its history. A feature gives the view; every such page is drawn in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.cards import Page, Part, Press, Prose
from core.reports import Block
from core.tiles import Moment, Step, Tag, Tile


@dataclass(frozen=True, kw_only=True)
class Todo:
    """Something to do next, with the button that does it or leads there. In a section, ``path`` is
    the page of it, ``detail`` and ``tag`` are said below it, and ``way`` is a button that leads
    somewhere."""

    says: str
    press: Press | None = None
    detail: str = ""
    path: str = ""
    way: Page | None = None
    tag: Tag | None = None


@dataclass(frozen=True, kw_only=True)
class Square:
    """A small square with a score or a number in it. ``says``: all that it tells, for whoever hears
    it or points at it. ``step``: from 1 (low) to 5 (high), for its color; None: it has none."""

    text: str
    says: str = ""
    step: int | None = None
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """``cells``: what the other columns say."""

    name: Prose
    squares: tuple[Square, ...]
    cells: tuple[str, ...] = ()
    path: str = ""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table with a row of squares for each thing. ``heads``: of the name, of the squares, and of
    each other column; none: the names say enough. ``each``: the heads of the squares, each of which
    is a column then; a square alone in its row has all of them. ``note``: below it. ``sums``: its
    last row is of all the others. ``folded``: what opens it; "" where it is seen at once."""

    rows: tuple[GridRow, ...]
    heads: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    note: str = ""
    sums: bool = False
    folded: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """``beside``: it is short, and is in the narrow column of a wide page. ``below``: it has
    the whole width, below the others. ``todo``, ``grid`` and ``blocks`` come before its parts."""

    title: str
    parts: tuple[Part, ...] = ()
    beside: bool = False
    below: bool = False
    todo: tuple[Todo, ...] = ()
    grid: Grid | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tabs:
    """Links between the pages of one thing. ``name``: what that is, for screen readers."""

    name: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, kw_only=True)
class Menu:
    """Pages behind one button. ``says``: what has to be known before one of them is opened."""

    label: str
    pages: tuple[Page, ...]
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Live:
    """Numbers that change while a page is open. Its head and figures are fetched again from
    ``path`` as long as they are ``moving``. ``says``: the state in words, for screen readers."""

    path: str
    says: str
    moving: bool


@dataclass(frozen=True, kw_only=True)
class Detail:
    """``facts``: one line. ``primary``: the one thing to do here; ``actions``: at most two more in
    view; ``more``: the rest. ``pages`` and ``menus``: further pages of it, as buttons beside these.
    ``notes``: what has to be known first. ``history``: the newest first, or in the order of dates
    where something is still to come. ``on_paper``: what each printed sheet of it says on top.
    ``ways``: where else to look, below the figures."""

    title: Prose
    state: Tag | None = None
    facts: str = ""
    primary: Press | None = None
    actions: tuple[Press, ...] = ()
    more: tuple[Press, ...] = ()
    pages: tuple[Page, ...] = ()
    menus: tuple[Menu, ...] = ()
    notes: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    tiles: tuple[Tile, ...] = ()
    todo: tuple[Todo, ...] = ()
    sections: tuple[Section, ...] = ()
    history: tuple[Moment, ...] = ()
    history_title: str = ""
    on_paper: str = ""
    ways: tuple[Page, ...] = ()
    live: Live | None = None
