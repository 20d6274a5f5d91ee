"""Forms in steps: what was typed travels along, and is kept for its author as a draft."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.web.forms import Form
from bot.web.unsent import Standing
from bot.web.visiting import Visit
from core.tiles import Stage
from core.tiles import Step as Shown

LARGEST = 512 * 1024
"""Characters of a draft: room for a list of addresses as long as most staffs."""

Steps = TypeVar("Steps", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """``at``: when it was last kept."""

    form: Form
    at: datetime


async def keep(visit: Visit, form: Form, stands: Standing, names: Iterable[str]) -> bool:
    """Keep what was typed and chosen so far. False where it can't be kept: then the next step is
    the answer to the form itself."""
    fields = {name: form.all(name) for name in names if form.all(name)}
    if sum(len(value) for values in fields.values() for value in values) > LARGEST:
        return False
    person = visit.session.person
    if person is None or not await visit.site.pages.unsent.keep(person, stands.key, None, fields):
        return False
    visit.request.state.drafts = False  # it is kept: no other keeping of drafts may undo that
    return True


async def kept(visit: Visit, stands: Standing, names: Iterable[str]) -> Draft | None:
    person, key = visit.session.person, stands.key
    if person is None:
        return None
    found = (await visit.site.pages.unsent.kept(person, [key])).get(key)
    if found is None:
        return None
    fields = {name: found.fields[name] for name in names if name in found.fields}
    return Draft(form=Form(fields), at=found.at)


def carried(form: Form, names: Iterable[str], but: Collection[str] = ()) -> list[tuple[str, str]]:
    """(name, value) of everything that was typed or chosen, but for some inputs."""
    held = (name for name in names if name not in but)
    return [(name, value) for name in held for value in form.all(name) if value]


def first_of(steps: Sequence[Steps], wrong: Collection[Steps]) -> Steps:
    """The first step on which something has to be put right; the last where there is none."""
    return next((step for step in steps if step in wrong), steps[-1])


def shown(labels: Mapping[Steps, str], now: Steps) -> list[Shown]:
    """The steps as the top of the page lists them."""
    at = list(labels).index(now)
    return [
        Shown(label=label, stage=Stage.DONE if n < at else Stage.NOW if n == at else Stage.LATER)
        for n, label in enumerate(labels.values())
    ]
