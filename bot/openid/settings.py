"""What signing in with the district's accounts needs to know, and what is refused at the start."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

WELL_KNOWN = "/.well-known/openid-configuration"

_ENTRA_HOSTS = frozenset(
    {"login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"}
)
_GOOGLE_HOST = "accounts.google.com"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OpenIdSettingsError(Exception):
    """A setting is missing or cannot be right. ``setting`` is its name without the prefix."""

    def __init__(self, setting: str, why: str) -> None:
        super().__init__(why)
        self.setting = setting
        self.why = why


class Kind(StrEnum):
    """Whose accounts they are: each tells in its own way that an address is really theirs."""

    ENTRA = "entra"
    GOOGLE = "google"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class OpenIdSettings:
    """A provider, and who we are there. ``tenant`` (Entra) and ``domains`` (Google's ``hd``) pin
    whose accounts may come in. ``redirect_uri`` is where the provider sends people back to."""

    kind: Kind
    discovery_url: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    signed_out_uri: str
    tenant: str = ""
    domains: frozenset[str] = frozenset()
    seconds: float = 5.0
    """How long an answer of the provider may take."""

    @property
    def issuer(self) -> str:
        """What the provider must call itself (OpenID Connect Discovery 1.0, section 4.3)."""
        return self.discovery_url.removesuffix(WELL_KNOWN)


def openid_settings(
    *,
    discovery_url: str,
    client_id: str,
    client_secret: str,
    tenant: str,
    domains: str,
    kind: str,
    web_url: str,
) -> OpenIdSettings:
    """Settings that fit together, or ``OpenIdSettingsError``."""
    if not client_id or not client_secret:
        missing = "OPENID_CLIENT_ID" if not client_id else "OPENID_CLIENT_SECRET"
        why = "is missing: copy it from the app that you registered with the provider."
        raise OpenIdSettingsError(missing, why)
    host = _checked_host(discovery_url)
    found = Kind(kind) if kind else _kind_of(host)
    tenant, allowed = tenant.casefold(), frozenset(domains.casefold().split())
    if found is Kind.ENTRA:
        _check_tenant(discovery_url, tenant)
    if found is Kind.GOOGLE and not allowed:
        raise OpenIdSettingsError(
            "OPENID_HOSTED_DOMAIN",
            "is missing: without your district's domain every Google account of the world would "
            "be asked in. Give it as Google's admin console shows it, like schools.example.org.",
        )
    return OpenIdSettings(
        kind=found,
        discovery_url=discovery_url,
        client_id=client_id,
        client_secret=client_secret,
        redirect_uri=f"{web_url}/signin/openid/callback",
        signed_out_uri=f"{web_url}/signed-out",
        tenant=tenant,
        domains=allowed,
    )


def is_safe_address(url: str) -> bool:
    """Whether secrets may be sent to an address: https, or this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in _LOOPBACK)


def _checked_host(discovery_url: str) -> str:
    if not discovery_url.endswith(WELL_KNOWN):
        why = f"must end in {WELL_KNOWN}: copy the provider's discovery address whole."
        raise OpenIdSettingsError("OPENID_DISCOVERY_URL", why)
    if not is_safe_address(discovery_url):
        raise OpenIdSettingsError("OPENID_DISCOVERY_URL", "must start with https://.")
    return urlsplit(discovery_url).hostname or ""


def _kind_of(host: str) -> Kind:
    if host in _ENTRA_HOSTS:
        return Kind.ENTRA
    return Kind.GOOGLE if host == _GOOGLE_HOST else Kind.OTHER


def _check_tenant(discovery_url: str, tenant: str) -> None:
    """The address and the setting name one and the same tenant, by its id."""
    if not _TENANT.fullmatch(tenant):
        raise OpenIdSettingsError(
            "OPENID_TENANT_ID",
            "is missing or no tenant's id: copy the Directory (tenant) ID of your tenant, like "
            "8a1f0c52-0000-4000-8000-0d6c2f3b1e77.",
        )
    if f"/{tenant}/v2.0" not in discovery_url.casefold():
        raise OpenIdSettingsError(
            "OPENID_DISCOVERY_URL",
            f"must name your own tenant: https://login.microsoftonline.com/{tenant}/v2.0"
            f"{WELL_KNOWN}. Addresses with common or organizations let every tenant in.",
        )
