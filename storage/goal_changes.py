"""Proposals to change the plan, and bindings moved to other goals, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    String,
    cast,
    literal,
    null,
    select,
    tuple_,
    union_all,
    update,
)

from governance.goal_changes.model import (
    Holder,
    HolderKind,
    MessageOnGoal,
    Proposal,
    ProposalState,
    Remapping,
)
from governance.references.model import Bound, BoundKind
from storage.connection import Connected, read_once
from storage.docket_tables import item_link, recommendation_about
from storage.goal_change_tables import goal_remapping, plan_proposal
from storage.goal_tables import goal_step
from storage.matter_tables import item_matter
from storage.tables import item
from surveys.encoding import decode, encode


class GoalChanges(Connected):
    """Implements ``governance.goal_changes.ports.GoalChangeStore``."""

    @read_once
    def plan_proposal(self, proposal_id: UUID) -> Proposal | None:
        return self._these_proposals([proposal_id]).get(proposal_id)

    def plan_proposals_ahead(self, some: Iterable[UUID]) -> None:
        """Prefetch for ``plan_proposal``, in a transaction that only reads."""
        self.ahead("plan_proposal", some, self._these_proposals, nothing=None)

    def _these_proposals(self, some: Sequence[UUID]) -> dict[UUID, Proposal]:
        wanted = select(plan_proposal.c.id, plan_proposal.c.body)
        rows = self.connection.execute(wanted.where(plan_proposal.c.id.in_(some)))
        return {row.id: decode(Proposal, row.body) for row in rows}

    def plan_proposals(self, *states: ProposalState) -> Sequence[Proposal]:
        wanted = select(plan_proposal.c.body).where(plan_proposal.c.state.in_(states))
        bodies = self.connection.execute(
            wanted.order_by(plan_proposal.c.at.desc(), plan_proposal.c.id)
        )
        return [decode(Proposal, body) for body in bodies.scalars()]

    def put_plan_proposal(self, proposal: Proposal) -> None:
        row = {
            "id": proposal.id,
            "state": proposal.state,
            "at": proposal.at,
            "body": encode(Proposal, proposal),
        }
        self.put(plan_proposal, row, ("id",))

    # -- what is bound to goals -----------------------------------------------------------------

    def messages_on_goals(self) -> Sequence[MessageOnGoal]:
        link = item_link.c.item_id, item_link.c.key, item_link.c.version, item_link.c.at
        wanted = select(*link, item.c.id.label("message"), item.c.author)
        to_goals = item_link.c.kind == BoundKind.GOAL
        own = wanted.where(item.c.id == item_link.c.item_id, to_goals)
        same = (
            wanted.join(item_matter, item_matter.c.lead_id == item_link.c.item_id)
            .join(item, item.c.id == item_matter.c.item_id)
            .where(to_goals)
        )
        return [
            MessageOnGoal(
                item=row.item_id,
                bound=Bound(kind=BoundKind.GOAL, key=row.key, version=row.version),
                since=row.at,
                message=row.message,
                author=row.author,
            )
            for row in self.connection.execute(own.union_all(same))
        ]

    def linked_at(self, item_id: UUID, bound: Bound) -> datetime | None:
        mine = (
            item_link.c.item_id == item_id,
            item_link.c.kind == bound.kind,
            item_link.c.key == bound.key,
        )
        return self.connection.execute(select(item_link.c.at).where(*mine)).scalar()

    @read_once
    def goal_bindings(self) -> Sequence[tuple[Holder, Bound, datetime | None]]:
        of_items, of_advice = item_link.c, recommendation_about.c
        no_moment = cast(null(), of_items.at.type)
        wanted = union_all(
            select(
                literal(HolderKind.ITEM, String).label("holder"),
                of_items.item_id.label("owner"),
                of_items.key.label("goal"),
                of_items.version,
                of_items.at,
            ).where(of_items.kind == BoundKind.GOAL),
            select(
                literal(HolderKind.RECOMMENDATION, String),
                of_advice.recommendation_id,
                of_advice.key,
                of_advice.version,
                no_moment,
            ).where(of_advice.kind == BoundKind.GOAL),
        ).order_by("holder", "goal", "owner")
        return [
            (
                Holder(kind=HolderKind(row.holder), key=str(row.owner)),
                Bound(kind=BoundKind.GOAL, key=row.goal, version=row.version),
                row.at,
            )
            for row in self.connection.execute(wanted)
        ]

    @read_once
    def goal_versions(self, at: datetime) -> Mapping[str, int]:
        """The version of each goal at a moment; before its history the first one known."""
        rows = select(goal_step.c.goal, goal_step.c.version, goal_step.c.at)
        found: dict[str, int] = {}
        for row in self.connection.execute(rows.order_by(goal_step.c.at, goal_step.c.position)):
            if row.at <= at or row.goal not in found:
                found[row.goal] = row.version
        return found

    # -- remappings -----------------------------------------------------------------------------

    def remappings_ahead(self, holders: Iterable[Holder]) -> None:
        self.ahead("remappings", holders, self._remappings_of_each, nothing=())

    @read_once
    def remappings(self, holder: Holder | None = None) -> Sequence[Remapping]:
        if holder is not None:
            return self._remappings_of_each([holder]).get(holder, ())
        wanted = select(goal_remapping).order_by(goal_remapping.c.at, goal_remapping.c.id)
        return [_remapping(row) for row in self.connection.execute(wanted)]

    def _remappings_of_each(self, holders: Sequence[Holder]) -> dict[Holder, list[Remapping]]:
        moved = self.within.get(("remappings",))
        if moved is None:
            whose = tuple_(goal_remapping.c.holder_kind, goal_remapping.c.holder)
            wanted = select(goal_remapping).order_by(goal_remapping.c.at, goal_remapping.c.id)
            some = whose.in_([(one.kind, one.key) for one in holders])
            moved = [_remapping(row) for row in self.connection.execute(wanted.where(some))]
        found: dict[Holder, list[Remapping]] = {}
        for one in moved:
            found.setdefault(one.holder, []).append(one)
        return found

    def add_remappings(self, moved: Sequence[Remapping]) -> None:
        rows = [
            {
                "id": one.id,
                "batch": one.batch,
                "holder_kind": one.holder.kind,
                "holder": one.holder.key,
                "source": one.source.key,
                "source_version": one.source.version,
                "target": one.target.key,
                "target_version": one.target.version,
                "at": one.at,
                "by_person": one.by_person,
            }
            for one in moved
        ]
        self.insert_new(goal_remapping, rows)

    def undo_remappings(self, batch: UUID, by: UUID | None, now: datetime) -> int:
        undone = (
            update(goal_remapping)
            .where(goal_remapping.c.batch == batch, goal_remapping.c.undone_at.is_(None))
            .values(undone_at=now, undone_by=by)
        )
        return self.connection.execute(undone).rowcount


def _remapping(row: Row[Any]) -> Remapping:
    goal = BoundKind.GOAL
    return Remapping(
        id=row.id,
        batch=row.batch,
        holder=Holder(kind=HolderKind(row.holder_kind), key=row.holder),
        source=Bound(kind=goal, key=row.source, version=row.source_version),
        target=Bound(kind=goal, key=row.target, version=row.target_version),
        at=row.at,
        by_person=row.by_person,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
