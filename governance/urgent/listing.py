"""Urgent cases as a list, for whoever responds to them. None opens by itself: opening one shows
the original words, and is recorded."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.labels import Labels
from governance.urgent import wording as case_words
from governance.urgent.messages import CaseOverview, CasesView

_OPEN, _CLOSED = "", "closed"


def cases_list(words: Words, view: CasesView) -> ListView:
    """What is open first, of which nobody has taken some."""
    say = words.say
    waiting = sorted(view.open_cases, key=lambda one: bool(one.taken_by))
    return ListView(
        columns=(
            Column(key="state", label=say("State"), sorts=False),
            Column(key="case", label=say("Case")),
            Column(key="opened", label=say("Opened")),
            Column(key="called", label=say("People alerted"), number=True, phone=False),
            Column(key="who", label=say("Responder"), sorts=False),
            Column(key="outcome", label=say("How it ended"), sorts=False, wraps=True),
        ),
        title="case",
        filters=(
            Filter(key=_OPEN, label=say("Open cases"), always=True),
            Filter(key=_CLOSED, label=say("Closed cases")),
        ),
        rows=tuple(_row(words, one) for one in (*waiting, *view.closed_cases)),
        empty=say("No case is open."),
    )


def _row(words: Words, one: CaseOverview) -> Row:
    kind, who = Labels(words)(one.urgency), case_words.responder(words, one)
    ended = case_words.outcome(words, one.outcome) if one.outcome else ""
    when = words.when(one.opened_at)
    return Row(
        key=f"{one.item_id}:{one.urgency}",
        cells=(
            _state(words, one),
            Cell(text=f"{kind}, {when}", order=(kind, one.opened_at)),
            Cell(text=words.short_day(one.opened_at), order=one.opened_at),
            Cell(text=words.number(one.called), order=one.called),
            Cell(text=who),
            Cell(text=ended),
        ),
        filters=frozenset((_CLOSED if one.closed_at else _OPEN,)),
        searched=f"{kind} {when} {who} {ended}",
        path=links.case("", one.item_id, one.urgency.value),
    )


def _state(words: Words, one: CaseOverview) -> Cell:
    if one.closed_at is not None:
        return Cell(text=words.say("Closed"), tone=Tone.PLAIN)
    if one.taken_by:
        return Cell(text=words.say("Taken"), tone=Tone.INFO)
    return Cell(text=words.say("Needs a person now"), tone=Tone.NOW)
