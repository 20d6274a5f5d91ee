"""What the doctor asks of the district's sign-in service. The secret can only be tried by a person
who signs in."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime

from bot.openid.provider import Provider
from bot.openid.settings import OpenIdSettings
from bot.openid.troubles import ProviderError

Findings = Sequence[tuple[bool, str]]


def check_openid(settings: OpenIdSettings) -> Awaitable[Findings]:
    """Whether discovery and the keys are as they must be; else what is wrong."""
    import joserfc.jwk  # noqa: F401 - loaded before the doctor counts the time

    return _check(settings)


async def _check(settings: OpenIdSettings) -> Findings:
    provider = Provider(settings, lambda: datetime.now(UTC))
    try:
        metadata = await provider.metadata()
        keys = await provider.keys(None)
    except ProviderError as error:
        todo = "Look at SOUNDINGBOARD_OPENID_DISCOVERY_URL, and whether this machine may reach it."
        return [(False, f"The district's sign-in service: {error}. {todo}")]
    found = [(True, f"The district's sign-in service is {metadata.issuer}.")]
    many, back = sum(1 for _ in keys), settings.redirect_uri
    todo = f"The app there must list {back} as a redirect URI."
    found.append((True, f"It publishes its keys ({many}). {todo}"))
    if not metadata.end_session:
        found.append(
            (True, "It offers no way to sign out of the account itself; the page says so.")
        )
    return found
