"""Which goals a survey's priorities serve, with a picture for each question."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.charts.alignment_chart import energy_chart, goal_rows, goal_table
from bot.conversation import Reader
from bot.web.rendering import drawn_by
from bot.web.visiting import Visit
from governance.alignment.messages import AlignmentView


async def show(visit: Visit, message: AlignmentView, reader: Reader) -> Response:
    words, found = visit.words(reader), message.alignment
    rows = [(one, goal_rows(found, one, words)) for one in found.questions]
    charts = [
        (words.text(one.prompt), energy_chart(some, words, ident=f"goals-{one.key}"), table)
        for one, some in rows
        if some and (table := goal_table(some, words))
    ]
    body = Markup(visit.drawn(message, reader))  # noqa: S704 - it is drawn
    says = words.say(
        "Each dot is a priority: how strong it is, of 100. The line is the 95% interval of the "
        "strongest."
    )
    for n, (prompt, chart, table) in enumerate(charts, start=1):
        ident = f"goals-{n}"
        told = table, ident, prompt, prompt
        numbers = drawn_by("macros/figures.html", "disclosed", reader, *told)
        body += _FIGURE.format(ident, prompt, chart, says, numbers)
    return await visit.of_kind(
        "card",
        words.say("Priorities and goals: {title}", title=words.text(found.title)),
        reader,
        message=body,
        up=visit.above(message, reader),
    )


_FIGURE = Markup(
    '\n<figure class="result" aria-labelledby="{0}-h">\n<h2 id="{0}-h">{1}</h2>\n{2}\n'
    "<figcaption>{3}</figcaption>\n{4}\n</figure>"
)
