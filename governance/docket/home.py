"""Home of everybody who answers messages: what is late, new, theirs and due; and for the CTO all
committees, those with late messages first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time
from functools import partial

from core.cards import Page
from core.home import BarsPanel, Coming, Drawing, TablePanel
from core.lists import Cell, Column, Row
from core.tiles import Bar, Tile, Tone
from core.words import Words
from governance import links, wording
from governance.access import Actor, queues_of
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.docket.handlers import queue_name
from governance.docket.lists import DUE, LATE, MINE, SOON
from governance.docket.open_items import QueueTotals
from governance.feedback.model import ItemState
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.reading.themes import theme_name
from governance.school_days import today

MOST_ROWS = 8
MOST_BARS = 6


def docket(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """Whose days are filled by another office sees their queues among what waits."""
    queues = queues_of(actor)
    if not queues or actor.standing.offices & {Office.CTO, Office.ISO}:
        return
    found = _totals(store, actor, queues, now)
    district = store.district()
    for key in (LATE, ItemState.NEW, MINE, DUE):
        counts = [
            (one.queue, queue_name(district, one.queue), n)
            for one in found
            if (n := getattr(one, key))
        ]
        yield partial(_tile, key=key, counts=counts)
    if led := sorted(actor.standing.leads):
        yield partial(_themes, themes=store.open_themes_of(led, today(store, now)), queue=led[0])


def _totals(
    store: GovernanceStore, actor: Actor, queues: Collection[str], now: datetime
) -> Sequence[QueueTotals]:
    kept = store.kept_from(actor.person_id) if actor.person_id else ()
    day = today(store, now)
    return store.queue_totals(
        queues, actor.person_id, now, today=day, due_by=now + SOON, without=kept
    )


def _tile(words: Words, *, key: str, counts: Sequence[tuple[str, str, int]]) -> Tile:
    """A figure leads to the list of what it counts; of several queues, to each one's list."""
    label, said = {
        "late": (words.say("Late"), words.say("Past the day to answer by")),
        "new": (words.say("New"), words.say("Not acknowledged yet")),
        "mine": (words.say("Assigned to you"), words.say("Open messages")),
        "due": (words.say("Due within 7 days"), words.say("Not late yet")),
    }[key]
    ways = tuple(
        Page(
            label=words.say("{name}: {n}", name=wording.queue(words, name), n=words.number(each)),
            path=f"{links.docket('', queue)}?state={key}",
        )
        for queue, name, each in counts
    )
    n = sum(each for _, _, each in counts)
    return Tile(
        label=label,
        figure=words.number(n),
        says=said,
        tone=Tone.NOW if key == "late" and n else Tone.PLAIN,
        path=ways[0].path if len(ways) == 1 else "",
        ways=ways if len(ways) > 1 else (),
    )


def _themes(words: Words, *, themes: Sequence[tuple[str, int]], queue: str) -> BarsPanel:
    named: dict[str, int] = {}
    for key, n in themes:
        name = words.name(theme_name(key)) or words.say("Something else")
        named[name] = named.get(name, 0) + n
    ranked = sorted(named.items(), key=lambda one: (-one[1], one[0]))[:MOST_BARS]
    most = max((n for _, n in ranked), default=1)
    return BarsPanel(
        title=words.say("Top themes"),
        bars=tuple(Bar(label=name, share=n / most, figure=words.number(n)) for name, n in ranked),
        caption=words.say("Open messages by theme") if ranked else "",
        more=Page(label=words.say("Trends"), path=links.trends("", queue)),
        empty=words.say("Nothing is open."),
    )


def committees(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    if not actor.cto:
        return
    district = store.district()
    every = (*(one.key for one in district.committees), TRIAGE, RESTRICTED)
    totals = [one for one in _totals(store, actor, every, now) if one.open or one.late]
    found = sorted(totals, key=lambda one: (-one.late, -one.open))
    names = {one.queue: queue_name(district, one.queue) for one in found}
    yield partial(_committees, found=found, names=names)


def _committees(words: Words, *, found: Sequence[QueueTotals], names: dict[str, str]) -> TablePanel:
    return TablePanel(
        title=words.say("Committees"),
        columns=(
            Column(key="committee", label=words.say("Committee")),
            Column(key="open", label=words.say("Open"), number=True),
            Column(key="late", label=words.say("Late"), number=True),
        ),
        rows=tuple(
            Row(
                key=one.queue,
                filters=frozenset(),
                cells=(
                    Cell(text=wording.queue(words, names[one.queue])),
                    Cell(text=words.number(one.open)),
                    Cell(text=words.number(one.late), tone=Tone.NOW if one.late else None),
                ),
            )
            for one in found[:MOST_ROWS]
        ),
        caption=words.say("Messages that are open now"),
        empty=words.say("Nothing is open with a committee."),
    )


def back(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """Whoever leads a committee sees on which day something is back that was put aside."""
    if not actor.standing.leads:
        return
    day = today(store, now)
    for queue, until, n in store.coming_back(sorted(actor.standing.leads), day, day + SOON):
        at = store.moment_of(datetime.combine(until, time()))
        yield partial(_back, queue=queue, at=at, n=n, here=until == day)


def _back(words: Words, *, queue: str, at: datetime, n: int, here: bool) -> Coming:
    return Coming(
        at=at,
        what=words.count("{n} item is back on the docket", "{n} items are back on the docket", n),
        path=links.docket("", queue) + ("" if here else "?state=aside"),
        whole_day=True,
    )


HOME: HomeSources = (
    HomeSource(rank=40, find=back),
    HomeSource(rank=40, find=docket),
    HomeSource(rank=40, find=committees),
)
