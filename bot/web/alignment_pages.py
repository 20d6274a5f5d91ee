"""Which goals a survey's priorities serve, with a picture for each question."""

from __future__ import annotations

from starlette.responses import Response

from bot.charts.alignment_chart import energy_chart, goal_rows, goal_table
from bot.conversation import Reader
from bot.web.visiting import Visit
from governance.alignment.messages import AlignmentView


async def show(visit: Visit, message: AlignmentView, reader: Reader) -> Response:
    words, found = visit.words(reader), message.alignment
    rows = [(one, goal_rows(found, one, words)) for one in found.questions]
    return await visit.page(
        "pages/alignment.html",
        words.say("Priorities and goals: {title}", title=words.text(found.title)),
        reader,
        body=visit.drawn(message, reader),
        up=visit.above(message, reader),
        charts=[
            (words.text(one.prompt), energy_chart(some, words, ident=f"goals-{one.key}"), table)
            for one, some in rows
            if some and (table := goal_table(some, words))
        ],
    )
