"""The CTO's Home after a restore: so many messages wait for an operator."""

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


def waiting(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    messages = store.waiting_since_restore()[0] if actor.cto else 0
    if messages:
        yield partial(_banner, messages=messages)


def _banner(words: Words, *, messages: int) -> Banner:
    return Banner(
        tag=Tag(text=words.say("Restored"), tone=Tone.CAUTION),
        title=words.say("Messages wait for an operator"),
        path=links.health(""),
        detail=words.count(
            "Sounding Board was restored from a backup. {n} message may have been sent before, so "
            "it waits until an operator decides whether to send it. New messages go out as always.",
            "Sounding Board was restored from a backup. {n} messages may have been sent before, so "
            "they wait until an operator decides whether to send them. New messages go out as "
            "always.",
            messages,
        ),
    )


HOME: HomeSources = (HomeSource(rank=0, find=waiting),)
