"""The pages to speak anonymously, and to get the reply with the receipt."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot import faults
from bot.faults import Apology, Fate
from bot.web.anonymous.bare import bare, comes_from_elsewhere, language_of
from bot.web.anonymous.turnstile import Turnstile, count_each
from bot.web.draw import draw
from bot.web.forms import Form, read_form
from bot.web.headers import HEADERS
from bot.web.navigation import navigation
from bot.web.networks import Network, networks_of
from bot.web.notices import Ask, Notice, context_of, lines
from bot.web.rendering import KIND, render
from bot.web.settings import Site
from bot.web.troubles import TroubleError, apology
from core.cards import Page, TextField
from core.words import Words
from governance import links, wording
from governance.anonymous.commands import (
    CollectAnswer,
    GiveAnonymously,
    ReplyAnonymously,
    ShowAnonymousForm,
)
from governance.anonymous.receipts import spelled
from governance.anonymous.views import (
    AnonymousForm,
    AnonymousReceived,
    Collected,
    NothingToCollect,
    ReplyReceived,
)
from governance.languages import languages, other_languages
from storage.unavailable import UnavailableError, UnconfirmedError
from surveys.messages import Rejected
from surveys.questions import Unfit

log = structlog.get_logger(__name__)

TOO_MANY = (
    "This page is too busy right now. Wait ten minutes, then send it again. What "
    "you wrote is still here."
)
_PAGE = "pages/anonymous.html"
Handler = Callable[["Bare"], Awaitable[Response]]


class Gate:
    """Counts one visit, and tells nobody from where it came. Only what fits takes a place that
    others could have; and what is collected with a receipt takes none."""

    def __init__(
        self, speaking: Turnstile, made_up: Turnstile, networks: Sequence[Network]
    ) -> None:
        self._speaking = speaking
        self._made_up = made_up
        self._networks = networks

    def may_speak(self) -> bool:
        return self._speaking.lets_in(self._networks)

    def did_not_speak(self) -> None:
        self._speaking.was_not_taken()

    def may_try_another_code(self) -> bool:
        """Asked where a code is nobody's: whoever makes up codes shuts out only themselves."""
        return self._made_up.lets_in(self._networks)


class Bare:
    """A visit of nobody: what the pages have instead of a ``Visit``."""

    def __init__(self, site: Site, request: Request, language: str, gate: Gate) -> None:
        self.site = site
        self.gate = gate
        self.request = request
        self.reader = replace(site.settings.reader, locale=language)
        self.words = Words(self.reader.locale, self.reader.timezone)
        self.form = Form()

    def take(self, form: Form) -> None:
        """What was handed in; it says in which language its sender reads, since nothing else of
        them is kept that could."""
        self.form = form
        asked = form.one("spoken") or form.one("language")
        if asked in dict(languages()):
            self.reader = replace(self.reader, locale=asked)
            self.words = Words(self.reader.locale, self.reader.timezone)

    @property
    def translates(self) -> bool:
        """Whether the form is only to be shown in another language."""
        return bool(self.form.one("spoken"))

    @property
    def door(self) -> str:
        return str(self.request.path_params.get("door", ""))

    def form_shown(self) -> ShowAnonymousForm:
        """What shows the form, with what the link or the form says that it is about."""
        about = self.form.one("about") or str(self.request.path_params.get("about", ""))
        return ShowAnonymousForm(door=self.door, about=about)

    def notice(self, notice: Notice, *, status: int = 200) -> HTMLResponse:
        """A page of a few sentences, with at most one thing to do."""
        title = notice.title
        if notice.problems:
            title = self.words.say("Error: {title}", title=title)
        return self.page(
            KIND, title, status=status, kind="notice", **context_of(notice, self.reader)
        )

    def page(self, template: str, title: str, *, status: int = 200, **more: object) -> HTMLResponse:
        body = render(
            template,
            self.reader,
            title=title,
            settings=self.site.settings,
            person=None,
            person_name=None,
            persona=None,
            tour=(),
            here=self.request.url.path,
            navigate=partial(navigation, (), self.words, self.request.url.path),
            note="",
            csrf="",
            **more,
        )
        return HTMLResponse(body, status_code=status)


class _Page:
    """An address of these pages (ASGI). It is no page like the others: those know who comes."""

    def __init__(
        self,
        site: Site,
        turnstiles: tuple[Turnstile, Turnstile],
        get: Handler | None,
        post: Handler | None,
    ) -> None:
        self._site = site
        self._turnstiles = turnstiles
        self._handlers = {"GET": get, "HEAD": get, "POST": post}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = bare(scope, receive)
        language = language_of(scope, self._site.settings.locale)
        gate = Gate(*self._turnstiles, _networks(scope))
        response = await self._answer(Bare(self._site, request, language, gate))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    async def _answer(self, visit: Bare) -> Response:
        handler = self._handlers.get(visit.request.method)
        faults.begins(sends=visit.request.method == "POST")
        try:
            if handler is None:
                raise TroubleError(405)
            if visit.request.method == "POST":
                if comes_from_elsewhere(visit.request, visit.site.settings.web_url):
                    raise TroubleError(403)
                visit.take(await read_form(visit.request))
            return await handler(visit)
        except TroubleError as trouble:
            return _apology(visit, trouble.status, apology(trouble.status, visit.words))
        except ClientDisconnect:
            return Response(status_code=400)
        except (UnavailableError, UnconfirmedError) as away:
            status = 504 if faults.fate_after(away) is Fate.UNSURE else 503
            return _apology(visit, status, faults.apology(visit.words, away))
        except Exception as fault:
            log.error("anonymous_page_failed", why=type(fault).__name__)  # and nothing of it
            return _apology(visit, 500, faults.apology(visit.words, fault))


def _networks(scope: Scope) -> Sequence[Network]:
    """Counted by, and seen by nothing else here."""
    came = scope.get("client")
    return networks_of(came[0] if came else "")


def anonymous_routes(site: Site) -> list[Route]:
    turnstiles = Turnstile(site.pages.now), count_each(site.pages.now)

    def page(path: str, *, get: Handler | None = None, post: Handler | None = None) -> Route:
        return Route(path, _Page(site, turnstiles, get, post))

    return [
        page(links.ANONYMOUS, get=show),
        page(links.ANONYMOUS + "/{door}", get=show, post=give),
        page(links.ANONYMOUS + "/{door}/{about}", get=show),
        page(links.COLLECT, get=ask_code, post=collect),
        page(links.COLLECT + "/reply", get=ask_code, post=reply),
    ]


# -- speaking -----------------------------------------------------------------------------------


async def show(visit: Bare) -> Response:
    form = (await visit.site.conversation.unsigned(visit.form_shown())).message
    return _form(visit, form) if isinstance(form, AnonymousForm) else _not_found(visit)


async def give(visit: Bare) -> Response:
    nonce, text = visit.form.one("nonce"), visit.form.one("text")
    if not 8 <= len(nonce) <= 80:
        raise TroubleError(400)
    about = visit.form.one("about")
    form = (await visit.site.conversation.unsigned(visit.form_shown())).message
    if isinstance(form, AnonymousForm) and not form.open:  # and nothing is read of what it says
        return _form(visit, form, text, status=403)
    if visit.translates and isinstance(form, AnonymousForm):
        return _form(visit, form, text)
    if not visit.gate.may_speak():
        return _too_many(visit)
    command = GiveAnonymously(door=visit.door, nonce=nonce, text=text, about=about)
    given = (await visit.site.conversation.unsigned(command)).message
    if not isinstance(given, AnonymousReceived):
        visit.gate.did_not_speak()
    match given:
        case AnonymousReceived():
            title = visit.words.say("We have it")
            urgent = draw(given.urgent, visit.reader, csrf="", level=2) if given.urgent else ""
            return visit.page(_PAGE, title, shows="code", kept=given, urgent=urgent)
        case AnonymousForm():
            return _form(visit, given, text, status=403)
        case Rejected(unfit=unfit):
            kept = form if isinstance(form, AnonymousForm) else AnonymousForm(open=True)
            return _form(visit, kept, text, why=unfit["text"], status=422)
        case _:
            raise TroubleError(400)


def _form(
    visit: Bare,
    form: AnonymousForm,
    text: str = "",
    *,
    why: Unfit | None = None,
    status: int = 200,
) -> Response:
    return visit.page(
        _PAGE,
        visit.words.say("Speak anonymously"),
        status=status,
        shows="form",
        form=form,
        door=visit.door,
        typed=text,
        why=wording.unfit(visit.words, why) if why else "",
        nonce=visit.form.one("nonce") or spelled(secrets.token_bytes(16)),
    )


# -- collecting ---------------------------------------------------------------------------------


async def ask_code(visit: Bare) -> Response:
    if visit.request.url.path != links.COLLECT:
        return RedirectResponse(links.COLLECT, status_code=303)
    return _collecting(visit)


async def collect(visit: Bare) -> Response:
    if visit.translates:
        return _collecting(visit, visit.form.one("code")[:80])
    command = CollectAnswer(code=visit.form.one("code"))
    found = (await visit.site.conversation.unsigned(command)).message
    match found:
        case Collected():
            return _collected(visit, found)
        case NothingToCollect() if not visit.gate.may_try_another_code():
            return _too_many(visit)
        case NothingToCollect():
            why = visit.words.say(
                "No message has this code. Check each letter. A lost code can’t be recovered; "
                "you can write again and get a new one."
            )
            return _collecting(visit, visit.form.one("code")[:80], why=why, status=404)
        case _:
            raise TroubleError(400)


async def reply(visit: Bare) -> Response:
    code, text = visit.form.one("code"), visit.form.one("text")
    said = (await visit.site.conversation.unsigned(ReplyAnonymously(code=code, text=text))).message
    match said:
        case ReplyReceived():
            title = visit.words.say("We have your reply")
            return visit.notice(_replied(visit, title, said))
        case Rejected(unfit=unfit):
            shown = await visit.site.conversation.unsigned(CollectAnswer(code=code))
            if isinstance(shown.message, Collected):
                return _collected(visit, shown.message, text, why=unfit["text"], status=422)
            raise TroubleError(400)
        case _:
            return await collect(visit)  # it was answered meanwhile: what followed from it is shown


def _collecting(visit: Bare, typed: str = "", *, why: str = "", status: int = 200) -> Response:
    say = visit.words.say
    code = TextField(
        key="code",
        label=say("Your code"),
        value=typed,
        longest=80,
        hint=say("Five groups of four letters and digits"),
        why=why,
        rows=1,
    )
    notice = Notice(
        title=say("Get your answer"),
        parts=lines(
            say(
                "Enter the code you got when you wrote anonymously. You are not signed in here, "
                "and we don’t record that you looked."
            )
        ),
        ask=Ask(
            at=links.COLLECT,
            submit=say("Show the answer"),
            fields=(code,),
            carries={"language": visit.words.spoken},
            spoken=other_languages(visit.words),
            known=False,
            kept=False,
        ),
    )
    return visit.notice(notice, status=status)


def _replied(visit: Bare, title: str, said: ReplyReceived) -> Notice:
    say = visit.words.say
    return Notice(
        title=title,
        parts=lines(
            say(
                "It goes to the committee on {when}, with all others from that day. The committee "
                "sees it without the personal data that we recognize.",
                when=visit.words.when(said.morning),
            ),
            say("Your code stays the same."),
        ),
        ways=(Page(label=say("Get your answer with your code"), path=links.COLLECT),),
    )


def _collected(
    visit: Bare,
    found: Collected,
    text: str = "",
    *,
    why: Unfit | None = None,
    status: int = 200,
) -> Response:
    return visit.page(
        _PAGE,
        visit.words.say("Outcome"),
        status=status,
        shows="outcome",
        found=found,
        told=[(one, draw(one, visit.reader, csrf="", level=3)) for one in found.news],
        code=spelled_again(found.code),
        typed=text,
        why=wording.unfit(visit.words, why) if why else "",
    )


def spelled_again(code: str) -> str:
    """A code in its groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


# -- what can go wrong --------------------------------------------------------------------------


def _too_many(visit: Bare) -> Response:
    notice = Notice(
        title=visit.words.say("Please wait ten minutes"),
        parts=lines(visit.words.say(TOO_MANY)),
        typed=_written(visit),
    )
    return visit.notice(notice, status=429)


def _not_found(visit: Bare) -> Response:
    return _apology(visit, 404, apology(404, visit.words))


def _apology(visit: Bare, status: int, said: Apology) -> Response:
    notice = Notice(
        title=said.title, parts=lines(said.what, said.todo), typed=_written(visit), home=True
    )
    return visit.notice(notice, status=status)


def _written(visit: Bare) -> tuple[str, ...]:
    """What was in a form that was not taken."""
    return tuple(word for word in (visit.form.one("text"),) if word)
