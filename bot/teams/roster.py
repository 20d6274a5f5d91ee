"""The tenant's accounts as they change: Microsoft Graph's delta query, page by page.

A first question brings every account and a link; asked with the link, Graph brings what changed
since and a new link. A link that it no longer knows (410) begins anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.teams.connector import Connector
from bot.teams.graph import graph_client

_log = structlog.get_logger(__name__)

_FIELDS = [
    "id",
    "mail",
    "userPrincipalName",
    "displayName",
    "givenName",
    "surname",
    "jobTitle",
    "department",
    "officeLocation",
    "preferredLanguage",
    "accountEnabled",
    "userType",
]
_RESYNC = frozenset({"resyncRequired", "syncStateNotFound", "syncStateInvalid"})
_TRIES = 10
_LONGEST_WAIT = 300.0
_BUSY = (429, 503, 504)


class GraphError(Exception):
    """Graph did not tell its accounts; the text says why, without what was sent."""


@dataclass(frozen=True, kw_only=True)
class TenantAccount:
    """An account of the tenant by its object id. None: Graph did not say, so it is as before."""

    user: str
    mail: str | None = None
    principal: str | None = None
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    title: str | None = None
    department: str | None = None
    office: str | None = None
    language: str | None = None
    enabled: bool | None = None
    kind: str | None = None
    removed: bool = False

    @property
    def guest(self) -> bool:
        return (self.kind or "").casefold() == "guest" or "#EXT#" in (self.principal or "").upper()

    def since(self, before: TenantAccount | None) -> TenantAccount:
        """This change on top of what was known."""
        if before is None:
            return self
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(before, **said)


@dataclass(frozen=True, kw_only=True)
class Delta:
    """What changed, and the link to ask with next. ``whole``: these are all accounts."""

    accounts: tuple[TenantAccount, ...]
    link: str
    whole: bool


async def changes(
    connector: Connector,
    link: str | None,
    *,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Delta:
    """What changed since ``link`` (None: everything). Waits where Graph says so. Needs the
    application permission ``User.Read.All``. Raises ``GraphError``, and ``NoTokenError``."""
    client = await graph_client(connector)
    builder = client.users.delta
    found: dict[str, TenantAccount] = {}
    following, whole = link, link is None
    for _ in range(100_000):
        try:
            page = await _page(builder, following, sleep)
        except _ResyncError:
            if following is None:
                raise GraphError("Microsoft Graph keeps asking to start over.") from None
            _log.info("graph.begun_anew")
            found, following, whole = {}, None, True
            continue
        for user in page.value or []:
            account = _account(user)
            found[account.user] = account.since(found.get(account.user))
        if page.odata_delta_link:
            return Delta(accounts=tuple(found.values()), link=page.odata_delta_link, whole=whole)
        if not page.odata_next_link:
            break
        following = page.odata_next_link
    raise GraphError("Microsoft Graph's list of accounts has no end.")


class _ResyncError(Exception):
    """The link is too old, or of another state."""


async def _page(builder: Any, link: str | None, sleep: Callable[[float], Awaitable[None]]) -> Any:
    from kiota_abstractions.api_error import APIError

    for _ in range(_TRIES):
        try:
            if link is None:
                return await builder.get(request_configuration=_request())
            return await builder.with_url(link).get()
        except APIError as error:
            if error.response_status_code == 410 or _code(error) in _RESYNC:
                raise _ResyncError from None
            if error.response_status_code not in _BUSY:
                why = _code(error) or "no reason given"
                raise GraphError(
                    f"Microsoft Graph answers {error.response_status_code} ({why})."
                ) from None
            await sleep(_wait(error.response_headers or {}))
    raise GraphError("Microsoft Graph stays throttled.")


def _code(error: Any) -> str:
    return str(getattr(getattr(error, "error", None), "code", None) or "")


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds, as Retry-After says."""
    said = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    try:
        return min(max(float(said), 1.0), _LONGEST_WAIT)
    except ValueError:
        return 10.0


def _account(user: Any) -> TenantAccount:
    return TenantAccount(
        user=user.id or "",
        mail=user.mail,
        principal=user.user_principal_name,
        name=user.display_name,
        given_name=user.given_name,
        family_name=user.surname,
        title=user.job_title,
        department=user.department,
        office=user.office_location,
        language=user.preferred_language,
        enabled=user.account_enabled,
        kind=user.user_type,
        removed="@removed" in (user.additional_data or {}),
    )


def _request() -> Any:
    from kiota_abstractions.base_request_configuration import RequestConfiguration
    from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder

    query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(select=_FIELDS)
    return RequestConfiguration(query_parameters=query)
