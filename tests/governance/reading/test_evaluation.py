"""Floors that hold on the 600 labelled messages, by cross-validation (decision 0044)."""

from __future__ import annotations

import sys
from statistics import fmean

import pytest

from governance.reading.evaluation import Evaluation


def test_no_message_is_lost_and_the_floors_hold(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{evaluation.lines()}\n")
    for routing in evaluation.reader.routing:
        assert routing.messages == 300
        assert routing.hit >= 0.76
        assert routing.in_scope >= 0.73
        assert routing.top3 >= 0.93
        assert routing.out_of_scope >= 0.87
    for routing, decided in zip(evaluation.reader.routing, evaluation.decisions, strict=True):
        assert decided.lost == 0
        assert decided.routed * routing.messages >= 0.55 * routing.inside
        assert decided.routed_right >= 0.84
        assert decided.filed_right >= 0.65


def test_tone_urgency_duplicates_and_personal_data_keep_their_floors(
    evaluation: Evaluation,
) -> None:
    assert fmean(evaluation.reader.tone or [0.0]) >= 0.70
    assert fmean([one.f1 for one in evaluation.reader.duplicates or ()]) >= 0.70
    raised = evaluation.reader.alarms
    assert raised is not None
    assert raised.there == 24
    assert raised.kind_right >= 23
    assert raised.false <= 0.03 * 576
    for kind in ("STUDENT_ID", "PHONE", "EMAIL", "ADDRESS", "DOB", "SSN", "PERSON"):
        assert evaluation.personal.recall(kind) >= 0.95, kind
    assert evaluation.personal.needless <= 24  # 30 of the 600 are the most there may be
