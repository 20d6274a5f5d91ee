"""Lists: what is asked of one, and which rows are shown."""

from __future__ import annotations

from dataclasses import replace

from core.lists import ROWS, Cell, Column, Filter, ListRequest, ListView, Row, look_through

PLACES = ("Oak", "Elm", "oak annex", "Ash")


def row(number: int, name: str, pupils: int | None, *more: str) -> Row:
    return Row(
        key=str(number),
        cells=(Cell(text=name, order=name.casefold()), Cell(text=str(pupils), order=pupils)),
        filters=frozenset(("", *more)),
        searched=f"{name} Élan",
    )


def places(*rows: Row) -> ListView:
    return ListView(
        columns=(Column(key="name", label="Name"), Column(key="pupils", label="Pupils")),
        title="name",
        filters=(
            Filter(key="", label="All", always=True),
            Filter(key="late", label="Late"),
            Filter(key="done", label="Done"),
        ),
        rows=rows,
        empty="Nothing yet.",
    )


FOUR = places(
    *(
        row(n, name, pupils, *more)
        for n, (name, pupils, more) in enumerate(
            zip(PLACES, (30, None, 10, 20), ((), ("late",), (), ("late",)), strict=True)
        )
    )
)


def names(view: ListView, **asked: str) -> list[str]:
    return [one.cells[0].text for one in look_through(view, ListRequest.read(asked, 0)).rows]


def test_a_filter_shows_its_rows_and_an_unknown_one_the_usual() -> None:
    assert names(FOUR, state="late") == ["Elm", "Ash"]
    assert names(FOUR, state="nonsense") == list(PLACES)
    lines = look_through(FOUR, ListRequest()).filters
    assert [(one.filter.key, one.count, one.chosen) for one in lines] == [
        ("", 4, True),
        ("late", 2, False),
    ], "one that shows nothing is not offered"


def test_each_word_of_a_search_is_somewhere() -> None:
    assert names(FOUR, q="OAK") == ["Oak", "oak annex"]
    assert names(FOUR, q=" annex  oak ") == ["oak annex"]
    assert names(FOUR, q="élan ash") == ["Ash"]
    assert names(FOUR, q="a" * 500) == []


def test_a_column_sorts_both_ways_and_what_has_no_value_is_last() -> None:
    assert names(FOUR, sort="name") == ["Ash", "Elm", "Oak", "oak annex"]
    assert names(FOUR, sort="pupils") == ["oak annex", "Ash", "Oak", "Elm"]
    assert names(FOUR, sort="-pupils") == ["Oak", "Ash", "oak annex", "Elm"]
    assert names(FOUR, sort="-nonsense") == list(PLACES)


def test_twenty_rows_stand_on_a_page_and_no_page_is_empty() -> None:
    many = places(*(row(n, f"School {n:03}", n) for n in range(500)))
    assert names(many) == [f"School {n:03}" for n in range(ROWS)]
    for asked, page in ((1, 1), (24, 24), (25, 24), (-1, 0), (99_999_999, 24)):
        shown = look_through(many, ListRequest(page=asked))
        there = shown.paging
        assert (shown.request.page, there.pages, there.matching) == (page, 25, 500), asked
        assert len(shown.rows) == ROWS
    whole = look_through(many, ListRequest(page=None))
    assert (len(whole.rows), whole.paging.pages, whole.request.page) == (500, 1, None)


def test_the_open_row_is_the_chosen_one_or_the_first() -> None:
    first = look_through(FOUR, ListRequest())
    assert (first.row, first.chosen) == (FOUR.rows[0], False)
    other = look_through(FOUR, ListRequest.read({"state": "late", "item": "0"}, 0))
    assert (other.row, other.chosen) == (FOUR.rows[0], True), "it need not be in the list"
    gone = look_through(FOUR, ListRequest.read({"item": "gone"}, 0))
    assert (gone.row, gone.chosen, gone.request.row) == (FOUR.rows[0], False, "")
    closed = replace(FOUR, opens_first=False)
    assert look_through(closed, ListRequest()).row is None
    assert look_through(closed, ListRequest(row="0")).row == FOUR.rows[0]
    none = look_through(places(), ListRequest())
    assert (none.row, none.rows, none.paging.pages) == (None, (), 1)


def test_an_address_is_read_as_it_was_written() -> None:
    asked = ListRequest(filter="late", search="oak", sort="-name", page=2, row="7")
    written = asked.written()
    assert written["page"] == "3", "people count from 1"
    assert ListRequest.read(written, 2) == asked
    assert ListRequest().written() == {}
    assert ListRequest(page=None).written() == {"all": "yes"}


def test_a_row_with_a_page_of_its_own_never_opens_beside_the_list() -> None:
    own = Row(key="a", cells=(Cell(text="A"),), filters=frozenset({""}), path="/a")
    beside = Row(key="b", cells=(Cell(text="B"),), filters=frozenset({""}))
    view = ListView(
        columns=(Column(key="title", label="Title"),),
        title="title",
        filters=(Filter(key="", label="All"),),
        rows=(own, beside),
        empty="",
    )
    assert look_through(view, ListRequest(row="a")).row is beside
    assert not look_through(view, ListRequest(row="a")).chosen
    only_own = replace(view, rows=(own,))
    assert look_through(only_own, ListRequest()).row is None


def test_filters_of_a_group_are_offered_together_behind_its_name() -> None:
    late = Filter(key="late", label="Late", group="State")
    view = replace(FOUR, filters=(FOUR.filters[0], late))
    page = look_through(view, ListRequest(filter="late"))
    found = {name: [one.filter.key for one in some] for name, some in page.grouped.items()}
    assert found == {"": [""], "State": ["late"]}
    assert [one.key for one in page.rows] == ["1", "3"]
