"""Who owes something, and the auditor's file of acknowledgements."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.responses import Response, StreamingResponse

from bot.conversation import Reader
from bot.exports.acknowledged import acknowledged_csv
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
from governance.read_reminders.messages import AcknowledgedFile
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


async def acknowledged(visit: Visit, message: Any, reader: Reader) -> Response:
    """The file of who has confirmed an announcement, and who owes it."""
    if not isinstance(message, AcknowledgedFile):
        return await visit.anything(message, reader)
    said = acknowledged_csv(message.rows)
    return Response(
        said,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="acknowledged.csv"'},
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
