"""What is sent about surveys: to answer them, and what they found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from core.people import Person
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.ports import GovernanceStore
from governance.upkeep.messages import RecordsHold
from surveys.asking.presenting import invited, promise_of
from surveys.messages import Invitation, Results
from surveys.promise import Promise
from surveys.survey import Wave, WaveState
from surveys.waves.closing import HOLD_LIFTED, HOLD_SET


def _asking(on: Occasion, *, reminder: int) -> Invitation | None:
    wave = on.store.wave(on.subject)
    if wave is None or wave.state is not WaveState.OPEN or wave.closes_at <= on.now:
        return None
    asking = invitation(wave, promise_of(on.store, wave), reminder=reminder)
    return asking if on.reader is None else invited(asking, on.reader.id)


def invitation(wave: Wave, told: Promise, *, reminder: int = 0) -> Invitation:
    survey = wave.survey
    return Invitation(
        wave_id=wave.id,
        title=survey.title,
        asked_by=survey.asked_by,
        purpose=survey.purpose,
        question_count=len(survey.questions),
        minutes=survey.effort,
        closes_at=wave.closes_at,
        promise=told,
        inline=survey.questions if survey.short else (),
        reminder=reminder,
    )


def _results(on: Occasion) -> Results | None:
    """Not in the inbox of somebody who was the CTO; in the channels of the committees that the
    survey names."""
    if on.queue is None:
        seen = on.for_cto
    else:
        wave = on.store.wave(on.subject)
        seen = wave is not None and on.queue in wave.survey.committees
    results = on.store.results(on.subject) if seen else None
    return Results(results=results) if results else None


def _results_ahead(
    store: GovernanceStore, waves: Sequence[UUID], _: Person
) -> Iterable[UUID | None]:
    store.results_ahead(waves)
    return ()


def _records_hold(on: Occasion, *, held: bool) -> RecordsHold | None:
    """None: it has been undone since."""
    wave = on.store.wave(on.subject)
    if wave is None or wave.hold is not held:
        return None
    return RecordsHold(
        wave_id=wave.id,
        title=wave.survey.title,
        closes_at=wave.closes_at,
        why=wave.hold_why if held else None,
    )


DELIVERIES: Deliveries = (
    Delivery(
        kind="invitation", compose=lambda on: _asking(on, reminder=0), asks=True, may_wait=True
    ),
    Delivery(kind="reminder", compose=lambda on: _asking(on, reminder=1), asks=True, may_wait=True),
    Delivery(kind="results", compose=_results, ahead=_results_ahead),
    Delivery(kind=HOLD_SET, compose=lambda on: _records_hold(on, held=True)),
    Delivery(kind=HOLD_LIFTED, compose=lambda on: _records_hold(on, held=False)),
)
