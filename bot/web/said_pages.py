"""What somebody answered, and all the surveys that they were asked."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.visiting import Visit
from governance.commands import ShowMySurveys
from surveys.commands import ShowSaid


async def said(visit: Visit) -> Response:
    reply = await visit.ask(ShowSaid(wave_id=visit.subject("wave")))
    return await visit.anything(reply.message, reply.reader)


async def mine(visit: Visit) -> Response:
    reply = await visit.ask(ShowMySurveys())
    return await visit.anything(reply.message, reply.reader)
