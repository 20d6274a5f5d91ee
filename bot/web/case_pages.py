"""The responder's page: urgent cases, and one of them."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.wording import case_words
from governance.commands import ShowCase, ShowCases
from governance.feedback.model import Urgency
from governance.urgent.messages import CasesView


async def cases(visit: Visit) -> Response:
    reply = await visit.ask(ShowCases())
    match reply.message:
        case CasesView() as view:
            title = visit.words(reply.reader).say("Urgent cases")
            return await visit.page(
                "pages/cases.html", title, reply.reader, view=view, case=case_words
            )
        case message:
            return await visit.anything(message, reply.reader)


async def show(visit: Visit) -> Response:
    reply = await visit.ask(ShowCase(item_id=visit.subject("item"), urgency=_urgency(visit)))
    return await visit.anything(reply.message, reply.reader)


def _urgency(visit: Visit) -> Urgency:
    """The kind in the address; an unknown one is a page that is not there."""
    try:
        return Urgency(visit.path("urgency"))
    except ValueError:
        raise TroubleError(404) from None
