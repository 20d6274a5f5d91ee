"""Slack's Web API as everything here calls it: one session, a timeout, no retries of the SDK's.

The SDK's own handler posts again after a dropped connection, which makes two messages of one.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.settings import SlackSettings

FILES_HOST = "files.slack.com"
HOOKS_HOST = "hooks.slack.com"

NO_PREVIEWS: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
"""Slack is to fetch nothing that we link to: a preview would show it to everybody in a channel."""

TROUBLES = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError)
"""What a call can raise: a no, no connection, no answer in time, or an answer that is none."""


class SlackClient:
    """The Web API and response URLs over one pooled session. Make one, ``close`` it at the end."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._api = urlsplit(settings.api_url)
        self._web = AsyncWebClient(
            token=settings.bot_token,
            base_url=settings.api_url.rstrip("/") + "/",
            timeout=int(settings.timeout),
            retry_handlers=[],
        )
        if _loopback(self._api.hostname or ""):
            self._web.proxy = None  # the SDK would send it through HTTPS_PROXY

    @property
    def settings(self) -> SlackSettings:
        return self._settings

    @property
    def web(self) -> AsyncWebClient:
        """The Web API. To be called on the running loop: the session is opened there."""
        if self._web.session is None or self._web.session.closed:
            self._web.session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._settings.timeout)
            )
        return self._web

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        """Answer an interaction through its response URL: it has no rate tier. Raises as
        ``TROUBLES`` say; ValueError for an address that is not Slack's."""
        if not self._slacks(response_url, HOOKS_HOST):
            raise ValueError("a response URL that is not Slack's")
        web = self.web
        assert web.session is not None  # noqa: S101 # ``web`` has just opened it
        async with web.session.post(
            response_url, json={**body, **NO_PREVIEWS}, proxy=web.proxy, allow_redirects=False
        ) as answer:
            said = await answer.text()
            if said.startswith("{") and '"ok":false' in said.replace(" ", ""):
                raise SlackApiError("refused", json.loads(said))  # type: ignore[no-untyped-call]
            answer.raise_for_status()

    async def upload(self, upload_url: str, content: bytes) -> None:
        """Bring a file to where ``files.getUploadURLExternal`` told. Raises as ``respond``."""
        if not self._slacks(upload_url, FILES_HOST):
            raise ValueError("an upload URL that is not Slack's")
        web = self.web
        assert web.session is not None  # noqa: S101 # ``web`` has just opened it
        async with web.session.post(
            upload_url, data=content, proxy=web.proxy, allow_redirects=False
        ) as answer:
            answer.raise_for_status()

    async def close(self) -> None:
        if self._web.session is not None and not self._web.session.closed:
            await self._web.session.close()

    def _slacks(self, url: str, host: str) -> bool:
        """Only Slack's own host, or the very address the API was pointed at."""
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname == host:
            return True
        return (parts.scheme, parts.netloc) == (self._api.scheme, self._api.netloc)


def retry_after(error: SlackApiError, otherwise: float = 30.0) -> float | None:
    """Seconds to wait where Slack said 429 (or "ratelimited"); else None."""
    response = error.response
    status = getattr(response, "status_code", None)
    code = error_code(error)
    if status != 429 and code not in ("ratelimited", "rate_limited", "message_limit_exceeded"):
        return None
    headers = getattr(response, "headers", None) or {}
    try:
        return max(float(headers.get("Retry-After", otherwise)), 1.0)
    except (TypeError, ValueError):
        return otherwise


def error_code(error: SlackApiError) -> str:
    """Slack's word for what was wrong, or nothing where the answer had none."""
    data = getattr(error.response, "data", error.response)
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else ""


def trouble(error: BaseException) -> str:
    """What went wrong, in a word and without what was sent."""
    code = error_code(error) if isinstance(error, SlackApiError) else ""
    return code or type(error).__name__


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
