"""An open assessment with answers of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
)

AT = datetime(2026, 9, 30, 16, tzinfo=UTC)
DUE = date(2027, 1, 15)


def scored(policy: int, implemented: int, automated: int, reported: int) -> Mapping[Dimension, int]:
    return dict(zip(Dimension, (policy, implemented, automated, reported), strict=True))


def assessment() -> Assessment:
    """Of the small framework."""
    return Assessment(
        id=uuid4(),
        name="Fall assessment",
        framework="small",
        version="2",
        group="g2",
        due=DUE,
        state=AssessmentState.OPEN,
        made_at=AT,
        opened_at=AT,
    )


def rows(given: Assessment, owner: UUID, iso: UUID) -> tuple[Assessed, ...]:
    """1.1 is confirmed, 1.2 was sent back, 1.10 does not apply, 2.1 is done."""

    def row(number: str, state: AnswerState, answer: Answer) -> Assessed:
        return Assessed(
            assessment_id=given.id,
            number=number,
            owner=owner,
            due=DUE,
            state=state,
            answer=answer,
            answered_by=owner,
            answered_at=AT,
        )

    first = Answer(applicable=True, scores=scored(4, 3, 2, 1), evidence="=HYPERLINK(1)")
    back = Answer(applicable=True, scores=scored(5, 5, 5, 5), word="Prove it")
    confirmed = row("1.1", AnswerState.CONFIRMED, first)
    return (
        replace(confirmed, confirmed_by=iso, confirmed_at=AT),
        row("1.2", AnswerState.SENT_BACK, back),
        row("1.10", AnswerState.DONE, Answer(applicable=False, why_not="-no lab, é 漢")),
        row("2.1", AnswerState.DONE, Answer(applicable=True, scores=scored(1, 2, 1, 1))),
    )
