"""One matter with all that was said of it, and what the reader was taught."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from bot.cards import note_after
from bot.charts import weeks
from bot.conversation import Reader
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance import wording
from governance.duplicates import wording as matter_words
from governance.duplicates.commands import MergeItem
from governance.duplicates.views import CorrectionsView, MatterView, TrendsView
from governance.upkeep import trend_wording as trend_words


async def show(visit: Visit, view: MatterView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.page(
        "pages/matter.html",
        words.say("Combined messages"),
        reader,
        view=view,
        said_by=matter_words.said_by(words, view.said_by) if view.said_by else "",
        undo=_undo(visit, view),
    )


def _undo(visit: Visit, view: MatterView) -> UUID | None:
    """An item that was just split off, while it can be put back."""
    wanted = visit.request.query_params.get("undo", "")
    return next((key for key, _ in view.choices if str(key) == wanted), None)


def after_split(visit: Visit, view: MatterView) -> str:
    """The matter that an item was in, from where it can be put back."""
    return f"/items/{view.first.item_id}/matter?undo={visit.subject('item')}"


async def merge(visit: Visit) -> Response:
    item, chosen = visit.subject("item"), visit.form.one("into")
    if not chosen:
        return visit.go(f"/items/{item}/matter")
    try:
        command = MergeItem(item_id=item, into=UUID(chosen))
    except ValueError:
        raise TroubleError(404) from None
    reply = await visit.ask(command)
    if not isinstance(reply.message, MatterView):
        return await visit.anything(reply.message, reply.reader)
    note = note_after(command, reply.message, visit.words(reply.reader))
    return visit.go(f"/items/{reply.message.first.item_id}/matter", note=note)


async def trends(visit: Visit, view: TrendsView, reader: Reader) -> Response:
    words, growing = visit.words(reader), view.growing
    return await visit.page(
        "pages/trends.html",
        words.say("{committee}: trends", committee=wording.queue(words, view.name)),
        reader,
        view=view,
        lines=trend_words.lines(words, growing) if growing else [],
        charts=weeks.charts(words, growing) if growing else [],
    )


async def learned(visit: Visit, view: CorrectionsView, reader: Reader) -> Response:
    title = visit.words(reader).say("What the automatic reader learned")
    return await visit.page("pages/learned.html", title, reader, view=view)
