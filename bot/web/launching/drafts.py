"""A launch that is not finished: kept for whoever writes it, from one step to the next."""

from __future__ import annotations

from bot.web import stepping
from bot.web.launching.seen import Seen
from bot.web.launching.steps import CARRIED
from bot.web.stepping import Draft as Draft
from bot.web.unsent import Standing
from bot.web.visiting import Visit


def standing(at: str) -> Standing:
    """Where a launch can be opened again. A launch always has an id, so it is always kept."""
    return Standing(at, ("wave_id",))


async def keep(visit: Visit, seen: Seen) -> bool:
    """Keep what was typed and chosen so far; False where it can't be kept."""
    return await stepping.keep(visit, seen.form, standing(seen.at), CARRIED)


async def kept(visit: Visit, at: str) -> Draft | None:
    return await stepping.kept(visit, standing(at), CARRIED)
