"""What the automatic reader was taught, as a list."""

from __future__ import annotations

from core.cards import Line, Look, Part, Quote, Secrecy
from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance import wording
from governance.duplicates.views import CorrectionsView, Taught

_LONGEST = 100


def taught_list(words: Words, view: CorrectionsView) -> ListView:
    """The newest first. ``Row.key``: the message's id."""
    say = words.say
    return ListView(
        columns=(
            Column(key="said", label=say("Message"), sorts=False, wraps=True),
            Column(key="moved", label=say("Moved"), sorts=False),
            Column(key="when", label=say("When")),
            Column(key="by", label=say("By"), phone=False),
        ),
        title="said",
        filters=(Filter(key="", label=say("All")),),
        rows=tuple(_row(words, one) for one in view.taught),
        empty=say("The automatic reader has not learned from anyone yet."),
    )


def _row(words: Words, one: Taught) -> Row:
    moved = words.say(
        "From {start} to {to}",
        start=wording.queue(words, one.came_from),
        to=wording.queue(words, one.went_to),
    )
    return Row(
        key=str(one.item_id),
        cells=(
            Cell(text=_first_words(one.redacted)),
            Cell(text=moved),
            Cell(text=words.short_day(one.at), order=one.at),
            Cell(text=one.by or "", order=one.by.casefold() if one.by else None),
        ),
        searched=f"{one.redacted} {moved} {one.by or ''}",
    )


def _first_words(said: str) -> str:
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + "…"


def taught_parts(words: Words, one: Taught) -> tuple[Part, ...]:
    """What was moved, whole, and by whom."""
    when = words.when(one.at)
    said = f"{when} · {one.by}" if one.by else when
    here = Secrecy.SIGNED_IN
    return (
        Quote(text=one.redacted, secrecy=here),
        Line(text=said, secrecy=here, look=Look.QUIET),
    )
