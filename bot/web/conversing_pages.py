"""Asking the author of an item something, and replying to a committee."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from bot import conversing_words
from bot.conversation import Reply
from bot.registry import fill
from bot.web.doing import place_of
from bot.web.draw import draw_title
from bot.web.visiting import Visit
from governance.commands import AskAuthor, ReplyToCommittee, ShowAskForm, ShowReplyForm
from governance.conversing_messages import AskForm, ReplyForm, ReplyKept
from governance.messages import Brief
from surveys.messages import Rejected


async def ask_form(visit: Visit) -> Response:
    return await _show(visit, await visit.ask(ShowAskForm(item_id=visit.subject("item"))))


async def ask(visit: Visit) -> Response:
    item_id = visit.subject("item")
    reply = await visit.ask(fill(AskAuthor(item_id=item_id, text=""), visit.form.raw()))
    match reply.message:
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowAskForm(item_id=item_id))
            return await _show(visit, form, Rejected(unfit=unfit))
        case Brief(asked_back=True) as brief:
            note = visit.words(reply.reader).say("The author was asked. The reply comes here.")
            return visit.go(place_of(brief), note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def reply_form(visit: Visit) -> Response:
    return await _show(visit, await visit.ask(ShowReplyForm(item_id=visit.subject("item"))))


async def reply(visit: Visit) -> Response:
    item_id = visit.subject("item")
    said = await visit.ask(fill(ReplyToCommittee(item_id=item_id, text=""), visit.form.raw()))
    match said.message:
        case Rejected(unfit=unfit):
            form = await visit.ask(ShowReplyForm(item_id=item_id))
            return await _show(visit, form, Rejected(unfit=unfit))
        case ReplyKept(committee=committee):
            note = conversing_words.kept(visit.words(said.reader), committee)
            return visit.go("/#said", note=note)
        case message:
            return await visit.anything(message, said.reader)


async def _show(visit: Visit, reply: Reply, rejected: Rejected | None = None) -> Response:
    """The form; after a refusal with what was typed, and why it does not fit."""
    match reply.message:
        case AskForm() | ReplyForm() as form:
            if rejected is not None:
                form = replace(form, text=visit.form.one("text"), unfit=rejected.unfit)
            title = draw_title(form, visit.words(reply.reader))
            status = 422 if rejected else 200
            return await visit.form_page(title, form, reply.reader, status=status)
        case message:
            return await visit.anything(message, reply.reader)
