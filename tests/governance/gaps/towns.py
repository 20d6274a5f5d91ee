"""A town whose ISO has assessed a small framework: 1.2 and 2.1 are gaps, 1.1 is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from bot.app.core import Core
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
)
from governance.gaps.commands import DecideGap
from governance.gaps.messages import GapView
from governance.gaps.model import GapChoice
from storage.transaction import Transaction
from tests.attacks.hall import Hall
from tests.governance.controls.frameworks import SMALL
from tests.journeys.town import ISO, TEACHER, person

DUE = date(2026, 10, 30)
LATER = date(2026, 12, 1)
SECRETS = ("Legacy firewall stays", "2.25", "weak spot")
"""What stands in scores, answers and decisions here, and nowhere else."""


async def assessed(core: Core, *, committee: str = "network") -> UUID:
    """An assessment of which 1.1 scores five, 1.2 and 2.1 score 2.25, owned by a teacher."""
    owner = await person(core, TEACHER)
    given = Assessment(
        id=uuid4(),
        name="Winter",
        framework="small",
        version="2",
        group="g1",
        due=DUE,
        committee=committee,
        state=AssessmentState.OPEN,
        made_at=core.now(),
        opened_at=core.now(),
    )

    def row(number: str, scores: Iterable[int]) -> Assessed:
        return Assessed(
            assessment_id=given.id,
            number=number,
            owner=owner.id,
            due=DUE,
            state=AnswerState.CONFIRMED,
            answer=Answer(
                applicable=True,
                scores=dict(zip(Dimension, scores, strict=True)),
                evidence="weak spot in the cellar",
            ),
            answered_by=owner.id,
            answered_at=core.now(),
        )

    def put(tx: Transaction) -> None:
        tx.put_framework(SMALL, None, core.now())
        tx.put_assessment(given)
        tx.put_assessed(
            [row("1.1", (5, 5, 5, 5)), row("1.2", (3, 2, 2, 2)), row("2.1", (3, 2, 2, 2))]
        )

    await core.store.write(put)
    return given.id


def deciding(assessment: UUID, **more: object) -> DecideGap:
    given = {
        "number": "1.2",
        "choice": GapChoice.MEND,
        "why": "Legacy firewall stays until summer",
        "by_day": LATER,
    }
    return DecideGap(assessment_id=assessment, **(given | more))  # type: ignore[arg-type]


async def decided(town: Hall, assessment: UUID, **more: object) -> GapView:
    found = await town.ask(ISO, deciding(assessment, **more))
    assert isinstance(found, GapView), found
    return found


async def renumbered(town: Hall, before: UUID, number: str) -> UUID:
    """An assessment, opened a second later, of version 3 of the framework. There the safeguard with
    this number is called 1.10, and the number is another safeguard's. Both score one."""
    three = replace(SMALL, version="3", renumbered={"1.10": number})
    low = Answer(applicable=True, scores=dict.fromkeys(Dimension, 1))
    owner, later = await person(town.core, TEACHER), town.clock() + timedelta(seconds=1)

    def put(tx: Transaction) -> UUID:
        tx.put_framework(three, None, later)
        last = tx.assessment(before)
        assert last
        made = replace(last, id=uuid4(), version="3", group="g2", made_at=later, opened_at=later)
        tx.put_assessment(made)
        tx.put_assessed(
            [
                Assessed(
                    assessment_id=made.id,
                    number=one,
                    owner=owner.id,
                    due=made.due,
                    state=AnswerState.CONFIRMED,
                    answer=low,
                    answered_at=town.clock(),
                )
                for one in (number, "1.10")
            ]
        )
        return made.id

    found: UUID = await town.core.store.write(put)
    town.clock.forward(seconds=2)
    return found


async def sent_back(core: Core, assessment: UUID, number: str) -> None:
    """Its owner has something to answer again."""

    def put(tx: Transaction) -> None:
        row = tx.assessed_one(assessment, number)
        assert row is not None
        tx.put_assessed([replace(row, state=AnswerState.SENT_BACK, due=date(2027, 1, 1))])

    await core.store.write(put)
