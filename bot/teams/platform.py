"""Sending to Teams: a delivery's message as a card, and what happened to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx
import structlog

from bot.conversation import Reader
from bot.teams.cards import CONTENT_TYPE, Drawn
from bot.teams.connector import Connector, UntrustedServiceError, activities_path
from bot.teams.credentials import NoTokenError, retry_after
from bot.teams.draw import draw
from bot.teams.pictures import PictureLinks
from bot.teams.refusals import (
    BLOCKED_NUMBER,
    CHANNEL_UNREACHABLE,
    FAILED,
    FINAL,
    IN_CHANNEL,
    NOBODY,
    UNREACHABLE,
)
from bot.teams.settings import TeamsSettings
from core.people import Platform
from governance.delivery_reasons import DeliveryReason
from scheduler.ports import (
    Away,
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)

_log = structlog.get_logger(__name__)

_SURELY_NOT = httpx.codes.PRECONDITION_FAILED
"""A condition that Teams set itself did not hold: it took nothing, and may be asked again. Of a
502, a 503 without a time or a 504 nobody knows (decision 4): a gateway may have lost the answer."""


class TeamsPlatform:
    """Teams as a ``ChatPlatform``. One client for the whole process; close it at the end."""

    def __init__(self, settings: TeamsSettings, pictures: PictureLinks | None = None) -> None:
        self.settings = settings
        self._pictures = pictures
        self.connector = Connector(settings)

    @property
    def name(self) -> Platform:
        return Platform.TEAMS

    async def send(self, outgoing: Outgoing) -> Result:
        """Post one message. Never raises."""
        drawn = self._drawn(outgoing)
        if isinstance(drawn, Failed):
            return drawn
        service_url = outgoing.service_url or self.settings.service_url
        return await self.post(service_url, outgoing.conversation, drawn, channel=outgoing.channel)

    def _drawn(self, outgoing: Outgoing) -> Drawn | Failed:
        try:
            drawn = draw(
                outgoing.message,
                self._reader(outgoing),
                pictures=self._pictures,
            )
        except Exception:
            fault = uuid4()
            _log.exception("teams.draw_failed", fault=str(fault))
            return Failed(why=DeliveryReason.TEAMS_NOT_DRAWN.about(fault))
        return drawn or Failed(why=DeliveryReason.TEAMS_EMPTY)

    async def post(
        self, service_url: str, conversation: str, drawn: Drawn, *, channel: bool = False
    ) -> Result:
        """Post a card into a conversation (``channel``: a committee's). Never raises."""
        path = activities_path(conversation)
        return await self._call("POST", service_url, path, _activity(drawn), channel=channel)

    async def update(
        self, service_url: str, conversation: str, activity: str, drawn: Drawn
    ) -> Result:
        """Replace a card that was posted, for everybody. Never raises."""
        path = activities_path(conversation, activity)
        return await self._call("PUT", service_url, path, _activity(drawn))

    async def recall(self, outgoing: Outgoing, reference: str) -> Result:
        """Delete a card that was posted; one that is not there is taken back. Never raises."""
        service_url = outgoing.service_url or self.settings.service_url
        path = activities_path(outgoing.conversation, reference)
        result = await self._call(
            "DELETE", service_url, path, None, gone_is_done=True, channel=outgoing.channel
        )
        return Sent(reference=reference) if isinstance(result, Sent) else result

    async def renew(self, outgoing: Outgoing, reference: str) -> Result:
        """Replace a card that was posted; one that is not there needs nothing. Never raises."""
        drawn = self._drawn(outgoing)
        if isinstance(drawn, Failed):
            return drawn
        service_url = outgoing.service_url or self.settings.service_url
        path = activities_path(outgoing.conversation, reference)
        result = await self._call("PUT", service_url, path, _activity(drawn), gone_is_done=True)
        return Sent(reference=reference) if isinstance(result, Sent) else result

    async def close(self) -> None:
        await self.connector.close()

    def _reader(self, outgoing: Outgoing) -> Reader:
        return Reader(
            locale=outgoing.locale, timezone=outgoing.timezone, web_url=self.settings.web_url
        )

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: Mapping[str, Any] | None,
        *,
        gone_is_done: bool = False,
        channel: bool = False,
    ) -> Result:
        try:
            answer = await self.connector.call(method, service_url, path, body)
        except NoTokenError as error:
            return _without_token(error)
        except UntrustedServiceError:
            return Failed(why=DeliveryReason.TEAMS_NOT_TRUSTED)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError):
            return Away(why=DeliveryReason.TEAMS_AWAY)
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL) as error:
            return Failed(why=DeliveryReason.TEAMS_BAD_ADDRESS.about(repr(error)))
        except httpx.TimeoutException:
            return Unknown(why=DeliveryReason.TEAMS_NO_ANSWER)
        except httpx.HTTPError:
            return Unknown(why=DeliveryReason.TEAMS_BROKE)
        except Exception:
            fault = uuid4()
            _log.exception("teams.send_failed", fault=str(fault))
            return Unknown(why=DeliveryReason.TEAMS_SENDING_FAILED.about(fault))
        if gone_is_done and answer.status_code == httpx.codes.NOT_FOUND:
            return Sent(reference="")
        return result_of(answer, channel=channel)


def _activity(drawn: Drawn) -> Mapping[str, Any]:
    """``summary`` is what notifications show and screen readers say; no ``text``, which Teams
    would show a second time above the card."""
    return {
        "type": "message",
        "summary": drawn.summary,
        "attachments": [{"contentType": CONTENT_TYPE, "content": drawn.card}],
    }


def _without_token(error: NoTokenError) -> Result:
    if error.seconds is not None:
        return Throttled(seconds=error.seconds)
    return Away(why=error.why)


def result_of(answer: httpx.Response, *, channel: bool = False) -> Result:
    """What an answer of the Bot Connector means for a delivery (``channel``: to a committee's)."""
    status = answer.status_code
    if 200 <= status < 300:
        return Sent(reference=_reference(answer))
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        return Throttled(seconds=retry_after(answer))
    if status == _SURELY_NOT:
        return NotTaken(why=DeliveryReason.TEAMS_NOT_NOW.about(status))
    if status >= 500:
        return Unknown(why=DeliveryReason.TEAMS_FAULT.about(status))
    code, message = _refusal(answer)
    named = {**FINAL, **IN_CHANNEL} if channel else FINAL
    if why := _final(named, code, message):
        return Unreachable(why=why, absent=why is DeliveryReason.TEAMS_NOT_INSTALLED)
    if status in NOBODY:
        return Away(why=NOBODY[status])
    if status in FAILED:
        return Failed(why=FAILED[status])
    unnamed = CHANNEL_UNREACHABLE if channel else UNREACHABLE
    if why := unnamed.get(status):
        return Unreachable(why=why, absent=why is DeliveryReason.TEAMS_NOT_INSTALLED)
    return Failed(why=DeliveryReason.TEAMS_MISFIT.about(code or status))


def _reference(answer: httpx.Response) -> str:
    try:
        found = answer.json()
    except ValueError:
        return ""
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _refusal(answer: httpx.Response) -> tuple[str, str]:
    """The code and the message of a refusal."""
    try:
        body = answer.json()
    except ValueError:
        return "", answer.text[:2000]
    error = body.get("error", body) if isinstance(body, dict) else {}
    if not isinstance(error, dict):
        return "", str(error)
    return str(error.get("code") or ""), str(error.get("message") or "")


def _final(known: Mapping[str, DeliveryReason], code: str, message: str) -> DeliveryReason | None:
    """What a final refusal means, wherever Teams wrote its code."""
    inner = _inside(message)
    if str(inner.get("errorCode")) == str(BLOCKED_NUMBER):
        return known["MessageWritesBlocked"]
    named = (code, str(inner.get("subCode") or ""), str(inner.get("code") or ""))
    return next((known[name] for name in named if name in known), None)


def _inside(message: str) -> Mapping[str, Any]:
    """Some refusals carry their code in a JSON text inside the message."""
    start, end = message.find("{"), message.rfind("}")
    if start < 0 or end < start:
        return {}
    try:
        found = json.loads(message[start : end + 1])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
