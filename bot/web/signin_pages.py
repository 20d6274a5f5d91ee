"""Signing in by a link that works once, signing out, and in the demo picking who to be.

Signing in with the district's accounts is in ``openid_pages``.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from bot.openid.troubles import ProviderError
from bot.web import keeping
from bot.web.forms import local_path
from bot.web.notices import Ask, Notice, lines
from bot.web.sessions import new_session, read_signin
from bot.web.tour import LOOKING, REPLY
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Link, Page, Secrecy, is_page
from governance.people.ways_in import How

_LOOKS, _BETWEEN_LOOKS = 20, 0.5
KEPT_NOTE = (
    "You were signed out in the meantime. What you wrote was not sent, but we kept "
    "it: sign in, and it will be in the form."
)
LOST_NOTE = "You were signed out in the meantime. What you sent was not saved."

_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


async def link(visit: Visit) -> Response:
    """What a link shows: one button. Mail and chat scanners fetch links; they press nothing."""
    token = visit.request.query_params.get("token", "")
    path = local_path(visit.request.query_params.get("next", "/"))
    if not token and visit.site.settings.demo:
        return visit.go("/demo")
    if not token:
        return await ask_page(visit, path)
    signin = read_signin(visit.site.settings.secret, token, visit.site.pages.now())
    if signin is None:
        raise TroubleError(410)
    if not await visit.site.pages.door.takes_link(signin.person):
        return await account_needed(visit, path)
    say, name = visit.words().say, await visit.site.pages.name_of(signin.person)
    notice = Notice(
        title=say("Sign in"),
        parts=lines(
            say("You are about to sign in as {name} on this device.", name=name)
            if name
            else say("You are about to sign in on this device.")
        ),
        ask=Ask(at="/signin", submit=say("Sign in"), carries={"token": token, "next": path}),
        quiet=say("If this is not you, close the page. The link works once."),
    )
    return _open(visit, await visit.notice(notice))


async def use_link(visit: Visit) -> Response:
    """The button: uses the link up and signs in, with a new session."""
    pages = visit.site.pages
    signin = read_signin(visit.site.settings.secret, visit.form.one("token"), pages.now())
    if signin is None:
        raise TroubleError(410)
    path = local_path(visit.form.one("next"))
    if not await pages.door.takes_link(signin.person):
        return await account_needed(visit, path)
    if not await pages.consume_signin(signin.token_id):
        raise TroubleError(410)
    return await come_in(visit, signin.person, path, How.LINK)


async def account_needed(visit: Visit, path: str) -> Response:
    """With some duties a link lets nobody in: to the district's account."""
    say = visit.words().say
    return await turned_away(
        visit,
        say("Use your district account"),
        say("Because of your role, you sign in with your district account, not with a link."),
        path=path,
    )


async def turned_away(
    visit: Visit, title: str, *said: str, path: str = "/", status: int = 403
) -> Response:
    """Why somebody cannot come in like this, and how else."""
    say, openid = visit.words().say, visit.site.settings.openid
    way = Page(
        label=say("Sign in with your district account"),
        path=f"/signin/openid?{urlencode({'next': path})}",
    )
    notice = Notice(
        title=title,
        parts=lines(*said),
        ways=(way,) if openid else (),
        quiet=say("This service is for staff. Student accounts cannot sign in."),
    )
    return _open(visit, await visit.notice(notice, status=status))


async def ask_page(
    visit: Visit,
    path: str,
    *,
    status: int = 200,
    why: str = "",
    typed: Sequence[str] = (),
    kept: bool = False,
) -> Response:
    """How to come in: where mail is set up, with a form that mails a link. ``typed`` is what was
    in a form that came when its sender was signed out already; ``kept``: it waits in its form."""
    say = visit.words().say
    title, warning = say("Sign in to read this page"), say(LOST_NOTE) if typed else ""
    response = await visit.page(
        "pages/stranger.html",
        say("Error: {title}", title=title) if why else title,
        status=status,
        next=path,
        email=visit.form.one("email"),
        why=why,
        typed=typed,
        warning=say(KEPT_NOTE) if kept else warning,
    )
    return _open(visit, response)


async def ask_for_link(visit: Visit) -> Response:
    """Mails a link, and says the same whether or not the address is anybody's."""
    if not visit.site.settings.mails:
        raise TroubleError(404)
    email, path = visit.form.one("email").strip(), local_path(visit.form.one("next"))
    say = visit.words().say
    if not _ADDRESS.fullmatch(email):
        why = say("Enter your work email address, like name@schools.example.org.")
        return await ask_page(visit, path, status=422, why=why)
    if not await visit.site.pages.ask_link(email, visit.network, path):
        why = say(
            "Many links were asked for from this network. Try again in an hour, or ask your help "
            "desk for a link."
        )
        return await ask_page(visit, path, status=429, why=why)
    return visit.go("/signin/sent")


async def link_sent(visit: Visit) -> Response:
    say = visit.words().say
    said = [
        say(
            "If this address is on the staff roster, a link is on its way to it. It works "
            "once, for 15 minutes."
        ),
        say(
            "Nothing after a few minutes? Check your junk folder, then ask your help desk: "
            "they can see whether your address is on the roster."
        ),
    ]
    if visit.site.settings.openid:
        said.append(
            say("Some people can sign in only with their district account and get no link.")
        )
    quiet = say("You can ask for three links in an hour.")
    return await visit.notice(
        Notice(title=say("Check your email"), parts=lines(*said), quiet=quiet)
    )


async def sign_out(visit: Visit) -> Response:
    """Ends the session where it is kept: a copy of its cookie is worth nothing afterwards."""
    key = visit.session.key
    return _out(visit, await visit.site.pages.door.end(key) if key else None)


async def sign_out_everywhere(visit: Visit) -> Response:
    """Ends every session of theirs, on every device."""
    door, person = visit.site.pages.door, visit.session.person
    how = await door.end(visit.session.key)
    if person is not None:
        await door.end_all(person)
    return _out(visit, how)


def _out(visit: Visit, how: How | None) -> Response:
    out = "/signed-out?account=1" if how is How.OPENID else "/signed-out"
    response = visit.go("/demo" if visit.site.settings.demo else out)
    visit.forget(response, keeping.SESSION, keeping.KEPT, keeping.NOTE)
    return response


async def signed_out(visit: Visit) -> Response:
    accounts = visit.site.pages.accounts
    say, settings = visit.words().say, visit.site.settings
    said: list[str] = []
    ways: list[Page | Link] = []
    if settings.openid or settings.mails:
        ways.append(Page(label=say("Sign in"), path="/signin"))
    if accounts is not None and visit.request.query_params.get("account"):
        said.append(
            say(
                "Your district account may still be signed in on this device, for mail and other "
                "services."
            )
        )
        leave = ""
        with suppress(ProviderError):
            leave = await accounts.way_out()
        if is_page(leave):
            out = say("Sign out of the district account, too")
            ways.append(Link(label=out, url=leave, secrecy=Secrecy.SIGNED_IN))
        else:
            said.append(
                say("On a shared device, sign out there too, or close all windows of the browser.")
            )
    if not ways:
        said.append(
            say(
                "To come back, open the link in the latest message from Sounding Board, or ask for "
                "a new one."
            )
        )
    elif not settings.openid:
        said.append(say("To come back, ask for a link by email."))
    notice = Notice(title=say("You are signed out"), parts=lines(*said), ways=tuple(ways))
    return await visit.notice(notice)


async def personas(visit: Visit) -> Response:
    """The demo's first page."""
    response = await visit.page(
        "pages/demo.html",
        visit.words().say("Pick who to be"),
        personas=await visit.site.pages.personas(),
        next=local_path(visit.request.query_params.get("next", "/")),
    )
    return _open(visit, response)


async def become(visit: Visit) -> Response:
    """Be one of the demo's people, and nobody else."""
    pages, item = visit.site.pages, visit.session.item
    if visit.form.one("step") == REPLY and item:
        # The button may have been drawn while the message was still being read.
        for _ in range(_LOOKS):
            if followed := await pages.follow(item):
                return await come_in(visit, followed.persona.person, followed.path, How.DEMO)
            await asyncio.sleep(_BETWEEN_LOOKS)
    person = visit.form.uuid("person")
    if person not in {persona.person for persona in await pages.personas()}:
        raise TroubleError(404)
    toured = visit.session.toured | (LOOKING & {visit.form.one("step")})
    visit = replace(visit, session=replace(visit.session, toured=toured))
    return await come_in(visit, person, local_path(visit.form.one("next")), How.DEMO)


def _open(visit: Visit, response: Response) -> Response:
    """A stranger's browser gets a session too, so that the form on the page has a token."""
    if visit.session.person is None:
        visit.remember(response, visit.session)
    return response


async def come_in(visit: Visit, person: UUID, path: str, how: How) -> Response:
    """A new session for somebody; the one that this browser had before ends."""
    pages = visit.site.pages
    if visit.session.key:
        await pages.door.end(visit.session.key)
    session = new_session(person, pages.now(), await pages.door.begin(person, how))
    if visit.site.settings.demo:
        before = visit.session
        session = replace(session, toured=before.toured, wave=before.wave, item=before.item)
    response = visit.go(path)
    visit.forget(response, keeping.KEPT, keeping.NOTE, keeping.ERRAND)
    visit.remember(response, session)
    return response
