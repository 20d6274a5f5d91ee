"""The home tab of a running service: for a teacher, for a chair and for the CTO's office."""

from __future__ import annotations

from pathlib import Path

from governance.announcements.commands import SendAnnouncement
from tests.journeys.running import until
from tests.journeys.test_slack import STAFF, Place, in_slack
from tests.journeys.town import CHAIR, CTO, TEACHER
from tests.journeys.trips import PULSE, announced_title, draft, launch
from tests.stand_ins.slack import texts


async def tab_of(place: Place, email: str, *words: str) -> str:
    """What somebody's home tab says, opened until it says these words."""
    user = place.users[email]

    async def look() -> str | None:
        await place.slack.open_home(user)
        said = texts(place.slack.home(user) or {})
        return said if all(one in said for one in words) else None

    return str(await until(look))


async def test_the_home_tab_shows_each_what_waits_for_them(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF) as place:
        service, slack = place.service, place.slack
        await launch(service, STAFF[:2])
        sent = await draft(service, [STAFF[0]])
        await service.by_itself(SendAnnouncement(announcement_id=sent))
        await slack.dm(place.users[TEACHER], "The wifi in the portables drops every afternoon")
        assert await place.message(place.channels["network"], "wifi in the portables drops")

        said = await tab_of(place, STAFF[0], PULSE, announced_title())
        assert "portables" not in said
        said = await tab_of(place, TEACHER, "Nothing is waiting for you.", "portables")
        said = await tab_of(place, CHAIR, "portables", "1 item is open")
        assert "Surveys and announcements" not in said
        said = await tab_of(place, CTO, "Surveys and announcements", PULSE, announced_title())
        assert "portables" not in said, "the office sees no committee's docket"

        user = place.users[STAFF[0]]
        await slack.click(user, slack.home(user) or {}, "No, thank you")
        await until(lambda: _opened(place, user, "We will not remind you"))
        await until(lambda: _without(place, user, PULSE))


async def _opened(place: Place, user: str, words: str) -> bool:
    return words in texts(place.slack.modal(user) or {})


async def _without(place: Place, user: str, words: str) -> bool:
    return words not in texts(place.slack.home(user) or {})
