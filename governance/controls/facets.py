"""What other features know of an assessment or of one of its safeguards.

A feature declares ``PRACTICE_FACETS`` in a file of its folder: how one is found, and how it is
drawn. The pages know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.words import Words
from governance.access import Actor
from governance.controls.model import Place as Place
from governance.facets import facet_of, found
from governance.goals.facets import FacetLine
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class PracticeFacet:
    """``of``: the dataclass that ``find`` gives. It asks itself what the actor may see, and on
    which place it stands; None: nothing. They stand by ``order``."""

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
