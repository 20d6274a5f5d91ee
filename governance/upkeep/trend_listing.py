"""A committee's themes that grew, as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance.upkeep.messages import Growing, Grown


def trends_list(words: Words, growing: Growing | None) -> ListView:
    """``Row.key``: the place of its theme."""
    say = words.say
    return ListView(
        columns=(
            Column(key="theme", label=say("Theme")),
            Column(key="state", label=say("State")),
            Column(key="people", label=say("People last week"), number=True),
            Column(key="usual", label=say("Usually"), number=True),
            Column(key="weeks", label=say("Weeks"), sorts=False, phone=False),
        ),
        title="theme",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key="new", label=say("New")),
        ),
        rows=tuple(_row(words, n, one) for n, one in enumerate(growing.themes if growing else ())),
        empty=say(
            "No theme that can be shown grew last week. A theme needs five people who write "
            "about it."
        ),
    )


def _row(words: Words, number: int, one: Grown) -> Row:
    usual, theme = one.usual, words.name(one.theme)
    return Row(
        key=str(number),
        cells=(
            Cell(text=theme, order=theme.casefold()),
            Cell(
                text=words.say("New") if one.new else words.say("Growing"),
                tone=Tone.INFO if one.new else Tone.CAUTION,
                order=one.new,
            ),
            Cell(text=words.number(one.people), order=one.people),
            Cell(
                text=words.number(usual) if usual is not None else words.say("fewer than 5"),
                order=usual or 0,
            ),
            Cell(text="", trend=tuple(one.weeks)),
        ),
        filters=frozenset(("", *(("new",) if one.new else ()))),
        searched=theme,
    )
