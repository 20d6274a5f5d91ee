"""Who owes something, and the auditor's file of acknowledgements."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response, StreamingResponse

from bot.conversation import Reader
from bot.exports.acknowledgements import written
from bot.web.visiting import Visit
from core.commands import Command
from governance.acknowledgements.commands import (
    ExportAcknowledgements,
    ReadAcknowledgements,
    WriteRows,
)
from governance.acknowledgements.messages import AcknowledgementExport
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from governance.rules.wording import day_of


def asked(visit: Visit) -> Command:
    return ShowOwed(page=visit.page_asked())


async def owed(visit: Visit, view: OwedView, reader: Reader) -> Response:
    words = visit.words(reader)
    title = words.say("Overdue")
    if view.building:
        title = words.say("Overdue: {building}", building=view.building)
    return await visit.page(
        "pages/owed.html",
        title,
        reader,
        view=view,
        due=partial(day_of, words),
        page_at=lambda page: f"/owed?page={page + 1}",
    )


async def export(visit: Visit) -> Response:
    """The file. It is sent once it is read."""
    reply = await visit.ask(ExportAcknowledgements())
    match reply.message:
        case AcknowledgementExport(at=at):

            async def read(write: WriteRows) -> None:
                await visit.ask(ReadAcknowledgements(write=write))

            name = f"acknowledgements-{at.date().isoformat()}.csv"
            return StreamingResponse(
                written(at, read),
                media_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        case message:
            return await visit.anything(message, reply.reader)
