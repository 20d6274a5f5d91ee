"""What a card's button does on the web: one address for every command that a button carries.

Who may give it is the dispatch's to say, as everywhere; a form's token keeps other sites out.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response

from bot import links
from bot.cards import card_of, has_card, note_after
from bot.conversation import Reply
from bot.refilling import refilled
from bot.registry import decode, fill, operation_of
from bot.web.rendering import anchor
from bot.web.tour import step_of
from bot.web.troubles import TroubleError
from bot.web.visiting import Handler, Visit
from core.commands import Command
from core.messages import InPlace
from governance.filling import MisfilledError
from governance.messages import Brief
from surveys.messages import Rejected

CommandOf = Callable[[Visit], Command]


def place_of(item: Brief) -> str:
    """An item's place in its docket; for somebody who stands in, its own page. An item that has
    left leads to the docket that it was in, since whoever moved it may not see the new one."""
    if item.stood_in:
        return links.item("", item.item_id) if item.can_be_purged else links.inbox("")
    docket = links.docket("", item.queue)
    return f"{docket}#{anchor('item', item.item_id)}" if item.can_be_purged else docket


def pressed(visit: Visit) -> Command:
    """The command in the address; one that was cut short or made up leads nowhere."""
    command = decode(visit.path("token"))
    if command is None:
        raise TroubleError(404)
    return command


def showing(command_of: CommandOf) -> Handler:
    """A page with what a command shows. Only one that changes nothing: a link may be followed
    before anybody presses it."""

    async def show(visit: Visit) -> Response:
        command = command_of(visit)
        if not operation_of(command).reads:
            raise TroubleError(405)
        reply = await visit.ask(command)
        return await visit.anything(reply.message, reply.reader)

    return show


def doing(command_of: CommandOf) -> Handler:
    """Does what a form asks for, and goes on to the page of what came of it."""

    async def do(visit: Visit) -> Response:
        command = command_of(visit)
        try:
            command = fill(command, visit.form.raw())
            reply = await visit.ask(command)
        except MisfilledError as error:
            return await _again(visit, command, Rejected(unfit=error.unfit))
        if isinstance(reply.message, Rejected):
            return await _again(visit, command, reply.message)
        return await _went(visit, command, reply)

    return do


async def _again(visit: Visit, command: Command, rejected: Rejected) -> Response:
    """The form once more, with what was handed in and why it does not fit."""
    form_of = operation_of(command).form
    if form_of is None:
        return await visit.anything(rejected, visit.reader, status=422)
    shown = await visit.ask(form_of(command))
    form = refilled(command, shown.message, visit.form.raw(), rejected.unfit)
    if form is None:  # it is not to be had any more: what is there instead
        return await visit.anything(shown.message, shown.reader)
    return await visit.anything(form, shown.reader, status=422)


async def _went(visit: Visit, command: Command, reply: Reply) -> Response:
    """A form that asks once more is shown; of anything else there is a page, with what was done in
    a sentence above it."""
    words = visit.words(reply.reader)
    if has_card(reply.message):
        card = card_of(reply.message, words)
        if card.form is None and card.page is not None:
            note = note_after(command, reply.message, words)
            stays = isinstance(reply.message, InPlace)
            path = visit.local("back", card.page.path) if stays else card.page.path
            return visit.go(path, note=note, did=step_of(command))
    if isinstance(reply.message, Brief) and (note := note_after(command, reply.message, words)):
        return visit.go(place_of(reply.message), note=note, did=step_of(command))
    return await visit.anything(reply.message, reply.reader)
