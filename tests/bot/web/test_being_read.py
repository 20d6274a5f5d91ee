"""What a page asks every two seconds while a message is being read."""

from __future__ import annotations

from pathlib import Path

from governance.docket.commands import FileReading
from governance.home.commands import ShowBeingRead
from governance.views import BeingRead
from tests.attacks.hall import Hall, hall, reading
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.journeys.town import CHAIR, TEACHER

WORDS = "The Wi-Fi in room 12 is slow."
MOST = 5
"""Statements: who asks, and what is being read."""


async def test_until_a_message_has_been_read_a_page_asks_for_little(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        one = await town.unread(TEACHER, WORDS)
        assert (await being_read(town, TEACHER)).items == {one}
        assert not (await being_read(town, CHAIR)).items, "it is nobody else's"
        async with browser(town, TEACHER) as client:
            whole, dear = await costs(client, "/said")
            assert 'hx-get="/said?reading=1"' in whole.text
            poll, statements = await costs(client, "/said?reading=1")
            assert (poll.status_code, poll.text) == (204, "")
            assert statements <= MOST < dear
            filed = FileReading(item_id=one, reading=reading(WORDS, "network"))
            await town.core.dispatch.by_itself(filed)
            done = await client.get("/said?reading=1")
            assert done.status_code == 200
            assert "hx-trigger" not in done.text
        assert not (await being_read(town, TEACHER)).items


async def being_read(town: Hall, email: str) -> BeingRead:
    view = await town.ask(email, ShowBeingRead())
    assert isinstance(view, BeingRead)
    return view
