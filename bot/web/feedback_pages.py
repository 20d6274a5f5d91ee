"""Telling us something."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot.registry import fill
from bot.web.visiting import Visit
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback.model import Naming
from governance.messages import FeedbackForm, FeedbackReceived, Told
from surveys.messages import Rejected

EXAMPLE = "The Wi-Fi in portable 3 drops every afternoon, and my students lose their work."
"""What the demo's tour suggests to say; it can be changed before it is sent."""


async def show(visit: Visit) -> Response:
    about = visit.request.query_params.get("about", "")
    reply = await visit.ask(ShowFeedbackForm(about=about))
    match reply.message:
        case FeedbackForm() as form:
            if visit.site.settings.demo and "example" in visit.request.query_params:
                form = replace(form, text=visit.words(reply.reader).say(EXAMPLE))
            return await visit.anything(form, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def give(visit: Visit) -> Response:
    item = visit.form.uuid("item_id")
    command = fill(GiveFeedback(item_id=item, text=""), visit.form.raw())
    reply = await visit.ask(command)
    match reply.message:
        case FeedbackReceived() | Told():
            response = visit.go("/done", keep=reply)
            if visit.site.settings.demo:
                toured = visit.session.toured | {"tell"}
                visit.remember(response, replace(visit.session, toured=toured, item=item))
            return response
        case Rejected(unfit=unfit):
            form = (await visit.ask(ShowFeedbackForm(about=visit.form.one("about")))).message
            kept = form if isinstance(form, FeedbackForm) else FeedbackForm()
            again = replace(
                kept,
                text=visit.form.one("text"),
                naming=Naming.NAMED if visit.form.one("naming") == "named" else Naming.WITHHELD,
                unfit=unfit,
            )
            return await visit.anything(again, reply.reader, status=422)
        case message:
            return await visit.anything(message, reply.reader)
