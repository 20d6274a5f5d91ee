"""What changed because staff spoke up, as a list."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance.recommendations.model import AdviceView, ChangesView

_CHANGED, _UNDER_WAY = "changed", "under-way"


def changes_list(words: Words, view: ChangesView) -> ListView:
    """The newest first."""
    say = words.say
    return ListView(
        columns=(
            Column(key="title", label=say("What the committee asked for")),
            Column(key="state", label=say("State")),
            Column(key="committee", label=say("Committee"), phone=False),
            Column(key="decided", label=say("Accepted")),
        ),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            Filter(key=_CHANGED, label=say("Changed")),
            Filter(key=_UNDER_WAY, label=say("Under way")),
        ),
        rows=tuple(_row(words, one) for one in view.changes),
        empty=say("Nothing yet. Accepted recommendations appear here."),
    )


def _row(words: Words, view: AdviceView) -> Row:
    one, changed = view.recommendation, bool(view.recommendation.outcome)
    state = words.say("Changed") if changed else words.say("Under way")
    decided = one.decided_at
    return Row(
        key=str(one.id),
        cells=(
            Cell(text=one.title, order=one.title.casefold()),
            Cell(text=state, tone=Tone.GOOD if changed else Tone.INFO, order=changed),
            Cell(text=view.committee, order=view.committee.casefold()),
            Cell(text=words.short_day(decided) if decided else "", order=decided),
        ),
        filters=frozenset(("", _CHANGED if changed else _UNDER_WAY)),
        searched=" ".join((one.title, one.advice, view.committee, one.outcome or "")),
    )
