"""Which goals priorities were matched to, for the page of what is bound to a goal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from governance.alignment.model import Binding
from governance.goal_changes.model import Holder, HolderKind, choice_key
from governance.ports import GovernanceStore
from governance.references.model import Bound, BoundKind


def confirmed(store: GovernanceStore) -> Iterator[tuple[Holder, Bound, datetime]]:
    """What a person confirmed, in the place of what the survey's author suggested. A priority that
    was matched to no goal is bound to none."""
    of_waves: dict[UUID, list[Binding]] = {}
    for one in store.bindings():
        of_waves.setdefault(one.wave_id, []).append(one)
    for wave in store.waves():
        for one in of_waves.get(wave.id, ()):
            key = choice_key(wave.id, one.question, one.choice)
            bound = Bound(kind=BoundKind.GOAL, key=one.goal, version=one.version)
            yield Holder(kind=HolderKind.CHOICE, key=key), bound, one.at


GOAL_BINDINGS = confirmed
