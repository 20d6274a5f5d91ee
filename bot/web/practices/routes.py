"""The addresses of assessments and gaps."""

from __future__ import annotations

from starlette.routing import Route

from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from governance.controls.addresses import PRACTICES
from governance.controls.commands import ShowPractices


def practice_routes(site: Site) -> list[Route]:
    return [page(site, PRACTICES, get=showing(of(ShowPractices)))]
