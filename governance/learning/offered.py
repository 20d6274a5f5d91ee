"""Where a message about a change leads to its training."""

from __future__ import annotations

from uuid import UUID

from core.cards import Press
from core.words import Words
from governance.changes.model import Phase, Planned
from governance.learning.commands import ShowLearning
from governance.learning.ports import LearningStore


def training_of(store: LearningStore, planned: Planned | None) -> UUID | None:
    """Of a how-to message, the change; None: no session is offered for it."""
    if planned is None or planned.phase is not Phase.HOW_TO:
        return None
    sessions = store.trainings(change_id=planned.change_id)
    return planned.change_id if any(not one.cancelled for one in sessions) else None


def see_sessions(words: Words, change_id: UUID | None) -> tuple[Press, ...]:
    if change_id is None:
        return ()
    return (Press(label=words.say("See sessions"), command=ShowLearning(change_id=change_id)),)
