"""Who is overdue, as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance.duties.messages import OwedView
from governance.duties.model import Owed


def owed_list(words: Words, view: OwedView) -> ListView:
    say = words.say
    asked = {_key(one): _what(words, one) for one in view.rows}
    return ListView(
        columns=(
            Column(key="name", label=say("Person")),
            Column(key="building", label=say("Building")),
            Column(key="what", label=say("What")),
            Column(key="due", label=say("Due")),
        ),
        title="name",
        filters=(
            Filter(key="", label=say("All"), always=True),
            *(Filter(key=key, label=what) for key, what in asked.items() if len(asked) > 1),
        ),
        rows=tuple(_row(words, one) for one in view.rows),
        empty=say("No one is on this list."),
        opens=False,
    )


def _key(one: Owed) -> str:
    return f"{one.kind}:{one.subject}"


def _what(words: Words, one: Owed) -> str:
    return words.text(one.what) if one.what else ""


def _row(words: Words, one: Owed) -> Row:
    what = _what(words, one)
    return Row(
        key=f"{one.person}:{_key(one)}",
        cells=(
            Cell(text=one.name, order=one.name.casefold()),
            Cell(text=one.building, order=one.building.casefold()),
            Cell(text=what, order=what.casefold() or None),
            Cell(text=words.short_day(one.due), order=one.due),
        ),
        filters=frozenset(("", _key(one))),
        searched=f"{one.name} {one.building} {what}",
    )
