"""The plan's history and its indicators' readings inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from governance.encoding import goal_from_json, goal_to_json
from governance.goals.model import Component, PlanStep, Reading, StepKind
from storage.connection import read_once
from storage.district import Districts
from storage.goal_tables import goal_reading, goal_step


class Goals(Districts):
    """Implements ``governance.goals.ports.GoalStore``."""

    @read_once
    def plan_steps(self, goal: str | None = None) -> Sequence[PlanStep]:
        known = self.within.get(("plan_steps",))
        if goal is not None and known is not None:
            return [one for one in known if one.goal.key == goal]
        rows = select(goal_step).order_by(goal_step.c.at, goal_step.c.position)
        if goal is not None:
            rows = rows.where(goal_step.c.goal == goal)
        return [
            PlanStep(
                id=row.id,
                goal=goal_from_json(row.body),
                component=row.component,
                kind=StepKind(row.kind),
                at=row.at,
                by_person=row.by_person,
                proposal=row.proposal,
            )
            for row in self.connection.execute(rows)
        ]

    def put_plan(
        self, components: Sequence[Component], steps: Sequence[PlanStep], now: datetime
    ) -> None:
        district = replace(self.district(), components=tuple(components))
        self.put_district(district, self.examples(), now)
        self.add_plan_steps(steps)

    def add_plan_steps(self, steps: Sequence[PlanStep]) -> None:
        rows = [
            {
                "id": one.id,
                "goal": one.goal.key,
                "version": one.goal.version,
                "component": one.component,
                "kind": one.kind,
                "body": goal_to_json(one.goal),
                "at": one.at,
                "position": position,
                "by_person": one.by_person,
                "proposal": one.proposal,
            }
            for position, one in enumerate(steps)
        ]
        if rows:
            self.connection.execute(goal_step.insert(), rows)

    def readings(self, goal: str | None = None) -> Sequence[Reading]:
        rows = select(goal_reading).order_by(goal_reading.c.on, goal_reading.c.at)
        if goal is not None:
            rows = rows.where(goal_reading.c.goal == goal)
        return [
            Reading(
                goal=row.goal,
                indicator=row.indicator,
                on=row.on,
                value=row.value,
                note=row.note,
                by_person=row.by_person,
                at=row.at,
            )
            for row in self.connection.execute(rows)
        ]

    def put_reading(self, reading: Reading) -> None:
        row = {
            "goal": reading.goal,
            "indicator": reading.indicator,
            "on": reading.on,
            "value": reading.value,
            "note": reading.note,
            "by_person": reading.by_person,
            "at": reading.at,
        }
        self.put(goal_reading, row, ("goal", "indicator", "on"))
