"""Wires Teams: built only where Teams is configured, since its libraries are heavy."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, suppress
from functools import partial
from uuid import UUID

from starlette.routing import BaseRoute

from bot.app.core import Core
from bot.app.settings import Settings
from bot.jobs.feed_telling import keep_telling
from bot.rosters.app_for_people import keep_installing
from bot.teams.feed import ActivityFeed
from bot.teams.installs import AppInstaller
from bot.teams.listen import TeamsListener
from bot.teams.pictures import Drawable, PictureLinks, picture_route
from bot.teams.platform import TeamsPlatform
from bot.teams.settings import SERVICE_HOSTS, TeamsSettings
from governance.composing import compose
from governance.messages import Message
from scheduler.ports import ChatPlatform
from storage.chat_teams import ChatTeam, note_team
from surveys.results.model import WaveResults


def teams_settings(given: Settings, web_url: str) -> TeamsSettings:
    """The part of the settings that Teams needs."""
    secret = given.teams_app_secret.get_secret_value() if given.teams_app_secret else ""
    return TeamsSettings(
        app_id=given.teams_app_id,
        app_secret=secret,
        tenant_id=given.teams_tenant_id,
        openid_metadata_url=given.teams_openid_metadata_url,
        login_url=given.teams_login_url,
        graph_url=given.teams_graph_url,
        service_url=given.teams_service_url,
        service_hosts=(*SERVICE_HOSTS, *given.teams_service_hosts.split()),
        web_url=web_url,
        requests_per_second=given.teams_per_second,
        installs=given.teams_install_app,
        tells_feed=given.teams_activity_feed,
    )


async def open_teams(core: Core, routes: list[BaseRoute], stack: AsyncExitStack) -> ChatPlatform:
    """Add Teams' route and return its platform."""
    settings = teams_settings(core.settings, core.web_url)
    links = PictureLinks(secret=core.vault.key("pictures"), web_url=core.web_url)
    platform = TeamsPlatform(settings, links)
    stack.push_async_callback(platform.close)

    async def note(seen: ChatTeam) -> None:
        moment = core.now()
        await core.store.write(lambda tx: note_team(tx, seen, moment))

    listener = TeamsListener(settings, core.dispatch, platform, note)
    await listener.open(os.environ)
    if core.settings.teams_install_app:
        installer = AppInstaller(platform.connector, core.settings.teams_catalogue_id)
        loop = asyncio.create_task(keep_installing(core, installer), name="installing")
        stack.push_async_callback(_end, loop)
    if core.settings.teams_activity_feed:
        feed = ActivityFeed(platform.connector, core.settings.teams_catalogue_id)
        telling = asyncio.create_task(keep_telling(core, feed), name="feed")
        stack.push_async_callback(_end, telling)
    found = Drawable(results=partial(_released, core), message=partial(_message, core))
    routes.extend([*listener.routes, picture_route(links, found, core.now)])
    return platform


async def _released(core: Core, wave: UUID) -> WaveResults | None:
    """What passed the gate of a survey; None: nothing did yet."""
    return await core.store.read(lambda tx: tx.results(wave))


async def _message(core: Core, kind: str, subject: UUID) -> Message | None:
    """What was sent, as it stands now."""
    moment = core.now()
    return await core.store.read(lambda tx: compose(tx, kind, subject, None, None, moment))


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
