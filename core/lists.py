"""A list as a page shows it: columns, filters, search, sorting, and pages of twenty rows. A feature
declares what is in it; every list is looked through in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.paging import Paging, on_page, paging
from core.tiles import Tone

ROWS = 20
"""Rows on a page of a list."""

MOST_IN_A_FILE = 20_000
"""Rows of a list in a file, which is made in one go."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """``key``: its name in an address. ``sorts``: whether people can sort by it. ``number``: its
    cells are numbers. ``phone``: whether a phone has room for it. ``beside``: there is room for it
    beside an open row, though a phone has none. ``wraps``: its words may take several lines, and
    the title's too. ``detail``: what a file calls the details of its cells, if not that."""

    key: str
    label: str
    sorts: bool = True
    number: bool = False
    phone: bool = True
    beside: bool = False
    wraps: bool = False
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """``order``: what it is sorted by, of one type in a column; None comes last in both directions.
    ``tone``: it is a state, which is shown as a tag. ``trend``: earlier values and this one, drawn
    as a small line; its words are the text. ``language``: of words that are not in the reader's,
    such as "en" of what is never translated. Of the cell that leads to a row's own page:
    ``detail``: in small letters below it; ``lead``: before its text on a phone, which has no room
    for the column that says it."""

    text: str
    order: Any = None
    tone: Tone | None = None
    trend: tuple[float | None, ...] = ()
    language: str = ""
    detail: str = ""
    lead: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """``cells``: one for each column. ``filters``: the keys of those that show it. ``searched``:
    the words that a search looks at. ``path``: its own page; "" if it opens beside the list.
    ``group``: the heading that it stands under, as long as the list is not sorted."""

    key: str
    cells: tuple[Cell, ...]
    filters: frozenset[str] = frozenset(("",))
    searched: str = ""
    path: str = ""
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """``always``: it is offered where it shows nothing, too. ``group``: what it is one of, such as
    "Theme"; those of a group are offered together, behind its name."""

    key: str
    label: str
    always: bool = False
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Pick:
    """Something to do with the rows that are ticked. ``key``: its name in an address."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class ListView:
    """``filters``: the first one is what is shown if none is chosen. ``title``: which column leads
    to a row's own page. ``empty``: what stands in place of rows that are not there. ``opens``: its
    rows open, here or on their own pages; else there is no more to say of them. ``opens_first``:
    the first one is open until another is chosen; else none is, and an open one can be closed.
    ``searches``: it can be searched. ``picks``: what can be done with several rows; ``picks_at``:
    the page that is opened with what is picked (``do``) and the keys of the rows (``items``).
    ``downloads``: it can be had as a file; not where it has a file of its own, or no address to
    ask again."""

    columns: tuple[Column, ...]
    title: str
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    empty: str
    opens: bool = True
    opens_first: bool = True
    searches: bool = True
    picks: tuple[Pick, ...] = ()
    picks_at: str = ""
    downloads: bool = True


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a store found of a list that is too long to be read whole. ``counts``: how many rows
    each filter shows, whatever is searched for. ``matching``: how many the chosen filter and the
    search leave."""

    counts: Mapping[str, int]
    matching: int


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """What a reader asks of a list. ``sort``: a column's key, with "-" before it from the greatest
    to the least; "" as the list is. ``page``: from 0; None: all of them on one. ``row``: which one
    is open beside it. ``file``: all that the filter and the search leave, as a file."""

    filter: str = ""
    search: str = ""
    sort: str = ""
    page: int | None = 0
    row: str = ""
    file: bool = False

    @property
    def size(self) -> int:
        """How many rows are asked for at once."""
        return MOST_IN_A_FILE if self.file else ROWS

    @classmethod
    def read(cls, query: Mapping[str, str], page: int | None) -> ListRequest:
        """From an address. What does not fit is as if it were not there."""
        file = query.get("file") == "csv"
        return cls(
            filter=query.get("state", ""),
            search=query.get("q", "")[:LONGEST_SEARCH].strip(),
            sort=query.get("sort", ""),
            page=0 if file else page,
            row=query.get("item", ""),
            file=file,
        )

    def written(self) -> dict[str, str]:
        """As an address has it, without what is usual."""
        all_of_it = {
            "state": self.filter,
            "q": self.search,
            "sort": self.sort,
            "page": str(self.page + 1) if self.page else "",
            "all": "yes" if self.page is None else "",
            "item": self.row,
            "file": "csv" if self.file else "",
        }
        return {name: value for name, value in all_of_it.items() if value}


LONGEST_SEARCH = 100
"""Characters of what somebody searches for."""


@dataclass(frozen=True, kw_only=True)
class FilterLine:
    """A filter as it is offered: how many rows it shows, and whether it is the chosen one."""

    filter: Filter
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """What is shown of a list. ``request``: as it was understood. ``row``: the one that is open
    beside it, ``chosen`` where the reader chose it."""

    view: ListView
    request: ListRequest
    filters: tuple[FilterLine, ...]
    rows: tuple[Row, ...]
    paging: Paging
    row: Row | None
    chosen: bool

    @property
    def grouped(self) -> Mapping[str, Sequence[FilterLine]]:
        """The filters by what they are offered behind; those under "" are by themselves."""
        names = dict.fromkeys(one.filter.group for one in self.filters)
        return {
            name: tuple(one for one in self.filters if one.filter.group == name) for name in names
        }


def look_through(view: ListView, request: ListRequest) -> ListPage:
    """The rows that fit, in the order that was asked for, twenty at a time. The row that is open
    is the one that was asked for, else the first that is shown where a list opens that."""
    first = view.filters[0].key
    known = {one.key for one in view.filters}
    chosen = request.filter if request.filter in known else first
    fitting = [one for one in view.rows if chosen in one.filters and _found(one, request.search)]
    sort, ordered = _sorted(view, fitting, request.sort)
    shown, paging = on_page(ordered, request.page, request.size)
    beside = [one for one in view.rows if not one.path]
    asked_for = next((one for one in beside if one.key == request.row), None)
    return ListPage(
        view=view,
        request=ListRequest(
            filter="" if chosen == first else chosen,
            search=request.search,
            sort=sort,
            page=None if request.page is None else paging.page,
            row=asked_for.key if asked_for else "",
        ),
        filters=_filters(view, chosen),
        rows=tuple(shown),
        paging=paging,
        row=asked_for or _opened(view, shown),
        chosen=asked_for is not None,
    )


def already_looked_through(view: ListView, request: ListRequest, found: Found) -> ListPage:
    """The same of a list whose rows a store has looked through: ``view`` has those of the page."""
    first = view.filters[0].key
    known = {one.key for one in view.filters}
    chosen = request.filter if request.filter in known else first
    row = next((one for one in view.rows if one.key == request.row), None)
    there = paging(request.page or 0, found.matching, request.size)
    return ListPage(
        view=view,
        request=replace(
            request,
            filter="" if chosen == first else chosen,
            sort=request.sort if _column(view, request.sort) is not None else "",
            page=there.page,
            row=row.key if row else "",
        ),
        filters=_offered(view, chosen, found.counts),
        rows=view.rows,
        paging=there,
        row=row or _opened(view, view.rows),
        chosen=row is not None,
    )


def _opened(view: ListView, shown: Sequence[Row]) -> Row | None:
    """The row that is open where none was chosen."""
    return next((one for one in shown if not one.path), None) if view.opens_first else None


def _filters(view: ListView, chosen: str) -> tuple[FilterLine, ...]:
    counts = {one.key: sum(one.key in row.filters for row in view.rows) for one in view.filters}
    return _offered(view, chosen, counts)


def _offered(view: ListView, chosen: str, counts: Mapping[str, int]) -> tuple[FilterLine, ...]:
    lines = (
        FilterLine(filter=one, count=counts.get(one.key, 0), chosen=one.key == chosen)
        for one in view.filters
    )
    return tuple(one for one in lines if one.count or one.chosen or one.filter.always)


def _found(row: Row, search: str) -> bool:
    """Whether each word of a search is somewhere in it."""
    words = row.searched.casefold()
    return all(one in words for one in search.casefold().split())


def _sorted(view: ListView, rows: Sequence[Row], sort: str) -> tuple[str, list[Row]]:
    """In the order of a column; as they come where it cannot be sorted by."""
    at, falling = _column(view, sort), sort.startswith("-")
    if at is None:
        return "", list(rows)
    there = [one for one in rows if one.cells[at].order is not None]
    absent = [one for one in rows if one.cells[at].order is None]
    there.sort(key=lambda one: one.cells[at].order, reverse=falling)
    return sort, there + absent


def _column(view: ListView, sort: str) -> int | None:
    """Which column a list is sorted by; None: by none."""
    key = sort.removeprefix("-")
    return next((n for n, one in enumerate(view.columns) if one.key == key and one.sorts), None)
