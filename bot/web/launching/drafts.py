"""A launch that is not finished: kept for whoever writes it, from one step to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.web.forms import Form
from bot.web.launching.seen import Seen
from bot.web.launching.steps import CARRIED
from bot.web.unsent import Standing
from bot.web.visiting import Visit

LARGEST = 512 * 1024
"""Characters of a draft: room for a list of addresses as long as most staffs."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """``at``: when it was last kept."""

    form: Form
    at: datetime


def standing(at: str) -> Standing:
    """Where a launch can be opened again. A launch always has an id, so it is always kept."""
    return Standing(at, ("wave_id",))


async def keep(visit: Visit, seen: Seen) -> bool:
    """Keep what was typed and chosen so far. False where it can't be kept: then the next step is
    the answer to the form itself."""
    fields = {name: seen.form.all(name) for name in CARRIED if seen.form.all(name)}
    if sum(len(value) for values in fields.values() for value in values) > LARGEST:
        return False
    person, stands = visit.session.person, standing(seen.at)
    if person is None or not await visit.site.pages.unsent.keep(person, stands.key, None, fields):
        return False
    visit.request.state.drafts = False  # it is kept: no other keeping of drafts may undo that
    return True


async def kept(visit: Visit, at: str) -> Draft | None:
    person, key = visit.session.person, standing(at).key
    if person is None:
        return None
    found = (await visit.site.pages.unsent.kept(person, [key])).get(key)
    if found is None:
        return None
    fields = {name: found.fields[name] for name in CARRIED if name in found.fields}
    return Draft(form=Form(fields), at=found.at)
