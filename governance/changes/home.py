"""Home of whoever leads or holds an office: which changes go live next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from core.home import Coming, Drawing
from core.words import Words
from governance import links
from governance.access import Actor
from governance.changes.model import ChangeRecord
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.school_days import today


def going_live(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    if not (actor.standing.offices or actor.standing.leads):
        return
    day = today(store, now)
    for one in store.changes():
        if one.shown and not one.over and one.day >= day:
            at = store.moment_of(datetime.combine(one.day, time()))
            yield partial(_live, change=one, at=at)


def _live(words: Words, *, change: ChangeRecord, at: datetime) -> Coming:
    title = words.text(change.words.title)
    return Coming(
        at=at,
        what=words.say("“{title}” goes live", title=title),
        path=links.change("", change.id),
        whole_day=True,
    )


HOME: HomeSources = (HomeSource(rank=20, find=going_live),)
