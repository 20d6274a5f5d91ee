"""The responder's page: urgent cases, one of them, taking it and closing it."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import case_words
from bot.registry import fill
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.case_messages import CasesView, CloseCaseForm, UrgentAlert
from governance.commands import CloseCase, ShowCase, ShowCases, ShowCloseCaseForm, TakeCase
from governance.feedback import Urgency
from surveys.messages import Rejected


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


async def take(visit: Visit) -> Response:
    item, urgency = visit.subject("item"), _urgency(visit)
    reply = await visit.ask(TakeCase(item_id=item, urgency=urgency))
    match reply.message:
        case UrgentAlert():
            return visit.go(f"/urgent/{item}/{urgency}")
        case message:
            return await visit.anything(message, reply.reader)


async def close_form(visit: Visit) -> Response:
    item, urgency = visit.subject("item"), _urgency(visit)
    reply = await visit.ask(ShowCloseCaseForm(item_id=item, urgency=urgency))
    match reply.message:
        case CloseCaseForm() as form:
            title = visit.words(reply.reader).say("Close it")
            return await visit.form_page(title, form, reply.reader)
        case UrgentAlert():
            return visit.go(f"/urgent/{item}/{urgency}")
        case message:
            return await visit.anything(message, reply.reader)


async def close(visit: Visit) -> Response:
    item, urgency = visit.subject("item"), _urgency(visit)
    command = fill(CloseCase(item_id=item, urgency=urgency), visit.form.raw())
    reply = await visit.ask(command)
    match reply.message:
        case UrgentAlert():
            note = visit.words(reply.reader).say("Closed.")
            return visit.go("/urgent", note=note)
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowCloseCaseForm(item_id=item, urgency=urgency))
            if not isinstance(form.message, CloseCaseForm):
                return await visit.anything(form.message, form.reader)
            typed = replace(
                form.message,
                outcome=visit.form.one("outcome"),
                note=visit.form.one("note"),
                unfit=unfit,
            )
            title = visit.words(form.reader).say("Close it")
            return await visit.form_page(title, typed, form.reader, status=422)
        case message:
            return await visit.anything(message, reply.reader)


def _urgency(visit: Visit) -> Urgency:
    """The kind in the address; an unknown one is a page that is not there."""
    try:
        return Urgency(visit.path("urgency"))
    except ValueError:
        raise TroubleError(404) from None
