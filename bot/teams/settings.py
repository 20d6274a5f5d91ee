"""What Teams needs to be told. Every address can be pointed at a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

BOT_SCOPE = "https://api.botframework.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"

SERVICE_HOSTS = (
    "smba.trafficmanager.net",
    ".botframework.com",
    "smba.infra.gcc.teams.microsoft.com",
)
"""Hosts of Microsoft's Bot Connector; one that starts with a dot takes its subdomains."""


class TeamsSettingsError(ValueError):
    """Settings that Teams cannot run with, in words for an operator."""


@dataclass(frozen=True, kw_only=True)
class TeamsSettings:
    """The Teams app and where Microsoft is. URLs have no slash at the end.

    ``tenant_id`` is the tenant of the app's registration; ``tenants`` are those whose people
    may speak (empty: only ``tenant_id``). A stranger's tenant could give one of its accounts the
    e-mail address of somebody here, so an address counts only from a tenant that is named.
    ``service_url`` is where channels are posted to when no address knows better. ``service_hosts``
    are the only hosts that the bot's token is ever sent to (http only on loopback).
    ``timeout`` is in seconds, for each call. ``installs``: the app is installed for people who
    have not, so that Graph's permissions for that are needed. ``tells_feed``: likewise, for
    notices in the activity feed.
    """

    app_id: str
    app_secret: str = field(repr=False)
    tenant_id: str
    tenants: frozenset[str] = frozenset()
    openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    issuer: str = "https://api.botframework.com"
    login_url: str = "https://login.microsoftonline.com"
    graph_url: str = "https://graph.microsoft.com/v1.0"
    service_url: str = "https://smba.trafficmanager.net/amer"
    service_hosts: tuple[str, ...] = SERVICE_HOSTS
    web_url: str = ""
    requests_per_second: float = 30
    installs: bool = False
    tells_feed: bool = False
    timeout: float = 10

    def __post_init__(self) -> None:
        if not self.app_id:
            raise TeamsSettingsError("The Teams app's id is missing.")
        if not self.app_secret:
            # The SDK would silently try a managed identity instead.
            raise TeamsSettingsError("The Teams app has an id but no secret. Set both.")
        if not self.tenant_id:
            raise TeamsSettingsError("The Teams app's tenant is missing.")
        if not self.serves(self.service_url):
            raise TeamsSettingsError(
                f"{self.service_url} is not an address of the Bot Connector that this app trusts."
            )

    def welcomes(self, tenant: str) -> bool:
        """Whether people of a tenant may speak here."""
        return tenant in (self.tenants or {self.tenant_id})

    def serves(self, service_url: str) -> bool:
        """Whether the bot's token may be sent to this address."""
        try:
            parts = urlsplit(service_url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme == "http":
            return host in {"127.0.0.1", "::1", "localhost"} and host in self.service_hosts
        return parts.scheme == "https" and any(
            host.endswith(known) if known.startswith(".") else host == known
            for known in self.service_hosts
        )


def refuse_danger(environ: Mapping[str, str]) -> None:
    """Refuse to start where the SDK has been told, by its environment, to trust anybody."""
    named = sorted(
        name
        for name, value in environ.items()
        if name.startswith("DANGEROUSLY_ALLOW_") and value.strip()
    )
    if named:
        raise TeamsSettingsError(
            f"{', '.join(named)} is set: it lets anyone speak as anyone in Teams. Remove it."
        )
