"""How ready people are for a change, with its picture."""

from __future__ import annotations

from starlette.responses import Response

from bot.charts.ready_chart import ready_chart
from bot.conversation import Reader
from bot.web.visiting import Visit
from governance.pulses.messages import ReadyView


async def show(visit: Visit, message: ReadyView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.page(
        "pages/ready.html",
        words.say("Readiness: {title}", title=words.text(message.title)),
        reader,
        body=visit.drawn(message, reader),
        up=visit.above(message, reader),
        chart=ready_chart(message.ready, words, ident="ready"),
    )
