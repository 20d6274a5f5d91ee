"""What is shown and sent about acknowledging the IT rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest

from core.messages import Action, Asks, InPlace, Order
from core.text import Text
from governance.acknowledgements.model import AcknowledgementSet, Listed
from governance.duties.model import Count
from governance.second_person.model import SecondPerson


@dataclass(frozen=True, kw_only=True)
class Acknowledgement(Asks, InPlace):
    """To one person: the rules that they are asked to acknowledge, or have. ``mark``: of what is
    listed. ``moved_on``: it was changed since they were shown it, and nothing is kept yet.
    ``opened``: how many of the rules, in their order, were opened; the last of them is shown with
    its text. ``proofs``: for each such number, what shows that it is true of this reader; none
    where no rule has to be opened."""

    given: AcknowledgementSet
    rules: tuple[Listed, ...]
    mark: int
    due: date
    done_at: datetime | None = None
    reminder: bool = False
    moved_on: bool = False
    opened: int = 0
    proofs: tuple[str, ...] = ()

    def proof(self, opened: int) -> str | None:
        """What a button or a link carries where so many rules were opened."""
        return self.proofs[opened] if self.proofs else None

    def proven(self, proof: str | None) -> int:
        """How many rules were opened, as one of its proofs shows."""
        given = (proof or "").encode()
        proven = (n for n, one in enumerate(self.proofs) if compare_digest(one.encode(), given))
        return next(proven, 0)

    @property
    def shown(self) -> Listed | None:
        """The rule whose text stands in the message: the last that was opened, or the only one."""
        if self.done_at is not None:
            return None
        return self.rules[self.opened - 1] if self.opened else self.only

    @property
    def only(self) -> Listed | None:
        return self.rules[0] if len(self.rules) == 1 else None

    def to_open(self, opened: int) -> int | None:
        """The place of the next rule that has to be opened first, after so many were."""
        places = range(opened, len(self.rules))
        return next((place for place in places if self.rules[place].read_first), None)

    @property
    def action(self) -> Action:
        return Action.ACKNOWLEDGE

    @property
    def waiting(self) -> bool:
        return self.done_at is None

    @property
    def order(self) -> Order:
        return Order.DUTY

    @property
    def until(self) -> date:
        return self.due


@dataclass(frozen=True, kw_only=True)
class ChangedCount:
    """A rule that changed during the year, and how many acknowledged it again."""

    number: str
    title: Text
    version: int
    asked: int
    done: int


@dataclass(frozen=True, kw_only=True)
class AcknowledgementFigures(InPlace):
    """``given`` None: it was never asked. ``may_ask``: the reader can ask for ``year`` now.
    ``may_list``: they see who owes it by name."""

    given: AcknowledgementSet | None
    year: str
    buildings: tuple[Count, ...] = ()
    roles: tuple[Count, ...] = ()
    changed: tuple[ChangedCount, ...] = ()
    may_ask: bool = False
    may_list: bool = False
    second: SecondPerson | None = None
    asking: int = 0
    """How many people are still being asked, in batches over a minute or two. The tables do not
    count them yet."""

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.roles) + self.asking

    @property
    def done(self) -> int:
        return sum(one.done for one in self.roles)


@dataclass(frozen=True, kw_only=True)
class AcknowledgementExport:
    """A file may be written of what was acknowledged until ``at``."""

    at: datetime


AcknowledgementMessage = Acknowledgement | AcknowledgementFigures
AcknowledgementPage = AcknowledgementExport
