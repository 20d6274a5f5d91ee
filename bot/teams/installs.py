"""Installing the app for people who have not: Microsoft Graph does it, one person a call.

Needs the application permissions ``TeamsAppInstallation.ReadWriteSelfForUser.All``,
``AppCatalog.Read.All`` (unless the app's id in the catalogue is set) and ``User.Read.All`` (for
people whose account is not known yet).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from bot.teams.connector import Connector
from bot.teams.credentials import NoTokenError
from bot.teams.graph_app import (
    EndedError,
    GraphApp,
    NotForThem,
    NotForUs,
    NotNow,
    busy,
    code_of,
    denied,
    quoted,
    without_token,
)
from governance.delivery_reasons import DeliveryReason

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient


@dataclass(frozen=True, kw_only=True)
class Installed:
    """They have the app. ``conversation``: the chat with it, where they had it already; else
    Teams tells of the new one by itself. ``user`` is their account's object id."""

    user: str
    conversation: str | None = None


Outcome = Installed | NotForThem | NotForUs | NotNow


class AppInstaller:
    """Installs the app for one person after the other. ``catalogue_id`` is the app's id in the
    tenant's catalogue (empty: Graph is asked for it, once)."""

    def __init__(self, connector: Connector, catalogue_id: str = "") -> None:
        self._app = GraphApp(connector, catalogue_id, _load)

    async def install(self, email: str, user: str = "") -> Outcome:
        """Install it for whoever has this account (``user``: its object id, where it is known).
        Never raises."""
        from kiota_abstractions.api_error import APIError

        try:
            client = await self._app.client()
            user = user or await self._account(client, email)
            return await self._install(client, user, await self._app.address(client))
        except EndedError as error:
            return error.outcome
        except NoTokenError as error:
            return without_token(error)
        except APIError as error:
            return _meaning(error)
        except httpx.HTTPError:
            return NotNow(seconds=60)

    async def _account(self, client: GraphServiceClient, email: str) -> str:
        """The object id of the one account that has an address."""
        page = await client.users.get(request_configuration=_by_address(email))
        found = [
            one.id
            for one in (page.value if page else None) or []
            if one.id and (one.user_type or "").casefold() != "guest"
        ]
        if len(found) != 1:
            none = DeliveryReason.GRAPH_NO_ACCOUNT
            why = DeliveryReason.GRAPH_SEVERAL_ACCOUNTS if found else none
            raise EndedError(NotForThem(why=why))
        return found[0]

    async def _install(self, client: GraphServiceClient, user: str, at: str) -> Outcome:
        from kiota_abstractions.api_error import APIError
        from msgraph.generated.models.user_scope_teams_app_installation import (
            UserScopeTeamsAppInstallation,
        )

        body = UserScopeTeamsAppInstallation(additional_data={"teamsApp@odata.bind": at})
        installs = client.users.by_user_id(user).teamwork.installed_apps
        try:
            await installs.post(body)
        except APIError as error:
            if error.response_status_code != httpx.codes.CONFLICT:
                raise
            return Installed(user=user, conversation=await self._chat(client, user))
        return Installed(user=user)

    async def _chat(self, client: GraphServiceClient, user: str) -> str | None:
        """The chat with the app of somebody who has it: Teams tells of a new one only."""
        installs = client.users.by_user_id(user).teamwork.installed_apps
        own = self._app.settings.app_id
        page = await installs.get(request_configuration=_installed(own))
        found = next((one.id for one in (page.value if page else None) or [] if one.id), None)
        if found is None:
            return None
        chat = await installs.by_user_scope_teams_app_installation_id(found).chat.get()
        return chat.id if chat else None


def _meaning(error: Any) -> Outcome:
    """What Graph's refusal means for the person, or for all."""
    status = error.response_status_code
    if (wait := busy(error)) is not None:
        return wait
    if denied(error):
        return NotForUs(why=DeliveryReason.GRAPH_MAY_NOT_INSTALL)
    match status:
        case httpx.codes.FORBIDDEN:
            return NotForThem(why=DeliveryReason.GRAPH_NO_LICENSE)
        case httpx.codes.NOT_FOUND:
            return NotForThem(why=DeliveryReason.GRAPH_NO_ACCOUNT)
        case _ if status and status < 500:
            return NotForThem(why=DeliveryReason.GRAPH_NOT_INSTALLED.about(code_of(error)))
        case _:
            return NotNow(seconds=60)


def _load(client: GraphServiceClient) -> None:
    """The first use of each part loads its classes: in a thread, not on the loop."""
    import msgraph.generated.models.chat
    import msgraph.generated.models.teams_app_collection_response
    import msgraph.generated.models.user_collection_response
    import msgraph.generated.models.user_scope_teams_app_installation_collection_response  # noqa: F401

    installs = client.users.by_user_id("x").teamwork.installed_apps
    _ = installs.by_user_scope_teams_app_installation_id("x").chat
    _ = client.app_catalogs.teams_apps


def _by_address(email: str) -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph.generated.users.users_request_builder import UsersRequestBuilder

    address = quoted(email)
    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        filter=f"mail eq {address} or userPrincipalName eq {address}", select=["id", "userType"]
    )
    return RequestConfiguration(query_parameters=query)


def _installed(app_id: str) -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph.generated.users.item.teamwork.installed_apps import (
        installed_apps_request_builder as builders,
    )

    made = builders.InstalledAppsRequestBuilder
    query = made.InstalledAppsRequestBuilderGetQueryParameters(
        expand=["teamsApp"], filter=f"teamsApp/externalId eq {quoted(app_id)}"
    )
    return RequestConfiguration(query_parameters=query)
