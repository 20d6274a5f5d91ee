"""One survey in the office: closing it, letting it run longer, ending its records hold."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.launching.days import usual_closing
from bot.web.notices import Ask, Notice, lines
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import MomentField, Page
from core.words import Words
from governance import links, wording
from governance.home.commands import ShowDesk
from governance.messages import Done
from governance.views import DeskView, WaveLine
from surveys.commands import CloseWave, ExtendWave
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.survey import WaveState


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
    if line.wave.state is WaveState.CLOSED:
        said = words.say(
            "The survey is closed. Lifting the hold deletes its answers; the results stay. This "
            "cannot be undone."
        )
    else:
        said = words.say(
            "The answers will be deleted when the survey closes, as with any other survey."
        )
    notice = Notice(
        title=title,
        parts=lines(said),
        ask=Ask(
            at=f"/desk/hold/{line.wave.id}",
            submit=words.say("Lift the hold"),
            leave=Page(label=words.say("Keep it"), path=links.surveys("")),
        ),
        up=_surveys(words),
    )
    return await visit.notice(notice, reader)


async def close_form(visit: Visit, desk: DeskView, reader: Reader) -> Response:
    """Closing cannot be undone, so it is asked once more."""
    line, words = line_of(visit, desk), visit.words(reader)
    title = words.say("Close “{title}” now?", title=words.text(line.wave.survey.title))
    if line.wave.hold:
        after = words.say(
            "After this, nobody can answer or change anything. The answers are under a records "
            "hold: they are kept until you lift it."
        )
    else:
        after = words.say(
            "After this, nobody can answer or change anything. Once the results are ready, all "
            "answers are deleted. This cannot be undone."
        )
    closes = words.say("Otherwise, it closes on {when}.", when=words.when(line.wave.closes_at))
    notice = Notice(
        title=title,
        parts=lines(closes, after),
        ask=Ask(
            at=f"/desk/close/{line.wave.id}",
            submit=words.say("Close it now"),
            leave=Page(label=words.say("Leave it open"), path=links.surveys("")),
        ),
        up=_surveys(words),
    )
    return await visit.notice(notice, reader)


def _surveys(words: Words) -> Page:
    return Page(label=words.say("Surveys"), path=links.surveys(""))


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
    closes = usual_closing(wave.closes_at, desk.calendar, reader.timezone)
    title = visit.words(reader).text(wave.survey.title)
    return await _extend_form(visit, reader, title, closes, None)


async def extend(visit: Visit) -> Response:
    wave_id = visit.subject("wave")
    reader = (await visit.ask(ShowDesk(wave_id=wave_id))).reader
    closes = visit.form.moment("closes_at", reader.timezone)
    if closes is None:
        why = Unfit(why="Enter a date and a time for it to close.")
        return await _extend_form(visit, reader, visit.form.one("title"), None, why)
    reply = await visit.ask(ExtendWave(wave_id=wave_id, closes_at=closes))
    words = visit.words(reply.reader)
    match reply.message:
        case Rejected(unfit=unfit):
            title, why = visit.form.one("title"), unfit["closes_at"]
            return await _extend_form(visit, reply.reader, title, closes, why)
        case Done():
            note = words.say("It now closes on {when}.", when=words.when(closes))
            return visit.go(links.surveys(""), note=note)
        case message:
            return await visit.anything(message, reply.reader)


async def _extend_form(
    visit: Visit, reader: Reader, survey: str, closes: datetime | None, unfit: Unfit | None
) -> Response:
    words = visit.words(reader)
    why = wording.unfit(words, unfit) if unfit else ""
    when = MomentField(
        key="closes_at",
        label=words.say("When does it close?"),
        value=closes,
        typed=visit.form.typed_moment("closes_at"),
        why=why,
        optional=False,
    )
    notice = Notice(
        title=words.say("Extend “{title}”", title=survey),
        parts=lines(
            words.say(
                "People who saw the old time will see the new one in the next reminder and on "
                "every page. It cannot be moved forward again; you can close it."
            )
        ),
        ask=Ask(
            at=f"/desk/extend/{visit.subject('wave')}",
            submit=words.say("Extend it"),
            fields=(when,),
            carries={"title": survey},
            leave=Page(label=words.say("Not now"), path=links.surveys("")),
        ),
        problems=(("closes_at_date", why),) if why else (),
        up=_surveys(words),
    )
    return await visit.notice(notice, reader, status=422 if why else 200)
