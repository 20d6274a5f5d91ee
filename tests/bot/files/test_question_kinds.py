"""The kinds of question in a survey's file: read as written and back, mistakes named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.files.problems import Problem
from bot.files.survey_yaml import dump_survey, load_survey
from core.text import text
from surveys.authoring.presets import AGREEMENT, FREQUENCY, LIKELIHOOD
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Other,
    Period,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.survey import Condition, Survey

YES_NO = (Choice(key="yes", label=text("Yes")), Choice(key="no", label=text("No")))
SURVEY = """\
key: tools
title: Tools
asked_by: Computing Services
purpose: We ask how it goes.
pages:
  - questions:
      - key: tool
        kind: matrix
        prompt: How much do you agree?
        scale: agreement
        statements:
          - {key: easy, label: It is easy}
          - {key: fast, label: It is fast}
      - {key: often, kind: frequency, prompt: How often?}
      - {key: sure, kind: agreement, prompt: Sure?, required: false}
      - {key: enps, kind: enps, prompt: Would you recommend it?}
      - {key: used, kind: single, prompt: Used?, other: true, choices: [
          {key: "yes", label: "Yes"}, {key: "no", label: "No"}]}
      - {key: help, kind: several, prompt: Help?, at_least: 2, at_most: 3, choices: [
          {key: "yes", label: "Yes"}, {key: "no", label: "No"}],
         other: {label: Other help, longest: 90}}
      - {key: since, kind: date, prompt: Since?, minimum: 2025-08-01, maximum: 2026-11-30}
      - {key: day, kind: date, prompt: Day?, minimum: 2026-11-01, maximum: 2026-11-30, by: day}
      - {key: zero, kind: scale, prompt: Zero?, points: 3, lowest: 0, labels: {0: No, 2: Yes}}
      - {key: why, kind: text, prompt: Why?, shortest: 10}
  - show_if: {question: tool.easy, at_most: 2}
    questions:
      - {key: more, kind: text, prompt: More?}
  - show_if: {question: enps, any_of: [0, 10]}
    questions:
      - {key: end, kind: text, prompt: End?}
  - show_if: {question: used, any_of: [other]}
    questions:
      - {key: else, kind: text, prompt: Else?}
"""


def load(folder: Path, content: str = SURVEY) -> Survey | list[Problem]:
    path = folder / "tools.yaml"
    path.write_text(content, encoding="utf-8")
    return load_survey(path)


def test_every_kind_reads_as_written_and_back(tmp_path: Path) -> None:
    survey = load(tmp_path)
    assert isinstance(survey, Survey), survey
    tool, often, sure, enps, used, several, since, day, zero, why = survey.pages[0].questions
    assert tool == Matrix(
        key="tool",
        prompt=text("How much do you agree?"),
        statements=(
            Statement(key="easy", label=text("It is easy")),
            Statement(key="fast", label=text("It is fast")),
        ),
        labels=AGREEMENT,
    )
    assert isinstance(often, Scale)
    assert often.labels == FREQUENCY
    assert isinstance(sure, Scale)
    assert (sure.labels, sure.required) == (AGREEMENT, False)
    assert isinstance(enps, Scale)
    assert (enps.enps, enps.lowest, enps.highest, enps.labels) == (True, 0, 10, LIKELIHOOD)
    assert used == SingleChoice(key="used", prompt=text("Used?"), choices=YES_NO, other=Other())
    assert several == SeveralChoice(
        key="help",
        prompt=text("Help?"),
        choices=YES_NO,
        at_least=2,
        at_most=3,
        other=Other(label=text("Other help"), longest=90),
    )
    first, last = date(2025, 8, 1), date(2026, 11, 30)
    assert since == Date(key="since", prompt=text("Since?"), minimum=first, maximum=last)
    assert isinstance(day, Date)
    assert day.by is Period.DAY
    assert isinstance(zero, Scale)
    assert (zero.lowest, zero.highest) == (0, 2)
    assert isinstance(why, FreeText)
    assert why.shortest == 10
    assert [page.show_if for page in survey.pages[1:]] == [
        Condition(question="tool.easy", at_most=2),
        Condition(question="enps", any_of=("0", "10")),
        Condition(question="used", any_of=("other",)),
    ]
    assert load(tmp_path, dump_survey(survey)) == survey


@pytest.mark.parametrize(
    ("old", "new", "message", "fix"),
    [
        ("scale: agreement", "scale: agreements", 'no scale "agreements"', "agreement"),
        ("scale: agreement", "points: 5", 'has no "labels"', "labels"),
        ("scale: agreement", "scale: agreement\n        points: 5", 'its own "points"', "Remove"),
        (
            "{key: fast, label: It is fast}",
            "{key: easy, label: Fast}",
            "appears twice",
            "another key",
        ),
        ("          - {key: fast, label: It is fast}\n", "", "1 statements do not make", "2 to 10"),
        ("kind: frequency", "kind: frequency, points: 4", 'no field "points"', "Use one of"),
        ("kind: enps", "kind: enps, labels: {1: Low, 10: High}", "Point 0", '"0:"'),
        ("at_least: 2, at_most: 3", "at_least: 3, at_most: 2", "greater than its", "Exchange"),
        ("at_least: 2, at_most: 3", "at_most: 4", "there are 3 choices", "3 or less"),
        (
            'other: true, choices: [\n          {key: "yes"',
            "other: true, choices: [\n          {key: other",
            'has "other:" and a choice',
            "another key",
        ),
        ("longest: 90", "longest: 900", "900", "1 to 500"),
        ("minimum: 2025-08-01", "minimum: 08/01/2025", '"08/01/2025"', "2026-05-31"),
        ("minimum: 2025-08-01", "minimum: 2027-08-01", "after its", "Exchange"),
        ("minimum: 2025-08-01", "minimum: 2019-08-01", "too far apart", "36 months"),
        ("minimum: 2025-08-01, ", "", 'no "minimum"', "Add"),
        ("lowest: 0, labels", "lowest: 2, labels", '"2"', "0 to 1"),
        ("shortest: 10", "shortest: 10, longest: 9", '"10"', "0 to 9"),
        ("question: tool.easy", "question: tool", 'asks "tool"', "tool.easy"),
        ("question: tool.easy", "question: since", 'depend on "since"', "choices"),
        ("any_of: [0, 10]", "any_of: [11]", '"11" is not an answer', "0, 1"),
    ],
)
def test_a_mistake_is_named_with_its_fix(
    tmp_path: Path, old: str, new: str, message: str, fix: str
) -> None:
    assert SURVEY.count(old) == 1
    problems = load(tmp_path, SURVEY.replace(old, new))
    assert isinstance(problems, list)
    assert any(message in p.message and fix in p.fix for p in problems), problems


def test_no_key_has_a_dot_so_that_no_counted_key_is_another_questions(tmp_path: Path) -> None:
    problems = load(tmp_path, SURVEY.replace("key: why", "key: tool.easy"))
    assert isinstance(problems, list)
    assert problems[0].message == '"tool.easy" cannot be a key.'
