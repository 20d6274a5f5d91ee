"""What a kind of duty is. A feature that asks something of people declares it in ``DUTY_KINDS``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from core.deciding import Exempt
from core.text import Text
from governance.duties.model import Some
from governance.features import declared
from governance.ports import GovernanceStore

Ask = Callable[[GovernanceStore, UUID, Collection[UUID], datetime], None]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Who should have a duty about a subject, whether they have done it or not. ``due``: until when
    it is asked of those who are asked now; who has another day is another ``Wanted``."""

    subject: UUID
    people: Collection[UUID]
    due: date
    exempt: Exempt | None = None
    """Why many may be asked without a second person; None: a second person is needed."""


@dataclass(frozen=True, kw_only=True)
class DutyKind:
    """``kind`` is also the kind of the delivery that asks, and ``again`` of the one that reminds:
    the feature declares both, as ``personal``. ``wanted`` gives all that is asked now, on a day of
    the district's, of some people or (None) of all; what it leaves out is asked of them no more.
    ``named``: duties as lists name them, by their subjects, in a few statements however many there
    are. ``asks``: sends what asks people about a subject, where that
    is a message of another kind. ``private``: a building's list leaves it out, and only the ISO
    sees who owes it. ``ahead``: the administrators of a building see on their list who there owes
    it before anyone is overdue, as they may see it person by person anyway."""

    kind: str
    wanted: Callable[[GovernanceStore, date, Some | None], Iterable[Wanted]]
    named: Callable[[GovernanceStore, Collection[UUID]], Mapping[UUID, Text]]
    asks: Ask | None = None
    private: bool = False
    ahead: bool = False

    @property
    def again(self) -> str:
        return again(self.kind)


def again(kind: str) -> str:
    """The kind of the delivery that reminds."""
    return f"{kind}-again"


@cache
def duty_kinds() -> dict[str, DutyKind]:
    return {one.kind: one for of_feature in declared("DUTY_KINDS") for one in of_feature}
