"""What the journeys of every platform share: launching, drafting, waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from core.people import Audience
from governance.announcements.commands import WriteAnnouncement
from governance.messages import AnnouncementDrafted
from surveys.commands import LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.survey import Page
from tests.journeys.running import Running
from tests.journeys.town import example

PULSE = "Weekly technology pulse"


async def launch(
    service: Running,
    emails: list[str],
    key: str = "weekly-pulse",
    *,
    only_first: bool = False,
    pages: tuple[Page, ...] = (),
) -> UUID:
    """Launch a survey of the example district for a week, with a reminder after two days;
    ``only_first``: only its first question; ``pages``: with these instead of its own."""
    survey = next(s for s in example().surveys if s.key == key)
    if only_first:
        survey = replace(survey, pages=(Page(questions=survey.questions[:1]),))
    survey = replace(survey, pages=pages or survey.pages)
    now = service.clock()
    launched = await service.by_itself(
        LaunchSurvey(
            wave_id=uuid4(),
            survey=survey,
            audience=Audience(people=frozenset(emails)),
            opens_at=None,
            closes_at=now + timedelta(days=7),
            reminders=(now + timedelta(days=2),),
        )
    )
    assert isinstance(launched, WaveLaunched)
    assert launched.people == len(emails)
    return launched.wave_id


async def draft(service: Running, emails: list[str]) -> UUID:
    """Write the first announcement of the example district for some people."""
    first = example().announcements[0]
    written = await service.by_itself(
        WriteAnnouncement(
            announcement_id=uuid4(),
            change=first.change,
            audience=Audience(people=frozenset(emails)),
        )
    )
    assert isinstance(written, AnnouncementDrafted)
    assert written.reach.people == len(emails)
    return written.announcement.id


def announced_title() -> str:
    return example().announcements[0].change.title.default
