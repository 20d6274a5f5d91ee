"""Floors that hold on the 600 labelled messages, by cross-validation (decision 0005)."""

from __future__ import annotations

import sys

import pytest

from governance.reading.evaluation import Evaluation


def test_no_message_is_lost_and_the_floors_hold(
    evaluation: Evaluation, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{evaluation.lines()}\n")
    for routing in (*evaluation.across, evaluation.folds):
        assert routing.lost == 0
        assert routing.hit >= 0.68
        assert routing.in_scope >= 0.62
        assert routing.top3 >= 0.80
        assert routing.out_of_scope >= 0.78
        assert routing.routed >= 0.22
        assert routing.routed_right >= 0.78
        assert routing.filed_right >= 0.88
    assert evaluation.folds.messages == 600


def test_tone_urgency_and_personal_data_keep_their_floors(evaluation: Evaluation) -> None:
    assert evaluation.tone_f1 >= 0.44
    found, there = evaluation.urgent
    assert there == 24
    assert found >= 22
    assert evaluation.false_alarms <= 6
    for kind in ("STUDENT_ID", "PHONE", "EMAIL", "ADDRESS", "DOB", "SSN", "PERSON"):
        assert evaluation.personal.recall(kind) >= 0.95, kind
    assert evaluation.personal.needless <= 6
