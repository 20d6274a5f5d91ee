"""What else goes out in the days to come, for whoever chooses a day for an announcement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.lists import ListRequest
from core.school_calendar import Calendar
from core.words import Words
from governance.access import Actor, office
from governance.announcements.model import AnnouncementFilter, GoingOut
from governance.ports import GovernanceStore
from governance.wording import no_school


def going_out(
    store: GovernanceStore, actor: Actor, now: datetime, *, but: UUID
) -> tuple[GoingOut, ...]:
    """By their time; of the CTO's office only, since others may not know of all of them."""
    if office(actor, None, store) is not None:
        return ()
    asked = ListRequest(filter=AnnouncementFilter.SCHEDULED, sort="when")
    scheduled, _ = store.announcements_listed(asked)
    found = [
        GoingOut(title=one.change.title, at=one.send_at)
        for one in scheduled
        if one.send_at is not None and one.id != but
    ]
    return tuple(sorted([*found, *_of_surveys(store, now)], key=lambda one: one.at))


def _of_surveys(store: GovernanceStore, now: datetime) -> Iterator[GoingOut]:
    for wave in store.waves_ahead():
        for at in (wave.opens_at, *wave.reminders):
            if at > now:
                yield GoingOut(title=wave.survey.title, at=at, survey=True)


def lines_of(words: Words, ahead: Sequence[GoingOut]) -> list[str]:
    return [
        words.say("{when}: {what}", when=words.when(one.at), what=_named(words, one))
        for one in ahead
    ]


def about_day(
    words: Words, calendar: Calendar, at: datetime, ahead: Sequence[GoingOut]
) -> list[str]:
    """Whether it is a school day, and what else goes out on it. ``words``: in the zone that ``at``
    was chosen in."""
    zone = ZoneInfo(words.timezone)
    day = at.astimezone(zone).date()
    same = [one for one in ahead if one.at.astimezone(zone).date() == day]
    named = [_named(words, one) for one in same]
    told = words.say("Nothing else goes out that day.")
    if named:
        told = words.say("Also going out that day: {what}.", what=words.all_of(named))
    off = no_school(words, calendar, day)
    return [off or words.say("{day} is a school day.", day=words.day(day)), told]


def _named(words: Words, one: GoingOut) -> str:
    title = words.text(one.title)
    if one.survey:
        return words.say("the survey “{title}”", title=title)
    return words.say("“{title}”", title=title)
