"""Who withheld their name is not told by the minute: those who work on what they said see the day,
in Slack and on every page of a committee."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bot.web.test_pages import sign_in
from tests.journeys.running import until
from tests.journeys.test_danger import is_read
from tests.journeys.test_slack import in_slack
from tests.journeys.town import CHAIR, TEACHER
from tests.stand_ins.slack import texts

pytestmark = pytest.mark.usefixtures("quick_reader")

SAID = "The access point over the portables restarts in every third lesson."
A_TIME = re.compile(r"\d:\d\d\s?[AP]M")


@pytest.mark.prove_on_postgres("statements that no other test makes there")
async def test_a_committee_sees_the_day_and_no_time(tmp_path: Path) -> None:
    async with in_slack(tmp_path, []) as place:
        await place.slack.dm(place.users[TEACHER], SAID)
        item = await is_read(place.service)
        brief = texts(await place.message(place.channels["network"], "over the portables"))
        assert not A_TIME.search(brief), brief

        async with httpx.AsyncClient(base_url=place.service.url, follow_redirects=True) as client:
            await sign_in(client, await place.service.signin_url(CHAIR))

            async def page(path: str) -> str:
                async def look() -> Any:
                    got = await client.get(path)
                    return got.text if got.status_code == 200 else None

                found: str = await until(look)
                return found

            for path in (
                "/committees/network",
                "/committees/network/chair",
                "/committees/network/agenda",
                "/committees/network/week",
                f"/items/{item.id}",
                f"/items/{item.id}/matter",
            ):
                read = re.sub(r"<option.*?</option>", "", await page(path), flags=re.S)
                assert not A_TIME.search(read), (path, A_TIME.findall(read))
            assert "portables" in await page("/committees/network")
