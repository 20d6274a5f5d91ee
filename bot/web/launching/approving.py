"""A launch that somebody else has to approve first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.visiting import Visit
from governance import links
from governance.second_person.commands import AskSecondPerson
from governance.second_person.messages import SecondAsked, SecondForm
from surveys.messages import Rejected
from surveys.questions import Unfit

Again = Callable[[Mapping[str, Unfit]], Awaitable[Response]]


async def asked(visit: Visit, held: SecondForm, reader: Reader, again: Again) -> Response:
    """Ask for approval at once if the page before named who approves and, of what goes to everyone,
    asked for the word. ``again``: that page with why the word does not do."""
    typed = visit.form.fields.get("everyone")
    if not visit.form.one("approval") or (held.reaching.everyone and typed is None):
        return await visit.anything(held, reader)
    word = visit.form.one("everyone")
    reply = await visit.ask(AskSecondPerson(request_id=held.request_id, everyone=word))
    match reply.message:
        case SecondAsked():
            return visit.go(links.second_request("", held.request_id))
        case Rejected(unfit=unfit):
            return await again(unfit)
        case message:
            return await visit.anything(message, reply.reader)
