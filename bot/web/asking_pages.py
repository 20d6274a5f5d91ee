"""How a survey's asking goes: counts of invitations that follow along, and what can be done: stop
it, send the rest, ask those again whom it did not reach. Never person by person."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.details import drawn, following
from bot.web.visiting import Visit
from core.cards import Page
from governance import links
from governance.messages import WaveProgress
from governance.waves.asking_details import asking_detail


async def show(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.of_kind(
        "detail",
        words.say("Asking: {title}", title=words.text(found.wave.survey.title)),
        reader,
        up=Page(label=words.say("Surveys"), path=links.surveys("")),
        view=drawn(visit, asking_detail(words, found), reader),
    )


async def numbers(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    """The counts alone: what the page asks for again while the survey is sent out."""
    return following(visit, asking_detail(visit.words(reader), found), reader)
