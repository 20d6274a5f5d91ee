"""Named lists of people, as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.lists import wording as list_words
from governance.lists.messages import ListsView
from governance.lists.model import NamedList

_IMPORTED, _FOLLOWS, _TROUBLE = "imported", "follows", "trouble"


def named_lists_list(words: Words, view: ListsView) -> ListView:
    say = words.say
    return ListView(
        columns=(
            Column(key="name", label=say("List")),
            Column(key="state", label=say("State")),
            Column(key="people", label=say("People"), number=True),
            Column(key="source", label=say("Comes from")),
            Column(key="updated", label=say("Updated")),
        ),
        title="name",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_IMPORTED, label=say("Imported")),
            Filter(key=_FOLLOWS, label=say("Follow a group")),
            Filter(key=_TROUBLE, label=say("Not updated")),
        ),
        rows=tuple(_row(words, one) for one in view.lists),
        empty=say("There are no lists yet."),
    )


def _row(words: Words, one: NamedList) -> Row:
    source = list_words.source(words, one)
    kinds = {_IMPORTED: one.kind is None, _FOLLOWS: bool(one.kind), _TROUBLE: bool(one.trouble)}
    return Row(
        key=one.key,
        cells=(
            Cell(text=one.name, order=one.name.casefold()),
            _state(words, one),
            Cell(text=words.number(one.people), order=one.people),
            Cell(text=source, order=source.casefold()),
            Cell(text=words.short_day(one.filled_at) if one.filled_at else "", order=one.filled_at),
        ),
        filters=frozenset(("", *(key for key, fits in kinds.items() if fits))),
        searched=f"{one.name} {source} {one.group}",
        path=links.named_list("", one.key),
    )


def _state(words: Words, one: NamedList) -> Cell:
    if one.trouble:
        return Cell(text=words.say("Not updated"), tone=Tone.NOW, order=0)
    if one.filled_at is None:
        return Cell(text=words.say("Being filled"), tone=Tone.INFO, order=1)
    return Cell(text=words.say("Up to date"), tone=Tone.GOOD, order=2)
