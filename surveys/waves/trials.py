"""Answering a survey as a test: the same pages, from a wave that is asked of its author alone.

It is kept apart from waves and responses: whatever counts or releases never sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.people import Audience
from surveys.ports import SurveyStore, Trial
from surveys.questions import Answer
from surveys.survey import Wave, WaveState

TRIAL_LASTS = timedelta(days=1)


def as_wave(trial: Trial) -> Wave:
    """What its pages are drawn from."""
    return Wave(
        id=trial.id,
        survey=trial.survey,
        audience=Audience(),
        opens_at=trial.until - TRIAL_LASTS,
        closes_at=trial.until,
        state=WaveState.OPEN,
    )


def hold(
    store: SurveyStore, trial: Trial, answers: Mapping[str, Answer], *, complete: bool
) -> None:
    """Keep what was said for the next page; after the last one there is nothing to keep."""
    store.put_trial(replace(trial, answers={} if complete else answers))
