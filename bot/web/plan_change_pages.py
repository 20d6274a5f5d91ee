"""Changes of the plan on the web."""

from __future__ import annotations

from uuid import UUID

from starlette.routing import Route

from bot.conversation import Reader
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.visiting import Visit
from governance.goal_changes.commands import (
    ShowBound,
    ShowGoalNotes,
    ShowProposal,
    ShowProposals,
)
from governance.goal_changes.messages import GoalNotes


def plan_change_routes(site: Site) -> list[Route]:
    return [
        page(site, "/plan-changes", get=showing(of(ShowProposals))),
        page(site, "/plan-changes/{proposal}", get=showing(of(ShowProposal))),
        page(site, "/plan/{goal}/bound", get=showing(of(ShowBound))),
    ]


async def goal_notes(visit: Visit, wave_id: UUID, reader: Reader) -> str:
    """What happened to the goals that a survey asks about, drawn; "" where nothing did."""
    found = (await visit.ask(ShowGoalNotes(wave_id=wave_id))).message
    return visit.drawn(found, reader, level=2) if isinstance(found, GoalNotes) else ""
