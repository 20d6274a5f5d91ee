"""What was taken out of one's words."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot.registry import fill
from bot.web.visiting import Visit
from bot.wording import personal_words
from governance.commands import (
    CorrectTakenOut,
    ShowTakenOut,
)
from governance.redaction.messages import TakenOutForm
from surveys.messages import Rejected


async def taken_out(visit: Visit) -> Response:
    show = ShowTakenOut(item_id=visit.subject("item"))
    return await visit.show_form(show, TakenOutForm, personal_words.form_title)


async def correct(visit: Visit) -> Response:
    item = visit.subject("item")
    command = fill(CorrectTakenOut(item_id=item), visit.form.raw())
    reply = await visit.ask(command)
    if isinstance(reply.message, Rejected) and isinstance(command, CorrectTakenOut):
        form = (await visit.ask(ShowTakenOut(item_id=item))).message
        if isinstance(form, TakenOutForm):
            again = replace(
                form, also=command.also, put_back=command.put_back, unfit=reply.message.unfit
            )
            title = personal_words.form_title(visit.words(reply.reader))
            return await visit.form_page(title, again, reply.reader, status=422)
    return await visit.anything(reply.message, reply.reader)
