"""The CTO's office: surveys that are ready, waves that run, announcements; closing a wave, and
letting it run longer."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.forms import Form
from bot.web.launching.days import usual_closing
from bot.web.rendering import local
from bot.web.visiting import Visit
from bot.web.wave_lines import wave_line
from bot.wording import urgent_words
from governance.commands import ShowDesk
from governance.messages import Done
from governance.views import DeskView
from surveys.commands import CloseWave, ExtendWave
from surveys.messages import Rejected
from surveys.questions import Unfit


async def desk(visit: Visit) -> Response:
    query = visit.request.query_params
    waves, announcements = (
        max(0, visit.whole(query.get(name, "1")) - 1) for name in ("surveys", "announcements")
    )
    reply = await visit.ask(ShowDesk(waves=waves, announcements=announcements))
    match reply.message:
        case DeskView() as view:
            words = visit.words(reply.reader)

            def page(of_waves: int, of_announcements: int, at: str) -> str:
                """The address of other pages of the two lists; people count from 1."""
                there = {"surveys": of_waves + 1, "announcements": of_announcements + 1}
                return f"/desk?{urlencode(there)}#{at}"

            return await visit.page(
                "pages/desk.html",
                words.say("Dashboard"),
                reply.reader,
                view=view,
                waiting=partial(urgent_words.waiting, words),
                declined=partial(urgent_words.declined, words),
                page_at=page,
            )
        case message:
            return await visit.anything(message, reply.reader)


async def close_form(visit: Visit) -> Response:
    """Closing cannot be undone, so it is asked once more."""
    found = await wave_line(visit)
    if isinstance(found, Response):
        return found
    line, reader = found
    words = visit.words(reader)
    title = words.say("Close “{title}” now?", title=words.text(line.wave.survey.title))
    return await visit.page("pages/close.html", title, reader, line=line)


async def close(visit: Visit) -> Response:
    found = await wave_line(visit)
    if isinstance(found, Response):
        return found
    line, reader = found
    reply = await visit.ask(CloseWave(wave_id=line.wave.id))
    if isinstance(reply.message, Rejected):
        return await visit.anything(reply.message, reply.reader)
    words = visit.words(reader)
    if line.wave.hold:
        note = words.say("Closed. Its answers are kept until you lift the records hold.")
    else:
        note = words.say("Closed. You can read the results in a moment.")
    return visit.go("/desk", note=note)


async def extend_form(visit: Visit) -> Response:
    """A later closing, on a page of its own."""
    found = await wave_line(visit)
    if isinstance(found, Response):
        return found
    line, reader = found
    desk = (await visit.ask(ShowDesk(wave_id=line.wave.id))).message
    calendar = desk.calendar if isinstance(desk, DeskView) else None
    later = usual_closing(line.wave.closes_at, calendar, reader.timezone)
    closes = local(later, reader.timezone)
    form = Form(
        {
            "closes_at_date": (f"{closes:%Y-%m-%d}",),
            "closes_at_time": (f"{closes:%H:%M}",),
            "title": (visit.words(reader).text(line.wave.survey.title),),
        }
    )
    return await _extend_form(visit, reader, form, None)


async def extend(visit: Visit) -> Response:
    wave_id = visit.subject("wave")
    reader = (await visit.ask(ShowDesk(wave_id=wave_id))).reader
    closes = visit.form.moment("closes_at", reader.timezone)
    if closes is None:
        why = Unfit(why="Give a day and a time for it to close.")
        return await _extend_form(visit, reader, visit.form, why)
    reply = await visit.ask(ExtendWave(wave_id=wave_id, closes_at=closes))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            return await _extend_form(visit, reply.reader, visit.form, unfit["closes_at"])
        case Done():
            note = words.say("It closes on {when} now.", when=words.when(closes))
            return visit.go("/desk", note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def _extend_form(visit: Visit, reader: Reader, form: Form, why: Unfit | None) -> Response:
    words = visit.words(reader)
    title = words.say("Let “{title}” run longer", title=form.one("title"))
    said = words.unfit(why) if why else ""
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
