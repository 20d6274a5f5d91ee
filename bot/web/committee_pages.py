"""A committee's docket."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.visiting import Visit
from governance import wording
from governance.docket import wording as docket_words
from governance.views import DocketView


async def docket(visit: Visit, view: DocketView, reader: Reader) -> Response:
    chosen = visit.request.query_params.get("state", "")
    words, now = visit.words(reader), visit.site.pages.now()
    return await visit.page(
        "pages/docket.html",
        wording.queue(words, view.name),
        reader,
        view=view,
        open_items=[
            (visit.drawn(brief, reader, level=3), docket_words.is_late(brief, now))
            for brief in docket_words.in_state(view.open_items, chosen)
        ],
        states=docket_words.states(view.open_items),
        chosen=chosen,
        absences=[(one.id, docket_words.absence(words, one.days)) for one in view.absences],
        done_items=[visit.drawn(brief, reader, level=3) for brief in view.done_items],
    )
