"""Asks Microsoft whether it knows the Teams app and what it may do, for the doctor."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import datetime

import httpx

from bot.doctor.clocks import clock_finding
from bot.teams.connector import Connector
from bot.teams.credentials import BotToken, NoTokenError
from bot.teams.settings import GRAPH_SCOPE, TeamsSettings

_FORBIDDEN = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)

PERMISSIONS: Mapping[str, str] = {
    "User.Read.All": "people import graph",
    "GroupMember.Read.All": "lists that follow a group",
    "Group.Read.All": "committees whose members are a group",
    "Channel.ReadBasic.All": "committees with a channel in Teams",
    "ChannelMember.Read.All": "committees with a channel in Teams",
    "TeamsAppInstallation.ReadWriteSelfForUser.All": "installing the app for people",
    "AppCatalog.Read.All": "installing the app for people",
    "TeamsActivity.Send": "the activity feed",
}
"""Graph's permissions that the app can use, and what needs each."""

_INSTALLING = (
    "TeamsAppInstallation.ReadWriteSelfForUser.All",
    "AppCatalog.Read.All",
    "User.Read.All",
)
_TELLING = ("TeamsActivity.Send", "AppCatalog.Read.All")


async def check_teams(
    settings: TeamsSettings, clock: Callable[[], datetime]
) -> list[tuple[bool, str]]:
    """Whether the app gets its token, what it may ask of Graph, and how our clock stands to
    Microsoft's."""
    connector = Connector(settings)
    clocks: list[tuple[bool, str]] = []

    async def note(answer: httpx.Response) -> None:
        finding = clock_finding("Microsoft's", answer.headers.get("date", ""), clock())
        clocks[:] = [finding] if finding else []

    connector.http.event_hooks = {"response": [note]}
    try:
        await BotToken(settings, connector.http).get()
    except NoTokenError as error:
        return [(False, str(error)), *clocks]
    else:
        taken = (True, "Microsoft takes the Teams app's id and secret.")
        return [taken, *await _graph(settings, connector), *clocks]
    finally:
        await connector.close()


async def _graph(settings: TeamsSettings, connector: Connector) -> list[tuple[bool, str]]:
    """Not every district needs Graph, so that a missing permission is nothing to fix here: where
    a committee's channel cannot be looked at for want of it, that is said of the channel."""
    try:
        token = await BotToken(settings, connector.http, scope=GRAPH_SCOPE).get()
    except NoTokenError:
        return [(True, f"Microsoft Graph gave no token. Only {_needs('User.Read.All')} it.")]
    granted = _roles(token)
    if granted is None:
        return [await _people(settings, connector, token)]
    told = [
        (True, f"Graph's permission {name} is granted.") for name in PERMISSIONS if name in granted
    ]
    needed = dict.fromkeys(_TELLING if settings.tells_feed else (), "ACTIVITY_FEED")
    needed |= dict.fromkeys(_INSTALLING if settings.installs else (), "INSTALL_APP")
    return told + [_missing(name, needed) for name in PERMISSIONS if name not in granted]


def _missing(permission: str, needed: Mapping[str, str]) -> tuple[bool, str]:
    said = f"Graph's permission {permission} is not granted."
    if permission not in needed:
        return True, f"{said} Only {_needs(permission)} it."
    setting = f"SOUNDINGBOARD_TEAMS_{needed[permission]}"
    return False, f"{said} {setting} needs it: grant it in Microsoft Entra."


def _needs(permission: str) -> str:
    what = PERMISSIONS[permission]
    if what.startswith(("installing ", "the ")):
        return f"{what} needs"
    return f"`{what}` needs" if what.startswith("people ") else f"{what} need"


def _roles(token: str) -> frozenset[str] | None:
    """The permissions that a token of ours says it has; None: it cannot be read. It has just come
    from the login, and nothing is trusted for it, so that its signature is not looked at."""
    try:
        claims = token.split(".")[1]
        roles = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["roles"]
    except KeyError:  # an app without any permission has no such claim
        return frozenset()
    except (IndexError, ValueError, TypeError):
        return None
    return frozenset(str(role) for role in roles) if isinstance(roles, list) else None


async def _people(settings: TeamsSettings, connector: Connector, token: str) -> tuple[bool, str]:
    """A token is Microsoft's own business and need not be readable: then Graph is asked."""
    needed = f"Only {_needs('User.Read.All')} it."
    try:
        answer = await connector.http.get(
            f"{settings.graph_url}/users",
            params={"$top": "1", "$select": "id"},
            headers={"Authorization": f"Bearer {token}"},
        )
    except httpx.HTTPError:
        return True, f"Microsoft Graph did not answer. {needed}"
    if answer.status_code in _FORBIDDEN:
        return True, f"Graph's permission User.Read.All is not granted. {needed}"
    if answer.is_error:
        return True, f"Microsoft Graph answered {answer.status_code}. {needed}"
    return True, "Graph's permission User.Read.All is granted."
