"""Who is who in Slack: addresses for the roster, and who has just spoken.

``users.list`` allows about 20 calls a minute and ``users.info`` about 100, so what either says is
kept for an hour. One process of a district lists, once a day (``bot/slack_app/linking.py``). The
others ask for each person who speaks, and where Slack cannot tell in time, the address that the
dispatch has of them is enough.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.conversation import Speaker
from bot.slack.client import TROUBLES, SlackClient, retry_after
from core.people import Platform

PAGE = 200
KEPT = 50_000
KEPT_SECONDS = 3600.0
LOOK_UP_SECONDS = 1.5
"""A look-up must leave room for the rest within Slack's three seconds."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member of a workspace. ``guest``: restricted, a stranger, a bot or switched off;
    ``left_out`` says which, in the plural. The rest is as they wrote it themselves."""

    user: str
    email: str | None
    workspace: str
    guest: bool
    left_out: str | None = None
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    title: str = ""
    locale: str = ""
    timezone: str = ""


class SlackDirectory:
    """Looks people up and keeps what it learned for an hour."""

    def __init__(
        self,
        client: SlackClient,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        organization: bool = False,
    ) -> None:
        self._client = client
        self._organization = organization
        self._clock = clock
        self._sleep = sleep
        self._kept: OrderedDict[str, tuple[float, Member]] = OrderedDict()
        self._home: Mapping[str, Any] | None = None

    async def members(self, *, everybody: bool = False) -> AsyncIterator[Member]:
        """Everybody who could be written to: no bots, nobody switched off (``everybody``: them
        too). Waits where Slack says so."""
        await self._our_home()
        web = self._client.web
        async for team in self.teams():
            wanted = {"limit": PAGE, "include_locale": everybody, "team_id": team}
            async for user in self._listed(web.users_list, "members", wanted):
                member = self._keep(user)
                if everybody or not (user.get("deleted") or _machine(user)):
                    yield member

    async def teams(self) -> AsyncIterator[str]:
        """What is to be listed: of an organization each of its workspaces, else nothing in
        particular."""
        if not self._organization:
            yield ""
            return
        async for team in self._listed(self._client.web.auth_teams_list, "teams", {"limit": PAGE}):
            yield str(team.get("id", ""))

    async def _listed(
        self, method: Callable[..., Awaitable[Any]], what: str, wanted: Mapping[str, Any]
    ) -> AsyncIterator[Mapping[str, Any]]:
        """What a method lists, page by page."""
        cursor = ""
        while True:
            asked = {key: value for key, value in {**wanted, "cursor": cursor}.items() if value}
            page = await self._page(method, asked)
            for one in page.get(what) or ():
                yield one
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def who(self, team: str, user: str) -> Speaker:
        """The speaker behind a user id. Where Slack cannot tell in time, the address is unknown
        and the dispatch knows them by workspace and user, or not at all."""
        member = self._remembered(user)
        if member is None:
            try:
                member = await asyncio.wait_for(self._look_up(user), LOOK_UP_SECONDS)
            except TROUBLES as error:
                _log.warning("slack.who_failed", error=type(error).__name__)
                return Speaker(platform=Platform.SLACK, workspace=team, user=user)
        return Speaker(
            platform=Platform.SLACK,
            workspace=team,
            user=user,
            email=None if member.guest else member.email,
            guest=member.guest,
        )

    async def member(
        self, user: str, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> Member:
        """Who has a user id, however long Slack makes one wait. Raises as ``TROUBLES`` say."""
        for _ in range(10):
            try:
                return self._remembered(user) or await self._look_up(user)
            except SlackApiError as error:
                seconds = retry_after(error)
                if seconds is None:
                    raise
                await sleep(seconds)
        raise TimeoutError("Slack's members stay throttled.")

    def forget(self, user: str) -> None:
        """Something about this person changed."""
        self._kept.pop(user, None)

    async def _look_up(self, user: str) -> Member:
        await self._our_home()
        answer = await self._client.web.users_info(user=user)
        return self._keep(answer.get("user") or {})

    async def _our_home(self) -> None:
        """Our own workspace, once: who is from another one may claim any address."""
        if self._home is None:
            answer = await self._client.web.auth_test()
            self._home = {
                "team": answer.get("team_id"),
                "enterprise": answer.get("enterprise_id"),
            }

    async def _page(
        self, method: Callable[..., Awaitable[Any]], wanted: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        for _ in range(10):
            try:
                answer = await method(**wanted)
            except SlackApiError as error:
                seconds = retry_after(error)
                if seconds is None:
                    raise
                await self._sleep(seconds)
            else:
                return answer.data if isinstance(answer.data, dict) else {}
        raise TimeoutError("Slack's list of members stays throttled.")

    def _remembered(self, user: str) -> Member | None:
        at, member = self._kept.get(user, (0.0, None))
        return member if member and self._clock() - at < KEPT_SECONDS else None

    def _keep(self, user: Mapping[str, Any]) -> Member:
        profile = user.get("profile") or {}
        email = profile.get("email")
        left_out = self._left_out(user)
        member = Member(
            user=str(user.get("id", "")),
            email=email.lower() if isinstance(email, str) and email else None,
            workspace=str(user.get("team_id", "")),
            guest=left_out is not None,
            left_out=left_out,
            name=str(profile.get("real_name") or user.get("real_name") or ""),
            given_name=str(profile.get("first_name") or ""),
            family_name=str(profile.get("last_name") or ""),
            title=str(profile.get("title") or ""),
            locale=str(user.get("locale") or ""),
            timezone=str(user.get("tz") or ""),
        )
        self._kept[member.user] = (self._clock(), member)
        self._kept.move_to_end(member.user)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return member

    def _left_out(self, user: Mapping[str, Any]) -> str | None:
        """Why somebody is not staff; None: they are."""
        if _machine(user):
            return "bots"
        if user.get("deleted"):
            return "deactivated accounts"
        marks = ("is_restricted", "is_ultra_restricted", "is_stranger")
        if any(user.get(mark) for mark in marks) or not self._ours(user):
            return "guests"
        return None

    def _ours(self, user: Mapping[str, Any]) -> bool:
        home = self._home or {}
        enterprise = (user.get("enterprise_user") or {}).get("enterprise_id")
        if home.get("enterprise") and enterprise:
            return bool(enterprise == home["enterprise"])
        team = user.get("team_id")
        return not team or team in (home.get("team"), home.get("enterprise"))


def _machine(user: Mapping[str, Any]) -> bool:
    return bool(user.get("is_bot")) or user.get("id") == "USLACKBOT"
