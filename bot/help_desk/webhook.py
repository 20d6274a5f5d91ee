"""A call to the help desk's system: one address, signed, and honest about what happened to it.

The address is the one of the settings and no other: redirects are not followed, nothing that
anybody typed becomes part of it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import structlog

from governance.delivery_reasons import DeliveryReason
from governance.help_desk.model import Ticket
from scheduler.ports import Away, Failed, Result, Sent, Throttled, Unknown

log = structlog.get_logger(__name__)

SECONDS = 10.0
LONGEST_ANSWER = 65_536
LONGEST_NUMBER = 80
_BUSY = 60.0


class Webhook:
    """``number`` of a JSON answer is the ticket's."""

    def __init__(self, url: str, token: str, secret: bytes, now: Callable[[], datetime]) -> None:
        self._url = url
        self._token = token
        self._secret = secret
        self._now = now
        self._client = httpx.AsyncClient(
            timeout=SECONDS, follow_redirects=False, trust_env=False, max_redirects=0
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def send(self, ticket: Ticket, key: str, page: str) -> Result:
        """``key`` is the same however often it is sent; ``page`` is where a number can be typed."""
        body = json.dumps(_body(ticket, key, page), ensure_ascii=False).encode()
        request = self._client.build_request(
            "POST", self._url, content=body, headers=self._headers(body, key)
        )
        try:
            response = await self._client.send(request, stream=True)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            log.warning("help_desk.away", why=type(error).__name__)
            return Away(why=DeliveryReason.DESK_AWAY)
        except httpx.HTTPError as error:
            log.warning("help_desk.unknown", why=type(error).__name__)
            return Unknown(why=DeliveryReason.DESK_NO_ANSWER)
        try:
            return await _result(response)
        finally:
            await response.aclose()

    def _headers(self, body: bytes, key: str) -> dict[str, str]:
        at = str(int(self._now().timestamp()))
        signed = hmac.new(self._secret, f"v1:{at}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Sounding-Board-Timestamp": at,
            "X-Sounding-Board-Signature": f"v1={signed}",
        }
        return headers | ({"Authorization": f"Bearer {self._token}"} if self._token else {})


def _body(ticket: Ticket, key: str, page: str) -> dict[str, Any]:
    contact = {"name": ticket.name, "email": ticket.email} if ticket.name else None
    return {
        "id": key,
        "text": ticket.redacted,
        "building": ticket.building,
        "room": ticket.room or None,
        "contact": contact,
        "received_at": ticket.received_at.isoformat(),
        "number_page": page,
    }


async def _result(response: httpx.Response) -> Result:
    code = response.status_code
    if code == 429:
        return Throttled(seconds=_pause(response.headers.get("Retry-After", "")))
    if 200 <= code < 300:
        return Sent(reference=await _number(response))
    log.warning("help_desk.refused", status=code)
    if code >= 500:
        return Unknown(why=DeliveryReason.DESK_FAULT.about(code))
    return Failed(why=DeliveryReason.DESK_REFUSED.about(code))


def _pause(said: str) -> float:
    return min(float(said), 3600.0) if said.isascii() and said.isdigit() else _BUSY


async def _number(response: httpx.Response) -> str:
    """The ticket's number; "": it was taken, and none was said."""
    read = b""
    try:
        async for part in response.aiter_bytes():
            read += part
            if len(read) > LONGEST_ANSWER:
                return ""
        number = json.loads(read)["number"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return ""
    return str(number)[:LONGEST_NUMBER] if isinstance(number, str | int) else ""
