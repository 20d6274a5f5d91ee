"""A first message in Teams to whoever installs the app, found by their e-mail address."""

from __future__ import annotations

import httpx

from bot.teams.connector import Connector, UntrustedServiceError, activities_path
from bot.teams.credentials import BotToken, NoTokenError
from bot.teams.graph_app import quoted
from bot.teams.settings import GRAPH_SCOPE, TeamsSettings


async def greet_in_teams(settings: TeamsSettings, email: str, text: str) -> str:
    """Write ``text`` to the person with this address; why it could not be, or nothing. Graph
    knows who that is, and the Connector opens the conversation where the app is installed."""
    connector = Connector(settings)
    try:
        await BotToken(settings, connector.http).get()  # a wrong secret is not a missing permission
        user = await _user(connector, email)
        if user is None:
            return f"Nobody in the tenant has the address {email}."
        opened = await connector.call(
            "POST",
            settings.service_url,
            "/v3/conversations",
            {
                "bot": {"id": f"28:{settings.app_id}"},
                "isGroup": False,
                "members": [{"id": user}],
                "tenantId": settings.tenant_id,
                "channelData": {"tenant": {"id": settings.tenant_id}},
            },
        )
        if opened.status_code in (httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND):
            return _not_installed(email)
        opened.raise_for_status()
        posted = await connector.call(
            "POST",
            settings.service_url,
            activities_path(str(opened.json()["id"])),
            {"type": "message", "text": text, "textFormat": "plain"},
        )
        if posted.status_code == httpx.codes.FORBIDDEN:
            return _not_installed(email)
        posted.raise_for_status()
    except (NoTokenError, _NoGraphError) as error:
        return str(error)
    except UntrustedServiceError:
        return "SOUNDINGBOARD_TEAMS_SERVICE_URL is not one of Teams' own addresses."
    except httpx.HTTPStatusError as error:
        return f"Teams answered {error.response.status_code}."
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        return f"Teams could not be asked ({type(error).__name__})."
    finally:
        await connector.close()
    return ""


def _not_installed(email: str) -> str:
    return (
        f"Teams does not let the app write to {email} yet: it is not installed for them. Install "
        "it for yourself in Teams (Apps, Built for your org) and run setup again."
    )


class _NoGraphError(Exception):
    """Graph does not tell who somebody is."""

    def __str__(self) -> str:
        return (
            "Your account cannot be looked up: Graph's permission User.Read.All is not granted. "
            'Write "help" to the app in Teams once the service runs: an answer shows the same.'
        )


async def _user(connector: Connector, email: str) -> str | None:
    """The object id of whoever has this address."""
    try:
        token = await BotToken(connector.settings, connector.http, scope=GRAPH_SCOPE).get()
    except NoTokenError as error:
        raise _NoGraphError from error
    address = quoted(email)
    answer = await connector.http.get(
        f"{connector.settings.graph_url}/users",
        params={
            "$filter": f"mail eq {address} or userPrincipalName eq {address}",
            "$select": "id",
        },
        headers={"Authorization": f"Bearer {token}"},
    )
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise _NoGraphError
    answer.raise_for_status()
    found = answer.json()["value"]
    return str(found[0]["id"]) if found else None
