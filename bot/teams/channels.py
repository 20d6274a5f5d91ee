"""What Microsoft Graph says of a committee's channel and of groups: whether others than staff
read along, and who is in a group."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from bot.teams.connector import Connector
from bot.teams.credentials import BotToken, NoTokenError, retry_after
from bot.teams.settings import GRAPH_SCOPE
from governance.committees.channels import CannotTellError
from governance.committees.model import Channel, Openness

_TRIES = 10
_BUSY = (429, 503, 504)

Sleep = Callable[[float], Awaitable[None]]


_CHANNELS = "Group.Read.All, Channel.ReadBasic.All and ChannelMember.Read.All"
_GROUPS = "GroupMember.Read.All (or Group.Read.All) and User.Read.All"


class GraphChannels:
    """Asks Graph about teams, channels and groups. Needs the application permissions
    ``Group.Read.All``, ``Channel.ReadBasic.All`` and ``ChannelMember.Read.All``."""

    def __init__(self, connector: Connector, *, sleep: Sleep = asyncio.sleep) -> None:
        self._connector = connector
        self._sleep = sleep
        self._token = BotToken(connector.settings, connector.http, scope=GRAPH_SCOPE)

    async def openness(self, channel: Channel) -> Openness | None:
        """Why a channel is open to more than staff; None: it is private. ``CannotTellError``."""
        if not channel.team:
            raise CannotTellError('committees.yaml does not name its team. Add "team".')
        team, conversation = quote(channel.team), quote(channel.conversation, safe="")
        at = f"/teams/{team}/channels/{conversation}"
        told = await self._get(f"{at}?$select=membershipType")
        kind = str(told.get("membershipType") or "").casefold()
        if kind == "shared":
            return Openness.SHARED
        if kind != "private":
            group = await self._get(f"/groups/{team}?$select=visibility")
            if str(group.get("visibility") or "").casefold() == "public":
                return Openness.PUBLIC
        tenant = self._connector.settings.tenant_id
        async for member in self._pages(f"{at}/members"):
            if "guest" in (member.get("roles") or ()):
                return Openness.GUESTS
            if member.get("tenantId") not in (None, tenant):
                return Openness.SHARED
        return None

    async def group_emails(self, group: str, *, nested: bool = False) -> list[str]:
        """The mail addresses of a Microsoft 365 group's (or a team's) staff: no guests, nobody
        switched off. ``nested``: those of groups in it too; it needs ``GroupMember.Read.All`` and
        ``User.Read.All`` alone. ``CannotTellError``."""
        fields = "$select=id,mail,accountEnabled,userType,userPrincipalName&$top=999"
        members = "transitiveMembers" if nested else "members"
        found = []
        async for member in self._pages(f"/groups/{quote(group)}/{members}?{fields}", _GROUPS):
            if not str(member.get("@odata.type") or ".user").endswith(".user"):
                continue  # a group in the group, or a device
            if nested and _is_hidden(member):
                raise CannotTellError(_HIDDEN)
            guest = str(member.get("userType") or "").casefold() == "guest"
            if member.get("mail") and not guest and member.get("accountEnabled") is not False:
                found.append(str(member["mail"]).lower())
        return found

    async def _pages(self, path: str, needs: str = _CHANNELS) -> AsyncIterator[Mapping[str, Any]]:
        following: str | None = path
        while following:
            page = await self._get(following, needs)
            for one in page.get("value") or ():
                yield one
            following = page.get("@odata.nextLink")

    async def _get(self, path: str, needs: str = _CHANNELS) -> Mapping[str, Any]:
        """One answer; waits where Graph says so. ``needs``: the permissions without which Graph
        says no. Our token goes to Graph only."""
        base = self._connector.settings.graph_url
        url = path if path.startswith("http") else base + path
        if urlsplit(url).netloc != urlsplit(base).netloc:
            raise CannotTellError("Graph's answer leads elsewhere.")
        try:
            for _ in range(_TRIES):
                headers = {"Authorization": f"Bearer {await self._token.get()}"}
                answer = await self._connector.http.get(url, headers=headers)
                if answer.status_code not in _BUSY:
                    return _read(answer, needs)
                await self._sleep(retry_after(answer))
        except NoTokenError as error:
            raise CannotTellError(str(error)) from None
        except httpx.HTTPError as error:
            raise CannotTellError(f"Graph did not answer ({type(error).__name__}).") from None
        raise CannotTellError("Graph stays throttled.")


_HIDDEN = "Permission not granted: User.Read.All"
"""Graph then names the members of a group and does not say who they are."""


def _is_hidden(member: Mapping[str, Any]) -> bool:
    """Whether Graph gives a person's id alone: it does so without the permission to read them."""
    return not (member.get("mail") or member.get("userPrincipalName"))


def _read(answer: httpx.Response, needs: str) -> Mapping[str, Any]:
    match answer.status_code:
        case 401 | 403:
            raise CannotTellError(f"Graph's permissions {needs} are not all granted.")
        case 404:
            raise CannotTellError("Graph does not know it. Correct the id.")
        case _ if answer.is_error:
            raise CannotTellError(f"Graph answered {answer.status_code}.")
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise CannotTellError("Graph's answer could not be read.")
    return found
