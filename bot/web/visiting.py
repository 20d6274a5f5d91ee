"""One visit: who comes, what they send, and how they are answered.

``endpoint`` turns a handler into a Starlette endpoint: it reads the session, refuses forms without
their token, sends strangers to the sign-in page, and makes a designed page of everything that can
go wrong. A handler gets a ``Visit`` and returns a response.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import quote
from uuid import UUID

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.cards import card_of, has_card
from bot.conversation import Reader, Reply, Speaker
from bot.registry import decode, operation_of
from bot.web import keeping
from bot.web.asides import asides_at
from bot.web.draw import draw, draw_title
from bot.web.forms import Form, local_path
from bot.web.navigation import Usable, navigation
from bot.web.networks import Network, networks_of
from bot.web.notices import Notice, context_of, lines
from bot.web.render_card import at, drawn_parts, opened_at
from bot.web.render_card import problems as problems_of
from bot.web.rendering import KIND, render
from bot.web.sessions import Session, form_token, write_session
from bot.web.settings import Site
from bot.web.tour import tour_steps
from bot.web.troubles import TroubleError
from bot.web.unsent import Standing
from core.cards import Page, flat
from core.commands import Command
from core.people import Platform
from core.words import Words
from governance import links, wording
from governance.docket.commands import UndoChange
from governance.home.waits import Waits
from governance.messages import Brief, Done, Message, Refused
from governance.rules.messages import DraftForm
from governance.views import View
from surveys.messages import Rejected
from surveys.questions import Unfit


class RefusedError(Exception):
    """A polite no, drawn as a page of its own (403)."""

    def __init__(self, message: Refused, reader: Reader) -> None:
        super().__init__(message.why.why)
        self.message = message
        self.reader = reader


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A request with its session and form. ``note`` is the sentence left by the page before."""

    site: Site
    request: Request
    session: Session
    form: Form = field(default_factory=Form)
    stands: Standing | None = None
    """Where the form that came stands; None where it has no room for words."""
    name: str | None = None
    """Of who is signed in."""
    own: Reader | None = None
    """Their language and zone, where they are known."""
    counted: Waits | None = None
    """How much waits for them, where the page has found out already."""

    # -- what came -----------------------------------------------------------------------

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def subject(self, name: str) -> UUID:
        """An id in the address; anything else than an id leads nowhere."""
        written = self.path(name)
        try:
            found = UUID(written)
        except ValueError:
            raise TroubleError(404) from None
        if str(found) != written:
            raise TroubleError(404)
        return found

    def local(self, name: str, otherwise: str) -> str:
        """A path of this site that the form carries along."""
        return local_path(self.form.one(name), otherwise)

    def whole(self, written: str, most: int = 10_000) -> int:
        """A page number in an address, from 0."""
        if not (written.isascii() and written.isdigit() and len(written) < 6):
            raise TroubleError(404)
        return min(int(written), most)

    def page_asked(self) -> int | None:
        """The page of a list in the address, from 0; None: all of it on one."""
        asked = self.request.query_params
        if asked.get("all") == "yes":
            return None
        return max(0, self.whole(asked.get("page", "1")) - 1)

    # -- asking --------------------------------------------------------------------------

    async def ask(self, command: Command) -> Reply:
        """Hand a command in as who is signed in. A refusal ends the visit."""
        speaker = Speaker(platform=Platform.WEB, person=self.session.person)
        reply = await self.site.conversation.handle(speaker, command)
        if isinstance(reply.message, Refused):
            raise RefusedError(reply.message, reply.reader)
        return reply

    # -- answering -----------------------------------------------------------------------

    @property
    def csrf(self) -> str:
        return form_token(self.site.settings.secret, self.session)

    @property
    def reader(self) -> Reader:
        """Who is signed in; the district's reader, where nobody in particular is known yet."""
        return self.own or self.site.settings.reader

    def drawn(
        self, message: Message, reader: Reader, *, level: int = 1, did: str = "", here: str = ""
    ) -> Markup:
        """``here``: the page that it stands on, where that is not what was asked for."""
        here = here or self.request.url.path
        return draw(message, reader, csrf=self.csrf, level=level, did=did, here=here)

    async def page(
        self,
        template: str,
        title: str,
        reader: Reader | None = None,
        /,
        *,
        status: int = 200,
        again: str = "",
        **context: object,
    ) -> HTMLResponse:
        """A whole page. The note of the page before is shown once. ``again``: where it is opened,
        if that is not where it is."""
        reader = reader or self.reader
        note, undo = keeping.note(self.site.settings.secret, self.cookie(keeping.NOTE))
        frame = await self._frame(reader)
        if self._opens and not self.request.url.path.startswith(links.doing("", "")):
            again = self.again()
        elif status >= 400 and self.stands is not None:
            again = self.stands.page  # what was typed is kept as a draft of the form there
        else:
            again = again or self.again()
        # No page may take a name of the frame's: Python refuses the same keyword twice.
        body = render(
            template,
            reader,
            title=title,
            note=note,
            undo_at=undo,
            csrf=self.csrf,
            again=again,
            **frame,
            **context,
        )
        response = HTMLResponse(body, status_code=status)
        if note:
            self.forget(response, keeping.NOTE)
        return response

    async def of_kind(
        self, kind: str, title: str, reader: Reader | None = None, /, **context: Any
    ) -> HTMLResponse:
        """The page of a kind: "card", "detail", "list", "notice" or "report"."""
        return await self.page(KIND, title, reader, kind=kind, **context)

    async def notice(
        self, notice: Notice, reader: Reader | None = None, *, status: int = 200
    ) -> HTMLResponse:
        """A page of a few sentences, with at most one thing to do."""
        reader = reader or self.reader
        title = notice.tab or notice.title
        if notice.problems:
            title = self.words(reader).say("Error: {title}", title=title)
        return await self.of_kind(
            "notice", title, reader, status=status, **context_of(notice, reader)
        )

    async def anything(
        self,
        message: Message | View | Rejected,
        reader: Reader,
        *,
        status: int = 200,
        typed: Sequence[str] = (),
    ) -> Response:
        """A page that is one message, whatever it is. Nothing to show is a page not found, or
        after a form the way back. ``typed``: what was in a form that is not to be had any more."""
        if isinstance(message, View):
            kind = type(message).__name__
            raise TypeError(f"a whole page came where a message was expected: {kind}")
        match message:
            case Done():
                if self.request.method == "POST":
                    return self.go("/")
                raise TroubleError(404)
            case Rejected(unfit=unfit):
                words = self.words(reader)
                said = [wording.unfit(words, why) for why in unfit.values()]
                said.append(words.say("Go back and change it; nothing was saved."))
                title = words.say("Something needs fixing")
                notice = Notice(title=title, parts=lines(*said), home=True, typed=typed)
                return await self.notice(notice, reader, status=422)
            case _:
                return await self._message(message, reader, status, typed)

    async def _message(
        self, message: Message, reader: Reader, status: int, typed: Sequence[str]
    ) -> Response:
        """A form with why it does not fit on top; anything else with a way home."""
        words = self.words(reader)
        card = card_of(message, words) if has_card(message) else None
        form = card.form if card else None
        unfit: Mapping[str, Unfit] = getattr(message, "unfit", {})
        problems = [(f"f-{key}", wording.unfit(words, why)) for key, why in unfit.items()]
        title = draw_title(message, words)
        missed = form.missed if form else ""
        return await self.of_kind(
            "card",
            words.say("Error: {title}", title=title) if problems and not missed else title,
            reader,
            status=status,
            again=opened_at(card, posted=not self._opens) if card else "",
            message=self.drawn(message, reader),
            form=form is not None or hasattr(message, "unfit"),
            wide=isinstance(message, DraftForm),
            problems=problems_of(form, words) if form else problems,
            missed=missed,
            typed=typed,
            up=self.above(message, reader),
        )

    def above(self, message: Message, reader: Reader) -> Page | None:
        """Of which page a message's own page is a part; None: of none, or it is not said."""
        words = self.words(reader)
        if isinstance(message, Brief):
            shown = message.can_be_purged and not message.stood_in
            docket = links.docket_item("", message.queue, message.item_id)
            label = wording.queue(words, message.queue_name)
            return Page(label=label, path=docket) if shown else None
        return card_of(message, words).up if has_card(message) else None

    def go(
        self,
        path: str,
        *,
        note: str = "",
        keep: Reply | None = None,
        did: str = "",
        undo: UUID | None = None,
    ) -> Response:
        """On to another page (303) after a form, with a note or a message to show there.

        ``did`` is a step of the demo's tour that is now done. ``undo``: the change that the note
        tells of, where it can be undone.
        """
        settings = self.site.settings
        response = RedirectResponse(quote(path, safe="/?=&#%-"), status_code=303)
        if note:
            undo_at = at(UndoChange(change_id=undo)) if undo else ""
            held = keeping.note_cookie(settings.secret, note, undo_at)
            self._cookie(response, keeping.NOTE, held, 120)
        if keep is not None:
            kept = keeping.message_cookie(settings.secret, keep)
            self._cookie(response, keeping.KEPT, kept, 900)
        self.mark(response, did)
        return response

    def mark(self, response: Response, did: str) -> None:
        """Tick a step of the demo's tour."""
        if did and self.site.settings.demo:
            self.remember(response, replace(self.session, toured=self.session.toured | {did}))

    def remember(self, response: Response, session: Session) -> None:
        """Set the session's cookie."""
        value = write_session(self.site.settings.secret, session)
        self._cookie(response, keeping.SESSION, value, None)

    @property
    def network(self) -> str:
        """The network that this comes from, "" where it cannot be told."""
        return self.networks[0][0]

    @property
    def networks(self) -> Sequence[Network]:
        """The same, and the wider networks that it is in, for limits."""
        client = self.request.client
        return networks_of(client.host if client else "")

    def errand(self, response: Response, value: str, seconds: int) -> None:
        """Set the cookie of who is on the way to the district's accounts."""
        self._cookie(response, keeping.ERRAND, value, seconds)

    def cookie(self, name: str) -> str:
        """What a cookie of ours holds, "" where it is not there."""
        return self.request.cookies.get(self.site.settings.cookie(name), "")

    def forget(self, response: Response, *names: str) -> None:
        """Take cookies of ours from the browser."""
        settings = self.site.settings
        for name in names:
            response.delete_cookie(settings.cookie(name), path="/", secure=settings.secure)

    def _cookie(self, response: Response, name: str, value: str, seconds: int | None) -> None:
        response.set_cookie(
            self.site.settings.cookie(name),
            value,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=self.site.settings.secure,
            path="/",
        )

    async def _frame(self, reader: Reader) -> Mapping[str, object]:
        """What the frame of every page shows."""
        site, person = self.site, self.session.person
        personas = await site.pages.personas() if site.settings.demo else ()
        item = self.session.item
        followed = await site.pages.follow(item) if personas and item else None
        if followed:
            personas = (*personas, followed.persona)
        places, here = await self._places(), self.request.url.path
        return {
            "settings": site.settings,
            "person": person,
            "person_name": self.name,
            "persona": next((p for p in personas if p.person == person), None),
            "tour": tour_steps(personas, self.session, followed, self.words(reader)),
            "here": here,
            "navigate": partial(navigation, places, self.words(reader), here),
            "is_place": any(one.place.path == here for one in places),
            "asides": await self._asides(reader),
        }

    async def _places(self) -> Sequence[Usable]:
        person = self.session.person
        return await self.site.pages.places(person, self.counted) if person else ()

    def where_to_look(self) -> str:
        """Where whoever sent a form sees what happened to it: the page that it stood on."""
        return self.local("back", "") or self.again()

    @property
    def _opens(self) -> bool:
        return self.request.method in ("GET", "HEAD")

    def again(self) -> str:
        """Where this page can be opened again, in another language. The answer to a form has no
        address: where the form is filled in, or home."""
        path, query = self.request.url.path, self.request.url.query
        here = f"{path}?{query}" if query and self._opens else path
        if not path.startswith(links.doing("", "")):
            return here if getattr(self.request.state, "opens", True) else links.inbox("")
        command = decode(self.request.path_params.get("token"))
        if command is None:
            return links.inbox("")
        operation = operation_of(command)
        if self._opens and operation.reopens:
            return here
        if not operation.reads and operation.form:
            command = operation.form(command)
        return at(command) if operation_of(command).reopens else links.inbox("")

    async def _asides(self, reader: Reader) -> list[tuple[str, Markup]]:
        """What features add below the page for someone who is signed in. A refusal adds nothing."""
        found: list[tuple[str, Markup]] = []
        if self.session.person is None:
            return found
        speaker = Speaker(platform=Platform.WEB, person=self.session.person)
        for command in asides_at(self.request.path_params, reader.offices):
            message = (await self.site.conversation.handle(speaker, command)).message
            if has_card(message) and not isinstance(message, Refused):
                card = card_of(message, self.words(reader))
                found.append((flat(card.title), drawn_parts(card.parts, reader)))
        return found

    def words(self, reader: Reader | None = None) -> Words:
        reader = reader or self.reader
        return Words(reader.locale, reader.timezone)


Handler = Callable[[Visit], Awaitable[Response]]
