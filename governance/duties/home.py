"""Home of the ISO and of a building's administrators: who has been reminded often enough and still
has not confirmed. The same people are on their list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

from core.cards import Page
from core.home import BarsPanel, Drawing
from core.tiles import Bar, Tile, Tone
from core.words import Words
from governance import links
from governance.access import Actor
from governance.committees.model import Office
from governance.duties.handlers import administers, overdue_for
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore

MOST_BARS = 6


def overdue(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    person = actor.person
    if person is None:
        return
    iso = Office.ISO in actor.standing.offices
    if actor.cto or not (iso or administers(person)):
        return
    rows = overdue_for(store, person, actor.standing, now)
    people = Counter(place for _, place in {(one.person, one.building) for one in rows})
    yield partial(_tile, people=people.total())
    if iso:
        yield partial(_buildings, people=people)


def _tile(words: Words, *, people: int) -> Tile:
    return Tile(
        label=words.say("Overdue confirmations"),
        figure=words.number(people),
        of=words.say("person") if people == 1 else words.say("people"),
        says=words.say("After three reminders"),
        tone=Tone.NOW if people else Tone.PLAIN,
        path=links.owed(""),
    )


def _buildings(words: Words, *, people: Mapping[str, int]) -> BarsPanel:
    ranked = sorted(people.items(), key=lambda one: (-one[1], one[0]))[:MOST_BARS]
    most = max((n for _, n in ranked), default=1)
    return BarsPanel(
        title=words.say("Overdue by building"),
        bars=tuple(Bar(label=place, share=n / most, figure=words.number(n)) for place, n in ranked),
        caption=words.say("People who have not confirmed after three reminders") if ranked else "",
        more=Page(label=words.say("See everyone who is overdue"), path=links.owed("")),
        empty=words.say("Nobody is overdue."),
    )


HOME: HomeSources = (HomeSource(rank=60, find=overdue),)
