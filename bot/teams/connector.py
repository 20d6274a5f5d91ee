"""Calls to Microsoft's Bot Connector, with our token, a time limit and no retries of their own."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from bot.teams.credentials import BotToken
from bot.teams.settings import TeamsSettings


class UntrustedServiceError(Exception):
    """An address that our token must not be sent to."""


class Connector:
    """One HTTP client for everything that we ask of Microsoft."""

    def __init__(self, settings: TeamsSettings) -> None:
        self.settings = settings
        self._http: httpx.AsyncClient | None = None
        self._token: BotToken | None = None

    @property
    def http(self) -> httpx.AsyncClient:
        """Made on first use, so that it belongs to the loop that uses it."""
        if self._http is None:
            self._http = httpx.AsyncClient(
                timeout=self.settings.timeout,
                limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            )
        return self._http

    async def call(
        self, method: str, service_url: str, path: str, body: object = None
    ) -> httpx.Response:
        """One call. A refused token is renewed once: a 401 means that nothing was taken.

        Raises UntrustedServiceError, NoTokenError, and httpx's errors for what went wrong on the
        way."""
        base = service_url.rstrip("/")
        if not self.settings.serves(base):
            raise UntrustedServiceError(base)
        if self._token is None:
            self._token = BotToken(self.settings, self.http)
        for last in (False, True):
            token = await self._token.get()
            answer = await self.http.request(
                method, base + path, json=body, headers={"Authorization": f"Bearer {token}"}
            )
            if answer.status_code != httpx.codes.UNAUTHORIZED or last:
                break
            self._token.forget(token)
        return answer

    async def close(self) -> None:
        if self._http is not None:
            await self._http.aclose()
        self._http, self._token = None, None


def activities_path(conversation: str, activity: str = "") -> str:
    """The path of a conversation's activities, or of one of them."""
    path = f"/v3/conversations/{_segment(conversation)}/activities"
    return f"{path}/{_segment(activity)}" if activity else path


def member_path(conversation: str, user: str) -> str:
    return f"/v3/conversations/{_segment(conversation)}/members/{_segment(user)}"


def _segment(text: str) -> str:
    """One segment of a path: Teams' ids keep their colons and at signs."""
    return quote(text, safe=":@;=.-_~")
