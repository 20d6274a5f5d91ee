"""Discussing an item, and a post that may not have arrived."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.rendering import anchor
from bot.web.visiting import Visit
from governance.commands import (
    DiscussItem,
    SettlePost,
)
from governance.messages import Brief, Done


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
