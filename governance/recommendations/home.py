"""Home of whoever leads a committee: what it recommended, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from core.home import Drawing, TablePanel
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.home_parts import HomeSource, HomeSources
from governance.labels import Labels
from governance.ports import GovernanceStore
from governance.recommendations.listing import columns, line
from governance.recommendations.lists import first_on_desk, of_committee
from governance.recommendations.model import AdviceLine

MOST = 5


def to_decide(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    """Of all committees, for the CTO: what waits first, then what was decided last."""
    if actor.cto:
        yield partial(_panel, lines=first_on_desk(store, MOST), all_of_them=True)


def recommended(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    led = actor.standing.leads
    if not led or actor.standing.offices & {Office.CTO, Office.ISO}:
        return
    found = [one for queue in sorted(led) for one in of_committee(store, queue)]
    yield partial(_panel, lines=sorted(found, key=lambda one: one.at, reverse=True)[:MOST])


def _panel(words: Words, *, lines: Sequence[AdviceLine], all_of_them: bool = False) -> TablePanel:
    named = Labels(words)
    return TablePanel(
        title=words.say("What committees recommend")
        if all_of_them
        else words.say("Recommendations to the CTO"),
        columns=columns(words),
        rows=tuple(line(words, named, one) for one in lines),
        empty=words.say("No committee has recommended anything yet.")
        if all_of_them
        else words.say("Your committee has not recommended anything yet."),
    )


HOME: HomeSources = (
    HomeSource(rank=50, find=recommended),
    HomeSource(rank=50, find=to_decide),
)
