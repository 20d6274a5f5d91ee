"""Changes of the plan on the web."""

from __future__ import annotations

from starlette.routing import Route

from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from governance.goal_changes.commands import ShowBound, ShowProposal, ShowProposals


def plan_change_routes(site: Site) -> list[Route]:
    return [
        page(site, "/plan-changes", get=showing(of(ShowProposals))),
        page(site, "/plan-changes/{proposal}", get=showing(of(ShowProposal))),
        page(site, "/plan/{goal}/bound", get=showing(of(ShowBound))),
    ]
