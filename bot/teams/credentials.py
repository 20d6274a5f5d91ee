"""Who is speaking for Teams, and who we are to it: tokens in both directions.

Inbound tokens are checked here and not by the SDK. Its check fetches keys on the event loop
whenever its five-minute cache is stale, skips the service URL where the body names none, and for a
token that merely claims to come from Entra fetches that tenant's keys before anything is proven.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import structlog

from bot.teams.settings import BOT_SCOPE, TeamsSettings
from core.words import Words
from governance import wording
from governance.delivery_reasons import DeliveryReason, Why

if TYPE_CHECKING:
    from jwt import PyJWK

_log = structlog.get_logger(__name__)

CHANNEL = "msteams"

LEEWAY_SECONDS = 300
KEYS_KEPT_SECONDS = 24 * 3600
_ASK_AGAIN_SECONDS = 10
"""After a fetch that failed."""
_EARLY_SECONDS = 300
"""A token is renewed this long before it expires."""


class UntrustedError(Exception):
    """A token that proves nothing. Its text is for the log."""


class KeysUnavailableError(Exception):
    """Microsoft's keys could not be fetched, so nothing can be decided."""


@dataclass(frozen=True, kw_only=True)
class Proven:
    """What a valid token says. ``channels`` are the ones its key may speak for (empty: any)."""

    token: str = field(repr=False)
    service_url: str
    channels: frozenset[str] = frozenset()

    def vouches_for(self, activity: Mapping[str, Any]) -> bool:
        """Whether an activity comes from Teams, and from the service that this token names.

        A bot may have further channels (Web Chat and Direct Line come with it), signed with the
        same keys, whose clients write any sender and any tenant into an activity.
        """
        if activity.get("channelId") != CHANNEL:
            return False
        named = activity.get("serviceUrl")
        if not isinstance(named, str) or named.rstrip("/") != self.service_url:
            return False
        return not self.channels or activity.get("channelId") in self.channels


@dataclass(frozen=True)
class _Key:
    key: PyJWK
    channels: frozenset[str]


class TokenCheck:
    """Checks inbound tokens: signature, audience, issuer, expiry and the service URL's presence."""

    def __init__(
        self, settings: TeamsSettings, http: httpx.AsyncClient, *, refetch_seconds: float = 60
    ) -> None:
        self._settings = settings
        self._http = http
        self._refetch_seconds = refetch_seconds
        self._keys: Mapping[str, _Key] = {}
        self._fetched_at = self._asked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def prefetch(self) -> None:
        """Fetch the keys early. A failure is logged; the first request tries again."""
        try:
            await self._refresh(older_than=0)
        except KeysUnavailableError as error:
            _log.warning("teams.keys_unavailable", why=str(error))

    async def prove(self, authorization: str) -> Proven:
        """What a request's Authorization header proves.

        Raises UntrustedError, or KeysUnavailableError where that cannot be told."""
        import jwt

        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or not token:
            raise UntrustedError("no bearer token")
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            found = await self._key(kid if isinstance(kid, str) else "")
            claims = jwt.decode(
                token,
                found.key,
                algorithms=["RS256"],
                audience=self._settings.app_id,
                issuer=self._settings.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.InvalidTokenError as error:
            raise UntrustedError(f"{type(error).__name__}: {error}") from None
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise UntrustedError("the token names no service URL")
        return Proven(token=token, service_url=service_url.rstrip("/"), channels=found.channels)

    async def _key(self, kid: str) -> _Key:
        if time.monotonic() - self._fetched_at > KEYS_KEPT_SECONDS or kid not in self._keys:
            await self._refresh(older_than=self._refetch_seconds)
        if kid not in self._keys:
            raise UntrustedError("signed with a key that is not Microsoft's")
        return self._keys[kid]

    async def _refresh(self, *, older_than: float) -> None:
        async with self._lock:
            # Somebody who makes up key ids must not make us ask Microsoft each time, and while it
            # does not answer neither must Teams' own calls.
            now = time.monotonic()
            if now - self._fetched_at < older_than:
                return
            if now - self._asked_at < min(older_than, _ASK_AGAIN_SECONDS):
                if self._keys:
                    return
                raise KeysUnavailableError("asked a moment ago, without an answer")
            try:
                metadata = await self._get(self._settings.openid_metadata_url)
                self._keys = _read_keys(await self._get(str(metadata["jwks_uri"])))
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                if self._keys:
                    _log.warning("teams.keys_stale", why=repr(error))
                    return
                raise KeysUnavailableError(repr(error)) from error
            else:
                self._fetched_at = time.monotonic()
            finally:
                self._asked_at = time.monotonic()

    async def _get(self, url: str) -> Mapping[str, Any]:
        answer = await self._http.get(url)
        answer.raise_for_status()
        found: Mapping[str, Any] = answer.json()
        return found


def _read_keys(document: Mapping[str, Any]) -> Mapping[str, _Key]:
    import jwt

    keys: dict[str, _Key] = {}
    for entry in document["keys"]:
        if entry.get("kty") != "RSA" or not entry.get("kid"):
            continue
        endorsed = frozenset(entry.get("endorsements") or ())
        keys[entry["kid"]] = _Key(key=jwt.PyJWK(entry, "RS256"), channels=endorsed)
    return keys


class NoTokenError(Exception):
    """Microsoft's login gave no token. ``final``: it never will with these settings.
    ``seconds``: it asked to wait so long."""

    def __init__(self, why: Why, *, final: bool = False, seconds: float | None = None) -> None:
        super().__init__(wording.delivery_reason(Words(), why))
        self.why = why
        self.final = final
        self.seconds = seconds


@dataclass
class BotToken:
    """Our own token for one scope, kept until shortly before it expires."""

    settings: TeamsSettings
    http: httpx.AsyncClient
    scope: str = BOT_SCOPE
    _value: str = field(default="", repr=False)
    _until: float = float("-inf")
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def get(self) -> str:
        """The token. Raises NoTokenError."""
        async with self._lock:
            if not self._value or time.monotonic() >= self._until:
                self._value, lifetime = await self._fetch()
                self._until = time.monotonic() + max(lifetime - _EARLY_SECONDS, lifetime / 2)
            return self._value

    def forget(self, value: str) -> None:
        """Drop a token that was refused (unless a newer one is here already)."""
        if self._value == value:
            self._value = ""

    async def _fetch(self) -> tuple[str, float]:
        settings = self.settings
        try:
            answer = await self.http.post(
                f"{settings.login_url}/{settings.tenant_id}/oauth2/v2.0/token",
                data={
                    "grant_type": "client_credentials",
                    "client_id": settings.app_id,
                    "client_secret": settings.app_secret,
                    "scope": self.scope,
                },
            )
        except httpx.HTTPError as error:
            raise NoTokenError(why=DeliveryReason.LOGIN_AWAY) from error
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            seconds = retry_after(answer)
            raise NoTokenError(why=DeliveryReason.LOGIN_BUSY, seconds=seconds)
        if answer.status_code in {400, 401, 403}:
            raise NoTokenError(_refusal(answer), final=True)
        try:
            answer.raise_for_status()
            body = answer.json()
            return str(body["access_token"]), float(body.get("expires_in", 3600))
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise NoTokenError(why=DeliveryReason.LOGIN_NO_TOKEN) from error


_REFUSED: Mapping[int, Why] = {
    7000215: DeliveryReason.LOGIN_BAD_SECRET,
    7000222: DeliveryReason.LOGIN_OLD_SECRET,
    700016: DeliveryReason.LOGIN_NO_APP,
    90002: DeliveryReason.LOGIN_NO_TENANT,
    900023: DeliveryReason.LOGIN_NO_TENANT,
}
"""What Microsoft's login says by number (AADSTS…)."""


def _refusal(answer: httpx.Response) -> Why:
    """Why the login gave no token, without its own text: that names times, ids and addresses."""
    try:
        body = answer.json()
        codes, name = body.get("error_codes"), body.get("error")
    except (ValueError, AttributeError):
        codes, name = None, None
    for code in codes if isinstance(codes, list) else ():
        if code in _REFUSED:
            return _REFUSED[code]
    said = name if isinstance(name, str) else str(answer.status_code)
    return DeliveryReason.LOGIN_REFUSED.about(said)


def retry_after(answer: httpx.Response, default: float = 5) -> float:
    """Seconds that an answer asks us to wait (Retry-After in seconds, or a date), up to an hour."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    written = answer.headers.get("retry-after", "").strip()
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            seconds = default
    return min(max(seconds, 0.0), 3600.0) if seconds == seconds else default
