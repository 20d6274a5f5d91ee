"""What the features show on somebody's Home: each declares its parts (``HOME``) beside its own
operations. No list names them.

A part is found in the state that its reader may see already, for whoever it concerns; it adds no
figure about staff that no page shows. Each tile and panel has its reason in
``tests/attacks/test_home_figures.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.home import Drawing
from governance.access import Actor
from governance.features import declared
from governance.ports import GovernanceStore


@dataclass(frozen=True, kw_only=True)
class HomeSource:
    """``rank``: its place among parts of its kind, the least first. ``find`` returns at once for
    anyone whom it never concerns. ``notes``: it is entered in a ledger or in the audit that they
    saw it, so it is asked for beside the others by whoever holds an office."""

    rank: int
    find: Callable[[GovernanceStore, Actor, datetime], Iterable[Drawing]]
    notes: bool = False


HomeSources = tuple[HomeSource, ...]


def home_parts(
    store: GovernanceStore, actor: Actor, now: datetime, *, notes: bool
) -> Iterator[tuple[int, Drawing]]:
    """Each part with its rank."""
    for source in (one for of_feature in declared("HOME") for one in of_feature):
        if source.notes is notes:
            for drawing in source.find(store, actor, now):
                yield source.rank, drawing
