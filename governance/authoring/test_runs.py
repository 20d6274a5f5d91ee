"""A survey that its author answers as a test: the real invitation and form, to them alone.

Its title says on every platform that it is a test. Its answers are held from page to page, since
a later page may depend on them, and go with the last one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.text import Text
from governance.access import STRANGER, Actor, office, refusal
from governance.authoring.commands import TrySurvey
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from surveys.asking.presenting import invited, promise_of
from surveys.messages import Invitation
from surveys.ports import Trial
from surveys.survey import Survey
from surveys.waves.trials import TRIAL_LASTS, as_wave

TRIAL = "trial"
"""The kind of the delivery that asks somebody to try a survey."""


def try_survey(
    store: GovernanceStore, actor: Actor, command: TrySurvey, now: datetime
) -> Invitation | Refused:
    if actor.person is None:
        return refusal(STRANGER)
    trial = Trial(
        id=command.trial_id,
        person_id=actor.person.id,
        survey=as_test(command.survey),
        until=now + TRIAL_LASTS,
    )
    store.put_trial(trial)
    if command.send:
        store.deliver_to_person(
            actor.person,
            campaign=f"trial:{trial.id}",
            kind=TRIAL,
            subject=trial.id,
            now=now,
            urgent=True,  # who asks for it now is awake
        )
    return invitation_to_try(store, trial)


def as_test(survey: Survey) -> Survey:
    """The survey, marked as a test wherever its name is shown."""
    return replace(survey, title=_marked(survey.title, {"en": "Test: ", "es": "Prueba: "}))


def invitation_to_try(store: GovernanceStore, trial: Trial) -> Invitation:
    survey = trial.survey
    return Invitation(
        wave_id=trial.id,
        title=survey.title,
        asked_by=survey.asked_by,
        purpose=survey.purpose,
        question_count=len(survey.questions),
        minutes=survey.effort,
        closes_at=trial.until,
        promise=promise_of(store, as_wave(trial)),
        inline=survey.questions if survey.short else (),
    )


def composed(store: GovernanceStore, trial_id: UUID, now: datetime) -> Invitation | None:
    trial = store.trial(trial_id)
    return invitation_to_try(store, trial) if trial and now < trial.until else None


def _marked(title: Text, marks: dict[str, str]) -> Text:
    english = marks["en"]
    return Text(
        default=marks.get(title.language, english) + title.default,
        translations={
            tag: marks.get(tag.partition("-")[0], english) + said
            for tag, said in title.translations.items()
        },
        language=title.language,
    )


def _tried(on: Occasion) -> Invitation | None:
    trial = composed(on.store, on.subject, on.now)
    return trial if trial is None or on.reader is None else invited(trial, on.reader.id)


DELIVERIES: Deliveries = (Delivery(kind=TRIAL, compose=_tried, may_wait=True),)

OPERATIONS: Operations = (Operation(command=TrySurvey, run=try_survey, may=office),)
