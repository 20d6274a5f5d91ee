"""Home of everybody whom an outage concerns: it comes before anything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from core.home import Banner, Drawing
from core.tiles import Tag, Tone
from core.words import Words
from governance import links
from governance.access import Actor
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.service_notices.handlers import going_on
from governance.service_notices.messages import ServiceLine


def outages(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    person = actor.person
    if person is None:
        return
    for line, audience in going_on(store, now):
        if audience.includes(person, actor.standing.sits, store.lists_of(person.id)):
            yield partial(_banner, line=line)


def _banner(words: Words, *, line: ServiceLine) -> Banner:
    return Banner(
        tag=Tag(text=words.say("Now"), tone=Tone.NOW),
        title=words.text(line.title),
        path=links.service_notice("", line.thread.notice.announcement_id),
        detail=words.say("Since {when}.", when=words.when(line.since)),
    )


HOME: HomeSources = (HomeSource(rank=0, find=outages),)
