"""The survey that an address of the desk names, as the desk shows it."""

from __future__ import annotations

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.commands import ShowDesk
from governance.views import DeskView, WaveLine


async def wave_line(visit: Visit) -> tuple[WaveLine, Reader] | Response:
    """The line and who reads it, or the page that says that the desk is not theirs.
    ``TroubleError`` where there is no such survey."""
    wave_id = visit.subject("wave")
    reply = await visit.ask(ShowDesk(wave_id=wave_id))
    if not isinstance(reply.message, DeskView):
        return await visit.anything(reply.message, reply.reader)
    line = next((line for line in reply.message.waves if line.wave.id == wave_id), None)
    if line is None:
        raise TroubleError(404)
    return line, reply.reader
