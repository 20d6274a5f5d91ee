"""What a committee does with an item among themselves: discussing it, who looks after it, and what
it has to do with."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import link_words
from bot.filling import fill
from bot.web.rendering import anchor
from bot.web.visiting import Visit
from governance.commands import AssignItem, DiscussItem, LinkItem, ShowAssignForm, ShowLinkForm
from governance.docket_messages import AssignForm, LinkForm
from governance.messages import Brief
from surveys.messages import Rejected


async def discuss(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(DiscussItem(item_id=item_id))
    match reply.message:
        case Brief(queue=queue):
            note = visit.words(reply.reader).say("In discussion. The author has been told.")
            return visit.go(f"/committees/{queue}#{anchor('item', item_id)}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def assign_form(visit: Visit) -> Response:
    reply = await visit.ask(ShowAssignForm(item_id=visit.subject("item")))
    match reply.message:
        case AssignForm() as form:
            title = visit.words(reply.reader).say("Who looks after it?")
            return await visit.form_page(title, form, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def assign(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(AssignItem(item_id=item_id), visit.form.raw()))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowAssignForm(item_id=item_id))
            if isinstance(form.message, AssignForm):
                again = replace(form.message, to=visit.form.one("to"), unfit=unfit)
                title = words.say("Who looks after it?")
                return await visit.form_page(title, again, reply.reader, status=422)
            return await visit.anything(form.message, form.reader)
        case Brief(queue=queue, assigned_to=name):
            note = (
                words.say("{name} looks after it now, and is told.", name=name)
                if name
                else words.say("Nobody in particular looks after it now.")
            )
            return visit.go(f"/committees/{queue}#{anchor('item', item_id)}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def link_form(visit: Visit) -> Response:
    reply = await visit.ask(ShowLinkForm(item_id=visit.subject("item")))
    match reply.message:
        case LinkForm() as form:
            title = link_words.title(visit.words(reply.reader))
            return await visit.form_page(title, form, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


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
        case Brief() as brief:
            return visit.go(f"/items/{item_id}", note=link_words.saved(words, brief))
        case message:
            return await visit.anything(message, reply.reader)
