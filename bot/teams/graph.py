"""The tenant's people through Microsoft Graph. The library is large: loaded when first needed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from bot.teams.connector import Connector
from bot.teams.credentials import BotToken
from bot.teams.settings import GRAPH_SCOPE

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

PAGE_SIZE = 500
_FIELDS = ["id", "mail", "userPrincipalName", "displayName", "accountEnabled", "userType"]


@dataclass(frozen=True, kw_only=True)
class Member:
    """An account of the tenant: ``user`` is its object id, as activities name it."""

    user: str
    email: str
    name: str
    enabled: bool
    guest: bool


async def members(connector: Connector) -> AsyncIterator[Member]:
    """Everybody in the tenant who has a mail address, page by page.

    Needs the application permission ``User.Read.All``. Raises what Graph's client raises."""
    client = await graph_client(connector)
    page = await client.users.get(request_configuration=_request())
    while page is not None:
        for user in page.value or []:
            member = _member(user)
            if member is not None:
                yield member
        following = page.odata_next_link
        page = await client.users.with_url(following).get() if following else None


async def graph_client(connector: Connector) -> GraphServiceClient:
    """Graph's client, with our token and without retries of its own. Loaded in a thread."""
    token = BotToken(connector.settings, connector.http, scope=GRAPH_SCOPE)
    return await asyncio.to_thread(_client, connector, token)


def _member(user: Any) -> Member | None:
    email = (user.mail or "").casefold()
    if not user.id or not email:
        return None
    guest = (user.user_type or "").casefold() == "guest"
    guest = guest or "#EXT#" in (user.user_principal_name or "").upper()
    return Member(
        user=user.id,
        email=email,
        name=user.display_name or "",
        enabled=user.account_enabled is not False,
        guest=guest,
    )


class _Shared(httpx.AsyncBaseTransport):
    """Graph's client over our own one: its own transport is never closed (msgraph-core 1.5)."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._http.send(request, stream=True)


def _client(connector: Connector, token: BotToken) -> GraphServiceClient:
    """A client for any base address; the library's usual way in sends tokens to Microsoft only."""
    from kiota_abstractions.authentication import (
        AccessTokenProvider,
        AllowedHostsValidator,
        BaseBearerTokenAuthenticationProvider,
    )
    from kiota_http.middleware.options import RetryHandlerOption
    from msgraph.graph_request_adapter import GraphRequestAdapter
    from msgraph.graph_service_client import GraphServiceClient
    from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]

    graph_url = connector.settings.graph_url
    host = urlsplit(graph_url).netloc

    class OurToken(AccessTokenProvider):
        async def get_authorization_token(
            self, uri: str, additional_authentication_context: dict[str, Any] | None = None
        ) -> str:
            # A page's link to the next one must not lead our token elsewhere.
            return await token.get() if urlsplit(uri).netloc == host else ""

        def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
            return AllowedHostsValidator([host])

    plain = httpx.AsyncClient(transport=_Shared(connector.http))
    once = RetryHandlerOption(should_retry=False)  # whoever asks waits as long as Graph says
    http = GraphClientFactory.create_with_default_middleware(
        client=plain, options={once.get_key(): once}
    )
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(OurToken()), client=http)
    adapter.base_url = graph_url
    client = GraphServiceClient(request_adapter=adapter)
    _ = client.users  # its first use loads thousands of classes: in this thread, not on the loop
    return client


def _request() -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph.generated.users.users_request_builder import UsersRequestBuilder

    query = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(select=_FIELDS, top=PAGE_SIZE)
    return RequestConfiguration(query_parameters=query)
