"""The one ASGI app: chat platforms' doors, the pages, health, and the operator's door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import uuid4

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot import faults as fault_words
from bot.app.doors import Doors
from bot.app.metrics import metrics_route
from bot.app.wiring import House
from bot.operator.operating import operator_route
from bot.web.routes import web_error_handler, web_routes
from core.words import Words
from storage.unavailable import UnavailableError, UnconfirmedError

_LOOPBACK = ["127.0.0.1", "localhost"]

log = structlog.get_logger(__name__)


def application(house: House) -> ASGIApp:
    """The app of an open house."""
    conversation = house.core.dispatch
    pages = web_error_handler(conversation, house.web, house.pages)
    app = Starlette(
        routes=[
            *_watching(house),
            operator_route(house.core),
            *house.routes,
            *web_routes(conversation, house.web, house.pages),
        ],
        # A foreign site must not reach the demo, which signs anybody in, through a name of its own.
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_LOOPBACK)]
        if house.web.demo
        else [],
        exception_handlers={HTTPException: pages, Exception: _fault},
    )
    return Doors(app, answered=house.metrics.answered, https=house.web.secure)


def watching_application(house: House) -> ASGIApp:
    """The app of a process without doors: how it is, and nothing else."""
    return Doors(Starlette(routes=_watching(house)), answered=house.metrics.answered)


def _watching(house: House) -> list[Route]:
    token = house.core.settings.metrics_token
    return [
        Route("/healthz", _healthy, methods=["GET"]),
        Route("/readyz", _readiness(house), methods=["GET"]),
        metrics_route(house.figures, token.get_secret_value() if token else ""),
    ]


async def _healthy(request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _readiness(house: House) -> Callable[[Request], Awaitable[Response]]:
    async def ready(request: Request) -> Response:
        """503 when the database does not answer, its disk is full, the clock stands or an inner
        loop died."""
        if why := await house.ails():
            return JSONResponse({"ready": False, "why": why}, status_code=503)
        # Said, and no reason to take the pages away: no other process has Slack, or sends either.
        told: dict[str, object] = {"ready": True}
        if house.socket is not None:
            told["slack_connected"] = house.socket.connected
        messages, surveys = await house.core.store.read(lambda tx: tx.waiting_since_restore())
        if messages or surveys:
            told["restored"] = {"messages_waiting": messages, "surveys_waiting": surveys}
        return JSONResponse(told)

    return ready


async def _fault(request: Request, error: Exception) -> Response:
    """Nobody sees a stack trace; the operator finds it by its id."""
    if isinstance(error, UnavailableError):
        log.error("unavailable", path=request.url.path, why=str(error))
        return _told(error, 503)
    if isinstance(error, UnconfirmedError):
        log.error("unconfirmed", path=request.url.path, why=str(error))
        return _told(error, 503)
    incident = uuid4().hex[:12]
    log.error("fault", incident=incident, path=request.url.path, exc_info=error)
    return _told(error, 500, incident)


def _told(error: Exception, status: int, code: str = "") -> PlainTextResponse:
    later = {"Retry-After": "10"} if status == 503 else {}
    return PlainTextResponse(f"{fault_words.told(Words(), error, code)}\n", status, later)
