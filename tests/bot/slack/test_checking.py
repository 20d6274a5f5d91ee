"""The doctor's question to Slack about the app-level token."""

from __future__ import annotations

import pytest

from bot.slack.checking import check_socket
from bot.slack.settings import SlackSettings
from tests.stand_ins.slack_socket import APP_TOKEN, SocketStandIn


async def test_an_app_level_token_is_tried_and_no_connection_is_made() -> None:
    async with SocketStandIn() as slack:
        good = SlackSettings(app_token=APP_TOKEN, api_url=slack.api_url)
        assert await check_socket(good) == [
            (True, "Slack takes the app-level token: Socket Mode can be used.")
        ]
        assert slack.opened == 0


@pytest.mark.parametrize("token", ["xapp-of-another", "xoxb-stand-in"])
async def test_one_that_is_not_taken_is_told_with_where_to_make_it(token: str) -> None:
    async with SocketStandIn() as slack:
        bad = SlackSettings(app_token=token, api_url=slack.api_url)
        ((taken, told),) = await check_socket(bad)
    assert not taken
    assert "(invalid_auth)" in told
    assert "connections:write" in told
    assert token not in told


async def test_where_nobody_answers_it_is_not_taken() -> None:
    nowhere = SlackSettings(app_token=APP_TOKEN, api_url="http://127.0.0.1:1/api/", timeout=2)
    ((taken, told),) = await check_socket(nowhere)
    assert not taken
    assert APP_TOKEN not in told
