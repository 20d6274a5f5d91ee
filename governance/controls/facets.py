"""What other features add to the page of an assessment or a safeguard (``governance.facets``), as
``PRACTICE_FACETS``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.details import Todo
from core.tiles import Tile
from core.words import Words
from governance.access import Actor
from governance.controls.model import Place as Place
from governance.facets import facet_of, found
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class PracticeLine(FacetLine):
    """On the page of an assessment: ``tiles`` beside its own; ``each``: one thing a line with its
    button. ``menu``: its entries are behind a button beside the title."""

    tiles: tuple[Tile, ...] = ()
    each: tuple[Todo, ...] = ()
    menu: bool = False


@dataclass(frozen=True, kw_only=True)
class PracticeFacet:
    """``of``: the dataclass that ``find`` gives. ``find`` checks what the actor may see and which
    page it is; None: nothing. The page has them by ``order``."""

    of: type
    order: int
    find: Callable[[GovernanceStore, Actor, Place, datetime], Any]
    draw: Callable[[Words, Any], FacetLine]


def facets_at(
    store: GovernanceStore, actor: Actor, place: Place, now: datetime
) -> tuple[object, ...]:
    return found("PRACTICE_FACETS", store, actor, place, now)


def drawn(words: Words, facets: Sequence[object]) -> list[FacetLine]:
    return [facet_of("PRACTICE_FACETS", one).draw(words, one) for one in facets]
