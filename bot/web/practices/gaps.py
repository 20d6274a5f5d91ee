"""The pages of gaps, and the register of decisions about them."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.cards import card_of
from bot.conversation import Reader
from bot.web.doing import of, showing
from bot.web.endpoints import page
from bot.web.render_card import drawn_parts
from bot.web.settings import Site
from bot.web.visiting import Visit
from core.cards import flat
from governance.controls import addresses
from governance.controls.addresses import GAPS
from governance.gaps import wording as say
from governance.gaps.commands import ShowGap, ShowGaps
from governance.gaps.messages import GapsView
from governance.gaps.model import GapChoice


def gap_routes(site: Site) -> list[Route]:
    one = f"{GAPS}/{{gap}}"
    return [
        page(site, GAPS, get=showing(of(ShowGaps), register)),
        page(site, f"{GAPS}/by/{{choice}}", get=showing(of(ShowGaps), register)),
        page(site, one, get=showing(of(ShowGap))),
    ]


async def register(visit: Visit, view: GapsView, reader: Reader) -> Response:
    words = visit.words(reader)
    card = card_of(view, words)
    return await visit.page(
        "pages/gaps.html",
        flat(card.title),
        reader,
        up=card.up,
        parts=drawn_parts(card.parts, reader),
        ways=[
            (
                say.choice(words, one) if one else words.say("All"),
                addresses.gaps(one),
                one is view.choice,
            )
            for one in (None, *GapChoice)
        ],
    )
