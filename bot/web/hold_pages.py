"""Ending a survey's records hold from the desk."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.commands import ShowDesk
from governance.messages import Done
from governance.views import DeskView, WaveLine
from surveys.commands import LiftHold


async def lift_form(visit: Visit) -> Response:
    """Lifting a hold may seal, which cannot be taken back: it is asked once more."""
    line, reader = await _line(visit)
    words = visit.words(reader)
    title = words.say(
        "Lift the records hold on “{title}”?", title=words.text(line.wave.survey.title)
    )
    return await visit.page("pages/lift_hold.html", title, reader, line=line)


async def lift(visit: Visit) -> Response:
    reply = await visit.ask(LiftHold(wave_id=visit.subject("wave")))
    if not isinstance(reply.message, Done):
        return await visit.anything(reply.message, reply.reader)
    return visit.go("/desk", note=visit.words(reply.reader).say("The records hold is lifted."))


async def _line(visit: Visit) -> tuple[WaveLine, Reader]:
    """The wave that the address names, as the desk shows it."""
    wave_id = visit.subject("wave")
    reply = await visit.ask(ShowDesk())
    waves = reply.message.waves if isinstance(reply.message, DeskView) else ()
    line = next((line for line in waves if line.wave.id == wave_id), None)
    if line is None:
        raise TroubleError(404)
    return line, reply.reader
