"""Who may give which command about assessments and gaps. Each part has a file ``access_*.py`` in
this folder or in that of the gaps, with ``ROWS``; ``furnish`` there puts what its commands need.

Everybody in the table of ``tests/governance/test_access.py`` is the teacher. So the teacher owns
"1.1" and somebody else "1.2", and the network's committee sees the summary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from uuid import UUID

from core.commands import Command
from governance.controls.model import Answer, AnswerState, Assessed, Assessment, AssessmentState
from storage.transaction import Transaction
from tests.governance import controls, gaps
from tests.governance.controls.filled import scored
from tests.governance.controls.frameworks import SMALL

ASSESSED, ASSESSED_BEFORE, ASSESSED_DRAFT = (UUID(int=i) for i in range(72, 75))
"""Assessments: one that is open, one that is closed (with the same owners), and a draft."""
OWN, OTHERS = "1.1", "1.2"
DUE = date(2099, 1, 15)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """``owner``: who owns the safeguard alone. ``readers``: its owner, the ISO and the CTO.
    ``summary``: the committee, the ISO and the CTO. ``offices``: the ISO and the CTO.
    ``nobodys``: for nobody who asks."""

    everybody: list[Command] = field(default_factory=list)
    owner: list[Command] = field(default_factory=list)
    readers: list[Command] = field(default_factory=list)
    summary: list[Command] = field(default_factory=list)
    offices: list[Command] = field(default_factory=list)
    iso: list[Command] = field(default_factory=list)
    clock: list[Command] = field(default_factory=list)
    operator: list[Command] = field(default_factory=list)
    nobodys: list[Command] = field(default_factory=list)

    @property
    def all(self) -> list[Command]:
        """Each once: what the operator and the clock share with people stands there alone."""
        found: list[Command] = []
        for one in fields(self):
            found += [command for command in getattr(self, one.name) if command not in found]
        return found

    @property
    def of_staff(self) -> list[Command]:
        """As the teacher, who owns a safeguard."""
        return [*self.everybody, *self.owner, *self.readers]

    @property
    def of_the_committee(self) -> list[Command]:
        return [*self.of_staff, *self.summary]

    @property
    def of_the_cto(self) -> list[Command]:
        return [*self.of_the_committee, *self.offices]

    @property
    def of_the_iso(self) -> list[Command]:
        return [*self.of_the_cto, *self.iso]


def rows() -> Rows:
    each = [module.ROWS for module in _parts()]
    return Rows(
        **{one.name: [c for part in each for c in getattr(part, one.name)] for one in fields(Rows)}
    )


def furnish(tx: Transaction, teacher: UUID, other: UUID, now: datetime) -> None:
    tx.put_framework(SMALL, None, now)
    _put(tx, ASSESSED, AssessmentState.OPEN, teacher, other, now)
    _put(tx, ASSESSED_BEFORE, AssessmentState.CLOSED, teacher, other, now)
    _put(tx, ASSESSED_DRAFT, AssessmentState.DRAFT, teacher, other, now)
    for module in _parts():
        if hasattr(module, "furnish"):
            module.furnish(tx, teacher, other, now)


def _put(
    tx: Transaction,
    which: UUID,
    state: AssessmentState,
    teacher: UUID | None,
    other: UUID | None,
    now: datetime,
) -> None:
    """ "2.1" is nobody's yet."""
    closed = state is AssessmentState.CLOSED
    given = Assessment(
        id=which,
        name="Winter",
        framework="small",
        version="2",
        group="g2",
        due=DUE,
        committee="network",
        state=AssessmentState.OPEN if closed else state,
        made_at=now,
        opened_at=None if state is AssessmentState.DRAFT else now,
    )
    tx.put_assessment(given)
    answer = Answer(applicable=True, scores=scored(3, 2, 1, 1), evidence="A canary")
    tx.put_assessed(
        [
            Assessed(
                assessment_id=which,
                number=one.number,
                owner={OWN: teacher, OTHERS: other}.get(one.number),
                due=DUE,
                state=AnswerState.DONE if one.number == OTHERS and other else AnswerState.OPEN,
                answer=answer if one.number == OTHERS and other else Answer(),
            )
            for one in given.scope(SMALL)
        ]
    )
    if closed:
        tx.put_assessment(replace(given, state=state, closed_at=now))


def _parts() -> Iterator[ModuleType]:
    for package in (controls, gaps):
        for one in iter_modules(package.__path__, f"{package.__name__}."):
            if one.name.rpartition(".")[2].startswith("access_") and not one.name.endswith("table"):
                yield import_module(one.name)
