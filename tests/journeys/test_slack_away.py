"""Slack does not accept the app's token while an announcement goes out: nobody fails, the page says
what to fix, and once it is fixed everybody gets it once."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from governance.announcements.commands import SendAnnouncement
from tests.attacks.visiting import signed_in
from tests.journeys.running import until
from tests.journeys.test_slack import STAFF, in_slack
from tests.journeys.town import CTO
from tests.journeys.trips import announced_title, draft
from tests.stand_ins.slack import BOT_TOKEN

MEND = "Slack does not accept the app's token, so nobody gets anything. Install the app again."


@pytest.mark.prove_on_postgres("two workers hold one lane back")
async def test_a_token_that_was_revoked_fails_nobody(tmp_path: Path) -> None:
    async with in_slack(tmp_path, STAFF) as place, signed_in(place.service, CTO) as office:
        service, slack = place.service, place.slack
        staff = [place.users[email] for email in STAFF]
        announcement = await draft(service, STAFF)
        slack.bot_token = "xoxb-another-one"
        await service.by_itself(SendAnnouncement(announcement_id=announcement))

        async def page() -> str:
            shown = await office.get(f"/announcements/{announcement}/progress")
            assert shown.status_code == 200
            return html.unescape(shown.text)

        async def says_what_to_mend() -> bool:
            return MEND in await page()

        await until(says_what_to_mend)
        assert "All sent by about" not in await page(), "nobody knows when it ends"
        await service.pass_time(minutes=10)
        await service.restart()
        assert not any(place.count(user, announced_title()) for user in staff)
        slack.bot_token = BOT_TOKEN
        await service.pass_time(minutes=2)

        async def all_have_it() -> bool:
            return all(place.count(user, announced_title()) for user in staff)

        await until(all_have_it, every=0.2)

        async def is_settled() -> bool:
            return await service.sent("notice", announcement) == len(staff)

        await until(is_settled)
        assert [place.count(user, announced_title()) for user in staff] == [1] * len(staff)
        assert MEND not in await page()
