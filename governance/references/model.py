"""What an item or a recommendation has to do with: a goal in its version, a rule, a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.text import Text
from governance import links


class BoundKind(StrEnum):
    GOAL = "goal"
    RULE = "rule"
    """By its number, and the section where there is one (``rules.citing``)."""
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, kw_only=True)
class Bound:
    """``key``: a goal's, a rule's number or an announcement's id. ``version``: a goal's or a
    rule's; 0 where there is none, or it is not known."""

    kind: BoundKind
    key: str
    version: int = 0

    @property
    def token(self) -> str:
        """As a form names it."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, kw_only=True)
class Place:
    """In a rule. ``section`` 0: the whole."""

    rule_id: UUID
    version: int
    section: int = 0


@dataclass(frozen=True, kw_only=True)
class BoundLine:
    """The same with its name, as it is shown. ``now``: the version today, where it is another (0:
    it was retired, or the announcement was taken back). ``place``: of a rule that has a page.
    ``title``: of a goal that is in the plan, in each of its languages."""

    bound: Bound
    name: str
    now: int | None = None
    place: Place | None = None
    title: Text | None = None

    @property
    def path(self) -> str:
        """Of its page; "" where it has none."""
        if self.title is not None:
            return links.goal("", self.bound.key)
        at = self.place
        return links.rule("", at.rule_id, at.version, at.section) if at else ""
