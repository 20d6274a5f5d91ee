"""The survey that an address of the desk names, as the desk shows it."""

from __future__ import annotations

from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.views import DeskView, WaveLine


def line_of(visit: Visit, desk: DeskView) -> WaveLine:
    """``TroubleError`` where there is no such survey."""
    wave_id = visit.subject("wave")
    line = next((line for line in desk.waves if line.wave.id == wave_id), None)
    if line is None:
        raise TroubleError(404)
    return line
