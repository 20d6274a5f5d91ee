"""Home of whoever leads a committee: what it recommended, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from core.home import Drawing, TablePanel
from core.lists import Cell, Column, Row
from core.tiles import Tone
from core.words import Words
from governance import links
from governance.access import Actor
from governance.committees.model import Office
from governance.home_parts import HomeSource, HomeSources
from governance.labels import Labels
from governance.ports import GovernanceStore
from governance.recommendations.lists import first_on_desk, of_committee
from governance.recommendations.model import AdviceLine, AdviceState

MOST = 5

_TONES = {
    AdviceState.DRAFT: Tone.PLAIN,
    AdviceState.SENT: Tone.CAUTION,
    AdviceState.ACCEPTED: Tone.GOOD,
    AdviceState.DECLINED: Tone.PLAIN,
}


def to_decide(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    """Of all committees, for the CTO: what waits first, then what was decided last."""
    if actor.cto:
        yield partial(_panel, lines=first_on_desk(store, MOST), all_of_them=True)


def recommended(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    led = actor.standing.leads
    if not led or actor.standing.offices & {Office.CTO, Office.ISO}:
        return
    found = [line for queue in sorted(led) for line in of_committee(store, queue)]
    yield partial(_panel, lines=sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def _panel(words: Words, *, lines: Sequence[AdviceLine], all_of_them: bool = False) -> TablePanel:
    named = Labels(words)
    return TablePanel(
        title=words.say("What committees recommend")
        if all_of_them
        else words.say("Recommendations to the CTO"),
        columns=(
            Column(key="title", label=words.say("Recommendation")),
            Column(key="state", label=words.say("State")),
            Column(key="at", label=words.say("Since")),
        ),
        rows=tuple(
            Row(
                key=str(one.id),
                filters=frozenset(),
                path=links.advice("", one.id),
                cells=(
                    Cell(text=one.title),
                    Cell(text=named(one.state), tone=_TONES[one.state]),
                    Cell(text=words.short_day(one.at)),
                ),
            )
            for one in lines
        ),
        empty=words.say("No committee has recommended anything yet.")
        if all_of_them
        else words.say("Your committee has not recommended anything yet."),
    )


HOME: HomeSources = (
    HomeSource(rank=50, find=recommended),
    HomeSource(rank=50, find=to_decide),
)
