"""The addresses of a committee's page and of the items on it."""

from __future__ import annotations

from starlette.routing import Route

from bot.web import (
    absence_pages,
    committee_pages,
    docketing_pages,
    recommendation_pages,
)
from bot.web.doing import showing
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.commands import Command
from governance.commands import ShowReplyForm


def _reply(visit: Visit) -> Command:
    return ShowReplyForm(item_id=visit.subject("item"))


def docket_routes(site: Site) -> list[Route]:
    dockets, item = committee_pages, "/items/{item}"
    return [
        page(site, "/committees/{queue}", get=dockets.docket),
        page(site, "/committees/{queue}/posts/{post}", post=docketing_pages.settle_post),
        page(site, "/absences", post=absence_pages.note),
        page(site, "/absences/{absence}/drop", post=absence_pages.drop),
        page(site, item, get=dockets.item),
        page(site, f"{item}/acknowledge", post=dockets.acknowledge),
        page(site, f"{item}/discuss", post=docketing_pages.discuss),
        page(site, f"{item}/reply", get=showing(_reply)),
    ]


def advice_routes(site: Site) -> list[Route]:
    """What committees advise, what the CTO decides, and what everybody may read of it."""
    pages, one = recommendation_pages, "/recommendations/{recommendation}"
    theirs = "/committees/{queue}/recommendations"
    return [
        page(site, "/changes", get=pages.changes),
        page(site, theirs, post=pages.new),
        page(site, f"{theirs}/{{recommendation}}", get=pages.form, post=pages.write),
        page(site, one, get=pages.show),
        page(site, f"{one}/send", post=pages.send),
        page(site, f"{one}/outcome", post=pages.outcome),
    ]
