"""Wires Slack: built only where Slack is configured."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from urllib.parse import urljoin

import structlog
from starlette.routing import BaseRoute, Route

from bot.core import Core
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.listen import slack_handler
from bot.slack.platform import SlackPlatform
from bot.slack.settings import SlackSettings
from scheduler.ports import ChatPlatform
from storage.transaction import Transaction
from surveys.people import Platform

log = structlog.get_logger(__name__)

_LINK_EVERY = 24 * 3600.0
_BATCH = 500


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
    linking = asyncio.create_task(_keep_linked(core, directory), name="slack-addresses")
    stack.push_async_callback(_end, linking)
    return SlackPlatform(client)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _keep_linked(core: Core, directory: SlackDirectory) -> None:
    """Once a day, write down who of the roster has which Slack account (joined by e-mail)."""
    while True:
        try:
            await link_addresses(core, directory)
        except Exception:
            log.exception("slack.linking_failed")
        await asyncio.sleep(_LINK_EVERY)


async def link_addresses(core: Core, directory: SlackDirectory) -> int:
    """Join Slack's members to the roster by e-mail; how many were linked."""
    linked, batch = 0, []
    async for member in directory.members():
        if member.email and not member.guest:
            batch.append((member.workspace, member.user, member.email))
        if len(batch) >= _BATCH:
            linked += await core.store.run(_link, tuple(batch), core.now())
            batch.clear()
    linked += await core.store.run(_link, tuple(batch), core.now())
    core.ears.pump()
    log.info("slack.linked", people=linked)
    return linked


def _link(tx: Transaction, members: tuple[tuple[str, str, str], ...], now: object) -> int:
    linked = 0
    for workspace, user, email in members:
        person = tx.person_by_email(email)
        if person is None or tx.person_by_address(Platform.SLACK, workspace, user) is not None:
            continue
        tx.note_address(
            person,
            platform=Platform.SLACK,
            workspace=workspace,
            user=user,
            conversation=user,  # Slack posts to a user's id
            service_url=None,
            reachable=True,
        )
        linked += 1
    return linked
