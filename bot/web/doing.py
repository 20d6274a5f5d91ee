"""From an address to a command, and from its answer to a page.

A route says which command its address gives (``of``), and where a whole page is drawn, by what.
Who may give it is the dispatch's to say, as everywhere; a form's token keeps other sites out.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from starlette.responses import Response

from bot import whole_pages
from bot.cards import card_of, has_card, is_short, note_after, short_note
from bot.conversation import Reader, Reply
from bot.refilling import refilled
from bot.registry import decode, fill, in_zone, operation_of
from bot.web.tour import step_of
from bot.web.troubles import TroubleError
from bot.web.unsent import FIELD
from bot.web.visiting import Handler, Visit
from core.commands import Command
from core.messages import InPlace
from core.tokens import type_of
from governance import links
from governance.announcements.commands import WriteAnnouncement
from governance.changes.messages import ChangeCalendar, ChangeView
from governance.controls.running_messages import OwnersForm
from governance.filling import MisfilledError
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.goals.messages import GoalsView, GoalView
from governance.messages import AnnouncementDrafted, Brief, Done
from governance.views import View
from surveys.messages import Answered, Rejected
from surveys.questions import Unfit

CommandOf = Callable[[Visit], Command]
PageOf = Callable[[Visit, Any, Reader], Awaitable[Response]]
"""Draws what a command is answered with as a whole page."""
Again = Callable[[Visit, Mapping[str, Unfit]], Awaitable[Response]]
"""Draws the page with a form on it once more."""
Going = Callable[[Visit, Any], str]
"""The address of the page that follows an answer."""


def of(kind: type[Command], **rest: object) -> CommandOf:
    """A command with the ids, keys and choices in its address: "{item}" is its ``item_id``.
    ``rest``: what a form fills, and a command cannot be without."""

    def command(visit: Visit) -> Command:
        given = {
            one.name: _part(visit, kind, one.name, part)
            for one in fields(kind)  # type: ignore[arg-type]  # every command is a dataclass
            if (part := one.name.removesuffix("_id")) in visit.request.path_params
        }
        return kind(**rest, **given)

    return command


def opening(kind: type[Command]) -> CommandOf:
    """The form of a command of which the ids are in the address."""
    given = of(kind)
    return lambda visit: Open(of=given(visit))


def _part(visit: Visit, kind: type, name: str, part: str) -> object:
    """A part of the address; one that is none of ours leads to a page that is not there."""
    one, _ = type_of(kind, name)
    if one is UUID:
        return visit.subject(part)
    if issubclass(one, StrEnum) and visit.path(part) not in tuple(one):
        raise TroubleError(404)
    return one(visit.path(part))


def to(address: str) -> Going:
    """To a page of the same parts of the address."""
    return lambda visit, _: address.format_map(visit.request.path_params)


def back(visit: Visit, _: object) -> str:
    """Where the form says that it stood."""
    return visit.local("back", "/")


def place_of(item: Brief) -> str:
    """An item's place in its docket; for somebody who stands in, its own page. An item that has
    left leads to the docket that it was in, since whoever moved it may not see the new one."""
    if item.stood_in:
        return links.item("", item.item_id) if item.can_be_purged else links.inbox("")
    if not item.can_be_purged:
        return links.docket("", item.queue)
    return links.docket_item("", item.queue, item.item_id)


_OURS = {"csrf", "back", FIELD}
"""What a page puts into each of its forms."""


def pressed(visit: Visit) -> Command:
    """The command in the address; one that was cut short or made up leads nowhere."""
    command = decode(visit.path("token"))
    if command is None:
        raise TroubleError(404)
    return command


def showing(command_of: CommandOf, page: PageOf | None = None) -> Handler:
    """What a command shows: a message, or what ``page`` draws as a whole page."""

    async def show(visit: Visit) -> Response:
        reply = await visit.ask(command_of(visit))
        return await (page or Visit.anything)(visit, reply.message, reply.reader)

    return show


async def reopened(visit: Visit) -> Response:
    """An address of a button, opened: what it shows; else on to the form that is handed in there,
    or home, since a page that answers a button may be reloaded or left open."""
    if operation_of(pressed(visit)).reopens:
        return await showing(pressed, there)(visit)
    path, say = visit.again(), visit.words().say
    nothing = say("Nothing was done. To do something, press its button on the page.")
    return visit.go(path, note=nothing if path == links.inbox("") else "")


def doing(command_of: CommandOf, going: Going | None = None, again: Again | None = None) -> Handler:
    """Does what a form asks for, and goes on to the page of what followed from it: ``going`` where
    that is no card. ``again``: the page with its form, where the form is no card."""

    async def do(visit: Visit) -> Response:
        command = command_of(visit)
        if operation_of(command).reopens and not visit.form.fields.keys() - _OURS:
            return visit.go(visit.request.url.path)  # as a link would: the page can be opened again
        try:
            typed = visit.form.with_files().raw()
            command = fill(command, typed, timezone=visit.reader.timezone)
            reply = await visit.ask(command)
        except MisfilledError as error:
            rest = in_zone(error.rest or command, visit.reader.timezone)
            return await _again(visit, rest, error.unfit, again)
        if isinstance(reply.message, Rejected):
            return await _again(visit, command, reply.message.unfit, again)
        if going and isinstance(reply.message, Done | View):
            note = note_after(command, reply.message, visit.words(reply.reader))
            undo = getattr(reply.message, "undo", None)
            path = going(visit, reply.message)
            return visit.go(path, note=note, did=step_of(command), undo=undo)
        return await _went(visit, command, reply)

    return do


def whole_page(visit: Visit, message: object) -> str:
    """The address of a whole page that a button's command is answered with; after anything that
    says nothing, home."""
    if isinstance(message, View):
        return whole_pages.place_of(visit.words(visit.reader), message)[0]
    return links.inbox("")


HAVE_PAGES = (ChangeCalendar, ChangeView, GoalsView, GoalView, OwnersForm)
"""Messages that chat shows as a card, and the web as a page of their own."""


async def there(visit: Visit, message: Any, reader: Reader) -> Response:
    """A message, or on to a whole page."""
    if isinstance(message, View):
        return visit.go(whole_page(visit, message))
    match message:
        case FormView(of=WriteAnnouncement(announcement_id=UUID() as draft), opening=opening):
            # Chat asks for all of it at once, the web in steps.
            return visit.go(links.new_announcement("") if opening.anew else links.edited("", draft))
    if isinstance(message, HAVE_PAGES) and (own := card_of(message, visit.words(reader)).page):
        return visit.go(own.path)
    return await visit.anything(message, reader)


async def _again(
    visit: Visit, command: Command, unfit: Mapping[str, Unfit], again: Again | None
) -> Response:
    """The form once more, with what was handed in and why it does not fit."""
    if again is not None:
        return await again(visit, unfit)
    operation = operation_of(command)
    form_of, status = operation.form, 200 if operation.untold else 422  # the door's line has it
    if form_of is None:
        return await visit.anything(Rejected(unfit=unfit), visit.reader, status=status)
    shown = await visit.ask(form_of(command))
    form = refilled(command, shown.message, visit.form.raw(), unfit)
    if form is None:  # it is not to be had any more: what is there instead, and what they wrote
        typed = visit.form.written()
        return await visit.anything(shown.message, shown.reader, status=409, typed=typed)
    return await visit.anything(form, shown.reader, status=status)


async def _went(visit: Visit, command: Command, reply: Reply) -> Response:
    """A form that asks once more is shown; of anything else there is a page, with what was done in
    a sentence above it."""
    words = visit.words(reply.reader)
    if isinstance(reply.message, Answered):
        return visit.go("/done", keep=reply)
    drafted = reply.message if isinstance(reply.message, AnnouncementDrafted) else None
    if drafted and not drafted.unfit and not drafted.changed:
        draft = links.draft("", drafted.announcement.id)
        return visit.go(draft, note=note_after(command, reply.message, words))
    if isinstance(reply.message, Brief):
        if note := note_after(command, reply.message, words):
            undo = reply.message.undo
            path = place_of(reply.message)
            return visit.go(path, note=note, did=step_of(command), undo=undo)
    elif has_card(reply.message):
        card = card_of(reply.message, words)
        if card.page is None and card.form is None and is_short(card):
            note = short_note(command, reply.message, words)
            return visit.go(links.inbox(""), note=note, did=step_of(command))
        if card.page is not None:
            note = note_after(command, reply.message, words)
            stays = isinstance(reply.message, InPlace)
            path = visit.local("back", card.page.path) if stays else card.page.path
            if card.form is None or note:
                return visit.go(path, note=note, did=step_of(command))
    if getattr(reply.message, "previewed", False):
        visit.request.state.unsaved = True
    status = 422 if getattr(reply.message, "unfit", None) else 200
    form = reply.message if isinstance(reply.message, FormView) else drafted
    if getattr(reply.message, "standing", "") or (form and form.changed):
        status = 409
    return await visit.anything(reply.message, reply.reader, status=status)
