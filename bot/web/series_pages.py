"""A survey that repeats, on the desk: its dates, pausing, stopping, and moving the next one."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.conversation import Reply
from bot.web.forms import Form
from bot.web.rendering import local
from bot.web.visiting import Visit
from bot.wording import repeat_words
from bot.words import Words
from governance.commands import MoveDate, PauseSeries, ResumeSeries, ShowSeries, StopSeries
from governance.messages import Done
from governance.series.views import SeriesView
from surveys.messages import Rejected
from surveys.questions import Unfit


async def show(visit: Visit) -> Response:
    return await _page(visit, None, {})


async def pause(visit: Visit) -> Response:
    command = PauseSeries(series_id=visit.subject("series"), why=visit.form.one("why"))
    reply = await visit.ask(command)
    words = visit.words(reply.reader)
    return await _done(visit, reply, words.say("Paused. Dates until you resume it are left out."))


async def stop(visit: Visit) -> Response:
    command = StopSeries(series_id=visit.subject("series"), why=visit.form.one("why"))
    reply = await visit.ask(command)
    words = visit.words(reply.reader)
    said = words.say("Stopped for good. A survey that is open stays open until it closes.")
    return await _done(visit, reply, said)


async def resume(visit: Visit) -> Response:
    reply = await visit.ask(ResumeSeries(series_id=visit.subject("series")))
    return await _done(visit, reply, visit.words(reply.reader).say("It repeats again."))


async def move(visit: Visit) -> Response:
    series_id = visit.subject("series")
    reader = (await visit.ask(ShowSeries(series_id=series_id))).reader
    to = visit.form.moment("to", reader.timezone)
    if to is None:
        return await _page(visit, visit.form, {"to": Unfit(why="Give a day and a time.")})
    reply = await visit.ask(MoveDate(series_id=series_id, to=to))
    words = visit.words(reply.reader)
    return await _done(
        visit, reply, words.say("The next one opens on {when}.", when=words.when(to))
    )


async def _done(visit: Visit, reply: Reply, said: str) -> Response:
    match reply.message:
        case Done():
            return visit.go(f"/desk/series/{visit.subject('series')}", note=said)
        case Rejected(unfit=unfit):
            return await _page(visit, visit.form, unfit)
        case message:
            return await visit.anything(message, reply.reader)


async def _page(visit: Visit, typed: Form | None, unfit: Mapping[str, Unfit]) -> Response:
    reply = await visit.ask(ShowSeries(series_id=visit.subject("series")))
    view, reader = reply.message, reply.reader
    if not isinstance(view, SeriesView):
        return await visit.anything(view, reader)
    words = visit.words(reader)
    title = words.text(view.line.series.survey.title)
    ids = {"why": "f-why", "to": "to_date"}
    return await visit.page(
        "pages/series.html",
        _error(words, title, unfit) if unfit else title,
        reader,
        status=422 if unfit else 200,
        heading=title,
        view=view,
        form=typed or _next_date(view, reader.timezone),
        unfit=unfit,
        coming=repeat_words.coming(words, view.line.dates),
        became=[repeat_words.past(words, one) for one in view.past],
        rule=repeat_words.rule(words, view.line.series.repeat),
        lasts=repeat_words.lasts(words, view.line.series.repeat),
        off_days=repeat_words.off_days(words, view.line.series.repeat),
        problems=[(ids.get(key, ""), words.unfit(why)) for key, why in unfit.items()],
    )


def _error(words: Words, title: str, unfit: Mapping[str, Unfit]) -> str:
    """The title where something does not fit: of each form its own."""
    about = words.say("Move the next one") if "to" in unfit else title
    return words.say("Error: {title}", title=about)


def _next_date(view: SeriesView, timezone: str) -> Form:
    """The form to move the next date with: where it is now."""
    if view.line.next_at is None:
        return Form()
    at = local(view.line.next_at, timezone)
    return Form({"to_date": (f"{at:%Y-%m-%d}",), "to_time": (f"{at:%H:%M}",)})
