"""How a survey's asking goes: counts of invitations that follow along, and what can be done: stop
it, send the rest, ask those again whom it did not reach. Never person by person."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from starlette.responses import HTMLResponse, Response

from bot import asking_words
from bot.charts import progress_bar
from bot.conversation import Reader, Reply
from bot.web import campaign_notes
from bot.web.rendering import render
from bot.web.visiting import Visit
from bot.words import Words
from governance.announcements import Tally
from governance.asking import steps_of_asking
from governance.commands import (
    AskAgain,
    ResumeCampaign,
    ShowAskAgainForm,
    ShowAsking,
    StopCampaign,
)
from governance.messages import WaveProgress


async def show(visit: Visit) -> Response:
    reply = await visit.ask(ShowAsking(wave_id=visit.subject("wave")))
    match reply.message:
        case WaveProgress() as found:
            words = visit.words(reply.reader)
            title = words.text(found.wave.survey.title)
            return await visit.page(
                "pages/asking.html",
                words.say("Asking: {title}", title=title),
                reply.reader,
                wave=found.wave,
                tally=drawn_tally(found, reply.reader, csrf=visit.csrf),
                reload=_page_of(found.wave.id),
            )
        case message:
            return await visit.anything(message, reply.reader)


async def numbers(visit: Visit) -> Response:
    """The counts alone: what the page asks for again while the survey is sent out."""
    reply = await visit.ask(ShowAsking(wave_id=visit.subject("wave")))
    match reply.message:
        case WaveProgress() as found:
            return HTMLResponse(drawn_tally(found, reply.reader, csrf=visit.csrf))
        case message:
            return await visit.anything(message, reply.reader)


async def stop(visit: Visit) -> Response:
    """Nobody is asked any more who has not been yet."""
    wave = visit.subject("wave")
    reply = await visit.ask(StopCampaign(subject=wave))
    note = visit.words(reply.reader).say("Stopped. People who haven’t been asked yet won’t be.")
    return visit.go(_page_of(wave), note=note)


async def resume(visit: Visit) -> Response:
    wave = visit.subject("wave")
    reply = await visit.ask(ResumeCampaign(subject=wave))
    return await _came_of_it(visit, wave, reply, campaign_notes.resumed)


async def again_form(visit: Visit) -> Response:
    """How many it did not reach, before they are asked again."""
    reply = await visit.ask(ShowAskAgainForm(wave_id=visit.subject("wave")))
    return await visit.anything(reply.message, reply.reader)


async def again(visit: Visit) -> Response:
    wave = visit.subject("wave")
    unknown = visit.form.one("unknown") == "yes"
    reply = await visit.ask(AskAgain(wave_id=wave, unknown=unknown))
    return await _came_of_it(visit, wave, reply, campaign_notes.sent_again)


async def _came_of_it(
    visit: Visit, wave: UUID, reply: Reply, note: Callable[[Words, Tally | None], str]
) -> Response:
    """Back to the counts, with what has come of it: of invitations only, as everything here."""
    match reply.message:
        case WaveProgress(tally=tally):
            return visit.go(_page_of(wave), note=note(visit.words(reply.reader), tally))
        case message:
            return await visit.anything(message, reply.reader)


def _page_of(wave: UUID) -> str:
    return f"/desk/asking/{wave}"


def drawn_tally(message: WaveProgress, reader: Reader, *, csrf: str) -> str:
    """The counts with their bar, and the buttons for what can be done."""
    words, tally = Words(reader.locale, reader.timezone), message.tally
    said, sent = asking_words.sentence(words, message), words.say("sent")
    bar = progress_bar(tally.sent, tally.people, sent, words, ident="sent") if tally else ""
    return render(
        "fragments/tally.html",
        reader,
        at=_page_of(message.wave.id),
        csrf=csrf,
        moving=tally is not None and tally.moving,
        said=said,
        measures=[(said, bar)],
        counts=asking_words.counts(words, message),
        notes=asking_words.notes(words, message),
        steps=[(s, asking_words.step_label(words, s)) for s in steps_of_asking(message)],
    )
