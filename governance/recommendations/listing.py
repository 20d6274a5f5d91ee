"""Recommendations as lists: a committee's own, and what changed because staff spoke up."""

from __future__ import annotations

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.labels import Labels
from governance.recommendations.model import (
    AdviceLine,
    AdviceState,
    AdviceView,
    ChangesView,
    RecommendationsView,
)

TONES = {
    AdviceState.DRAFT: Tone.PLAIN,
    AdviceState.SENT: Tone.CAUTION,
    AdviceState.ACCEPTED: Tone.GOOD,
    AdviceState.DECLINED: Tone.PLAIN,
}

_CHANGED, _UNDER_WAY = "changed", "under-way"


def recommendations_list(words: Words, view: RecommendationsView) -> ListView:
    """A committee's own, each with a page of its own. What changed last comes first."""
    say, named = words.say, Labels(words)
    newest = sorted(view.recommendations, key=lambda one: one.at, reverse=True)
    return ListView(
        columns=columns(words),
        title="title",
        filters=(
            Filter(key="", label=say("All"), always=True),
            *(Filter(key=one.value, label=named(one)) for one in AdviceState),
        ),
        rows=tuple(line(words, named, one) for one in newest),
        empty=say("Your committee has not recommended anything yet."),
    )


def columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(key="title", label=words.say("Recommendation")),
        Column(key="state", label=words.say("State")),
        Column(key="at", label=words.say("Since")),
    )


def line(words: Words, named: Labels, one: AdviceLine) -> Row:
    return Row(
        key=str(one.id),
        path=links.advice("", one.id),
        cells=(
            Cell(text=one.title, order=one.title.casefold()),
            Cell(text=named(one.state), tone=TONES[one.state], order=named(one.state)),
            Cell(text=words.short_day(one.at), order=one.at),
        ),
        filters=frozenset(("", one.state.value)),
        searched=one.title,
    )


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
