"""How ready people are for a change, with its picture."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from bot.charts.ready_chart import ready_chart
from bot.conversation import Reader
from bot.web.visiting import Visit
from governance.pulses.messages import ReadyView


async def show(visit: Visit, message: ReadyView, reader: Reader) -> Response:
    words = visit.words(reader)
    body = Markup(visit.drawn(message, reader))  # noqa: S704 - it is drawn
    if chart := ready_chart(message.ready, words, ident="ready"):
        body += Markup("\n<figure>\n<figcaption>{}</figcaption>\n{}\n</figure>").format(
            words.say("How ready people are"), chart
        )
    return await visit.of_kind(
        "card",
        words.say("Readiness: {title}", title=words.text(message.title)),
        reader,
        message=body,
        up=visit.above(message, reader),
    )
