"""Telling us something."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.conversation import Reader
from bot.registry import fill
from bot.web import keeping
from bot.web.draw import draw_title
from bot.web.inbox_pages import being_read
from bot.web.rendering import render
from bot.web.visiting import Visit
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback.model import ItemState, Naming
from governance.help_desk.model import HelpDeskOffer
from governance.home.commands import ShowInbox
from governance.messages import FeedbackForm, FeedbackReceived, Told
from governance.views import InboxView
from surveys.messages import Rejected

DONE = "/feedback/done"
"""The thank-you, with what is asked about the message."""

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
            response = visit.go(DONE, keep=reply)
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


async def received(visit: Visit, message: FeedbackReceived, reader: Reader) -> Response:
    """The thank-you; below it what they are asked about the message once it has been read."""
    words = visit.words(reader)
    asked = await _asked(visit, message, reader)
    return await visit.of_kind(
        "card",
        draw_title(message, words),
        reader,
        message=visit.drawn(message, reader) + asked,
        up=visit.above(message, reader),
    )


async def asked(visit: Visit) -> Response:
    """The question alone: asked for again while the message is being read."""
    kept = keeping.kept(visit.site.settings.secret, visit.cookie(keeping.KEPT))
    match kept:
        case (FeedbackReceived() as message, reader):
            if message.item_id in await being_read(visit):
                return Response(status_code=204)  # htmx keeps what is there, and asks again
            return HTMLResponse(await _asked(visit, message, reader))
        case _:
            return HTMLResponse("")


async def _asked(visit: Visit, message: FeedbackReceived, reader: Reader) -> Markup:
    view = (await visit.ask(ShowInbox())).message
    if not isinstance(view, InboxView):
        return Markup("")
    item = message.item_id
    offer = next(
        (
            one.message
            for one in view.entries
            if isinstance(one.message, HelpDeskOffer) and one.message.item_id == item
        ),
        None,
    )
    reading = any(one.item_id == item and one.state is ItemState.RECEIVED for one in view.items)
    drawn = visit.drawn(offer, reader, level=2, here=DONE) if offer else ""
    return render("fragments/asked.html", reader, offer=drawn, reading=reading)
