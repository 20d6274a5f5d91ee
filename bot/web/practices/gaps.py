"""The addresses of gaps."""

from __future__ import annotations

from starlette.routing import Route

from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from governance.controls.addresses import GAPS
from governance.gaps.commands import ShowGap, ShowGaps


def gap_routes(site: Site) -> list[Route]:
    one = f"{GAPS}/{{gap}}"
    return [
        page(site, GAPS, get=showing(of(ShowGaps))),
        page(site, f"{GAPS}/by/{{choice}}", get=showing(of(ShowGaps))),
        page(site, one, get=showing(of(ShowGap))),
    ]
