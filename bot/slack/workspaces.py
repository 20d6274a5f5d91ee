"""Slack's workspaces: which of them are ours, and with which token each is spoken to.

One by its token, or those that installed the app. What was installed is read from where it is kept
at most every ``KEPT_SECONDS``: that long may another process take to see that a workspace removed
the app. Its token is worth nothing from that moment on in any case: Slack has revoked it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.pictures import Pictures
from bot.slack.settings import SlackSettings

KEPT_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Installation:
    """Where the app is installed: ``workspace`` is a workspace's id (T…), or for a whole
    ``organization`` that one's (E…). ``token`` empty: it was removed there. ``key`` is another
    with each installation."""

    workspace: str
    enterprise: str = ""
    organization: bool = False
    name: str = ""
    token: str = field(repr=False)
    key: str = ""


class Installations(Protocol):
    """Where installations are kept (``bot/slack_app/installations.py``)."""

    async def known(self) -> Sequence[Installation]:
        """Those that may be used, and those that were removed; the first one first."""
        ...

    async def removed(self, workspace: str, at: datetime) -> bool:
        """Slack says that a workspace removed the app ``at`` that moment. False: it had not, or
        has installed it again since."""
        ...


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """A workspace, or an organization, that can be spoken to. ``key`` is another with each
    installation; of the one that has a token of its own it is empty."""

    key: str
    client: SlackClient
    directory: SlackDirectory
    pictures: Pictures


class Workspaces(Protocol):
    """Those that we serve. Each may raise as the database does."""

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """Who speaks to a workspace; None: the app is not installed there."""
        ...

    async def all(self) -> Sequence[Workspace]: ...

    async def removed(self, team: str, enterprise: str, at: datetime) -> bool:
        """Slack says that the app was removed there; whether that ended anything."""
        ...

    async def close(self) -> None: ...


class OneWorkspace:
    """The one whose token is set. Whatever Slack lets that token do is ours."""

    def __init__(self, client: SlackClient, directory: SlackDirectory | None = None) -> None:
        self._only = Workspace(
            key="",
            client=client,
            directory=directory or SlackDirectory(client),
            pictures=Pictures(client),
        )

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        return self._only

    async def all(self) -> Sequence[Workspace]:
        return (self._only,)

    async def removed(self, team: str, enterprise: str, at: datetime) -> bool:
        return False

    async def close(self) -> None:
        await self._only.client.close()


class InstalledWorkspaces:
    """Those that installed the app."""

    def __init__(
        self,
        settings: SlackSettings,
        installations: Installations,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._installations = installations
        self._clock = clock
        self._read_at: float | None = None
        self._reading = asyncio.Lock()
        self._known: Mapping[str, Installation] = {}
        self._open: dict[str, Workspace] = {}
        """By key: what is in flight with an older token comes to its end."""

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        await self._read()
        found = self._found(team, enterprise)
        if found is None:  # another process may have installed it just now: no is a final answer
            await self._read(again=True)
            found = self._found(team, enterprise)
        return self._opened(found) if found is not None else None

    async def all(self) -> Sequence[Workspace]:
        await self._read()
        return [self._opened(one) for one in self._known.values() if one.token]

    async def removed(self, team: str, enterprise: str, at: datetime) -> bool:
        await self._read()
        ids = [one for one in (team, enterprise) if one in self._known]
        gone = bool(ids) and await self._installations.removed(ids[0], at)
        self._read_at = None
        return gone

    async def close(self) -> None:
        for one in self._open.values():
            await one.client.close()

    def _found(self, team: str, enterprise: str) -> Installation | None:
        """A workspace's own installation before its organization's. Where it is not told which
        organization that is (an address knows only its workspace), there is only one."""
        own = self._known.get(team)
        if own is not None and own.token:
            return own
        enterprise = enterprise or (own.enterprise if own is not None else "")
        wholes = [one for one in self._known.values() if one.organization and one.token]
        if enterprise:
            return next((one for one in wholes if one.workspace == enterprise), None)
        return wholes[0] if own is None and len(wholes) == 1 else None

    def _opened(self, installation: Installation) -> Workspace:
        found = self._open.get(installation.key)
        if found is None:
            client = SlackClient(self._settings.by_token(installation.token))
            directory = SlackDirectory(client, organization=installation.organization)
            found = Workspace(
                key=installation.key,
                client=client,
                directory=directory,
                pictures=Pictures(client),
            )
            self._open[installation.key] = found
        return found

    async def _read(self, *, again: bool = False) -> None:
        async with self._reading:
            now = self._clock()
            if not again and self._read_at is not None and now - self._read_at < KEPT_SECONDS:
                return
            known = await self._installations.known()
            self._known = {one.workspace: one for one in known}
            self._read_at = now
