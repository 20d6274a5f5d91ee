"""The arithmetic of measuring, on cases that can be reckoned by hand."""

from __future__ import annotations

import json
import random
from pathlib import Path
from statistics import fmean

import pytest

from governance.reading.examples import BadLineError, read_examples
from governance.reading.labelled import FOLDS, Label, Labelled, load_labelled, parts_of
from governance.reading.scores import (
    calibration_by_chance,
    calibration_error,
    macro_f1,
    pairs,
    surest,
    wilson,
)


def test_an_interval_is_wide_for_few_and_is_within_what_is_possible() -> None:
    low, high = wilson(24, 24)
    assert (round(low, 3), high) == (0.862, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(50, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)


def test_calibration_is_how_far_confidence_is_from_what_was_right() -> None:
    said = [(0.95, True)] * 19 + [(0.95, False)]
    assert calibration_error(said) == pytest.approx(0.0)
    assert calibration_error([(0.9, False), (0.1, True)]) == pytest.approx(0.9)
    assert calibration_error([(1.0, True), (1.0, False)]) == pytest.approx(0.5)


def test_a_perfect_reader_of_few_messages_seems_uncalibrated_by_chance() -> None:
    """As often as dice say it, thrown for a reader whose every confidence is true."""
    dice = random.Random(6)  # noqa: S311
    for many in (100, 600):
        sure = [dice.uniform(0.3, 1.0) for _ in range(many)]
        seen = [calibration_error([(one, dice.random() < one) for one in sure]) for _ in range(200)]
        assert calibration_by_chance(sure) == pytest.approx(fmean(seen), rel=0.1)
    assert calibration_by_chance([]) == 0.0


def test_as_many_are_sent_as_can_be_rightly_and_equals_go_together() -> None:
    assert surest([(0.9, True)] * 9 + [(0.8, False), (0.7, True)], 0.9) == 11
    assert surest([(0.9, False), (0.8, True)], 0.9) == 0
    assert surest([(0.5, True), (0.5, False)], 0.9) == 0, "whichever of them comes first"


def test_a_class_that_is_never_read_pulls_the_macro_f1_down() -> None:
    read = [("up", "up"), ("up", "up"), ("down", "up")]
    assert macro_f1(read, ["up", "down"]) == pytest.approx((0.8 + 0.0) / 2)


def test_pairs_of_one_group_are_counted_and_a_message_alone_has_none() -> None:
    found = pairs([0, 0, 0, 1], ["wifi", "wifi", None, None])
    assert (found.both, found.found, found.true) == (1, 3, 1)
    assert found.f1 == pytest.approx(0.5)
    assert pairs([0, 1], [None, None]).f1 == 1.0


def _file(path: Path, lines: list[dict[str, object]]) -> Path:
    plain: dict[str, object] = {"role": "teacher", "level": "high", "committees": []}
    path.write_text("".join(json.dumps(plain | line) + "\n" for line in lines), "utf-8")
    return path


def test_an_authors_messages_and_a_matters_stay_together_in_a_fold(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [{"text": f"Word {n}", "author": n % 7} for n in range(35)]
    lines += [{"text": f"Said again {n}", "dup": f"matter {n % 2}"} for n in range(6)]
    messages = load_labelled(_file(tmp_path / "own.jsonl", lines), [])
    parts = parts_of({"own.jsonl": messages})
    assert len(parts) == FOLDS
    assert sorted(map(len, (part.messages for part in parts)))[0] >= 5
    held = [(one.together, at) for at, part in enumerate(parts) for one in part.messages]
    assert len(held) == 41
    assert len(set(held)) == 9, "each author and each matter in one fold"


def test_a_label_that_is_null_is_one_and_a_missing_field_is_none(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [{"text": "One", "urgent": None}, {"text": "Two", "pii": []}]
    one, two = load_labelled(_file(tmp_path / "own.jsonl", lines), [])
    assert one.labels == {Label.URGENT}
    assert two.labels == {Label.PERSONAL}


def test_several_files_are_a_part_each_and_an_empty_one_is_named() -> None:
    with pytest.raises(ValueError, match="empty has no messages"):
        parts_of({"full": [_said("a")], "empty": []})
    with pytest.raises(ValueError, match="Label more, or give a second file"):
        parts_of({"small": [_said("a"), _said("a")]})


def _said(author: str) -> Labelled:
    line = '{"text": "Wifi", "role": "teacher", "level": "high", "committees": []}'
    return Labelled(example=read_examples([line])[0], labels=frozenset(), together=author)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"text": "Wifi", "committees": ["nobody"]}, 'line 2: there is no committee "nobody"'),
        ({"text": "Wifi", "dup": ["x"]}, 'line 2: "dup" must be a word, a number or null'),
        ({"text": "Wifi", "urgent": "very"}, 'line 2: "urgent" is "very"; use one of safety'),
    ],
)
def test_a_bad_line_is_named_with_what_to_mend(
    tmp_path: Path, line: dict[str, object], said: str
) -> None:
    path = _file(tmp_path / "own.jsonl", [{"text": "Fine"}, line])
    with pytest.raises(BadLineError, match=f"own.jsonl, {said}"):
        load_labelled(path, ["known"])
