"""Tells people in Teams' activity feed that an announcement waits to be read, where the district
wants that: once for each person and announcement, a day after it reached them, never in quiet
hours (decision 26)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol, assert_never

import structlog

from bot.app.core import Core
from bot.jobs.errands import keep_looking
from bot.teams.feed import MOST, PerhapsTold, Telling, Told
from bot.teams.graph_app import NotForThem, NotForUs, NotNow
from core.words import Words
from governance.delivery_reasons import DeliveryReason
from storage.feed_notices import (
    FeedBatch,
    claim_feed,
    feed_counts,
    give_back_feed,
    settle_feed,
    waiting_in_feed,
)
from storage.transaction import Transaction

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 60.0
_BETWEEN_SECONDS = 0.5
"""Between two calls: Graph takes two a second for an app."""

_DENIED_SECONDS = 3600.0
_LATELY = timedelta(days=7)

Sleep = Callable[[float], Awaitable[None]]


class Feed(Protocol):
    """Tells up to a hundred accounts in one call; never raises."""

    async def tell(self, users: Sequence[str], *, title: str, preview: str) -> Telling: ...


async def keep_telling(core: Core, feed: Feed) -> None:
    """See to it until cancelled that people hear what waits for them."""
    look = partial(tell_waiting, feed=feed)
    await keep_looking(core, look, seconds=_LOOK_SECONDS, failed="teams.feed_failed")


async def tell_waiting(core: Core, *, feed: Feed, sleep: Sleep = asyncio.sleep) -> int:
    """Tell everybody for whom something waits; how many were told."""
    told = 0
    while await core.store.read(lambda tx: waiting_in_feed(tx, core.now(), 1)):
        batch = await core.store.write(lambda tx: claim_feed(tx, core.now(), MOST))
        if batch is None:
            break  # another process had it
        outcome = await _tell(core, feed, batch)
        await core.store.write(partial(_settle, batch, outcome))
        log.info("teams.feed", people=len(batch.accounts), outcome=type(outcome).__name__)
        if isinstance(outcome, NotForUs):
            log.error("teams.feed_denied", why=outcome.why)
            await sleep(_DENIED_SECONDS)
            return told
        if isinstance(outcome, NotNow):
            await sleep(outcome.seconds)
            return told
        told += len(batch.accounts) if isinstance(outcome, Told) else 0
        await sleep(_BETWEEN_SECONDS)
    return told


async def _tell(core: Core, feed: Feed, batch: FeedBatch) -> Telling:
    found = await core.store.read(lambda tx: tx.announcement(batch.announcement))
    if found is None:
        return NotForThem(why=DeliveryReason.FEED_GONE)
    words = Words(locale=batch.locale)
    return await feed.tell(
        list(batch.accounts.values()),
        title=words.text(found.change.title),
        preview=words.say(
            "It is waiting for you in our chat. Please press “I have read this” there."
        ),
    )


def _settle(batch: FeedBatch, outcome: Telling, tx: Transaction) -> None:
    match outcome:
        case Told():
            settle_feed(tx, batch, "sent", None)
        case PerhapsTold():
            settle_feed(tx, batch, "unknown", outcome.why)
        case NotForThem():
            settle_feed(tx, batch, "failed", outcome.why)
        case NotForUs() | NotNow():
            give_back_feed(tx, batch)
        case _:
            assert_never(outcome)


async def feed_findings(core: Core) -> list[tuple[bool, str]]:
    """For the doctor: what became of the notices of the last week."""
    since = core.now() - _LATELY
    counts = await core.store.read(lambda tx: feed_counts(tx, since))
    said = ", ".join(f"{n} {state}" for state, n in sorted(counts.items())) or "nobody"
    return [(True, f"Told in Teams' activity feed in the last 7 days: {said}.")]
