"""The app in Microsoft Graph: its client, its id in the tenant's catalogue, and what refusals mean.
Calls are Microsoft's own library's, loaded when needed, in a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from bot.teams.connector import Connector
from bot.teams.credentials import NoTokenError
from bot.teams.graph import graph_client
from governance.delivery_reasons import DeliveryReason, Why

if TYPE_CHECKING:
    from msgraph.graph_service_client import GraphServiceClient

_BUSY = (429, 502, 503, 504)
_LONGEST_WAIT = 300.0
_DENIED = ("requires one of", "missing role permissions", "insufficient privileges")
"""What Graph says, in its own words, where the app lacks a permission and not the person a
licence: both are a 403."""


@dataclass(frozen=True, kw_only=True)
class NotForThem:
    """A final no about one person, or one call."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class NotForUs:
    """A no that would be the same for everybody."""

    why: Why


@dataclass(frozen=True, kw_only=True)
class NotNow:
    """Graph asks to wait so many seconds; nothing was decided."""

    seconds: float


class EndedError(Exception):
    """What an attempt ends with before its call was made."""

    def __init__(self, outcome: NotForThem | NotForUs | NotNow) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


class GraphApp:
    """The app, as Graph knows it. ``catalogue_id`` is its id in the tenant's catalogue (empty:
    Graph is asked for it, once). ``load`` uses the parts that are needed, so that their classes
    are there."""

    def __init__(
        self,
        connector: Connector,
        catalogue_id: str,
        load: Callable[[GraphServiceClient], None],
    ) -> None:
        self.settings = connector.settings
        self._connector = connector
        self._catalogue_id = catalogue_id
        self._load = load
        self._client: GraphServiceClient | None = None

    async def client(self) -> GraphServiceClient:
        if self._client is None:
            client = await graph_client(self._connector)
            await asyncio.to_thread(self._load, client)
            self._client = client
        return self._client

    def forget(self) -> None:
        """Begin with a new token."""
        self._client = None

    async def address(self, client: GraphServiceClient) -> str:
        """The app's address in Graph. Raises ``EndedError``, and what Graph's client raises."""
        if not self._catalogue_id:
            own = self.settings.app_id
            page = await client.app_catalogs.teams_apps.get(request_configuration=_by_app(own))
            found = next((one.id for one in (page.value if page else None) or [] if one.id), None)
            if found is None:
                raise EndedError(NotForUs(why=DeliveryReason.GRAPH_NOT_IN_CATALOG))
            self._catalogue_id = found
        return f"{self.settings.graph_url}/appCatalogs/teamsApps/{self._catalogue_id}"


def without_token(error: NoTokenError) -> NotForUs | NotNow:
    """What it means that Microsoft gave no token: nothing was asked for anybody yet."""
    return NotForUs(why=error.why) if error.final else NotNow(seconds=error.seconds or 60)


def denied(error: Any) -> bool:
    """Whether an answer of Graph would be the same for everybody: a permission is missing."""
    said = str(getattr(getattr(error, "error", None), "message", "") or "").casefold()
    return error.response_status_code == httpx.codes.UNAUTHORIZED or any(
        one in said for one in _DENIED
    )


def busy(error: Any) -> NotNow | None:
    """How long to wait, where Graph says that it is too much or that it is away."""
    if error.response_status_code not in _BUSY:
        return None
    headers = {name.lower(): one for name, one in (error.response_headers or {}).items()}
    try:
        wait = min(max(float(headers.get("retry-after", "")), 1.0), _LONGEST_WAIT)
    except ValueError:
        wait = 10.0
    return NotNow(seconds=wait)


def code_of(error: Any) -> str:
    """Graph's own word for what is wrong, or the number."""
    code = getattr(getattr(error, "error", None), "code", None)
    return str(code or error.response_status_code)


def quoted(value: str) -> str:
    """A text of OData."""
    return "'" + value.replace("'", "''") + "'"


def _by_app(app_id: str) -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph.generated.app_catalogs.teams_apps.teams_apps_request_builder import (
        TeamsAppsRequestBuilder,
    )

    query = TeamsAppsRequestBuilder.TeamsAppsRequestBuilderGetQueryParameters(
        filter=f"externalId eq {quoted(app_id)}"
    )
    return RequestConfiguration(query_parameters=query)
