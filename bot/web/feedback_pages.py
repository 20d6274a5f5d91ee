"""Telling us something."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot.conversation import Reader
from bot.intents import fill
from bot.web.visiting import Visit
from governance.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback import Naming
from governance.messages import FeedbackForm, FeedbackReceived
from surveys.messages import Rejected


async def show(visit: Visit) -> Response:
    reply = await visit.ask(ShowFeedbackForm())
    match reply.message:
        case FeedbackForm() as form:
            return await _form(visit, form, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def give(visit: Visit) -> Response:
    item = visit.form.uuid("item_id")
    command = fill(GiveFeedback(item_id=item, text=""), visit.form.raw())
    reply = await visit.ask(command)
    match reply.message:
        case FeedbackReceived():
            return visit.go("/done", keep=reply, did="tell")
        case Rejected(unfit=unfit):
            form = (await visit.ask(ShowFeedbackForm())).message
            kept = form if isinstance(form, FeedbackForm) else FeedbackForm()
            again = replace(
                kept,
                text=visit.form.one("text"),
                naming=Naming.NAMED if visit.form.one("naming") == "named" else Naming.WITHHELD,
                unfit=unfit,
            )
            return await _form(visit, again, reply.reader, status=422)
        case message:
            return await visit.anything(message, reply.reader)


async def _form(visit: Visit, form: FeedbackForm, reader: Reader, *, status: int = 200) -> Response:
    words = visit.words(reader)
    title = words.say("Tell us something")
    return await visit.form_page(title, form, reader, status=status)
