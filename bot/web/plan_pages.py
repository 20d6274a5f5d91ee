"""The plan and its goals on the web, with the pictures of their indicators."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.charts.goal_chart import goal_bar, goal_chart
from bot.conversation import Reader
from bot.web import lists
from bot.web.details import drawn
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import each_press
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Page
from core.words import Words
from governance import links
from governance.goals import facets, wording
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.details import goal_detail
from governance.goals.lists import plan_list
from governance.goals.messages import GoalLine, GoalsView, GoalView, IndicatorLine


def plan_routes(site: Site) -> list[Route]:
    return [
        page(site, "/plan", get=showing(of(ShowGoals), plan)),
        page(site, "/plan/{goal}", get=showing(of(ShowGoal), goal)),
    ]


async def plan(visit: Visit, view: GoalsView, reader: Reader) -> Response:
    words = visit.words(reader)
    told = facets.plan_drawn(words, view.facets)
    begins = [press for one in told for press in one.begins]
    return await visit.page(
        "pages/plan.html",
        wording.title(words),
        reader,
        list=lists.shown(visit, plan_list(words, view)),
        where=partial(lists.where, visit),
        vision=view.vision,
        facts=" ".join([wording.in_sum(words, view), *(said for one in told for said in one.said)]),
        deciding=wording.deciding(words, view),
        rule=wording.how_states_are_found(words),
        history=[one.history for one in told if one.history],
        begins=each_press(begins, reader, visit.csrf),
    )


async def goal(visit: Visit, view: GoalView, reader: Reader) -> Response:
    words, one = visit.words(reader), view.line.goal
    return await visit.page(
        "pages/goal.html",
        words.text(one.title),
        reader,
        up=Page(label=wording.title(words), path=links.plan("")),
        view=drawn(visit, goal_detail(words, view), reader),
        rule=wording.how_states_are_found(words),
        table=lambda one: _table(one, words),
        pictures=_pictures(view.line, view, visit, reader),
        unmeasured="" if one.retired else wording.unmeasured(words),
    )


def _table(line: IndicatorLine, words: Words) -> dict[str, object]:
    """The readings, the newest first; notes only where there are any."""
    notes = any(one.note for one in line.readings)
    headers = [words.say("Measured on"), words.say("Value")]
    rows = [
        [
            wording.day_of(words, one.on),
            wording.value(words, line.indicator, one.value),
            *([one.note] if notes else []),
        ]
        for one in reversed(line.readings)
    ]
    return {"headers": [*headers, *([words.say("Note")] if notes else [])], "rows": rows}


def _pictures(
    line: GoalLine, view: GoalView, visit: Visit, reader: Reader
) -> list[tuple[IndicatorLine, Markup | None, str]]:
    """Each indicator with its chart, or with a bar where it was read once, and how it stands."""
    words, found = visit.words(reader), []
    for one in line.indicators:
        ident = f"indicator-{one.indicator.key}"
        chart = goal_chart(one, view.breaks, words, ident=ident)
        parts = [
            wording.stands(words, one),
            "" if line.goal.retired else wording.explained(words, one),
        ]
        drawing = chart or goal_bar(one, words, ident=ident)
        found.append((one, drawing, " ".join(part for part in parts if part)))
    return found
