"""Home of the ISO and of a building's administrators: how many have been reminded often enough and
still have not confirmed, and what a building's people may still confirm in time. The names are on
the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from core.cards import Page
from core.home import BarsPanel, Drawing, TablePanel
from core.lists import Cell, Column, Row
from core.text import Text
from core.tiles import Bar, Tile, Tone
from core.words import Words
from governance import links
from governance.access import Actor
from governance.committees.model import Office
from governance.duties.handlers import administers, awaited_of, name_duties, overdue_for, owed_to
from governance.duties.listing import OVERDUE
from governance.duties.model import Awaited
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
    kinds = {one.key for one in rows}
    what = next(iter(name_duties(store, rows).values())) if len(kinds) == 1 else None
    yield partial(_tile, people=people.total(), what=what, of="" if iso else OVERDUE)
    if iso:
        yield partial(_buildings, people=people)
    else:
        found = awaited_of(store, person, owed_to(store, person, actor.standing, now))
        yield partial(_awaited, found=tuple(found))


def _tile(words: Words, *, people: int, what: Text | None, of: str) -> Tile:
    """``what``: the one thing that all of them owe; ``of``: the filter of the list with them."""
    return Tile(
        label=words.say("Overdue confirmations"),
        figure=words.number(people),
        of=words.say("person") if people == 1 else words.say("people"),
        says=words.text(what) if what else words.say("After three reminders"),
        tone=Tone.NOW if people else Tone.PLAIN,
        path=links.owed("", of),
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


def _awaited(words: Words, *, found: Sequence[Awaited]) -> TablePanel:
    return TablePanel(
        title=words.say("Confirmations in your building"),
        columns=(
            Column(key="what", label=words.say("What")),
            Column(key="done", label=words.say("Confirmed")),
            Column(key="rest", label=words.say("Not yet"), number=True),
            Column(key="due", label=words.say("Due")),
        ),
        rows=tuple(
            Row(
                key=one.key,
                path=links.owed("", one.key),
                cells=(
                    Cell(text=words.text(one.what)),
                    Cell(
                        text=words.say(
                            "{done} of {asked}",
                            done=words.number(one.done),
                            asked=words.number(one.asked),
                        )
                    ),
                    Cell(text=words.number(one.not_yet)),
                    Cell(text=words.short_day(one.due)),
                ),
            )
            for one in found[:MOST_BARS]
        ),
        more=Page(label=words.say("See who has not confirmed yet"), path=links.owed("")),
        empty=words.say("Everyone here has confirmed what they were asked to."),
    )


HOME: HomeSources = (HomeSource(rank=60, find=overdue),)
