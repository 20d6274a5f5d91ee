"""``show_if`` in a survey's file: read back as written, each mistake named with line and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files.survey_yaml import dump_survey, load_survey
from surveys.survey import Condition, Survey

SURVEY = """\
key: rollout
title: The new platform
asked_by: Computing Services
purpose: We ask how it goes.
pages:
  - questions:
      - {key: used, kind: single, prompt: Did you use it?, choices: [
          {key: "yes", label: "Yes"}, {key: "no", label: "No"}]}
      - {key: hours, kind: number, prompt: How many hours?}
      - {key: note, kind: text, prompt: Anything else?}
  - show_if: {question: used, any_of: ["yes"]}
    questions:
      - {key: well, kind: scale, prompt: How well?, points: 5, labels: {1: Badly, 5: Well}}
  - show_if: {question: well, none_of: [3], at_least: 2, at_most: 4}
    questions:
      - {key: why, kind: text, prompt: Why?}
"""


def load(folder: Path, content: str = SURVEY) -> object:
    path = folder / "rollout.yaml"
    path.write_text(content, encoding="utf-8")
    return load_survey(path)


def test_conditions_read_as_written_and_back(tmp_path: Path) -> None:
    survey = load(tmp_path)
    assert isinstance(survey, Survey)
    assert [page.show_if for page in survey.pages] == [
        None,
        Condition(question="used", any_of=("yes",)),
        Condition(question="well", none_of=("3",), at_least=2, at_most=4),
    ]
    assert load(tmp_path, dump_survey(survey)) == survey


USED = '{question: used, any_of: ["yes"]}'


@pytest.mark.parametrize(
    ("old", "new", "message", "fix"),
    [
        (USED, "{question: usd, any_of: [x]}", 'No page before this one asks "usd".', '"used"?'),
        (
            USED,
            "{question: well, any_of: [3]}",
            'No page before this one asks "well".',
            "used, hours",
        ),
        (USED, "{question: note, any_of: [x]}", 'No page can depend on "note".', "choices"),
        (USED, "{question: used, any_of: [yeah]}", '"yeah" is not an answer of "used".', "yes"),
        (USED, "{question: used, at_least: 2}", '"used" has no numbers to compare.', "any_of"),
        (USED, "{question: hours, any_of: [2]}", '"hours" has no answers to choose', "at_least"),
        (USED, "{question: used}", "not of which answers", "any_of"),
        (USED, "{question: used, is: yes}", 'no field "is"', "any_of"),
        (USED, '{question: used, any_of: ["no"], none_of: ["no"]}', "never be shown", "Widen"),
        ("at_most: 4", "at_most: 1", "never be shown", "Widen"),
        ("none_of: [3], at_least: 2", "any_of: [5]", "never be shown", "Widen"),
        ("none_of: [3]", "any_of: [6]", '"6" is not an answer of "well".', "1, 2"),
    ],
)
def test_a_condition_that_cannot_be_meant_is_named_with_its_line_and_its_fix(
    tmp_path: Path, old: str, new: str, message: str, fix: str
) -> None:
    assert SURVEY.count(old) == 1
    problems = load(tmp_path, SURVEY.replace(old, new))
    line = SURVEY[: SURVEY.index(old)].count("\n") + 1
    assert isinstance(problems, list)
    fitting = [one for one in problems if message in one.message and fix in one.fix]
    assert fitting, "\n".join(map(str, problems))
    assert fitting[0].line == line


def test_the_first_page_depends_on_nothing(tmp_path: Path) -> None:
    first = SURVEY.replace(
        "  - questions:\n      - {key: used",
        f"  - show_if: {USED}\n    questions:\n      - {{key: used",
        1,
    )
    problems = load(tmp_path, first)
    assert isinstance(problems, list)
    assert "Everyone sees the first page" in problems[0].message
