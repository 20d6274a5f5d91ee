"""What an item or a recommendation has to do with: a goal in its version, a rule, a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BoundKind(StrEnum):
    GOAL = "goal"
    RULE = "rule"
    """By its number, as people write it ("ITR 4.2"): rules have no pages yet."""
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """``key``: a goal's, a rule's number or an announcement's id. ``version``: a goal's; else 0."""

    kind: BoundKind
    key: str
    version: int = 0

    @property
    def token(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, kw_only=True)
class BoundLine:
    """The same with its name, as it is shown. ``now``: a goal's version today, where it is
    another (0: the goal was retired, or the announcement was taken back)."""

    bound: Bound
    name: str
    now: int | None = None
