"""What staff put first, bound to the plan: each choice of a ranking or of pairs serves a goal in
its version, or none. A person confirms it; every confirmation is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.text import Text
from governance.recommendations.model import AdviceLine

NO_GOAL = ""
"""The key of no goal: a person said that none covers it."""

NONE, LATER = "none", "later"
"""No goal covers it, and nothing is decided, as a form has it."""


@dataclass(frozen=True, kw_only=True)
class Binding:
    """A person's confirmation. ``version``: the goal's, as it was worded then. ``stays``: it was
    retired since, and a person said that it stays as it is."""

    wave_id: UUID
    question: str
    choice: str
    goal: str = NO_GOAL
    version: int = 0
    by: UUID | None = None
    at: datetime
    stays: bool = False


@dataclass(frozen=True, kw_only=True)
class Sent:
    """When a wave's alignment went to the steering committee. ``committee`` "": none is named, so
    it went to the CTO's office."""

    wave_id: UUID
    committee: str
    by: UUID | None = None
    at: datetime


def second_of(at: datetime | None) -> int:
    """As a button carries it; 0: never."""
    return int(at.timestamp()) if at else 0


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """What was released of a priority: ``first`` and ``last`` are the places that it may have, and
    ``points`` how strong it is (0..1) with its 95% interval."""

    first: int
    last: int
    points: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Priority:
    """A choice of a ranking or of pairs. ``goal``: its author's. ``ranked`` None: not released."""

    question: str
    choice: str
    label: Text
    goal: str = NO_GOAL
    ranked: Ranked | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.question, self.choice

    @property
    def place(self) -> float:
        """To sort by."""
        return self.ranked.first if self.ranked else float("inf")


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Goals that a priority may serve, the likeliest first. ``by_author``: the survey's author
    named that; else it is the nearest in meaning. ``sure``: it is chosen beforehand; ``near``: it
    may be named."""

    goals: tuple[str, ...]
    by_author: bool = False
    sure: bool = True
    near: bool = True

    @property
    def goal(self) -> str:
        return self.goals[0]


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """A priority with what a person said of its goal. ``settled``: that goal still stands.
    ``retired``: the title of its goal, or of its author's, where that was retired since."""

    priority: Priority
    binding: Binding | None = None
    settled: bool = False
    retired: Text | None = None


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    """A goal with the priorities that serve it, the first one first. ``reworded``: some were bound
    to an earlier version."""

    key: str
    title: Text
    retired: bool = False
    reworded: bool = False
    priorities: tuple[Priority, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A proposal for discussion. Of a ``goal`` that staff put last: adapt or retire it. Of a
    ``priority`` that no goal covers: a new goal, or widening ``goal``."""

    goal: GoalLine | None = None
    priority: Priority | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A ranking or pairs. ``ranked``: its result was released, of ``answers``."""

    key: str
    prompt: Text
    answers: int | None = None

    @property
    def ranked(self) -> bool:
        return self.answers is not None


@dataclass(frozen=True, kw_only=True)
class Alignment:
    """``energy``: goals with priorities, the strongest first. ``quiet``: goals without one.
    ``uncovered``: priorities of no goal. ``open``: those that still wait to be confirmed."""

    wave_id: UUID
    title: Text
    closed_at: datetime
    questions: tuple[Question, ...]
    priorities: tuple[Aligned, ...]
    energy: tuple[GoalLine, ...]
    quiet: tuple[GoalLine, ...]
    uncovered: tuple[Priority, ...]
    ideas: tuple[Idea, ...] = ()
    advice: tuple[AdviceLine, ...] = ()
    steering: str = ""
    """The committee's name; "": none is named."""
    sent_at: datetime | None = None

    @property
    def shown(self) -> bool:
        """Whether any ranking was released."""
        return any(one.ranked for one in self.questions)

    @property
    def open(self) -> tuple[Aligned, ...]:
        return tuple(one for one in self.priorities if not one.settled)

    @property
    def goals(self) -> int:
        """How many goals the plan has today."""
        return sum(not one.retired for one in (*self.energy, *self.quiet))
