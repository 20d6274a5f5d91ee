"""A report as a page shows it: what it says in a sentence, its figures and its sections, to read
and to print. A feature gives the view; every report is drawn in the same way. Pages about one thing
show the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.cards import Look, Page, Press, Prose
from core.tiles import Tag, Tile


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A paragraph. ``typed``: somebody wrote it, line by line. ``apart``: it is set apart."""

    text: Prose
    look: Look = Look.PLAIN
    typed: bool = False
    apart: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A reading beside its target. ``reached`` and ``aim``: in percent of a bar; None: there is
    nothing to draw."""

    text: Prose
    reached: float | None = None
    aim: float | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a list: what is in bold, what it says, its state, what is in gray, and readings.
    ``path``: the page that its bold words lead to."""

    text: Prose = ""
    strong: Prose = ""
    tag: Tag | None = None
    quiet: Prose = ""
    path: str = ""
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lines:
    """``paper``: on paper, only so many of them, and how many more the page has. ``apart``: each is
    set apart. ``bullets``: as a list with bullets."""

    entries: tuple[Entry, ...]
    paper: int | None = None
    apart: bool = False
    bullets: bool = False


def bullets(said: Iterable[str]) -> Lines:
    """A list with bullets, of texts alone."""
    return Lines(entries=tuple(Entry(text=one) for one in said), bullets=True)


@dataclass(frozen=True, kw_only=True)
class Table:
    """``numbers``: the columns that hold numbers. ``even``: it has the
    widths of other tables of the report. ``folded``: the label of what it is behind; "": it is in
    view. ``name``: for whoever hears it."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    even: bool = False
    folded: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """``says``: what is heard in place of its text. ``detail``: below it. ``spans``: so many
    columns. ``share``: from 0 to 1, drawn as a bar before its text."""

    text: Prose
    says: str = ""
    detail: str = ""
    spans: int = 1
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """``key``: by it the page finds its picture, if there is one. ``caption``: what is said with
    it."""

    key: str
    caption: Prose = ""
    says: str = ""
    narrow: bool = False


@dataclass(frozen=True, kw_only=True)
class Folded:
    """Lines that a reader opens."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Blocks under headings of their own. ``paper`` as of ``Lines``."""

    groups: tuple[Group, ...]
    paper: int | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    title: Prose
    blocks: tuple[Block, ...]


Block = Passage | Lines | Table | Chart | Folded | Groups


@dataclass(frozen=True, kw_only=True)
class ReportSection:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Before:
    """What whoever works on a report has to know, which is never printed. Its buttons are here."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """``whose``: the district. ``lead``: what it says in a sentence. ``warnings``: each with the
    page that it leads to. ``tiles``: its figures, each with its base, for the screen of a sheet.
    ``data``: the same as a table, to be downloaded. ``files``: files of it that exist already, and
    ``files_say``: what whoever downloads one should know. ``columns``: a wide screen has its
    sections in two columns. ``sheet``: it is one sheet of paper, in two columns, too, ``tight``
    where much is in it. ``pages``: where else to look. ``prints``: it says how to keep it."""

    title: str
    whose: str
    lead: Prose
    state: Tag | None = None
    warnings: tuple[tuple[str, Page | None], ...] = ()
    opening: tuple[Block, ...] = ()
    facts: tuple[tuple[str, Prose], ...] = ()
    tiles: tuple[Tile, ...] = ()
    data: Table | None = None
    files: tuple[Page, ...] = ()
    files_say: str = ""
    before: Before | None = None
    sections: tuple[ReportSection, ...] = ()
    note: str = ""
    pages: tuple[Page, ...] = ()
    presses: tuple[Press, ...] = ()
    more: tuple[Press, ...] = ()
    columns: bool = False
    sheet: bool = False
    tight: bool = False
    prints: bool = True
