"""When somebody who leads a committee is away: told on the committee's page."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from starlette.responses import Response

from bot.web.visiting import Visit
from governance.commands import DropAbsence, NoteAbsence
from governance.messages import Done


async def note(visit: Visit) -> Response:
    command = NoteAbsence(
        absence_id=uuid4(), first=_day(visit.form.one("first")), last=_day(visit.form.one("last"))
    )
    reply = await visit.ask(command)
    said = visit.words(reply.reader).say(
        "Noted. Your stand-in gets the reminders while you are away."
    )
    match reply.message:
        case Done():
            return visit.go(visit.local("back", "/"), note=said)
        case message:
            return await visit.anything(message, reply.reader)


async def drop(visit: Visit) -> Response:
    reply = await visit.ask(DropAbsence(absence_id=visit.subject("absence")))
    said = visit.words(reply.reader).say("Removed. You are reminded as usual.")
    return visit.go(visit.local("back", "/"), note=said)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
