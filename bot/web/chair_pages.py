"""A chair's page: open messages by due date with drafted answers, several at once; the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from urllib.parse import urlencode
from uuid import UUID, uuid4

from starlette.responses import Response

from bot.conversation import Reply
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.wording import chair_words, digest_words, docket_words, link_words
from bot.wording.labels import Labels
from governance.chairs.bulk import Bulk, BulkAct
from governance.chairs.commands import DisposeTogether, ShowAgenda, ShowChair, UndoTogether
from governance.chairs.views import AgendaView, ChairView
from governance.filling import put_back
from surveys.messages import Rejected
from surveys.questions import Unfit

ONE_ANSWER = "one-answer"
"""The button that sends the same words to all; ``answer`` sends each its own."""


async def chair(visit: Visit) -> Response:
    reply = await visit.ask(ShowChair(queue=visit.path("queue")))
    return await _page(visit, reply, {})


async def dispose(visit: Visit) -> Response:
    command = _command(visit)
    reply = await visit.ask(command)
    match reply.message:
        case Bulk() as bulk:
            words = visit.words(reply.reader)
            note = f"{chair_words.act(words, bulk)}. {chair_words.ending(words, bulk)}"
            return visit.go(f"/committees/{command.queue}/chair", note=note)
        case ChairView():
            return await _page(visit, reply, {}, again=True)
        case Rejected(unfit=unfit):
            again = await visit.ask(ShowChair(queue=command.queue))
            return await _page(visit, again, unfit, again=True)
        case message:
            return await visit.anything(message, reply.reader)


async def undo(visit: Visit) -> Response:
    reply = await visit.ask(UndoTogether(bulk_id=visit.subject("bulk")))
    match reply.message:
        case Bulk(queue=queue) as bulk:
            note = chair_words.ending(visit.words(reply.reader), bulk)
            return visit.go(f"/committees/{queue}/chair", note=note)
        case message:
            return await visit.anything(message, reply.reader)


def _command(visit: Visit) -> DisposeTogether:
    form, pressed = visit.form, visit.form.one("act")
    alone = form.one("one")
    try:
        items = (UUID(alone),) if alone else tuple(UUID(one) for one in form.all("items"))
        act = BulkAct.ANSWER if alone or pressed == ONE_ANSWER else BulkAct(pressed)
    except ValueError:
        raise TroubleError(400) from None
    each = alone or pressed == BulkAct.ANSWER
    return DisposeTogether(
        bulk_id=form.uuid("bulk"),
        queue=visit.path("queue"),
        act=act,
        items=items,
        words=form.one("why") if act is BulkAct.MOVE else form.one("words"),
        own={one: form.one(f"own-{one}") for one in items} if each else {},
        to=form.one("to"),
        put_back=put_back(form.raw()),
    )


async def _page(
    visit: Visit, reply: Reply, unfit: Mapping[str, Unfit], *, again: bool = False
) -> Response:
    """``again``: with what was handed in."""
    words, view = visit.words(reply.reader), reply.message
    if not isinstance(view, ChairView):
        return await visit.anything(view, reply.reader)
    form, title = visit.form, words.say("{committee}: bulk reply", committee=view.name)
    return await visit.page(
        "pages/chair.html",
        words.say("Error: {title}", title=title) if unfit else title,
        reply.reader,
        status=422 if unfit else 200,
        view=view,
        heading=title,
        said=dict(view.said),
        new_bulk=uuid4(),
        chosen=set(form.all("items")),
        typed={
            line.brief.item_id: form.one(f"own-{line.brief.item_id}")
            if again
            else "".join(chair_words.draft(words, one) for one in line.drafts[:1])
            for line in view.lines
        },
        field=form.one,
        is_late=partial(docket_words.is_late, now=visit.site.pages.now()),
        problems=[words.unfit(why) for why in unfit.values()],
        draft=partial(chair_words.draft, words),
        source=partial(chair_words.source, words),
        act=partial(chair_words.act, words),
        ending=partial(chair_words.ending, words),
        became=partial(chair_words.became, words),
        named=Labels(words),
    )


# -- the agenda ------------------------------------------------------------------------------------


async def agenda(visit: Visit) -> Response:
    asked, queue = visit.request.query_params, visit.path("queue")
    shared = asked.get("shared") == "yes"
    command = ShowAgenda(
        queue=queue, on=_day(asked.get("on")), since=_day(asked.get("since")), shared=shared
    )
    reply = await visit.ask(command)
    words, view = visit.words(reply.reader), reply.message
    if not isinstance(view, AgendaView):
        return await visit.anything(view, reply.reader)
    days = {"on": view.on.isoformat(), "since": view.since.isoformat()}
    other = urlencode(days if shared else {**days, "shared": "yes"})
    return await visit.page(
        "pages/agenda.html",
        words.say("Agenda: {committee}", committee=view.name),
        reply.reader,
        view=view,
        on=digest_words.date_of(words, view.on),
        since=digest_words.date_of(words, view.since),
        themes=digest_words.theme_rows(words, view.themes),
        about=partial(digest_words.about, words),
        decision=partial(chair_words.decision, words),
        linked=partial(link_words.beside, words),
        other=f"/committees/{queue}/agenda?{other}",
    )


def _day(written: str | None) -> date | None:
    """A day in the address; one that is none is as if it were not there."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
