"""Pages that are a list: of messages for everybody, and of urgent cases."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.draw_digests import told_in_sums
from bot.web.visiting import Visit
from governance import links
from governance.digests.views import FiguresView
from governance.recommendations.model import ChangesView
from governance.urgent import wording as case_words
from governance.urgent.messages import CasesView


async def changes(visit: Visit, view: ChangesView, reader: Reader) -> Response:
    say = visit.words(reader).say
    return await visit.page(
        "pages/list.html",
        say("What changed because staff spoke up"),
        reader,
        lead=say("Committees asked for this because of what staff told them. The CTO said yes."),
        entries=[visit.drawn(one, reader, level=2) for one in view.changes],
        empty=say("Nothing yet. Accepted recommendations appear here."),
        onward=(links.what_came(""), say("Staff feedback by month")),
    )


async def what_came(visit: Visit, view: FiguresView, reader: Reader) -> Response:
    say = visit.words(reader).say
    return await visit.page(
        "pages/list.html",
        say("Staff feedback by month"),
        reader,
        lead=say(
            "For the district as a whole, month by month. Never for one committee or one person."
        ),
        entries=[
            told_in_sums(one, reader, level=2, link=False, chart=one is view.months[0])
            for one in view.months
        ],
        empty=say("The first figures come on the first school day of next month."),
        onward=(links.changes(""), say("What changed because staff spoke up")),
    )


async def cases(visit: Visit, view: CasesView, reader: Reader) -> Response:
    title = visit.words(reader).say("Urgent cases")
    return await visit.page("pages/cases.html", title, reader, view=view, case=case_words)
