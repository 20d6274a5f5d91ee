"""What the plan needs of a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from governance.goals.model import Component, PlanStep, Reading


class GoalStore(Protocol):
    def plan_steps(self, goal: str | None = None) -> Sequence[PlanStep]:
        """Of one goal or of all, the oldest first."""
        ...

    def put_plan(
        self, components: Sequence[Component], steps: Sequence[PlanStep], now: datetime
    ) -> None:
        """The plan as it is from now on, with the steps that led there."""
        ...

    def readings(self, goal: str | None = None) -> Sequence[Reading]:
        """Of one goal or of all: the last of each indicator and day, the oldest first."""
        ...

    def put_reading(self, reading: Reading) -> None: ...
