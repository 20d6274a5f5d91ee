"""What a reader learned before is read from a file, and reads the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.people import Level, Role
from governance.reading.examples import Example
from governance.reading.reader import Reader
from tests import learned_once
from tests.governance.reading.few_lessons import learn_from_few
from tests.governance.reading.test_worker import FEW

SAID = (
    "The wi-fi drops every afternoon in room 12",
    "Ada Byron has not been paid for September",
    "There is a man with a gun in the hallway",
    "",
)


def test_it_is_learned_once_and_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learned_once, "FOLDER", tmp_path)
    monkeypatch.setenv("PYTHONHASHSEED", learned_once.SEED)
    learn_from_few(monkeypatch)
    again = Example(text="our time clock is dead again", role=Role.TEACHER, level=Level.HIGH)

    def readings(reader: Reader) -> list[object]:
        reader.correct([again])
        return [reader.read(text, Role.TEACHER, Level.HIGH) for text in (*SAID, again.text)]

    first = readings(learned_once.train(FEW, [], ["Ada Byron"]))
    learned_once._anew()
    monkeypatch.setattr(learned_once, "_anew", lambda: pytest.fail("learned anew"))
    assert readings(learned_once.train(FEW, [], ["Ada Byron"])) == first
    assert readings(learned_once.train(FEW, [], ["Ruth Okafor", "Ada Byron"])) == first


def test_other_lessons_and_other_code_are_learned_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learned_once, "FOLDER", tmp_path)
    made = iter(range(9))

    def learned(lessons: object) -> int:
        return learned_once.kept(lessons, lambda: next(made))

    assert [learned(one) for one in ("a", "a", "b", "a")] == [0, 0, 1, 0]
    monkeypatch.setattr(learned_once, "code", lambda: "other")
    assert [learned(one) for one in ("a", "b", "a")] == [2, 3, 2]
    assert len([*tmp_path.iterdir()]) == 1, "what other code learned is gone"
