"""Microsoft's SDK between our route and our handler: it types activities and routes them.

It is kept to that. It serves nothing (our ASGI app does), checks no token (``credentials`` does,
see there why), sends nothing (``platform`` does), and reads no environment: everything it would
look up there is given. Loaded on first use, in a thread: it takes a second or more.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.teams.credentials import Proven
from bot.teams.settings import TeamsSettings

if TYPE_CHECKING:
    from microsoft_teams.api import ActivityBase
    from microsoft_teams.apps import ActivityContext, App
    from microsoft_teams.apps.http import HttpMethod, HttpRouteHandler

PATH = "/api/teams/messages"

Handler = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any] | None]]
"""Takes an activity as JSON; gives the body of an invoke's answer, or None."""


class MalformedError(Exception):
    """An activity that is not one: the SDK could not read it."""


class Mount:
    """The SDK's ``HttpServerAdapter`` for a server that is already there."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None:
        """Note the path. The handler stays unused: our own route checks the token first."""
        self.paths.append(path)

    def serve_static(self, path: str, directory: str) -> None:
        raise NotImplementedError("Sounding Board serves no files for the SDK.")

    async def start(self, port: int) -> None:
        raise NotImplementedError("Sounding Board's own server is running already.")

    async def stop(self) -> None:
        """Nothing was started."""


class Router:
    """Hands an activity whose token was checked to the SDK, and through it to the handler."""

    def __init__(self, settings: TeamsSettings, handler: Handler) -> None:
        self._settings = settings
        self._handler = handler
        self._app: App | None = None
        self._lock = asyncio.Lock()

    async def open(self) -> None:
        """Load and initialise the SDK (never ``app.start``). Again is no harm."""
        async with self._lock:
            if self._app is None:
                app = await asyncio.to_thread(_build, self._settings)
                app.use(self._middleware)
                await app.initialize()
                self._app = app

    async def route(self, activity: Mapping[str, Any], proven: Proven) -> Mapping[str, Any] | None:
        """The handler's answer to an activity. Raises MalformedError."""
        await self.open()
        from microsoft_teams.api import JsonWebToken
        from microsoft_teams.apps.events import ActivityEvent, CoreActivity
        from pydantic import ValidationError

        process = self._app.server.on_request if self._app else None
        if process is None:
            raise RuntimeError("the SDK is not initialised")
        event = ActivityEvent(
            body=CoreActivity.model_validate(activity), token=JsonWebToken(value=proven.token)
        )
        try:
            answer = await process(event)
        except ValidationError as error:
            # Our own handler never raises, so this is about what came in. No values in the log.
            places = [".".join(map(str, found["loc"])) for found in error.errors()[:5]]
            raise MalformedError(", ".join(places)) from None
        body = answer.body
        return body if isinstance(body, Mapping) else None

    async def _middleware(self, context: ActivityContext[ActivityBase]) -> Any:
        activity = context.activity.model_dump(by_alias=True, exclude_none=True, mode="json")
        return await self._handler(activity)


def _build(settings: TeamsSettings) -> App:
    with _no_dotenv():
        from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
        from microsoft_teams.apps import App

    cloud = with_overrides(
        PUBLIC,
        login_endpoint=settings.login_url,
        openid_metadata_url=settings.openid_metadata_url,
        token_issuer=settings.issuer,
    )
    return App(
        client_id=settings.app_id,
        client_secret=settings.app_secret,
        tenant_id=settings.tenant_id,
        http_server_adapter=Mount(),
        messaging_endpoint=PATH,
        service_url=settings.service_url,
        cloud=cloud,
        dangerously_allow_unauthenticated_requests=False,
        fetch_user_token=False,
        state=False,
        telemetry={"agent365": False},
    )


@contextmanager
def _no_dotenv() -> Iterator[None]:
    """The SDK reads a ``.env`` of the working directory at import; ours is not for it."""
    name = "PYTHON_DOTENV_DISABLED"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
