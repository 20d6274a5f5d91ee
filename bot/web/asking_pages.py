"""How a survey's asking goes: counts of invitations that follow along, and what can be done: stop
it, send the rest, ask those again whom it did not reach. Never person by person."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from bot.charts.results import progress_bar
from bot.conversation import Reader
from bot.web.render_card import presses
from bot.web.rendering import render
from bot.web.visiting import Visit
from core.words import Words
from governance.announcements.campaign_cards import asking_presses
from governance.messages import WaveProgress
from governance.waves import asking_wording as asking_words
from governance.waves import lists as wave_lists


async def show(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.page(
        "pages/asking.html",
        words.say("Asking: {title}", title=words.text(found.wave.survey.title)),
        reader,
        heading=words.text(found.wave.survey.title),
        state=wave_lists.state_tag(words, found.wave),
        wave=found.wave,
        tally=drawn_tally(found, reader, csrf=visit.csrf),
        reload=visit.request.url.path,
    )


async def numbers(visit: Visit, found: WaveProgress, reader: Reader) -> Response:
    """The counts alone: what the page asks for again while the survey is sent out."""
    return HTMLResponse(drawn_tally(found, reader, csrf=visit.csrf))


def drawn_tally(message: WaveProgress, reader: Reader, *, csrf: str) -> str:
    """The counts with their bar, and the buttons for what can be done."""
    words, tally = Words(reader.locale, reader.timezone), message.tally
    said, sent = asking_words.sentence(words, message), words.say("sent")
    bar = progress_bar(tally.sent, tally.people, sent, words, ident="sent") if tally else ""
    return render(
        "fragments/tally.html",
        reader,
        moving=tally is not None and tally.moving,
        said=said,
        measures=[(said, bar)],
        counts=asking_words.counts(words, message),
        notes=asking_words.notes(words, message),
        steps=presses(asking_presses(words, message), reader, csrf),
    )
