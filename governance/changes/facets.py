"""What other features know of a change, in a line each of its page.

A feature declares ``FACETS``: how one is found, and how it is drawn. The page knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from core.cards import Press
from core.words import Words
from governance.access import Actor
from governance.changes.model import ChangeRecord
from governance.features import declared
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class FacetLine:
    """A facet in words. ``todo``: what to do next, for who works on the change. ``press``: the way
    to the whole of it. Without ``said`` there is the press alone."""

    name: str
    said: str
    todo: str = ""
    press: Press | None = None


@dataclass(frozen=True, kw_only=True)
class Facet:
    """``of``: the dataclass that ``find`` gives. It asks itself what the actor may see; None:
    nothing. Lines stand by ``order``."""

    of: type
    order: int
    find: Callable[[GovernanceStore, Actor, ChangeRecord, datetime], Any]
    draw: Callable[[Words, Any], FacetLine]


@cache
def _facets() -> tuple[Facet, ...]:
    found = [one for of_feature in declared("FACETS") for one in of_feature]
    return tuple(sorted(found, key=lambda one: one.order))


def facets_of(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> tuple[object, ...]:
    found = (one.find(store, actor, record, now) for one in _facets())
    return tuple(one for one in found if one is not None)


def drawn(words: Words, facets: Sequence[object]) -> list[FacetLine]:
    by_type = {one.of: one.draw for one in _facets()}
    return [by_type[type(one)](words, one) for one in facets]
