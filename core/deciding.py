"""What has to be true before a message goes to more people than one person may decide on.

Each campaign is stored with its decision. The database refuses a campaign above the district's
number that has none, so a new feature cannot forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Exempt(StrEnum):
    """Why a campaign to many people needs no second person of its own."""

    REMINDER = "reminder"
    """It reminds people of something that was approved, or that few were asked."""
    SERIES = "series"
    """It is one date of a series of surveys, and the series was approved."""
    SERVICE = "service"
    """An update, or the end, of a service notice that was approved. Everyone still takes a word."""
    EDIT = "edit"
    """It corrects what people have already. The edit itself was approved by a second person."""
    JOINED = "joined"
    """It goes to people who joined the audience of something that was decided before."""
    ADOPTED = "adopted"
    """It is about a rule that a committee voted for and the CTO ratified."""
    OWN = "own"
    """It is each person's own: a seat that they took, a list that they look after."""
    OWED = "owed"
    """It tells people what was promised to be told about their own answers, and cannot wait."""
    SILENT = "silent"
    """It brings nobody a message: it stops one, takes one back, or lets people off."""
    EARLIER = "earlier"
    """It was queued by a version that did not keep decisions."""


@dataclass(frozen=True, kw_only=True)
class ByTwo:
    """Two people decided: one asked (None: the operator, or the clock), another one approved."""

    asked_by: UUID | None
    approved_by: UUID


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """The store looks up whether a second person approved it. Where nobody did, and it goes to more
    people than the district's number, ``SecondPersonNeededError`` is raised."""


Decision = ByTwo | Undecided | Exempt

UNDECIDED = Undecided()


class Basis(StrEnum):
    """On what a stored campaign rests."""

    FEW = "few"
    APPROVED = "approved"
    EXEMPT = "exempt"


@dataclass(frozen=True, kw_only=True)
class Reaching:
    """What a command would bring to many: ``kind`` of message about ``subject``, to ``people``
    (0 where ``public``: everyone on the internet). ``by_platform``: how many are reached where.
    ``seconds``: how long the slowest platform takes. ``everyone``: it is nearly all of the
    staff. ``by_lot``: who they are is known to nobody, so neither is where they are reached, and
    their number is told in fives."""

    kind: str
    subject: UUID
    people: int = 0
    by_platform: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    everyone: bool = False
    public: bool = False
    by_lot: bool = False

    @property
    def told(self) -> int:
        """How many, as it may be told."""
        return in_fives(self.people) if self.by_lot else self.people


def in_fives(people: int) -> int:
    """Rounds a number down to a multiple of five, so that it reveals nothing about one person."""
    return people - people % 5


@dataclass(frozen=True, kw_only=True)
class Yes:
    """A second person's yes to one command, while that command runs: ``reaching`` is what they were
    shown, and ``most`` how many people it covers."""

    by: ByTwo
    reaching: Reaching
    most: int

    def covers(self, kind: str, people: int) -> bool:
        return kind == self.reaching.kind and (self.reaching.public or people <= self.most)


class SecondPersonNeededError(Exception):
    """A second person has to approve what would go to so many. Everything that the transaction did
    is rolled back; the dispatch keeps the command, and asks."""

    def __init__(self, reaching: Reaching) -> None:
        super().__init__(f"{reaching.kind} to {reaching.people} people needs a second person")
        self.reaching = reaching
