"""Signing in with the district's accounts: the way there, and what comes back (code flow, PKCE).

Of Authlib these are the address to go to, the challenge, and what OpenID Connect demands of a
token's claims; signatures are checked by its companion joserfc. Both load when first used.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from bot.openid.claims import vouched_address
from bot.openid.provider import Metadata, Provider
from bot.openid.settings import Kind, OpenIdSettings
from bot.openid.troubles import TokenError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures with a key of the provider's alone: never ``none``, never one with a shared secret."""

LEEWAY = 120
"""Seconds that the provider's clock may be off."""

_SCOPE = "openid profile email"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What one browser went to the provider with, and must come back with."""

    state: str
    nonce: str
    verifier: str


class Accounts:
    """The district's accounts."""

    def __init__(self, settings: OpenIdSettings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._provider = Provider(settings, now)

    async def way_there(self) -> tuple[str, Errand]:
        """Where to send a browser, and what it must bring back. ``ProviderError``."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        metadata, settings = await self._provider.metadata(), self._settings
        errand = Errand(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
        )
        extra = {}
        if settings.kind is Kind.GOOGLE and len(settings.domains) == 1:
            extra["hd"] = next(iter(settings.domains))  # only a hint: the claim is what counts
        url: str = prepare_grant_uri(
            metadata.authorize,
            settings.client_id,
            "code",
            redirect_uri=settings.redirect_uri,
            scope=_SCOPE,
            state=errand.state,
            nonce=errand.nonce,
            code_challenge=create_s256_code_challenge(errand.verifier),
            code_challenge_method="S256",
            prompt="select_account",
            **extra,
        )
        return url, errand

    async def address(self, errand: Errand, code: str, issuer: str) -> str:
        """The address of who came back with a code. ``issuer`` is what the answer called itself
        ("": nothing). ``ProviderError``, ``TokenError`` or ``NotAdmittedError``."""
        metadata = await self._provider.metadata()
        if (issuer or metadata.names_itself) and issuer != metadata.issuer:
            raise TokenError("the answer is another issuer's")
        tokens = await self._provider.exchange(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self._settings.redirect_uri,
                "code_verifier": errand.verifier,
            }
        )
        token = tokens.get("id_token")
        if not isinstance(token, str):
            raise TokenError("there is no ID token in the answer")
        claims = await self._claims(metadata, token, errand, tokens.get("access_token"))
        return vouched_address(self._settings, claims)

    async def _claims(
        self, metadata: Metadata, token: str, errand: Errand, access: object
    ) -> dict[str, Any]:
        """The claims of an ID token that is signed, ours, fresh and of this errand."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError

        keys = await self._provider.keys(_key_id(token))
        settings = self._settings
        try:
            read = jwt.decode(token, keys, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={
                    "iss": {"essential": True, "value": metadata.issuer},
                    "aud": {"essential": True, "value": settings.client_id},
                },
                params={
                    "nonce": errand.nonce,
                    "client_id": settings.client_id,
                    "access_token": access if isinstance(access, str) else None,
                },
            )
            claims.validate(now=int(self._now().timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError) as error:
            raise TokenError(_why(error)) from None
        return dict(claims)

    async def way_out(self) -> str:
        """Where one signs out of the account itself, "" where the provider offers nothing.
        ``ProviderError``."""
        metadata, settings = await self._provider.metadata(), self._settings
        if not metadata.end_session:
            return ""
        back = {
            "client_id": settings.client_id,
            "post_logout_redirect_uri": settings.signed_out_uri,
        }
        between = "&" if "?" in metadata.end_session else "?"
        return f"{metadata.end_session}{between}{urlencode(back)}"


def _key_id(token: str) -> str | None:
    """The key that a token says it is signed with; it is believed only when it fits."""
    head = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError:
        return None
    key = header.get("kid") if isinstance(header, dict) else None
    return key if isinstance(key, str) else None


def _why(error: Exception) -> str:
    """The kind of error and the claim it is about: nothing of what the claims say."""
    claim = getattr(error, "claim", None)
    return f"{type(error).__name__}{f' ({claim})' if isinstance(claim, str) else ''}"
