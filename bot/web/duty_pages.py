"""Who owes something, and the auditor's file of acknowledgements."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response, StreamingResponse

from bot.conversation import Reader
from bot.exports.acknowledged import acknowledged_csv
from bot.exports.acknowledgements import written
from bot.web import lists
from bot.web.visiting import Visit
from core.cards import Page
from core.commands import Command
from governance.acknowledgements.commands import (
    ExportAcknowledgements,
    ReadAcknowledgements,
    WriteRows,
)
from governance.acknowledgements.messages import AcknowledgementExport
from governance.duties.commands import ShowOwed
from governance.duties.listing import awaited, owed_list
from governance.duties.messages import OwedView
from governance.reach import reminded
from governance.read_reminders.messages import AcknowledgedFile


def asked(visit: Visit) -> Command:
    return ShowOwed(page=None)


async def owed(visit: Visit, view: OwedView, reader: Reader) -> Response:
    words = visit.words(reader)
    title = words.say("Not confirmed yet")
    if view.building:
        title = words.say("Not confirmed yet: {building}", building=view.building)
    late = [one for one in view.rows if one.overdue]
    page = lists.shown(visit, owed_list(words, view))
    everybody = Page(
        label=words.say("Show all on one page"),
        path=lists.where(visit, page.request, {"page": None}),
    )
    return await lists.listed(
        visit,
        reader,
        title,
        page,
        lead=reminded(words, chat=any(one.in_chat for one in late)) if late else "",
        notes=tuple(awaited(words, one) for one in view.awaited),
        ways=(everybody,) if page.paging.pages > 1 else (),
    )


async def acknowledged(visit: Visit, message: Any, reader: Reader) -> Response:
    """The file of who has confirmed an announcement, and who owes it."""
    if not isinstance(message, AcknowledgedFile):
        return await visit.anything(message, reader)
    return lists.download(acknowledged_csv(message.rows), "acknowledged")


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
