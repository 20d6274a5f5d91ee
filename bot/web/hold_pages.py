"""Ending a survey's records hold from the desk."""

from __future__ import annotations

from starlette.responses import Response

from bot.web.visiting import Visit
from bot.web.wave_lines import wave_line


async def lift_form(visit: Visit) -> Response:
    """Lifting a hold may delete answers, which cannot be undone: it is asked once more."""
    found = await wave_line(visit)
    if isinstance(found, Response):
        return found
    line, reader = found
    words = visit.words(reader)
    title = words.say(
        "Lift the records hold on “{title}”?", title=words.text(line.wave.survey.title)
    )
    return await visit.page("pages/lift_hold.html", title, reader, line=line)
