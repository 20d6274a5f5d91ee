"""An operator's records holds on what staff told. No words of it are shown to them."""

from __future__ import annotations

from bot.app.core import Core
from bot.operator.arguments import id_of
from bot.operator.telling import Arguments, Told, by_operator
from governance.redaction.commands import HoldOriginals, LiftOriginalsHold


async def feedback_hold(core: Core, given: Arguments) -> Told:
    """``item``: an item's id, or "" for all of the district."""
    item = id_of(given["item"]) if given["item"] else None
    told = await by_operator(core, HoldOriginals(item_id=item))
    return Told(lines=("On hold: originals are kept until it is lifted.",)) if told.ok else told


async def feedback_lift_hold(core: Core, given: Arguments) -> Told:
    """``item``: as above."""
    item = id_of(given["item"]) if given["item"] else None
    told = await by_operator(core, LiftOriginalsHold(item_id=item))
    lines = ("The hold is lifted. Originals that are due are deleted the next night.",)
    return Told(lines=lines) if told.ok else told
