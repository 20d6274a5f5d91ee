"""What a committee does with an item among themselves: discussing it, who looks after it, and what
it has to do with."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import link_words
from bot.registry import fill
from bot.web.rendering import anchor
from bot.web.visiting import Visit
from bot.words import Words
from governance.commands import (
    AssignItem,
    DiscussItem,
    LinkItem,
    SettlePost,
    ShowAssignForm,
    ShowLinkForm,
)
from governance.docket_messages import AssignForm, LinkForm
from governance.messages import Brief, Done
from surveys.messages import Rejected


async def settle_post(visit: Visit) -> Response:
    """Somebody looked in the channel for a message that may not have arrived."""
    queue, arrived = visit.path("queue"), bool(visit.form.one("arrived"))
    reply = await visit.ask(SettlePost(queue=queue, post=visit.subject("post"), arrived=arrived))
    words = visit.words(reply.reader)
    match reply.message:
        case Done():
            note = words.say("Thank you, noted.") if arrived else words.say("It is sent again.")
            return visit.go(f"/committees/{queue}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def discuss(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(DiscussItem(item_id=item_id))
    match reply.message:
        case Brief(queue=queue):
            note = visit.words(reply.reader).say("In discussion. The author has been told.")
            return visit.go(f"/committees/{queue}#{anchor('item', item_id)}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


def _assigning(words: Words) -> str:
    return words.say("Who looks after it?")


async def assign_form(visit: Visit) -> Response:
    show = ShowAssignForm(item_id=visit.subject("item"))
    return await visit.show_form(show, AssignForm, _assigning)


async def assign(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(AssignItem(item_id=item_id), visit.form.raw()))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowAssignForm(item_id=item_id))
            if isinstance(form.message, AssignForm):
                again = replace(form.message, to=visit.form.one("to"), unfit=unfit)
                return await visit.form_page(_assigning(words), again, reply.reader, status=422)
            return await visit.anything(form.message, form.reader)
        case Brief(queue=queue, assigned_to=name):
            note = (
                words.say("{name} has it now and gets a message about it.", name=name)
                if name
                else words.say("Nobody in particular looks after it now.")
            )
            return visit.go(f"/committees/{queue}#{anchor('item', item_id)}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def link_form(visit: Visit) -> Response:
    show = ShowLinkForm(item_id=visit.subject("item"))
    return await visit.show_form(show, LinkForm, link_words.title)


async def link(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(LinkItem(item_id=item_id), visit.form.raw()))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowLinkForm(item_id=item_id))
            if not isinstance(form.message, LinkForm):
                return await visit.anything(form.message, form.reader)
            again = replace(
                form.message,
                unfit=unfit,
                to=visit.form.one("to"),
                rule=visit.form.one("rule"),
                away=visit.form.one("away"),
            )
            title = link_words.title(words)
            return await visit.form_page(title, again, reply.reader, status=422)
        case LinkForm() as form:
            return await visit.form_page(link_words.title(words), form, reply.reader)
        case Brief() as brief:
            return visit.go(f"/items/{item_id}", note=link_words.saved(words, brief))
        case message:
            return await visit.anything(message, reply.reader)
