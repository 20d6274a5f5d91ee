"""The provider as we know it: its addresses (discovery) and the keys that sign its tokens."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from bot.openid.settings import OpenIdSettings, is_safe_address
from bot.openid.troubles import ProviderError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

KEPT = timedelta(hours=12)
"""How long what was read counts; keys also are read again when a token names a new one."""

PAUSE = timedelta(seconds=10)
"""Between two readings of the keys: made-up tokens must not make us call the provider."""

LARGEST = 512 * 1024
"""Bytes of an answer; a longer one is none that we can use."""

_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What discovery says, as far as we need it. ``end_session`` "": it offers no sign-out."""

    issuer: str
    authorize: str
    token: str
    keys: str
    end_session: str = ""
    secret_in_form: bool = False
    """The secret goes into the form; otherwise into a header (HTTP Basic)."""
    names_itself: bool = False
    """Whether its answers carry ``iss`` (RFC 9207)."""


class Provider:
    """Reads discovery and keys when they are needed, and keeps them for a while."""

    def __init__(self, settings: OpenIdSettings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._metadata: Metadata | None = None
        self._read_at: datetime | None = None
        self._keys: KeySet | None = None
        self._keys_at: datetime | None = None

    async def metadata(self) -> Metadata:
        """``ProviderError`` when it cannot be read or is not what it should be."""
        if self._metadata is None or self._is_old(self._read_at):
            found = await self._get(self._settings.discovery_url)
            self._metadata, self._read_at = _metadata(self._settings, found), self._now()
        return self._metadata

    async def keys(self, wanted: str | None) -> KeySet:
        """The provider's keys; read again when ``wanted`` (a key's id) is not among them, since
        providers change their keys."""
        keys = self._keys
        if keys is not None and not self._is_old(self._keys_at):
            known = wanted is None or any(key.kid == wanted for key in keys)
            if known or self._now() - (self._keys_at or self._now()) < PAUSE:
                return keys
        return await self._read_keys()

    async def _read_keys(self) -> KeySet:
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        metadata = await self.metadata()
        found = await self._get(metadata.keys)
        try:
            keys = KeySet.import_key_set({"keys": _usable(found)})
        except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ProviderError(f"its keys cannot be read ({type(error).__name__})") from None
        if not keys:
            raise ProviderError("it publishes no keys to check signatures with")
        self._keys, self._keys_at = keys, self._now()
        return keys

    async def exchange(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Tokens for a code."""
        metadata, settings = await self.metadata(), self._settings
        given = dict(form)
        auth = None
        if metadata.secret_in_form:
            given |= {"client_id": settings.client_id, "client_secret": settings.client_secret}
        else:
            auth = httpx.BasicAuth(_quoted(settings.client_id), _quoted(settings.client_secret))
        try:
            async with self._client() as client:
                answer = await client.post(
                    metadata.token, data=given, auth=auth or httpx.USE_CLIENT_DEFAULT
                )
        except httpx.HTTPError as error:
            raise ProviderError(f"its token address: {type(error).__name__}") from None
        found = _object(answer)
        if answer.status_code != httpx.codes.OK:
            raise ProviderError(f"its token address answers {answer.status_code}{_said(found)}")
        return found

    async def _get(self, url: str) -> Mapping[str, Any]:
        try:
            async with self._client() as client:
                answer = await client.get(url, headers={"accept": "application/json"})
        except httpx.HTTPError as error:
            raise ProviderError(f"{url} does not answer ({type(error).__name__})") from None
        if answer.status_code != httpx.codes.OK:
            raise ProviderError(f"{url} answers {answer.status_code}")
        return _object(answer)

    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=self._settings.seconds, follow_redirects=False)

    def _is_old(self, read_at: datetime | None) -> bool:
        return read_at is None or self._now() - read_at >= KEPT


def _metadata(settings: OpenIdSettings, found: Mapping[str, Any]) -> Metadata:
    texts = {name: value for name, value in found.items() if isinstance(value, str)}
    missing = [name for name in _NEEDED if not texts.get(name)]
    if missing:
        raise ProviderError(f"its discovery document lacks {', '.join(missing)}")
    if texts["issuer"].rstrip("/") != settings.issuer.rstrip("/"):
        why = f"its discovery document is of another issuer, {texts['issuer'][:200]}"
        raise ProviderError(why)
    unsafe = [name for name in _NEEDED[1:] if not is_safe_address(texts[name])]
    if unsafe:
        raise ProviderError(f"its discovery document names {', '.join(unsafe)} without https")
    if "code" not in found.get("response_types_supported", ["code"]):
        raise ProviderError("it does not offer the authorization code flow")
    if "S256" not in (found.get("code_challenge_methods_supported") or ["S256"]):
        raise ProviderError("it does not offer PKCE with S256")
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    leave = texts.get("end_session_endpoint", "")
    return Metadata(
        issuer=texts["issuer"],
        authorize=texts["authorization_endpoint"],
        token=texts["token_endpoint"],
        keys=texts["jwks_uri"],
        end_session=leave if is_safe_address(leave) else "",
        secret_in_form="client_secret_post" in methods,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _usable(found: Mapping[str, Any]) -> list[Any]:
    """Keys that sign, of the two kinds that we take; a provider may publish others beside."""
    keys = found.get("keys")
    if not isinstance(keys, list):
        raise ProviderError("its keys are not a list")
    return [
        key
        for key in keys
        if isinstance(key, Mapping)
        and key.get("kty") in ("RSA", "EC")
        and key.get("use", "sig") == "sig"
    ]


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.content[:LARGEST])
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ProviderError(f"{answer.request.url.copy_with(query=None)} answers no JSON object")
    return found


def _said(found: Mapping[str, Any]) -> str:
    """The error's name, as RFC 6749 has it; its description may quote what was sent."""
    error = found.get("error")
    known = isinstance(error, str) and error.isascii() and error.replace("_", "").isalpha()
    return f" ({str(error)[:40]})" if known else ""


def _quoted(value: str) -> str:
    """RFC 6749, section 2.3.1: form-encoded before it goes into the header."""
    from urllib.parse import quote_plus

    return quote_plus(value)
