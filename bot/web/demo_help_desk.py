"""The demo's help desk: takes tickets as a district's own system does, and shows them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app.bodies import TooLargeError, TooSlowError, read_body
from bot.web.endpoints import page
from bot.web.notices import Notice, Passage, lines
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Facts, Link, Page, Quote, Secrecy
from core.words import Words

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
        words = visit.words()
        response = await visit.notice(_notice(words, tuple(reversed(handed.values()))))
        if visit.session.person is None:
            visit.remember(response, visit.session)
        return response

    return [
        Route(PATH, take, methods=["POST"]),
        page(site, "/demo/help-desk", get=show, open_door=True),
    ]


def _notice(words: Words, tickets: Sequence[Handed]) -> Notice:
    none = words.say(
        "No tickets yet. As a teacher, write that something is broken and say yes when the help "
        "desk is offered."
    )
    return Notice(
        title=words.say("The help desk"),
        parts=lines(
            words.say(
                "A district’s own help desk system gets these tickets. Here you see what would be "
                "sent to it."
            ),
            "" if tickets else none,
        ),
        passages=tuple(_passage(words, one) for one in tickets),
        up=Page(label=words.say("Pick who to be"), path="/demo"),
    )


def _passage(words: Words, one: Handed) -> Passage:
    here = Secrecy.SIGNED_IN
    where = f"{one.building}, {one.room}" if one.room else one.building
    whom = f"{one.name}, {one.email}"
    nobody = words.say("The author did not share their name.")
    facts = (
        (words.say("Received"), words.day(one.received_at)),
        (words.say("Who to ask"), whom if one.name else nobody),
    )
    return Passage(
        title=words.say("To be fixed: {where}", where=where),
        parts=(
            Quote(text=one.text, secrecy=here),
            Facts(pairs=facts, secrecy=here),
            Link(label=words.say("Give it a number"), url=one.number_page, secrecy=here),
        ),
    )


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
