"""The schema for editors and the reader say the same: field by field, file by file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.demo.examples import example_district
from bot.files.audience_yaml import PARTS, load_audience
from bot.files.fields import Entry
from bot.files.question_yaml import read_question
from bot.files.survey_schema import (
    FILE_NAME,
    HEADER,
    audience_schema,
    question_schemas,
    survey_schema,
    written,
)
from bot.files.survey_yaml import load_survey
from bot.files.templates import FOLDER
from bot.files.yaml_source import Source
from core.people import Audience

SURVEYS = example_district() / "surveys"
FILES = sorted([*FOLDER.glob("*.yaml"), *SURVEYS.glob("*.yaml")])
CHECK = Draft202012Validator(survey_schema())


def _texts(value: Any) -> Any:
    """As an editor reads YAML: mappings have words as keys, days are words."""
    if isinstance(value, dict):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_texts(one) for one in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def faults(words: str) -> list[str]:
    return [
        error.message
        for error in CHECK.iter_errors(_texts(yaml.load(words, Loader=yaml.CSafeLoader)))
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_shipped_is_right_by_the_schema_and_names_it(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    assert faults(words) == []
    assert words.startswith(HEADER)
    assert (path.parent / FILE_NAME).read_text(encoding="utf-8") == written(survey_schema())


def test_the_schemas_are_schemas() -> None:
    for schema in (survey_schema(), audience_schema()):
        Draft202012Validator.check_schema(schema)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Which fields the reader takes, mapping by mapping, as it is told them."""
    taken: list[tuple[str, ...]] = []
    monkeypatch.setattr(Entry, "only", lambda _, *known: taken.append(known))
    return taken


@pytest.mark.parametrize("kind", question_schemas())
def test_a_questions_fields_are_those_that_its_reader_takes(
    kind: str, read: list[tuple[str, ...]]
) -> None:
    node = yaml.compose(f"{{key: q, kind: {kind}, prompt: How}}")
    assert isinstance(node, yaml.MappingNode)
    read_question(Entry.of(Source(file="x.yaml"), node, "the question"))
    assert set(read[0]) == set(question_schemas()[kind]["properties"])


def test_every_kind_that_is_read_is_in_the_schema_and_no_other() -> None:
    node = yaml.compose("{key: q, kind: nothing, prompt: How}")
    assert isinstance(node, yaml.MappingNode)
    source = Source(file="x.yaml")
    read_question(Entry.of(source, node, "the question"))
    told = source.problems[0].fix
    for kind in question_schemas():
        node = yaml.compose(f"{{key: q, kind: {kind}, prompt: How}}")
        assert isinstance(node, yaml.MappingNode)
        own = Source(file="x.yaml")
        read_question(Entry.of(own, node, "the question"))
        assert not any("not a kind" in problem.message for problem in own.problems)
    if told.startswith("Use one of"):
        offered = told.removeprefix("Use one of: ").removesuffix(".").split(", ")
        assert set(offered) == set(question_schemas())
    else:
        assert told.startswith(f"There are {len(question_schemas())} to choose from")


def test_a_surveys_and_a_pages_fields_are_those_that_the_reader_takes(
    read: list[tuple[str, ...]],
) -> None:
    load_survey(SURVEYS / "learning-platform.yaml")
    page = survey_schema()["properties"]["pages"]["items"]
    known = {frozenset(one) for one in read}
    assert frozenset(survey_schema()["properties"]) in known
    assert frozenset(page["properties"]) in known
    assert frozenset(page["properties"]["show_if"]["properties"]) in known
    choices = question_schemas()["single"]["properties"]["choices"]["items"]
    assert frozenset(choices["properties"]) in known


WEEKLY = (SURVEYS / "weekly-pulse.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("kind: scale", "kind: scal"),
        ("points: 5", "points: 12"),
        ("minutes: 1", "minutes: 0"),
        ("longest: 500", "longest: 9000"),
        ("prompt:", "promt:"),
        ("tables: [district, level]", "tables: [district, planet]"),
        ("key: weekly-pulse", "key: Weekly Pulse"),
    ],
)
def test_a_mistake_is_underlined_and_the_reader_agrees(
    right: str, wrong: str, tmp_path: Path
) -> None:
    assert right in WEEKLY
    spoiled = WEEKLY.replace(right, wrong, 1)
    path = tmp_path / "spoiled.yaml"
    path.write_text(spoiled, encoding="utf-8")
    assert faults(spoiled)
    assert isinstance(load_survey(path), list)


def test_an_audience_is_held_the_same_way(tmp_path: Path) -> None:
    check = Draft202012Validator(audience_schema())
    rule = audience_schema()["properties"]["audience"]["anyOf"][1]
    assert set(rule["properties"]) == set(PARTS)
    for words, good in (
        ("audience: everyone", True),
        ("audience: {roles: [teacher], levels: [high], except_people: [a@b.example]}", True),
        ("audience: {roles: [student]}", False),
        ("audience: {}", False),
        ("audience: nobody", False),
    ):
        path = tmp_path / "audience.yaml"
        path.write_text(words, encoding="utf-8")
        assert isinstance(load_audience(path), Audience) is good
        assert check.is_valid(yaml.safe_load(words)) is good
