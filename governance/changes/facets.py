"""What other features know of a change, in a line each of its page.

A feature declares ``FACETS``: how one is found, and how it is drawn. The page knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.cards import Press
from core.tiles import Tile
from core.words import Words
from governance.access import Actor
from governance.changes.model import ChangeRecord
from governance.facets import facet_of, found
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class FacetLine:
    """A facet in words. ``todo``: what to do next, for whoever works on the change. ``press``: the
    way to the whole of it. Without ``said`` there is the press alone. On a page that has room for
    it, ``tile``: the same as a figure; ``does``: the button of ``todo``, where it is not
    ``press``."""

    name: str
    said: str
    todo: str = ""
    press: Press | None = None
    tile: Tile | None = None
    does: Press | None = None


@dataclass(frozen=True, kw_only=True)
class Facet:
    """``of``: the dataclass that ``find`` gives. It asks itself what the actor may see; None:
    nothing. Lines stand by ``order``."""

    of: type
    order: int
    find: Callable[[GovernanceStore, Actor, ChangeRecord, datetime], Any]
    draw: Callable[[Words, Any], FacetLine]


def facets_of(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> tuple[object, ...]:
    return found("FACETS", store, actor, record, now)


def drawn(words: Words, facets: Sequence[object]) -> list[FacetLine]:
    return [facet_of("FACETS", one).draw(words, one) for one in facets]
