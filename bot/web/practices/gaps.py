"""The pages of gaps, and the register of decisions about them."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.conversation import Reader
from bot.web import lists
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.settings import Site
from bot.web.troubles import TroubleError
from bot.web.visiting import Visit
from core.cards import Page
from governance.controls import addresses
from governance.controls.addresses import GAPS
from governance.gaps.commands import ShowGap, ShowGaps
from governance.gaps.lists import from_earlier, gaps_list
from governance.gaps.messages import GapsView
from governance.gaps.model import GapChoice


def gap_routes(site: Site) -> list[Route]:
    return [
        page(site, GAPS, get=showing(of(ShowGaps), register)),
        page(site, f"{GAPS}/by/{{choice}}", get=moved),
        page(site, f"{GAPS}/{{gap}}", get=showing(of(ShowGap))),
    ]


async def register(visit: Visit, view: GapsView, reader: Reader) -> Response:
    words = visit.words(reader)
    return await lists.listed(
        visit,
        reader,
        words.say("Work on security practices"),
        gaps_list(words, view),
        lead=from_earlier(words, view.undecided),
        up=Page(label=words.say("Security practices"), path=addresses.PRACTICES),
    )


async def moved(visit: Visit) -> Response:
    """The register of one kind of decision was a page of its own: links to it were sent."""
    try:
        return visit.go(addresses.gaps(GapChoice(visit.path("choice"))))
    except ValueError:
        raise TroubleError(404) from None
