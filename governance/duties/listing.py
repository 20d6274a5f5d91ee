"""Who has not confirmed yet, as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance.duties.messages import OwedView
from governance.duties.model import Awaited, Owed

OVERDUE = "overdue"
"""The filter of a building's list, which also has who may still confirm in time."""


def owed_list(words: Words, view: OwedView) -> ListView:
    say = words.say
    asked = {one.key: _what(words, one) for one in view.rows}
    return ListView(
        columns=(
            Column(key="name", label=say("Person")),
            *((Column(key="building", label=say("Building")),) if not view.building else ()),
            Column(key="what", label=say("What")),
            Column(key="due", label=say("Due")),
            Column(key="state", label=say("State")),
        ),
        title="name",
        filters=(
            Filter(key="", label=say("All"), always=True),
            *((Filter(key=OVERDUE, label=say("Overdue")),) if view.building else ()),
            *(Filter(key=key, label=what) for key, what in asked.items() if len(asked) > 1),
        ),
        rows=tuple(_row(words, one, placed=not view.building) for one in view.rows),
        empty=say("No one is on this list."),
        opens=False,
    )


def awaited(words: Words, one: Awaited) -> str:
    """How many have confirmed something, how many have not, and until when they may."""
    return words.say(
        "{what}: {done} of {asked} confirmed, {rest} not yet, by {day}",
        what=words.text(one.what),
        done=words.number(one.done),
        asked=words.number(one.asked),
        rest=words.number(one.not_yet),
        day=words.day(one.due),
    )


def _what(words: Words, one: Owed) -> str:
    return words.text(one.what) if one.what else ""


def _row(words: Words, one: Owed, *, placed: bool) -> Row:
    """``placed``: with their building, where the list is of more than one."""
    what = _what(words, one)
    return Row(
        key=f"{one.person}:{one.key}",
        cells=(
            Cell(text=one.name, order=one.name.casefold()),
            *((Cell(text=one.building, order=one.building.casefold()),) if placed else ()),
            Cell(text=what, order=what.casefold() or None),
            Cell(text=words.short_day(one.due), order=one.due),
            Cell(
                text=words.say("Overdue") if one.overdue else words.say("Not yet"),
                order=not one.overdue,
                tone=Tone.NOW if one.overdue else Tone.INFO,
            ),
        ),
        filters=frozenset(("", one.key, *((OVERDUE,) if one.overdue else ()))),
        searched=f"{one.name} {one.building} {what}",
    )
