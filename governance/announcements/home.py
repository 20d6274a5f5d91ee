"""The CTO's Home: how many have confirmed what was sent, and what goes out next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from core.home import Coming, Drawing
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.access import Actor
from governance.announcements.model import Announcement, AnnouncementState, Tally
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.school_days import today

LATELY = timedelta(days=90)
UNDATED = timedelta(days=7)
"""What nobody set a day for counts after this long."""

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
        if one.acknowledge
        and not one.lesson
        and not one.recalled_at
        and one.sent_at
        and one.sent_at >= now - LATELY
    ]
    tallies = store.brief_tallies([one.id for one in sent])
    asked = [one for one in sent if tallies[one.id].sent]
    day = today(store, now)
    over = [(one, tallies[one.id]) for one in asked if _time_is_up(one, day, now)]
    yield partial(_confirmed, asked=over, open_still=len(asked) - len(over))


def _time_is_up(announcement: Announcement, day: date, now: datetime) -> bool:
    """Whether people had the time to confirm it: until its day or, where none was set, a week.
    What went out this morning would look like a collapse."""
    if announcement.due is not None:
        return announcement.due < day
    return announcement.sent_at is not None and announcement.sent_at <= now - UNDATED


def _goes_out(words: Words, *, announcement: Announcement, at: datetime) -> Coming:
    title = words.text(announcement.change.title)
    return Coming(
        at=at,
        what=words.say("“{title}” goes out", title=title),
        path=links.announcement("", announcement.id),
    )


def _confirmed(
    words: Words, *, asked: Sequence[tuple[Announcement, Tally]], open_still: int
) -> Tile:
    """Each person counts once for each announcement that they were sent. ``open_still``: so many
    announcements whose time is not up, which are not in the figures."""
    label = words.say("Announcements confirmed")
    path = links.announcements("")
    sent = sum(tally.sent for _, tally in asked)
    if not sent:
        said = words.say("None came due in the last 90 days")
        return Tile(label=label, figure="–", says=_with_open(words, said, open_still), path=path)
    confirmed = sum(min(tally.acknowledged, tally.sent) for _, tally in asked)
    shares = tuple(min(tally.acknowledged, tally.sent) / tally.sent for _, tally in asked)
    said = words.count(
        "{confirmed} of {sent} in {n} announcement of the last 90 days",
        "{confirmed} of {sent} in {n} announcements of the last 90 days",
        len(asked),
        confirmed=words.number(confirmed),
        sent=words.number(sent),
    )
    return Tile(
        label=label,
        figure=words.percent(confirmed / sent),
        trend=shares,
        trend_says=words.say(
            "The last {n} announcements: {values}.",
            n=words.number(len(shares)),
            values=", ".join(words.percent(one) for one in shares),
        ),
        says=_with_open(words, said, open_still),
        path=path,
    )


def _with_open(words: Words, said: str, open_still: int) -> str:
    if not open_still:
        return said
    return f"{said} · " + words.count("{n} not due yet", "{n} not due yet", open_still)


HOME: HomeSources = (HomeSource(rank=30, find=news),)
