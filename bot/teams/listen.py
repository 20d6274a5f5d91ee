"""Teams' one endpoint: prove who calls, drop what is not for us, answer what is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.app.bodies import TooLargeError, TooSlowError, read_body, readable
from bot.conversation import Conversation
from bot.teams.activities import Activity, is_for_us, is_well_formed
from bot.teams.answering import Answering, NoteTeam, no_note
from bot.teams.credentials import KeysUnavailableError, Proven, TokenCheck, UntrustedError
from bot.teams.platform import TeamsPlatform
from bot.teams.routing import PATH, MalformedError, Router
from bot.teams.settings import TeamsSettings, refuse_danger
from storage.deadline import waiting_for_others
from storage.unavailable import UnavailableError, UnconfirmedError

_log = structlog.get_logger(__name__)

LARGEST_BODY = 1024 * 1024
"""Teams' own limit for an activity is far below this."""


class TeamsListener:
    """The endpoint. ``open`` early (it loads the SDK and fetches Microsoft's keys); ``close`` is
    the platform's, whose HTTP client it shares."""

    def __init__(
        self,
        settings: TeamsSettings,
        conversation: Conversation,
        platform: TeamsPlatform,
        note_team: NoteTeam = no_note,
    ) -> None:
        self._platform = platform
        self._settings = settings
        self._check: TokenCheck | None = None
        self._router = Router(settings, Answering(conversation, platform, note_team).answer)

    @property
    def routes(self) -> list[BaseRoute]:
        return [Route(PATH, self._receive, methods=["POST"])]

    async def open(self, environ: Mapping[str, str] | None = None) -> None:
        """Get ready. Raises TeamsSettingsError where ``environ`` holds a dangerous switch."""
        refuse_danger(environ or {})
        await self._checking().prefetch()
        await self._router.open()

    def _checking(self) -> TokenCheck:
        if self._check is None:
            self._check = TokenCheck(self._settings, self._platform.connector.http)
        return self._check

    async def _receive(self, request: Request) -> Response:
        try:
            with waiting_for_others():
                proven = await self._checking().prove(request.headers.get("authorization", ""))
        except UntrustedError as error:
            _log.warning("teams.refused", why=str(error))
            return JSONResponse({"error": "Unauthorized"}, status_code=401)
        except KeysUnavailableError as error:
            _log.error("teams.keys_unavailable", why=str(error))
            return JSONResponse({"error": "Try again"}, status_code=503)
        try:
            activity = await _read(request)
        except ValueError as error:
            return _malformed(str(error))
        except ClientDisconnect:
            return Response(status_code=400)
        if not proven.vouches_for(activity):
            _log.warning("teams.refused", why="the token is for another service URL or channel")
            return JSONResponse({"error": "Unauthorized"}, status_code=401)
        return await self._answer(activity, proven)

    async def _answer(self, activity: Activity, proven: Proven) -> Response:
        if not is_for_us(activity):
            return Response(status_code=200)
        if not is_well_formed(activity):
            return _malformed("the activity does not say who, where or to whom")
        try:
            body = await self._router.route(activity, proven)
        except MalformedError as error:
            return _malformed(str(error))
        except (UnavailableError, UnconfirmedError) as error:
            _log.error("teams.database_unavailable", why=str(error))
            return JSONResponse({"error": "Try again"}, 503, {"Retry-After": "10"})
        return Response(status_code=200) if body is None else JSONResponse(dict(body))


def teams_routes(
    settings: TeamsSettings, conversation: Conversation, platform: TeamsPlatform
) -> list[BaseRoute]:
    """The routes for the ASGI app, where nobody wants to ``open`` the listener beforehand."""
    return TeamsListener(settings, conversation, platform).routes


async def _read(request: Request) -> dict[str, Any]:
    """The activity. Raises ValueError with why it is none."""
    try:
        body = await read_body(request, LARGEST_BODY)
    except TooLargeError:
        raise ValueError("the body is too large") from None
    except TooSlowError:
        raise ValueError("the body did not arrive in time") from None
    try:
        found = readable(json.loads(body))
    except (ValueError, RecursionError):
        raise ValueError("the body is not JSON") from None
    if not isinstance(found, dict):
        raise ValueError("the body is not an object")
    return found


def _malformed(why: str) -> Response:
    fault = str(uuid4())
    _log.warning("teams.malformed", why=why, fault=fault)
    return JSONResponse({"error": "Malformed activity", "id": fault}, status_code=400)
