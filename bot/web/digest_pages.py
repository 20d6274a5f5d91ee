"""A committee's week with how it hears of items, and what came of it for all of the staff."""

from __future__ import annotations

from starlette.responses import Response

from bot.charts import digest_words
from bot.conversation import Reader
from bot.web.draw_digests import told_in_sums
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from governance.digests.commands import ChooseBriefs
from governance.digests.model import BriefChoice, Briefs, SchoolDay
from governance.digests.views import WeekView
from governance.docket.lists import committee_tabs


async def week(visit: Visit, view: WeekView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.page(
        "pages/week.html",
        digest_words.title(words, view.digest),
        reader,
        view=view,
        tabs=committee_tabs(words, view.digest.queue, view.digest.queue_name),
        message=told_in_sums(view.digest, reader, level=1, link=False),
        chosen=digest_words.chosen(words, view.choice),
        days=[(day.value, digest_words.day_name(words, day)) for day in SchoolDay],
        hours=[(hour, digest_words.hour_name(words, hour)) for hour in range(24)],
    )


async def choose(visit: Visit) -> Response:
    queue = visit.path("queue")
    reply = await visit.ask(ChooseBriefs(queue=queue, choice=_choice(visit)))
    note = visit.words(reply.reader).say("Saved. It applies from now on.")
    return visit.go(f"/committees/{queue}/week", note=note)


def _choice(visit: Visit) -> BriefChoice:
    """The form has only choices: anything else was not typed into it."""
    form = visit.form
    try:
        return BriefChoice(
            briefs=Briefs(form.one("briefs")),
            day=SchoolDay(form.one("day")),
            hour=range(24)[visit.whole(form.one("hour"))],
        )
    except (ValueError, IndexError):
        raise TroubleError(400) from None
