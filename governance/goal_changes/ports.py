"""What proposals and remappings need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from governance.goal_changes.model import Holder, MessageOnGoal, Proposal, ProposalState, Remapping
from governance.references.model import Bound


class GoalChangeStore(Protocol):
    def plan_proposal(self, proposal_id: UUID) -> Proposal | None: ...

    def plan_proposals_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``plan_proposal``, in a transaction that only reads."""
        ...

    def plan_proposals(self, *states: ProposalState) -> Sequence[Proposal]:
        """Those in some states, what happened last first."""
        ...

    def put_plan_proposal(self, proposal: Proposal) -> None: ...

    def goal_bindings(self) -> Sequence[tuple[Holder, Bound, datetime | None]]:
        """What items and recommendations are bound to, as it was when they were, and of items since
        when."""
        ...

    def messages_on_goals(self) -> Sequence[MessageOnGoal]:
        """Of each item that is linked to a goal: itself, and those that say the same."""
        ...

    def linked_at(self, item_id: UUID, bound: Bound) -> datetime | None: ...

    def remappings_ahead(self, holders: Iterable[Holder]) -> None:
        """Read at once those of each holder, in a transaction that only reads."""
        ...

    def remappings(self, holder: Holder | None = None) -> Sequence[Remapping]:
        """Of one holder or of all, the oldest first; also those that were undone."""
        ...

    def add_remappings(self, moved: Sequence[Remapping]) -> None: ...

    def undo_remappings(self, batch: UUID, by: UUID | None, now: datetime) -> int:
        """How many were in force until now."""
        ...
