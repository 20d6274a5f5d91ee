"""What was taken out of one's words, and "Student data here"."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import personal_words
from bot.registry import fill
from bot.web.visiting import Visit
from governance.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowStudentDataForm,
    ShowTakenOut,
)
from governance.messages import Brief
from governance.personal_messages import StudentDataForm, TakenOut, TakenOutForm
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


async def confirm(visit: Visit) -> Response:
    reply = await visit.ask(ConfirmTakenOut(item_id=visit.subject("item")))
    match reply.message:
        case TakenOut() as message:
            note = personal_words.original(visit.words(reply.reader), message)
            return visit.go("/", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def student_data(visit: Visit) -> Response:
    show = ShowStudentDataForm(item_id=visit.subject("item"))
    return await visit.show_form(show, StudentDataForm, personal_words.student_data_here)


async def remove(visit: Visit) -> Response:
    item = visit.subject("item")
    command = fill(RemoveStudentData(item_id=item), visit.form.raw())
    reply = await visit.ask(command)
    words = visit.words(reply.reader)
    if isinstance(reply.message, Rejected) and isinstance(command, RemoveStudentData):
        form = (await visit.ask(ShowStudentDataForm(item_id=item))).message
        if isinstance(form, StudentDataForm):
            again = replace(
                form, words=command.words, whole=command.whole, unfit=reply.message.unfit
            )
            title = personal_words.student_data_here(words)
            return await visit.form_page(title, again, reply.reader, status=422)
    match reply.message:
        case Brief():
            note = words.say("Taken out. The Information Security Officer will be notified.")
            return visit.go(f"/items/{item}", note=note)
        case message:
            return await visit.anything(message, reply.reader)
