"""Who owes something, and the auditor's file of acknowledgements."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response, StreamingResponse

from bot.conversation import Reader
from bot.exports.acknowledgements import Reading, written
from bot.web.visiting import Visit
from governance.acknowledgements.commands import (
    Cursor,
    ExportAcknowledgements,
    ReadAcknowledgements,
)
from governance.acknowledgements.messages import AcknowledgementExport, SomeAcknowledgements
from governance.duties.messages import OwedView
from governance.rules.wording import day_of


async def owed(visit: Visit, view: OwedView, reader: Reader) -> Response:
    words = visit.words(reader)
    title = words.say("Overdue")
    if view.building:
        title = words.say("Overdue: {building}", building=view.building)
    return await visit.page("pages/owed.html", title, reader, view=view, due=partial(day_of, words))


async def export(visit: Visit) -> Response:
    """The file, sent as it is read."""
    reply = await visit.ask(ExportAcknowledgements())
    match reply.message:
        case AcknowledgementExport() as found:
            name = f"acknowledgements-{found.at.date().isoformat()}.csv"
            return StreamingResponse(
                written(found, _reading(visit, found)),
                media_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        case message:
            return await visit.anything(message, reply.reader)


def _reading(visit: Visit, found: AcknowledgementExport) -> Reading:
    async def read(after: Cursor | None) -> SomeAcknowledgements:
        match (await visit.ask(ReadAcknowledgements(until=found.at, after=after))).message:
            case SomeAcknowledgements() as some:
                return some
            case other:
                raise TypeError(f"rows were asked for, and there came {type(other).__name__}")

    return read
