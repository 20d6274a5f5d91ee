"""A committee's docket, one item of it, and the forms to answer and to move."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import docket_words
from bot.conversation import Reply
from bot.registry import fill
from bot.web.rendering import anchor
from bot.web.visiting import Visit
from governance.commands import (
    AcknowledgeItem,
    AnswerItem,
    MoveItem,
    ShowAnswerForm,
    ShowDocket,
    ShowItem,
    ShowMoveForm,
)
from governance.committees import RESTRICTED
from governance.docket import FILE_IT, LONGEST_ANSWER
from governance.feedback import ItemState
from governance.messages import AnswerForm, Brief, MoveForm
from governance.typed import typed as as_kept
from governance.views import DocketView
from surveys.messages import Rejected


async def docket(visit: Visit) -> Response:
    reply = await visit.ask(ShowDocket(queue=visit.path("queue")))
    match reply.message:
        case DocketView() as view:
            chosen = visit.request.query_params.get("state", "")
            shown = docket_words.in_state(view.open_items, chosen)
            now = visit.site.pages.now()
            return await visit.page(
                "pages/docket.html",
                visit.words(reply.reader).queue(view.name),
                reply.reader,
                view=view,
                open_items=[
                    (visit.drawn(brief, reply.reader, level=3), docket_words.is_late(brief, now))
                    for brief in shown
                ],
                states=docket_words.states(view.open_items),
                chosen=chosen,
                absences=[
                    (one.id, docket_words.absence(visit.words(reply.reader), one.days))
                    for one in view.absences
                ],
                done_items=[visit.drawn(brief, reply.reader, level=3) for brief in view.done_items],
            )
        case message:
            return await visit.anything(message, reply.reader)


async def item(visit: Visit) -> Response:
    reply = await visit.ask(ShowItem(item_id=visit.subject("item")))
    return await visit.anything(reply.message, reply.reader)


async def acknowledge(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(AcknowledgeItem(item_id=item_id))
    if isinstance(reply.message, Brief) and not reply.message.can_answer:
        # A responder, who has no docket to go back to; or somebody has answered meanwhile.
        return await visit.anything(reply.message, reply.reader)
    note = visit.words(reply.reader).say("Acknowledged. The author has been told.")
    return await _back(visit, reply, note)


async def answer_form(visit: Visit) -> Response:
    reply = await visit.ask(ShowAnswerForm(item_id=visit.subject("item")))
    return await _show(visit, reply)


async def answer(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(AnswerItem(item_id=item_id, text=""), visit.form.raw()))
    if isinstance(reply.message, Rejected):
        form = await visit.ask(ShowAnswerForm(item_id=item_id))
        if isinstance(form.message, AnswerForm):
            text, unfit = visit.form.one("text"), reply.message.unfit
            return await visit.form_page(
                visit.words(reply.reader).say("Answer this"),
                replace(form.message, text=text, unfit=unfit),
                reply.reader,
                status=422,
            )
    words = visit.words(reply.reader)
    written, _ = as_kept(visit.form.one("text"), LONGEST_ANSWER)
    if isinstance(reply.message, Brief) and reply.message.answer != written:
        note = words.say("Somebody was faster, and what they did stands. Your answer was not sent.")
        return await _back(visit, reply, note)
    note = words.say("Your answer is on its way to the author.")
    return await _back(visit, reply, note, did="reply")


async def move_form(visit: Visit) -> Response:
    reply = await visit.ask(ShowMoveForm(item_id=visit.subject("item")))
    return await _show(visit, reply)


async def move(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(MoveItem(item_id=item_id, to=""), visit.form.raw()))
    if isinstance(reply.message, Rejected):
        form = await visit.ask(ShowMoveForm(item_id=item_id))
        if isinstance(form.message, MoveForm):
            typed = replace(
                form.message,
                to=visit.form.one("to"),
                why=visit.form.one("why"),
                unfit=reply.message.unfit,
            )
            return await visit.form_page(
                visit.words(reply.reader).say("Move this to another queue"),
                typed,
                reply.reader,
                status=422,
            )
    return await _moved(visit, reply)


async def _show(visit: Visit, reply: Reply) -> Response:
    match reply.message:
        case AnswerForm() | MoveForm() as form:
            words = visit.words(reply.reader)
            title = (
                words.say("Answer this")
                if isinstance(form, AnswerForm)
                else words.say("Move this to another queue")
            )
            return await visit.form_page(title, form, reply.reader)
        case message:
            return await visit.anything(message, reply.reader)


def place_of(brief: Brief) -> str:
    """Where an item stands in its docket; for who stands in, on its own page."""
    if brief.stood_in:
        return f"/items/{brief.item_id}"
    return f"/committees/{brief.queue}#{anchor('item', brief.item_id)}"


async def _back(visit: Visit, reply: Reply, note: str, *, did: str = "") -> Response:
    """Back to where the item stands in its docket."""
    match reply.message:
        case Brief() as brief:
            return visit.go(place_of(brief), note=note, did=did)
        case message:
            return await visit.anything(message, reply.reader)


async def _moved(visit: Visit, reply: Reply) -> Response:
    """Back to the docket it left: where it went may not be open to who moved it."""
    words = visit.words(reply.reader)
    match reply.message:
        case MoveForm():
            return await _show(visit, reply)
        case Brief(state=ItemState.ANSWERED) as brief:
            note = words.say("It was answered meanwhile, and stays where it is.")
            return visit.go(place_of(brief).partition("#")[0], note=note)
        case Brief(history=history) as brief:
            to = words.queue(history[-1][1] if history else brief.queue_name)
            told = visit.form.one("to") in (FILE_IT, RESTRICTED)
            note = (
                words.say("Moved to {queue}. The author has been told.", queue=to)
                if told
                else words.say("Moved to {queue}.", queue=to)
            )
            left = "/" if brief.stood_in else f"/committees/{brief.queue}"
            return visit.go(visit.local("back", left), note=note)
        case message:
            return await visit.anything(message, reply.reader)
