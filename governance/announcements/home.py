"""The CTO's Home: how many have confirmed what was sent, and what goes out next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from core.home import Coming, Drawing
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.access import Actor
from governance.announcements.model import Announcement, AnnouncementState, Tally
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore

LATELY = timedelta(days=90)
MOST = 12
"""Announcements that are looked at."""


def news(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    if not actor.cto:
        return
    found = store.newest_announcements(MOST)
    for one in found:
        if one.state is AnnouncementState.SCHEDULED and one.send_at:
            yield partial(_goes_out, announcement=one, at=one.send_at)
    sent = [
        one
        for one in reversed(found)
        if one.acknowledge and one.sent_at and one.sent_at >= now - LATELY and not one.recalled_at
    ]
    tallies = store.brief_tallies([one.id for one in sent])
    asked = [(one, tallies[one.id]) for one in sent if tallies[one.id].sent]
    yield partial(_confirmed, asked=asked)


def _goes_out(words: Words, *, announcement: Announcement, at: datetime) -> Coming:
    title = words.text(announcement.change.title)
    return Coming(
        at=at,
        what=words.say("“{title}” goes out", title=title),
        path=links.announcement("", announcement.id),
    )


def _confirmed(words: Words, *, asked: Sequence[tuple[Announcement, Tally]]) -> Tile:
    """Each person counts once for each announcement that they were sent."""
    label = words.say("Announcements confirmed")
    path = links.announcements("")
    sent = sum(tally.sent for _, tally in asked)
    if not sent:
        said = words.say("Nothing that asks for a confirmation was sent in the last 90 days")
        return Tile(label=label, figure="–", says=said, path=path)
    confirmed = sum(min(tally.acknowledged, tally.sent) for _, tally in asked)
    shares = tuple(min(tally.acknowledged, tally.sent) / tally.sent for _, tally in asked)
    return Tile(
        label=label,
        figure=words.percent(confirmed / sent),
        trend=shares,
        trend_says=words.say(
            "The last {n} announcements: {values}.",
            n=words.number(len(shares)),
            values=", ".join(words.percent(one) for one in shares),
        ),
        says=words.count(
            "{confirmed} of {sent} in {n} announcement of the last 90 days",
            "{confirmed} of {sent} in {n} announcements of the last 90 days",
            len(asked),
            confirmed=words.number(confirmed),
            sent=words.number(sent),
        ),
        path=path,
    )


HOME: HomeSources = (HomeSource(rank=30, find=news),)
