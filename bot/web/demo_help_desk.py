"""The demo's help desk: takes tickets as a district's own system does, and shows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app.bodies import TooLargeError, TooSlowError, read_body
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.visiting import Visit

PATH = "/demo/help-desk/tickets"
"""Where the service sends a ticket."""

_LARGEST = 64 * 1024
_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A ticket as it came. ``number_page`` is the path on which its number is given."""

    text: str
    building: str
    room: str
    name: str
    email: str
    received_at: datetime
    number_page: str


def routes(site: Site) -> list[Route]:
    """Its pages. Tickets are kept in memory: the demo begins anew at each start."""
    handed: dict[str, Handed] = {}

    async def take(request: Request) -> Response:
        try:
            key, ticket = _read(await read_body(request, _LARGEST))
        except (TooLargeError, TooSlowError, ValueError, KeyError, TypeError, AttributeError):
            return JSONResponse({}, status_code=400)
        if key not in handed and len(handed) >= _MOST:
            handed.pop(next(iter(handed)))
        handed[key] = ticket
        return JSONResponse({}, status_code=201)

    async def show(visit: Visit) -> Response:
        title = visit.words().say("The help desk")
        tickets = list(reversed(handed.values()))
        response = await visit.page("pages/demo_help_desk.html", title, tickets=tickets)
        if visit.session.person is None:
            visit.remember(response, visit.session)
        return response

    return [
        Route(PATH, take, methods=["POST"]),
        page(site, "/demo/help-desk", get=show, open_door=True),
    ]


def _read(body: bytes) -> tuple[str, Handed]:
    """``ValueError``, ``KeyError``, ``TypeError`` or ``AttributeError``: it is no ticket."""
    said = json.loads(body)
    contact = said["contact"] or {}
    ticket = Handed(
        text=str(said["text"]),
        building=str(said["building"]),
        room=str(said["room"] or ""),
        name=str(contact.get("name", "")),
        email=str(contact.get("email", "")),
        received_at=datetime.fromisoformat(said["received_at"]),
        number_page=urlsplit(said["number_page"]).path,
    )
    return str(said["id"]), ticket
