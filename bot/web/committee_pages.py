"""A committee's docket."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from markupsafe import Markup
from starlette.responses import Response

from bot.conversation import Reader
from bot.exports.dockets import docket_csv
from bot.web import lists
from bot.web.render_card import at, presses
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page, Press, Quote, Secrecy
from core.commands import Command
from core.lists import Row
from governance import links, wording
from governance.docket import lists as docket_lists
from governance.docket import wording as docket_words
from governance.docket.commands import AssignTogether, PutAsideTogether, ShowBeside
from governance.forms.commands import Open
from governance.messages import Brief
from governance.saved_answers.cards import saved_answers_list
from governance.saved_answers.commands import DropSavedAnswer, WriteSavedAnswer
from governance.saved_answers.model import SavedAnswersView
from governance.views import DocketFile, DocketView


async def docket(visit: Visit, view: DocketView, reader: Reader) -> Response:
    words, now = visit.words(reader), visit.site.pages.now()
    page = lists.shown(visit, docket_lists.docket_list(words, view, now))
    opened = await _opened(visit, UUID(page.row.key)) if page.row else ""
    return await visit.page(
        "pages/docket.html",
        wording.queue(words, view.name),
        reader,
        view=view,
        list=page,
        where=partial(lists.where, visit),
        row=opened,
        facts=docket_words.facts(words, view.open_items, now),
        absences=[(one.id, docket_words.absence(words, one.days)) for one in view.absences],
    )


async def _opened(visit: Visit, item_id: UUID) -> str:
    """The item beside the list; "" where it was taken away in between."""
    reply = await visit.ask(ShowBeside(item_id=item_id))
    shown = reply.message if isinstance(reply.message, Brief) else None
    return visit.drawn(shown, reply.reader, level=3) if shown else ""


async def export(visit: Visit, message: Any, reader: Reader) -> Response:
    """The docket's items as a file."""
    if not isinstance(message, DocketFile):
        return await visit.anything(message, reader)
    return Response(
        docket_csv(message.lines),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{message.queue}.csv"'},
    )


async def saved_answers(visit: Visit, view: SavedAnswersView, reader: Reader) -> Response:
    """The answers that a committee keeps, each with what can be done with it."""
    words = visit.words(reader)
    kept = {str(one.id): one for one in view.answers}

    def opened(row: Row) -> Markup:
        one = kept[row.key]
        write = WriteSavedAnswer(queue=one.queue, answer_id=one.id)
        drops = DropSavedAnswer(queue=one.queue, answer_id=one.id)
        edit = Press(label=words.say("Edit"), command=Open(of=write))
        drop = Press(label=words.say("Delete"), command=drops)
        shown = lists.beside(one.title, (Quote(text=one.text, secrecy=Secrecy.SIGNED_IN),), reader)
        return shown + presses((edit, drop), reader, visit.csrf)

    new = WriteSavedAnswer(queue=view.queue, answer_id=uuid4())
    committee = wording.queue(words, view.name)
    return await lists.listed(
        visit,
        reader,
        words.say("Saved answers"),
        saved_answers_list(words, view),
        open_row=opened,
        lead=words.say("Only {committee} can see and use these answers.", committee=committee),
        actions=(Page(label=words.say("Save an answer"), path=at(Open(of=new))),),
        up=Page(label=committee, path=links.docket("", view.queue)),
    )


async def together(visit: Visit) -> Response:
    """What is chosen to be done with the messages that are ticked in the list."""
    queue, words = visit.path("queue"), visit.words()
    asked = visit.request.query_params
    items = tuple(asked.getlist("items"))
    if not items:
        said = words.say("Select at least one message first.")
        return visit.go(links.docket("", queue), note=said)
    command: Command
    match asked.get("do"):
        case docket_lists.ANSWER:
            return visit.go(f"{links.chair('', queue)}?{urlencode([('items', i) for i in items])}")
        case docket_lists.ASSIGN:
            command = AssignTogether(queue=queue, items=items)
        case docket_lists.ASIDE:
            command = PutAsideTogether(queue=queue, items=items)
        case _:
            raise TroubleError(404)
    reply = await visit.ask(Open(of=command))
    if isinstance(reply.message, DocketView):  # none of them is open there anymore
        return visit.go(links.docket("", queue))
    return await visit.anything(reply.message, reply.reader)
