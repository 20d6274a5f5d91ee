"""Wires Slack: built only where Slack is configured."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from urllib.parse import urljoin

from starlette.routing import BaseRoute, Route

from bot.core import Core
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.listen import slack_handler
from bot.slack.platform import SlackPlatform
from bot.slack.settings import SlackSettings
from bot.slack_linking import keep_linked
from scheduler.ports import ChatPlatform


def slack_settings(given: Settings, web_url: str) -> SlackSettings:
    """The part of the settings that Slack needs."""
    secret, token = given.slack_signing_secret, given.slack_bot_token
    return SlackSettings(
        signing_secret=secret.get_secret_value() if secret else "",
        bot_token=token.get_secret_value() if token else "",
        api_url=urljoin(given.slack_api_url, "."),
        web_url=web_url,
    )


async def open_slack(core: Core, routes: list[BaseRoute], stack: AsyncExitStack) -> ChatPlatform:
    """Add Slack's route, keep addresses linked to the roster, and return its platform."""
    settings = slack_settings(core.settings, core.web_url)
    client = SlackClient(settings)
    stack.push_async_callback(client.close)
    directory = SlackDirectory(client)
    endpoint = slack_handler(settings, core.dispatch, directory, client=client)
    routes.append(Route("/slack/events", endpoint, methods=["POST"]))
    linking = asyncio.create_task(keep_linked(core, directory), name="slack-addresses")
    stack.push_async_callback(_end, linking)
    return SlackPlatform(client)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
