"""Home of everybody who answers messages: what is late, new, theirs and due; and for the CTO how
much is open with the committees, those with late messages first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from core.cards import Page
from core.home import BarsPanel, Coming, Drawing, TablePanel
from core.lists import Cell, Column, Row
from core.tiles import Bar, Tile, Tone
from core.words import Words
from governance import links, wording
from governance.access import Actor, queues_of
from governance.committees.model import Office
from governance.docket.backlog import backlog, first_day
from governance.docket.handlers import queue_name
from governance.docket.lists import DUE, LATE, MINE, SOON
from governance.docket.open_items import Backlog, QueueTotals
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
        there = store.open_themes_of(led, today(store, now), without=_kept(store, actor))
        yield partial(_themes, themes=there, queue=led[0])


def _totals(
    store: GovernanceStore, actor: Actor, queues: Collection[str], now: datetime
) -> Sequence[QueueTotals]:
    return store.queue_totals(
        queues,
        actor.person_id,
        now,
        today=today(store, now),
        due_by=now + SOON,
        without=_kept(store, actor),
    )


def _kept(store: GovernanceStore, actor: Actor) -> Collection[UUID]:
    """What names its reader is counted nowhere on their Home, as it is on no list of theirs."""
    return store.kept_from(actor.person_id) if actor.person_id else ()


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
    if actor.cto:
        district = store.district()
        found = backlog(store, now)
        names = {one.queue: queue_name(district, one.queue) for one in found if one.queue}
        yield partial(_committees, found=found, names=names, before=first_day(store, now))


def _committees(
    words: Words, *, found: Sequence[Backlog], names: dict[str, str], before: date
) -> TablePanel:
    shown = [*found[: MOST_ROWS - 1], *found[-1:]] if len(found) > MOST_ROWS else found
    return TablePanel(
        title=words.say("Committees"),
        columns=(
            Column(key="committee", label=words.say("Committee")),
            Column(key="open", label=words.say("Still open"), number=True),
            Column(key="late", label=words.say("Late"), number=True),
        ),
        rows=tuple(_committee(words, one, names) for one in shown),
        caption=words.say(
            "Open messages from before {day}. A month counts from 5 people on.",
            day=words.short_day(before),
        ),
        empty=words.say("Messages appear here from the next month on, if 5 people wrote."),
    )


def _committee(words: Words, one: Backlog, names: dict[str, str]) -> Row:
    name = wording.queue(words, names[one.queue]) if one.queue else _others(words, names)
    late = "–" if one.late is None else words.number(one.late)
    return Row(
        key=one.queue or "others",
        filters=frozenset(),
        cells=(
            Cell(text=name),
            Cell(text=words.number(one.open)),
            Cell(text=late, tone=Tone.NOW if one.late else None),
        ),
    )


def _others(words: Words, names: dict[str, str]) -> str:
    return words.say("Other committees") if names else words.say("All committees")


def back(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """Whoever leads a committee sees on which day something is back that was put aside."""
    if not actor.standing.leads:
        return
    day = today(store, now)
    led = sorted(actor.standing.leads)
    kept = _kept(store, actor)
    for queue, until, n in store.coming_back(led, day, day + SOON, without=kept):
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
