"""The page for the association: audience, tables and promise of a survey, before its launch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from starlette.responses import Response

from bot import plan_words
from bot.conversation import Reader
from bot.web.desk_pages import audience_of, ready_survey
from bot.web.forms import spread
from bot.web.rendering import STATIC, render
from bot.web.visiting import Visit
from bot.words import Words
from governance.commands import ShowPlan
from governance.views import PlannedShowing, PlanView
from surveys.cautions import Caution
from surveys.questions import Question
from surveys.survey import Survey

_DAYS_OPEN = 7


async def association(visit: Visit) -> Response:
    """What the launch form says so far, told for the association. It launches nothing."""
    survey, reader = await ready_survey(visit)
    now = visit.site.pages.now()
    closes = visit.form.moment("closes_at", reader.timezone) or now + timedelta(days=_DAYS_OPEN)
    opens = visit.form.moment("opens_at", reader.timezone)
    times = int(visit.form.one("reminders")) if visit.form.one("reminders") in ("1", "2") else 0
    reply = await visit.ask(
        ShowPlan(
            survey=survey,
            audience=audience_of(visit.form),
            opens_at=opens,
            closes_at=closes,
            reminders=spread(max(now, opens or now), closes, times) if closes > now else (),
        )
    )
    if not isinstance(reply.message, PlanView):
        return await visit.anything(reply.message, reply.reader)
    words = visit.words(reply.reader)
    title = heading(words, reply.message)
    return await visit.page(
        "pages/association.html", title, reply.reader, heading=title, told=told_of(reply.message)
    )


def heading(words: Words, plan: PlanView) -> str:
    return words.say("Before the launch: {title}", title=words.text(plan.survey.title))


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan and the sentences about it, for the template."""

    plan: PlanView
    line: Callable[[Words, PlannedShowing], str] = plan_words.planned_line
    asked: Callable[[Words, Survey, str], str] = plan_words.asked_words
    answers: Callable[[Words, Question], str] = plan_words.answers_of
    caution: Callable[[Words, Caution, Survey], str] = plan_words.caution_line


def told_of(plan: PlanView) -> Planned:
    return Planned(plan=plan)


def association_file(plan: PlanView, reader: Reader) -> str:
    """The page as a file of its own, with its style inside."""
    words = Words(reader.locale, reader.timezone)
    style = Markup((STATIC / "style.css").read_text(encoding="utf-8"))  # noqa: S704 - our own
    return render(
        "pages/association_file.html",
        reader,
        heading=heading(words, plan),
        style=style,
        told=told_of(plan),
    )
