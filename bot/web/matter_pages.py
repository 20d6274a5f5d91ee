"""One matter with all that was said of it, and what the reader was taught."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from bot.conversation import Reply
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.wording import matter_words, trend_words
from governance.commands import (
    ForgetCorrection,
    MergeItem,
    ShowCorrections,
    ShowMatter,
    ShowTrends,
    SplitItem,
)
from governance.duplicates.views import CorrectionsView, MatterView, TrendsView


async def show(visit: Visit) -> Response:
    reply = await visit.ask(ShowMatter(item_id=visit.subject("item")))
    match reply.message:
        case MatterView() as view:
            words = visit.words(reply.reader)
            return await visit.page(
                "pages/matter.html",
                words.say("One matter"),
                reply.reader,
                view=view,
                said_by=matter_words.said_by(words, view.said_by) if view.said_by else "",
                undo=_undo(visit, view),
            )
        case message:
            return await visit.anything(message, reply.reader)


def _undo(visit: Visit, view: MatterView) -> UUID | None:
    """An item that was just split off, while it can be put back."""
    wanted = visit.request.query_params.get("undo", "")
    return next((key for key, _ in view.choices if str(key) == wanted), None)


async def split(visit: Visit) -> Response:
    item = visit.subject("item")
    reply = await visit.ask(SplitItem(item_id=item))
    note = visit.words(reply.reader).say("It is on the docket by itself now.")
    return await _back(visit, reply, note, f"?undo={item}")


async def merge(visit: Visit) -> Response:
    item = visit.subject("item")
    into = _chosen(visit)
    if into is None:
        return visit.go(f"/items/{item}/matter")
    reply = await visit.ask(MergeItem(item_id=item, into=into))
    note = visit.words(reply.reader).say(
        "They are one matter now. All who said it hear the answer."
    )
    return await _back(visit, reply, note)


def _chosen(visit: Visit) -> UUID | None:
    written = visit.form.one("into")
    if not written:
        return None
    try:
        return UUID(written)
    except ValueError:
        raise TroubleError(404) from None


async def _back(visit: Visit, reply: Reply, note: str, query: str = "") -> Response:
    match reply.message:
        case MatterView(first=first):
            return visit.go(f"/items/{first.item_id}/matter{query}", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def trends(visit: Visit) -> Response:
    reply = await visit.ask(ShowTrends(queue=visit.path("queue")))
    match reply.message:
        case TrendsView(growing=growing) as view:
            words = visit.words(reply.reader)
            return await visit.page(
                "pages/trends.html",
                words.say("{committee}: trends", committee=words.queue(view.name)),
                reply.reader,
                view=view,
                lines=trend_words.lines(words, growing) if growing else [],
                charts=trend_words.charts(words, growing) if growing else [],
            )
        case message:
            return await visit.anything(message, reply.reader)


async def learned(visit: Visit) -> Response:
    reply = await visit.ask(ShowCorrections())
    match reply.message:
        case CorrectionsView() as view:
            title = visit.words(reply.reader).say("What the reader learned")
            return await visit.page("pages/learned.html", title, reply.reader, view=view)
        case message:
            return await visit.anything(message, reply.reader)


async def forget(visit: Visit) -> Response:
    reply = await visit.ask(ForgetCorrection(item_id=visit.subject("item")))
    note = visit.words(reply.reader).say("Forgotten. The message stays where it is.")
    return visit.go("/triage/learned", note=note)
