"""From a handler to an endpoint: the session, the form's token, and every error as a page."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

import structlog
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import faults
from bot.faults import Apology, Fate
from bot.web import keeping
from bot.web.forms import Form, local_path, read_form
from bot.web.headers import HEADERS
from bot.web.notices import Notice, lines
from bot.web.sessions import is_form_token, new_session, read_session
from bot.web.settings import Site
from bot.web.signin_pages import KEPT_NOTE, LOST_NOTE, ask_page
from bot.web.troubles import TroubleError, apology
from bot.web.unsent import FIELD, is_kept, marked, standing_forms, standing_of, typed_in
from bot.web.visiting import Handler, RefusedError, Visit
from core.cards import Page
from storage.unavailable import UnavailableError, UnconfirmedError

_log = structlog.get_logger(__name__)

_LAPSED = 7 * 24
"""Hours after which a form of an old session is not kept any more."""

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def page(
    site: Site,
    path: str,
    *,
    get: Handler | None = None,
    post: Handler | None = None,
    open_door: bool = False,
    uploads: int | None = None,
    drafts: bool = True,
) -> Route:
    """A route with a handler for reading and one for forms. ``open_door``: also for strangers.
    ``uploads``: bytes of the largest form, where files may come with it. ``drafts``: whether what
    was typed may be kept until it is sent; never of answers.

    Every method is taken so that the wrong one gets a page in plain words too.
    """
    handlers = {"GET": get, "HEAD": get, "POST": post}

    async def endpoint(request: Request) -> Response:
        request.state.opens = get is not None
        request.state.drafts = drafts and is_kept(request.url.path)
        response = await _answer(
            site, request, handlers.get(request.method), open_door=open_door, uploads=uploads
        )
        if request.state.drafts:
            response = await _with_drafts(request, response)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return Route(path, endpoint, methods=_METHODS)


async def error_page(site: Site, request: Request, error: Exception) -> Response:
    """The page for an error outside of these routes (an unknown address); plain text for
    whoever does not read HTML."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{status}\n", status_code=status)
    visit = _stranger_of(site, request)
    with suppress(UnavailableError, UnconfirmedError):  # then they find it unknown as a stranger
        visit = await _arrive(site, request)
    response = await _trouble(visit, status)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _answer(
    site: Site,
    request: Request,
    handler: Handler | None,
    *,
    open_door: bool,
    uploads: int | None,
) -> Response:
    visit = _stranger_of(site, request)
    faults.begins(sends=request.method == "POST")
    try:
        visit = await _arrive(site, request)
        request.state.visit = visit
        if handler is None:
            raise TroubleError(405)
        if visit.session.person is None and not open_door:
            visit = await _with_what_was_typed(visit)
            return await _stranger(visit, kept=await _keep_of_lapsed(visit))
        if request.method == "POST":
            visit = await _with_form(visit, uploads)
            _refuse_others_forms(visit)
            request.state.visit = visit
        return await handler(visit)
    except TroubleError as trouble:
        if trouble.status == 401:  # anybody may open the page, and not what it would show
            return await _stranger(visit)
        return await _trouble(visit, trouble.status)
    except RefusedError as no:
        return await visit.anything(no.message, no.reader, status=403)
    except ClientDisconnect:
        return Response(status_code=400)
    except UnavailableError as away:
        _log.error("page_unavailable", why=str(away))
        return await _unavailable(visit, away)
    except UnconfirmedError as unsure:
        _log.error("page_unconfirmed", why=str(unsure))
        return await _unavailable(visit, unsure)
    except Exception as fault:
        return await _fault(visit, fault)


def _stranger_of(site: Site, request: Request) -> Visit:
    return Visit(site=site, request=request, session=new_session(None, site.pages.now()))


async def _arrive(site: Site, request: Request) -> Visit:
    """The visit of whom the session's cookie names, if the session was not ended since."""
    settings, now = site.settings, site.pages.now()
    cookie = request.cookies.get(settings.cookie(keeping.SESSION), "")
    session = read_session(settings.secret, cookie, now, settings.session_hours)
    if session is None:
        return _stranger_of(site, request)
    if session.person is None:
        return Visit(site=site, request=request, session=session)
    known = await site.pages.door.recognise(session.key)
    if known is None or known.person != session.person:
        return _stranger_of(site, request)
    return Visit(site=site, request=request, session=session, name=known.name, own=known.reader)


async def _with_form(visit: Visit, uploads: int | None) -> Visit:
    """The visit with its form, if it does not come from another site."""
    if visit.request.headers.get("sec-fetch-site", "none") == "cross-site":
        raise TroubleError(403)
    form: Form = await read_form(visit.request, uploads=uploads)
    bare = {name: values for name, values in form.fields.items() if name != FIELD}
    return replace(visit, form=replace(form, fields=bare), stands=standing_of(form))


def _refuse_others_forms(visit: Visit) -> None:
    """A form comes from a page of ours in this session, or is refused."""
    token = visit.form.one("csrf")
    if not is_form_token(visit.site.settings.secret, visit.session, token):
        raise TroubleError(403)


async def _with_what_was_typed(visit: Visit) -> Visit:
    """The visit of somebody who was signed out while they wrote: their words are shown to them.
    No files are read of who is not signed in."""
    if visit.request.method != "POST":
        return visit
    with suppress(TroubleError):
        return await _with_form(visit, None)
    return visit


def _typed(visit: Visit) -> tuple[str, ...]:
    """What somebody wrote into the form that was not taken. Only where the browser says that a
    page of ours sent it: else another site could have its own words shown here."""
    ours = visit.request.headers.get("sec-fetch-site") == "same-origin"
    return visit.form.written() if ours else ()


async def _stranger(visit: Visit, *, kept: bool = False) -> Response:
    """Nobody is signed in: how to get a link, or in the demo whom to be. ``kept``: what they sent
    is in its form again once they are."""
    request, typed = visit.request, () if kept else _typed(visit)
    path = request.url.path if request.method in ("GET", "HEAD") else "/"
    if kept and visit.stands is not None:
        path = visit.stands.page
    if not visit.site.settings.demo:
        return await ask_page(visit, local_path(path), status=401, typed=typed, kept=kept)
    say = visit.words().say
    if typed:
        notice = Notice(
            title=say("You were signed out"),
            parts=lines(say(LOST_NOTE)),
            typed=typed,
            ways=(Page(label=say("Pick who to be"), path="/demo"),),
        )
        return await visit.notice(notice, status=401)
    query = urlencode({"next": path}) if path != "/" or request.method != "POST" else ""
    note = say(KEPT_NOTE) if kept else ""
    return visit.go(f"/demo?{query}" if query else "/demo", note=note)


# -- drafts ----------------------------------------------------------------------------------


async def _keep_of_lapsed(visit: Visit) -> bool:
    """Whether a form is kept that comes from a session which is over because of its age. One that
    somebody ended keeps nothing."""
    request, settings, pages = visit.request, visit.site.settings, visit.site.pages
    if visit.stands is None or not request.state.drafts:
        return False
    cookie = visit.cookie(keeping.SESSION)
    was = read_session(settings.secret, cookie, pages.now(), settings.session_hours + _LAPSED)
    if was is None or was.person is None:
        return False
    if not is_form_token(settings.secret, was, visit.form.one("csrf")):
        return False
    if await pages.door.lapsed(was.key) != was.person:
        return False
    return await _keep(visit, was.person)


async def _keep(visit: Visit, person: UUID) -> bool:
    """Keep what was typed into the form that came, for its author. False: there is nothing."""
    standing = visit.stands
    fields = typed_in(visit.form, standing) if standing else None
    if standing is None or fields is None:
        return False
    await visit.site.pages.unsent.keep(person, standing.key, standing.item, fields)
    return True


async def _with_drafts(request: Request, response: Response) -> Response:
    """Keep what was typed into a form that was not taken, forget it of one that was, and put it
    back into one that is opened."""
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is None or visit.session.person is None:
        return response
    person, unsent = visit.session.person, visit.site.pages.unsent
    try:
        unsaved = response.status_code >= 400 or getattr(request.state, "unsaved", False)
        taken = not unsaved and (response.status_code == 303 or faults.is_saved())
        if visit.stands is not None and taken:
            await unsent.drop(person, visit.stands.key)
        elif visit.stands is not None and unsaved:
            await _keep(visit, person)
        if isinstance(response, HTMLResponse):
            return await _with_marks(visit, person, response)
    except (UnavailableError, UnconfirmedError) as away:
        _log.warning("draft_not_kept", why=str(away))
    except Exception:  # a draft costs nobody their page
        _log.exception("draft_failed")
    return response


async def _with_marks(visit: Visit, person: UUID, response: HTMLResponse) -> Response:
    html, request = bytes(response.body).decode(), visit.request
    opened = request.method == "GET" and response.status_code == 200
    forms = standing_forms(html, visit.again(), None if opened else visit.stands)
    if not forms and FIELD not in html:
        return response
    keys = [standing.key for _, standing in forms]
    kept = await visit.site.pages.unsent.kept(person, keys) if opened else {}
    html = marked(html, forms, kept, visit.words(), visit.csrf)
    response.body = response.render(html)
    response.headers["content-length"] = str(len(response.body))
    return response


async def discard(visit: Visit) -> Response:
    """Forget a draft, and show its form without it."""
    if visit.stands is None or visit.session.person is None:
        raise TroubleError(400)
    await visit.site.pages.unsent.drop(visit.session.person, visit.stands.key)
    return visit.go(visit.stands.page)


async def _trouble(visit: Visit, status: int) -> Response:
    return await _apologise(visit, status, apology(status, visit.words()))


async def _unavailable(visit: Visit, error: Exception) -> Response:
    """The database is away (503), or it is not known whether it kept what was sent (504): a page
    that asks it for nothing, as to a stranger. What was saved leads on to where it can be seen."""
    fate = faults.fate_after(error)
    if fate is Fate.SAVED:
        return _saved(visit, error)
    stranger = replace(visit, session=new_session(None, visit.site.pages.now()))
    status = 504 if fate is Fate.UNSURE else 503
    response = await _apologise(stranger, status, faults.apology(visit.words(), error))
    response.headers["Retry-After"] = "10"
    return response


def _saved(visit: Visit, error: Exception) -> Response:
    """On to a page that can be opened again (303): a reload must not send the form again."""
    said = faults.apology(visit.words(), error)
    return visit.go(visit.where_to_look(), note=said.told)


async def _fault(visit: Visit, fault: Exception) -> Response:
    """A fault of ours: logged with an id that the page names; never a stack trace to people."""
    # The dispatch may have logged it already, under an id of its own.
    incident = str(getattr(fault, "incident", "") or secrets.token_hex(4))
    route = visit.request.scope.get("route")
    _log.exception(
        "page_failed",
        incident=incident,
        method=visit.request.method,
        page=getattr(route, "path", ""),
    )
    if faults.fate_after(fault) is Fate.SAVED:
        return _saved(visit, fault)
    return await _apologise(visit, 500, faults.apology(visit.words(), fault), incident)


async def _apologise(visit: Visit, status: int, said: Apology, incident: str = "") -> Response:
    words = visit.words()
    sentences: list[str] = [said.what, said.todo]
    if incident:
        number = Markup('<strong class="incident">{}</strong>').format(incident)
        told = words.say("If it happens again, tell the help desk this number:")
        sentences.append(Markup("{} {}").format(told, number))
    try:
        look = Page(label=words.say("Look here"), path=visit.where_to_look())
        notice = Notice(
            title=said.title,
            parts=lines(*sentences),
            typed=_typed(visit),
            ways=(look,) if said.look else (),
            home=True,
        )
        return await visit.notice(notice, status=status)
    except Exception:
        # The database may be what failed: the frame of the page asks it for a name.
        _log.exception("error_page_failed", incident=incident)
        body = "\n\n".join((said.title, said.what, said.todo, incident))
        return PlainTextResponse(body, status_code=status)
