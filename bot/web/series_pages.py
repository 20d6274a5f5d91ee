"""A survey that repeats, in the office: its dates, pausing, stopping, and moving the next one."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.details import asking, drawn
from bot.web.doing import doing, of, to
from bot.web.forms import Form
from bot.web.notices import Ask
from bot.web.visiting import Visit
from core.cards import MomentField, Page, Style, TextField
from core.words import Words
from governance import links, wording
from governance.series.commands import MoveDate, ShowSeries
from governance.series.details import series_detail
from governance.series.handlers import LONGEST_WHY
from governance.series.model import SeriesState
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
    asks = _asks(words, view, typed, unfit, reader)
    change = asking(visit, words.say("Change it"), asks, reader) if asks else None
    return await visit.of_kind(
        "detail",
        _error(words, title, unfit) if unfit else title,
        reader,
        status=422 if unfit else 200,
        up=Page(path=links.surveys(""), label=words.say("Surveys")),
        view=drawn(visit, series_detail(words, view), reader, last=(change,) if change else ()),
        problems=[(ids.get(key, ""), wording.unfit(words, why)) for key, why in unfit.items()],
    )


def _asks(
    words: Words,
    view: SeriesView,
    typed: Form | None,
    unfit: Mapping[str, Unfit],
    reader: Reader,
) -> list[Ask]:
    """The forms of a series that was not stopped: moving or resuming it, and pausing or stopping
    it with a reason."""
    say, series = words.say, view.line.series
    at, paused = PAGE.format(series=series.id), series.state is SeriesState.PAUSED
    if series.state is SeriesState.STOPPED:
        return []
    why = {key: wording.unfit(words, one) for key, one in unfit.items()}
    reason = TextField(
        key="why",
        label=say("Why is it paused or stopped?"),
        value=typed.one("why") if typed else "",
        longest=LONGEST_WHY,
        hint=say(
            "It is kept for anyone who looks later. A survey that is open stays open until it "
            "closes."
        ),
        why=why.get("why", ""),
        rows=1,
    )
    stop = Page(label=say("Stop it for good"), path=f"{at}/stop")
    if paused:
        resume = Ask(at=f"{at}/resume", submit=say("Resume it"))
        halt = Ask(at=stop.path, submit=stop.label, fields=(reason,), style=Style.PLAIN)
        return [resume, halt]
    halt = Ask(
        at=f"{at}/pause", submit=say("Pause it"), fields=(reason,), also=(stop,), style=Style.PLAIN
    )
    if view.line.next_at is None:
        return [halt]
    moved = typed if "to" in why else None
    to = MomentField(
        key="to",
        label=say("When does the next one open?"),
        value=moved.moment("to", reader.timezone) if moved else view.line.next_at,
        typed=moved.typed_moment("to") if moved else ("", ""),
        hint=say("On a school day, before the date that follows. Later dates don’t change."),
        why=why.get("to", ""),
        optional=False,
    )
    move = Ask(at=f"{at}/move", submit=say("Move the next one"), fields=(to,), style=Style.PLAIN)
    return [move, halt]


def _error(words: Words, title: str, unfit: Mapping[str, Unfit]) -> str:
    """The title where something does not fit: of each form its own."""
    about = words.say("Move the next one") if "to" in unfit else title
    return words.say("Error: {title}", title=about)
