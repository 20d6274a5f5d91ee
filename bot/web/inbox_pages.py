"""A person's own page: what waits, what came, what they said and what came of it; and help."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.draw import draw_title
from bot.web.visiting import Visit
from governance.commands import ShowHelp, ShowInbox
from governance.views import InboxEntry, InboxView


async def inbox(visit: Visit) -> Response:
    reply = await visit.ask(ShowInbox())
    match reply.message:
        case InboxView() as view:
            return await _show(visit, view, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


async def show_help(visit: Visit) -> Response:
    reply = await visit.ask(ShowHelp())
    return await visit.anything(reply.message, reply.reader)


async def _show(visit: Visit, view: InboxView, reader: Reader) -> Response:
    words = visit.words(reader)

    def drawn(entry: InboxEntry) -> dict[str, object]:
        return {
            "at": entry.at,
            "id": entry.delivery_id,
            "title": draw_title(entry.message, words),
            "html": visit.drawn(entry.message, reader, level=3),
        }

    entries = sorted(view.entries, key=lambda entry: entry.at, reverse=True)
    return await visit.page(
        "pages/inbox.html",
        words.say("Your page"),
        reader,
        waiting=[drawn(entry) for entry in entries if entry.waiting],
        came=[drawn(entry) for entry in entries if not entry.waiting],
        view=view,
    )
