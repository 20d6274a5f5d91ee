"""Lines of a file in, a result each out."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from governance.reading.examples import BadLineError
from governance.reading.reader import Reader
from governance.reading.route import route_lines


def line(**fields: object) -> str:
    return json.dumps({"id": "m1", "text": "wifi", "role": "teacher", "level": "high"} | fields)


def test_a_line_comes_back_with_its_id_and_all_fields(reader: Reader) -> None:
    text = "No captions for Nola Firth, she is deaf"
    (result,) = route_lines(reader, ["\n", line(id=7, text=text)])
    assert list(result) == [
        "id",
        "committees",
        "themes",
        "confidence",
        "route",
        "sentiment",
        "aspects",
        "urgent",
        "pii",
    ]
    assert result["id"] == 7
    assert result["committees"][0] == "accessibility"
    assert result["pii"] == [
        {"start": 16, "end": 26, "kind": "PERSON", "text": "Nola Firth"},
        {"start": 35, "end": 39, "kind": "HEALTH", "text": "deaf"},
    ]
    assert result["themes"] == ["accessible-content"]
    assert result["urgent"] is None
    json.dumps(result)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("nonsense", "not JSON"),
        ('"text"', "not an object"),
        (line(id=None), '"id" is missing'),
        (line(text=None), '"text" must be text'),
        (line(role="janitor"), '"role" is "janitor"; use one of teacher'),
        ('{"id": 1, "text": "x", "role": "teacher"}', '"level" is missing'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_is_named_after_the_good_ones(reader: Reader, bad: str, why: str) -> None:
    results = route_lines(reader, [line(), line(id="m2"), bad, line()])
    assert [result["id"] for result in islice(results, 2)] == ["m1", "m2"]
    with pytest.raises(BadLineError, match="line 3") as caught:
        next(results)
    assert why in caught.value.why


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("thanks!", "thanks"),
        ("my surveys", "surveys"),
        ("When does the survey close?", "closes"),
        ("¿Quién lee esto?", "who-reads"),
        ("asdf", "unclear"),
    ],
)
def test_what_is_said_to_the_bot_itself_goes_to_nobody(
    reader: Reader, said: str, intent: str
) -> None:
    (result,) = route_lines(reader, [line(text=said)])
    assert (result["route"], result["intent"]) == ("conversation", intent)
    assert (result["committees"], result["themes"]) == ([], [])


@pytest.mark.parametrize(
    "said", ["no internet", "he has a gun", "ayúdenme", "thanks, no sound now"]
)
def test_what_is_short_and_says_something_is_routed(reader: Reader, said: str) -> None:
    (result,) = route_lines(reader, [line(text=said)])
    assert result["route"] != "conversation"
    assert "intent" not in result
