"""Wires Slack: built only where Slack is configured."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route

from bot.app.core import Core
from bot.slack.client import SlackClient
from bot.slack.listen import SlackDoor, run_all
from bot.slack.oauth import SlackOAuth
from bot.slack.platform import SlackPlatform
from bot.slack.socket import Answered, SlackSocket
from bot.slack_app.install_pages import install_routes
from bot.slack_app.installations import workspaces
from bot.slack_app.linking import keep_linked
from bot.slack_app.settings import slack_settings
from bot.web.settings import Site
from scheduler.ports import ChatPlatform


@dataclass(frozen=True, kw_only=True)
class OpenedSlack:
    """Slack's part of the house. ``socket``: none where Slack calls us, and in a worker."""

    platform: ChatPlatform
    socket: SlackSocket | None


async def open_slack(
    core: Core, routes: list[BaseRoute], stack: AsyncExitStack, answered: Answered, *, hears: bool
) -> OpenedSlack:
    """Add Slack's route, keep addresses linked to the roster, and return its platform. ``hears``:
    this process has doors."""
    settings = slack_settings(core.settings, core.web_url)
    ours = workspaces(core)
    stack.push_async_callback(ours.close)
    door = SlackDoor(settings, core.dispatch, ours)
    if settings.signing_secret:
        routes.append(Route("/slack/events", door.endpoint, methods=["POST"]))
    linking = asyncio.create_task(keep_linked(core, ours), name="slack-addresses")
    stack.push_async_callback(_end, linking)
    socket = None
    if settings.app_token and hears:
        client = SlackClient(settings)
        stack.push_async_callback(client.close)
        socket = SlackSocket(client, door, run_all, answered)
    return OpenedSlack(platform=SlackPlatform(ours), socket=socket)


def open_installing(core: Core, routes: list[BaseRoute], site: Site, stack: AsyncExitStack) -> None:
    """Add the pages that install the app by OAuth."""
    oauth = SlackOAuth(slack_settings(core.settings, core.web_url))
    stack.push_async_callback(oauth.close)
    routes += install_routes(core, site, oauth)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
