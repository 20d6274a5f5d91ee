"""The CTO's office: surveys that are ready, waves that run, announcements; and launching one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from uuid import uuid4

from starlette.responses import Response

from bot import reach_words, urgent_words
from bot.conversation import Reader
from bot.filling import fill
from bot.web import launch_reach
from bot.web.forms import Form, spread
from bot.web.rendering import local
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from bot.web.wave_lines import wave_line
from governance.commands import ShowDesk, WriteAnnouncement
from governance.messages import Done
from governance.views import DeskView
from surveys.commands import CheckLaunch, CloseWave, ExtendWave, LaunchSurvey
from surveys.messages import LaunchChecked, Rejected, WaveLaunched
from surveys.people import Audience
from surveys.questions import Unfit
from surveys.survey import Survey

_DAYS_OPEN = 7
_CLOSING_HOUR = time(16, 0)


async def desk(visit: Visit) -> Response:
    reply = await visit.ask(ShowDesk())
    match reply.message:
        case DeskView() as view:
            words = visit.words(reply.reader)
            return await visit.page(
                "pages/desk.html",
                words.say("The desk"),
                reply.reader,
                view=view,
                waiting=partial(urgent_words.waiting, words),
                declined=partial(urgent_words.declined, words),
            )
        case message:
            return await visit.anything(message, reply.reader)


async def launch_form(visit: Visit) -> Response:
    survey, reader = await ready_survey(visit)
    closes = local(visit.site.pages.now(), reader.timezone) + timedelta(days=_DAYS_OPEN)
    closes = datetime.combine(closes.date(), _CLOSING_HOUR)
    form = Form(
        {
            "wave_id": (str(uuid4()),),
            "closes_at_date": (f"{closes:%Y-%m-%d}",),
            "closes_at_time": (f"{closes:%H:%M}",),
            "reminders": ("1",),
        }
    )
    return await _form(visit, survey, reader, form, {})


async def launch(visit: Visit) -> Response:
    """Fix the survey; its wave opens now or at its time. A form sent twice launches once: it
    holds the id."""
    survey, reader = await ready_survey(visit)
    wave_id = visit.form.uuid("wave_id")
    closes = visit.form.moment("closes_at", reader.timezone)
    if closes is None:
        why = Unfit(why="Give a day and a time for it to close.")
        return await _form(visit, survey, reader, visit.form, {"closes_at": why})
    opens = visit.form.moment("opens_at", reader.timezone)
    if opens is None and (visit.form.one("opens_at_date") or visit.form.one("opens_at_time")):
        why = Unfit(why="Give a day and a time, or leave both empty to open it now.")
        return await _form(visit, survey, reader, visit.form, {"opens_at": why})
    selection = launch_reach.selection_of(visit.form)
    if isinstance(selection, Unfit):
        return await _form(visit, survey, reader, visit.form, {"selection": selection})
    times = int(visit.form.one("reminders")) if visit.form.one("reminders") in ("1", "2") else 0
    now = visit.site.pages.now()
    command = LaunchSurvey(
        wave_id=wave_id,
        survey=survey,
        audience=audience_of(visit.form),
        opens_at=opens,
        closes_at=closes,
        reminders=spread(max(now, opens or now), closes, times) if closes > now else (),
        selection=selection,
        despite_limit=launch_reach.despite_of(visit.form),
        hold=bool(visit.form.one("hold")),
    )
    return await _checked_or_launched(visit, survey, command)


async def _checked_or_launched(visit: Visit, survey: Survey, command: LaunchSurvey) -> Response:
    """The first press says whom it reaches; the second launches, if nothing of that changed."""
    told = visit.form.one("checked") == launch_reach.chosen(visit.form, command.audience)
    reply = await visit.ask(command if told else CheckLaunch(launch=command))
    match reply.message:
        case WaveLaunched() as launched:
            return visit.go("/desk", note=_launched(visit, launched, reply.reader))
        case LaunchChecked() as checked:
            unfit = checked.unfit
            return await _form(visit, survey, reply.reader, visit.form, unfit, checked)
        case Rejected(unfit=unfit):
            return await _form(visit, survey, reply.reader, visit.form, unfit)
        case message:
            return await visit.anything(message, reply.reader)


async def close_form(visit: Visit) -> Response:
    """Closing seals: it cannot be taken back, so it is asked once more."""
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
        note = words.say("Closed. Its answers are sealed when you lift the records hold.")
    else:
        note = words.say("Closed and sealed. Its planned tables can be read now.")
    return visit.go("/desk", note=note)


async def extend_form(visit: Visit) -> Response:
    """A later closing, on a page of its own."""
    found = await wave_line(visit)
    if isinstance(found, Response):
        return found
    line, reader = found
    closes = local(line.wave.closes_at, reader.timezone) + timedelta(days=_DAYS_OPEN)
    form = Form(
        {
            "closes_at_date": (f"{closes:%Y-%m-%d}",),
            "closes_at_time": (f"{closes:%H:%M}",),
            "title": (visit.words(reader).text(line.wave.survey.title),),
        }
    )
    return await _extend_form(visit, reader, form, None)


async def extend(visit: Visit) -> Response:
    wave_id, reader = visit.subject("wave"), (await visit.ask(ShowDesk())).reader
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


def audience_of(form: Form) -> Audience:
    """The roles and levels ticked in a form, as an announcement's form has them too."""
    carried = WriteAnnouncement(announcement_id=uuid4(), words={}, audience=form.audience())
    filled = fill(carried, form.raw())
    return filled.audience if isinstance(filled, WriteAnnouncement) else carried.audience


async def ready_survey(visit: Visit) -> tuple[Survey, Reader]:
    """The survey that the address names; a page that is not there where none is ready."""
    reply = await visit.ask(ShowDesk())
    surveys = reply.message.surveys if isinstance(reply.message, DeskView) else ()
    survey = next((one for one in surveys if one.key == visit.path("survey")), None)
    if survey is None:
        raise TroubleError(404)
    return survey, reply.reader


async def _form(
    visit: Visit,
    survey: Survey,
    reader: Reader,
    form: Form,
    unfit: Mapping[str, Unfit],
    checked: LaunchChecked | None = None,
) -> Response:
    words = visit.words(reader)
    title = words.say("Launch “{title}”", title=words.text(survey.title))
    ids = {
        "opens_at": "opens_at_date",
        "closes_at": "closes_at_date",
        "audience": "f-audience",
        "selection": "f-part-number",
        "despite_limit": "f-despite-why",
    }
    return await visit.page(
        "pages/launch.html",
        words.say("Error: {title}", title=title) if unfit else title,
        reader,
        status=422 if unfit else 200,
        heading=title,
        survey=survey,
        form=form,
        unfit=unfit,
        reach=reach_words.lines(words, checked.reach) if checked else [],
        held=checked.held if checked else None,
        checked=launch_reach.chosen(form, audience_of(form)) if checked and not unfit else "",
        problems=[(ids.get(key, ""), words.unfit(why)) for key, why in unfit.items()],
    )


def _launched(visit: Visit, launched: WaveLaunched, reader: Reader) -> str:
    words = visit.words(reader)
    told = {
        "title": words.text(launched.title),
        "people": words.count("{n} person", "{n} people", launched.people),
        "when": words.when(launched.closes_at),
    }
    if launched.opens_at > visit.site.pages.now():
        said = words.say(
            "“{title}” asks {people} from {opens} on and closes on {when}.",
            opens=words.when(launched.opens_at),
            **told,
        )
    else:
        said = words.say("“{title}” asks {people} now and closes on {when}.", **told)
    reach = reach_words.beside(words, launched.reach) if launched.reach else []
    held = [words.held(launched.held)] if launched.held else []
    return " ".join([said, *reach, *held])
