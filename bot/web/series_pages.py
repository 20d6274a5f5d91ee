"""A survey that repeats, on the desk: its dates, pausing, stopping, and moving the next one."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.doing import doing, of, to
from bot.web.forms import Form
from bot.web.rendering import local
from bot.web.visiting import Visit
from core.words import Words
from governance import wording
from governance.series import wording as repeat_words
from governance.series.commands import MoveDate, ShowSeries
from governance.series.views import SeriesView
from surveys.questions import Unfit

PAGE = "/desk/series/{series}"


async def show(visit: Visit, view: SeriesView, reader: Reader) -> Response:
    return await _page(visit, view, reader, None, {})


async def move(visit: Visit) -> Response:
    at = visit.form.moment("to", visit.reader.timezone)
    if at is None:
        return await again(visit, {"to": Unfit(why="Enter a date and a time.")})
    return await doing(of(MoveDate, to=at), to(PAGE), again)(visit)


async def again(visit: Visit, unfit: Mapping[str, Unfit]) -> Response:
    reply = await visit.ask(ShowSeries(series_id=visit.subject("series")))
    if not isinstance(reply.message, SeriesView):
        return await visit.anything(reply.message, reply.reader)
    return await _page(visit, reply.message, reply.reader, visit.form, unfit)


async def _page(
    visit: Visit,
    view: SeriesView,
    reader: Reader,
    typed: Form | None,
    unfit: Mapping[str, Unfit],
) -> Response:
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
        problems=[(ids.get(key, ""), wording.unfit(words, why)) for key, why in unfit.items()],
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
