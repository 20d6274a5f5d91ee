"""What the pages of a rule, a change and an announcement say of the gap that they were begun for:
to the ISO and the CTO, and on the web only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from core.commands import Command
from governance.access import Actor, anybody
from governance.controls.access import sees_all
from governance.gaps.commands import ShowOrigins
from governance.gaps.finding import named
from governance.gaps.messages import Origins
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore


def show(
    store: GovernanceStore, actor: Actor, command: ShowOrigins, now: datetime
) -> Origins | Done:
    """Of a gap it tells that there is one, and links to its page, which notes who reads it."""
    if not sees_all(actor):
        return Done()
    found = (store.gap(one) for one in store.gaps_behind(command.subject))
    gaps = tuple((one.id, named(store, one)[0]) for one in found if one is not None)
    return Origins(gaps=gaps) if gaps else Done()


def _origins(subject: UUID) -> Command:
    return ShowOrigins(subject=subject)


ASIDES: Mapping[str, Callable[[UUID], Command]] = dict.fromkeys(
    ("rule", "change", "announcement"), _origins
)

OPERATIONS: Operations = (
    # Asked for with every such page, also by staff: the log and the metrics are spared it.
    Operation(command=ShowOrigins, run=show, may=anybody, reads=True, untold=True),
)
