"""The plan and its goals on the web, with the pictures of their indicators."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from bot.charts.goal_chart import goal_bar, goal_chart
from bot.conversation import Reader
from bot.web import lists
from bot.web.details import drawn
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import each_press, prose
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import Page
from core.words import Words
from governance import links
from governance.goals import facets, wording
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.details import goal_detail, how_states_are_found, indicator_chart
from governance.goals.lists import plan_list
from governance.goals.messages import GoalsView, GoalView


def plan_routes(site: Site) -> list[Route]:
    return [
        page(site, "/plan", get=showing(of(ShowGoals), plan)),
        page(site, "/plan/{goal}", get=showing(of(ShowGoal), goal)),
    ]


async def plan(visit: Visit, view: GoalsView, reader: Reader) -> Response:
    words = visit.words(reader)
    told = facets.plan_drawn(words, view.facets)
    begins = [press for one in told for press in one.begins]
    return await lists.listed(
        visit,
        reader,
        wording.title(words),
        plan_list(words, view),
        facts=" ".join([wording.in_sum(words, view), *(said for one in told for said in one.said)]),
        lead=prose(words.written(view.vision), words.spoken) if view.vision else "",
        pages=[one.history for one in told if one.history],
        menu=(words.say("Propose a change"), each_press(begins, reader, visit.csrf)),
        explained=how_states_are_found(words),
        end=wording.deciding(words, view),
    )


async def goal(visit: Visit, view: GoalView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await visit.of_kind(
        "detail",
        words.text(view.line.goal.title),
        reader,
        up=Page(label=wording.title(words), path=links.plan("")),
        view=drawn(visit, goal_detail(words, view), reader),
        pictures=_pictures(words, view),
    )


def _pictures(words: Words, view: GoalView) -> dict[str, Markup | None]:
    """Each indicator's chart, or a bar where it was read once."""
    found: dict[str, Markup | None] = {}
    for one in view.line.indicators:
        key = indicator_chart(one)
        found[key] = goal_chart(one, view.breaks, words, ident=key) or goal_bar(
            one, words, ident=key
        )
    return found
