"""Labelled examples are read, and what is wrong is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.people import Level, Role
from governance.feedback.model import Tone, Urgency
from governance.reading.examples import BadLineError, load_examples

GOOD = (
    '{"id": "1", "text": "wifi is down", "role": "teacher", "level": "high", '
    '"committees": ["network"], "sentiment": "negative", "urgent": "security", '
    '"pii": [["Nola Firth", "PERSON"]]}'
)


def test_a_line_becomes_an_example(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(GOOD + "\n\n", encoding="utf-8")
    (example,) = load_examples(path, committees=["network"])
    assert (example.text, example.role, example.level) == ("wifi is down", Role.TEACHER, Level.HIGH)
    assert example.committees == ("network",)
    assert (example.sentiment, example.urgent) == (Tone.NEGATIVE, Urgency.SECURITY)
    assert example.personal == (("Nola Firth", "PERSON"),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        (GOOD.replace('"text"', '"words"'), '"text" is missing'),
        (GOOD.replace('"wifi is down"', '" "'), '"text" is empty'),
        (GOOD.replace('"wifi is down"', "5"), '"text" must be text'),
        (GOOD.replace('"high"', '"college"'), '"level" is "college"; use one of'),
        (GOOD.replace('["network"]', '"network"'), '"committees" must be a list'),
        (GOOD.replace("network", "netwrok"), 'no committee "netwrok"'),
        (GOOD.replace('"negative"', '"sad"'), '"sentiment" is "sad"'),
        (GOOD.replace('[["Nola Firth", "PERSON"]]', '[["Nola"]]'), '"pii" must be'),
    ],
)
def test_what_is_wrong_is_named_by_line(tmp_path: Path, line: str, why: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n{line}\n", encoding="utf-8")
    with pytest.raises(BadLineError, match="line 2") as caught:
        load_examples(path, committees=["network"])
    assert why in str(caught.value)
    assert "a.jsonl" in str(caught.value)
    assert caught.value.line == 2


def test_bytes_that_are_no_text_are_named_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD.encode() + b"\n\xff\xfe\n")
    with pytest.raises(BadLineError, match="line 2: not UTF-8"):
        load_examples(path)
