"""Asks Microsoft whether it knows the Teams app, for the doctor."""

from __future__ import annotations

import httpx

from bot.teams.connector import Connector
from bot.teams.credentials import BotToken, NoTokenError
from bot.teams.settings import GRAPH_SCOPE, TeamsSettings

_FORBIDDEN = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)


async def check_teams(settings: TeamsSettings) -> list[tuple[bool, str]]:
    """Whether the app gets its token, and whether it may read the tenant's people."""
    connector = Connector(settings)
    try:
        await BotToken(settings, connector.http).get()
    except NoTokenError as error:
        return [(False, str(error))]
    else:
        taken = (True, "Microsoft takes the Teams app's id and secret.")
        return [taken, await _graph(settings, connector)]
    finally:
        await connector.close()


async def _graph(settings: TeamsSettings, connector: Connector) -> tuple[bool, str]:
    """Only the roster needs Graph, so that a missing permission is nothing to mend."""
    try:
        token = await BotToken(settings, connector.http, scope=GRAPH_SCOPE).get()
        answer = await connector.http.get(
            f"{settings.graph_url}/users",
            params={"$top": "1", "$select": "id"},
            headers={"Authorization": f"Bearer {token}"},
        )
    except (NoTokenError, httpx.HTTPError):
        return True, "Microsoft Graph did not answer. Only `people import graph` needs it."
    if answer.status_code in _FORBIDDEN:
        return (
            True,
            "Graph's permission User.Read.All is not granted. Only `people import graph` needs it.",
        )
    if answer.is_error:
        return (
            True,
            f"Microsoft Graph answered {answer.status_code}. Only `people import graph` needs it.",
        )
    return True, "Graph's permission User.Read.All is granted."
