"""Signing in by a link that works once, signing out, and in the demo picking who to be."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from uuid import UUID

from starlette.responses import Response

from bot.web import keeping
from bot.web.forms import local_path
from bot.web.sessions import Session, new_session, read_signin
from bot.web.tour import REPLY
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit

_LOOKS, _BETWEEN_LOOKS = 20, 0.5
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


async def link(visit: Visit) -> Response:
    """What a link shows: one button. Mail and chat scanners fetch links; they press nothing."""
    token = visit.request.query_params.get("token", "")
    if not token and visit.site.settings.mails:
        return await ask_page(visit, local_path(visit.request.query_params.get("next", "/")))
    signin = read_signin(visit.site.settings.secret, token, visit.site.pages.now())
    if signin is None:
        raise TroubleError(410)
    response = await visit.page(
        "pages/signin.html",
        visit.words().say("Sign in"),
        token=token,
        next=local_path(visit.request.query_params.get("next", "/")),
        name=await visit.site.pages.name_of(signin.person),
    )
    return _open(visit, response)


async def use_link(visit: Visit) -> Response:
    """The button: uses the link up and signs in, with a new session."""
    pages = visit.site.pages
    signin = read_signin(visit.site.settings.secret, visit.form.one("token"), pages.now())
    if signin is None or not await pages.consume_signin(signin.token_id):
        raise TroubleError(410)
    return _become(visit, signin.person, local_path(visit.form.one("next")))


async def ask_page(visit: Visit, path: str, *, status: int = 200, why: str = "") -> Response:
    """How to come in: where mail is set up, with a form that mails a link."""
    title = visit.words().say("Sign in to read your page")
    response = await visit.page(
        "pages/stranger.html",
        visit.words().say("Error: {title}", title=title) if why else title,
        status=status,
        next=path,
        email=visit.form.one("email"),
        why=why,
    )
    return _open(visit, response)


async def ask_for_link(visit: Visit) -> Response:
    """Mails a link, and says the same whether or not the address is anybody's."""
    if not visit.site.settings.mails:
        raise TroubleError(404)
    email, path = visit.form.one("email").strip(), local_path(visit.form.one("next"))
    say = visit.words().say
    if not _ADDRESS.fullmatch(email):
        why = say("Give your work e-mail address, like name@schools.example.org.")
        return await ask_page(visit, path, status=422, why=why)
    client = visit.request.client
    if not await visit.site.pages.ask_link(email, client.host if client else "", path):
        why = say(
            "Many links were asked for from this network. Try again in an hour, or ask your help "
            "desk for a link."
        )
        return await ask_page(visit, path, status=429, why=why)
    return visit.go("/signin/sent")


async def link_sent(visit: Visit) -> Response:
    return await visit.page("pages/link_sent.html", visit.words().say("Look into your mailbox"))


async def sign_out(visit: Visit) -> Response:
    response = visit.go("/demo" if visit.site.settings.demo else "/signed-out")
    for cookie in (keeping.SESSION, keeping.KEPT, keeping.NOTE):
        response.delete_cookie(cookie)
    return response


async def signed_out(visit: Visit) -> Response:
    return await visit.page("pages/signed_out.html", visit.words().say("You are signed out"))


async def personas(visit: Visit) -> Response:
    """The demo's first page."""
    response = await visit.page(
        "pages/demo.html",
        visit.words().say("Pick who to be"),
        personas=await visit.site.pages.personas(),
        next=local_path(visit.request.query_params.get("next", "/")),
        hide_tour=False,
    )
    return _open(visit, response)


async def become(visit: Visit) -> Response:
    """Be one of the demo's people, and nobody else."""
    pages, item = visit.site.pages, visit.session.item
    if visit.form.one("step") == REPLY and item:
        # The button may have been drawn while the message was still being read.
        for _ in range(_LOOKS):
            if followed := await pages.follow(item):
                return _become(visit, followed.persona.person, followed.path)
            await asyncio.sleep(_BETWEEN_LOOKS)
    person = visit.form.uuid("person")
    if person not in {persona.person for persona in await pages.personas()}:
        raise TroubleError(404)
    return _become(visit, person, local_path(visit.form.one("next")))


def _open(visit: Visit, response: Response) -> Response:
    """A stranger's browser gets a session too, so that the form on the page has a token."""
    if visit.session.person is None:
        visit.remember(response, visit.session)
    return response


def _become(visit: Visit, person: UUID, path: str) -> Response:
    session: Session = new_session(person, visit.site.pages.now())
    if visit.site.settings.demo:
        before = visit.session
        session = replace(session, toured=before.toured, wave=before.wave, item=before.item)
    response = visit.go(path)
    for cookie in (keeping.KEPT, keeping.NOTE):
        response.delete_cookie(cookie)
    visit.remember(response, session)
    return response
