"""One survey on the desk: closing it, letting it run longer, ending its records hold."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.forms import Form
from bot.web.launching.days import usual_closing
from bot.web.rendering import local
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance import links, wording
from governance.home.commands import ShowDesk
from governance.messages import Done
from governance.views import DeskView, WaveLine
from surveys.commands import CloseWave, ExtendWave
from surveys.messages import Rejected
from surveys.questions import Unfit


def line_of(visit: Visit, desk: DeskView) -> WaveLine:
    """The survey that the address names. ``TroubleError`` where there is no such survey."""
    wave_id = visit.subject("wave")
    line = next((line for line in desk.waves if line.wave.id == wave_id), None)
    if line is None:
        raise TroubleError(404)
    return line


async def lift_form(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """Lifting a hold may delete answers, which cannot be undone: it is asked once more."""
    line, words = line_of(visit, desk), visit.words(reader)
    title = words.say(
        "Lift the records hold on “{title}”?", title=words.text(line.wave.survey.title)
    )
    return await visit.page("pages/lift_hold.html", title, reader, line=line)


async def close_form(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """Closing cannot be undone, so it is asked once more."""
    line, words = line_of(visit, desk), visit.words(reader)
    title = words.say("Close “{title}” now?", title=words.text(line.wave.survey.title))
    return await visit.page("pages/close.html", title, reader, line=line)


async def close(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """What is said of it depends on its hold, so it is looked up first."""
    line, words = line_of(visit, desk), visit.words(reader)
    reply = await visit.ask(CloseWave(wave_id=line.wave.id))
    if isinstance(reply.message, Rejected):
        return await visit.anything(reply.message, reply.reader)
    if line.wave.hold:
        note = words.say("Closed. Its answers are kept until you lift the records hold.")
    else:
        note = words.say("Closed. You can read the results in a moment.")
    return visit.go(links.surveys(""), note=note)


async def extend_form(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """A later closing, on a page of its own."""
    wave = line_of(visit, desk).wave
    closes = local(usual_closing(wave.closes_at, desk.calendar, reader.timezone), reader.timezone)
    form = Form(
        {
            "closes_at_date": (f"{closes:%Y-%m-%d}",),
            "closes_at_time": (f"{closes:%H:%M}",),
            "title": (visit.words(reader).text(wave.survey.title),),
        }
    )
    return await _extend_form(visit, reader, form, None)


async def extend(visit: Visit) -> Response:
    wave_id = visit.subject("wave")
    reader = (await visit.ask(ShowDesk(wave_id=wave_id))).reader
    closes = visit.form.moment("closes_at", reader.timezone)
    if closes is None:
        why = Unfit(why="Enter a date and a time for it to close.")
        return await _extend_form(visit, reader, visit.form, why)
    reply = await visit.ask(ExtendWave(wave_id=wave_id, closes_at=closes))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            return await _extend_form(visit, reply.reader, visit.form, unfit["closes_at"])
        case Done():
            note = words.say("It now closes on {when}.", when=words.when(closes))
            return visit.go(links.surveys(""), note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def _extend_form(visit: Visit, reader: Reader, form: Form, why: Unfit | None) -> Response:
    words = visit.words(reader)
    title = words.say("Extend “{title}”", title=form.one("title"))
    said = wording.unfit(words, why) if why else ""
    return await visit.page(
        "pages/extend.html",
        words.say("Error: {title}", title=title) if why else title,
        reader,
        status=422 if why else 200,
        heading=title,
        form=form,
        why=said,
        at=f"/desk/extend/{visit.subject('wave')}",
        problems=[("closes_at_date", said)] if why else [],
    )
