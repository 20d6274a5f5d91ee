"""A launch that somebody else has to approve first."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.visiting import Visit
from governance import links
from governance.second_person.commands import AskSecondPerson
from governance.second_person.messages import SecondAsked, SecondForm


async def asked(visit: Visit, held: SecondForm, reader: Reader) -> Response:
    """Ask for approval at once if the page before named who approves. What goes to everyone has to
    be confirmed with a word first."""
    if not visit.form.one("approval") or held.reaching.everyone:
        return await visit.anything(held, reader)
    reply = await visit.ask(AskSecondPerson(request_id=held.request_id))
    if isinstance(reply.message, SecondAsked):
        return visit.go(links.second_request("", held.request_id))
    return await visit.anything(reply.message, reply.reader)
