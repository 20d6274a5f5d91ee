"""A committee's docket, and one item of it."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reply
from bot.web.doing import place_of
from bot.web.visiting import Visit
from bot.wording import docket_words
from governance.commands import (
    AcknowledgeItem,
    ShowDocket,
    ShowItem,
)
from governance.messages import Brief
from governance.views import DocketView


async def docket(visit: Visit) -> Response:
    reply = await visit.ask(ShowDocket(queue=visit.path("queue")))
    match reply.message:
        case DocketView() as view:
            chosen = visit.request.query_params.get("state", "")
            shown = docket_words.in_state(view.open_items, chosen)
            now = visit.site.pages.now()
            return await visit.page(
                "pages/docket.html",
                visit.words(reply.reader).queue(view.name),
                reply.reader,
                view=view,
                open_items=[
                    (visit.drawn(brief, reply.reader, level=3), docket_words.is_late(brief, now))
                    for brief in shown
                ],
                states=docket_words.states(view.open_items),
                chosen=chosen,
                absences=[
                    (one.id, docket_words.absence(visit.words(reply.reader), one.days))
                    for one in view.absences
                ],
                done_items=[visit.drawn(brief, reply.reader, level=3) for brief in view.done_items],
            )
        case message:
            return await visit.anything(message, reply.reader)


async def item(visit: Visit) -> Response:
    reply = await visit.ask(ShowItem(item_id=visit.subject("item")))
    return await visit.anything(reply.message, reply.reader)


async def acknowledge(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(AcknowledgeItem(item_id=item_id))
    if isinstance(reply.message, Brief) and not reply.message.can_answer:
        # A responder, who has no docket to go back to; or somebody has answered meanwhile.
        return await visit.anything(reply.message, reply.reader)
    note = visit.words(reply.reader).say("Acknowledged. The author has been told.")
    return await _back(visit, reply, note)


async def _back(visit: Visit, reply: Reply, note: str) -> Response:
    """Back to where the item stands in its docket."""
    match reply.message:
        case Brief() as brief:
            return visit.go(place_of(brief), note=note)
        case message:
            return await visit.anything(message, reply.reader)
