"""A committee's docket."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from bot.conversation import Reader
from bot.web import lists
from bot.web.visiting import Visit
from governance import wording
from governance.docket import wording as docket_words
from governance.docket.lists import docket_list
from governance.views import DocketView


async def docket(visit: Visit, view: DocketView, reader: Reader) -> Response:
    words, now = visit.words(reader), visit.site.pages.now()
    page = lists.shown(visit, docket_list(words, view, now))
    items = {str(one.item_id): one for one in (*view.open_items, *view.done_items)}
    return await visit.page(
        "pages/docket.html",
        wording.queue(words, view.name),
        reader,
        view=view,
        list=page,
        where=partial(lists.where, visit),
        row=visit.drawn(items[page.row.key], reader, level=3) if page.row else "",
        facts=docket_words.facts(words, view.open_items, now),
        absences=[(one.id, docket_words.absence(words, one.days)) for one in view.absences],
    )
