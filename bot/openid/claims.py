"""Whether a token's claims have a verified account of the district, and whose it is.

The signature, the issuer, the audience, the expiry and the nonce were checked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from bot.openid.settings import Kind, OpenIdSettings
from bot.openid.troubles import NotAdmittedError, Why


def vouched_address(settings: OpenIdSettings, claims: Mapping[str, Any]) -> str:
    """The e-mail address that the provider confirms. ``NotAdmittedError``: it confirms none, or the
    account is a guest's or another organisation's."""
    match settings.kind:
        case Kind.ENTRA:
            return _entra(settings, claims)
        case Kind.GOOGLE:
            if _text(claims, "hd").casefold() not in settings.domains:
                raise NotAdmittedError(Why.ELSEWHERE)
            return _verified(claims)
        case Kind.OTHER:
            return _verified(claims)
        case _:
            assert_never(settings.kind)


def _entra(settings: OpenIdSettings, claims: Mapping[str, Any]) -> str:
    """Entra has no ``email_verified``. Its ``email`` may be anything a person or another tenant
    put there, so it counts only with ``xms_edov`` (the domain's owner was verified); else the
    sign-in name does, which only the pinned tenant's administrators can give."""
    if _text(claims, "tid").casefold() != settings.tenant:
        raise NotAdmittedError(Why.ELSEWHERE)
    name = _text(claims, "preferred_username")
    came_from = _text(claims, "idp")
    if (
        claims.get("acct") in (1, "1")
        or "#ext#" in name.casefold()
        or (came_from and came_from != claims.get("iss"))
    ):
        raise NotAdmittedError(Why.GUEST)
    if claims.get("xms_edov") in (True, "true", "1", 1):
        return _address(_text(claims, "email") or name)
    return _address(name)


def _verified(claims: Mapping[str, Any]) -> str:
    if claims.get("email_verified") not in (True, "true"):
        raise NotAdmittedError(Why.UNVERIFIED)
    return _address(_text(claims, "email"))


def _address(written: str) -> str:
    if written.count("@") != 1 or len(written) > 254 or not written.isprintable():
        raise NotAdmittedError(Why.UNVERIFIED)
    return written.strip().casefold()


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
