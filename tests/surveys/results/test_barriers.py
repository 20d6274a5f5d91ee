"""ADKAR: each person's barrier is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.files import templates
from bot.files.problems import Problem
from bot.files.survey_yaml import dump_survey, load_survey
from surveys.ports import OpenResponse
from surveys.questions import Answer
from surveys.results.barriers import BARRIER, barrier
from surveys.results.model import CommentsResult, ShareResult, WaveResults
from surveys.results.release import final_results, live_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import atom_of
from surveys.survey import Survey
from tests.surveys.store import NOON, survey, wave

pytestmark = pytest.mark.usefixtures("exact")

FIVE = ("awareness", "desire", "knowledge", "ability", "reinforcement")


@pytest.mark.parametrize(
    ("rated", "found"),
    [
        ((3, 5, 5, 5, 5), "awareness"),
        ((4, 4, 1, 5, 1), "knowledge"),
        ((5, 5, 5, 5, 3), "reinforcement"),
        ((4, 4, 4, 4, 4), "none"),
        ((5, None, 1, 5, 5), None),
        ((2, None, None, None, None), "awareness"),
    ],
)
def test_a_barrier_is_the_first_element_at_three_or_less(
    rated: tuple[int | None, ...], found: str | None
) -> None:
    answers = {key: point for key, point in zip(FIVE, rated, strict=True) if point is not None}
    assert barrier(FIVE, answers) == found


def readiness(tmp_path: Path, adkar: str | None = None) -> Survey | list[Problem]:
    text = (
        Path(templates.__file__).parent / "survey_templates" / "change-readiness.yaml"
    ).read_text()
    if adkar is not None:
        text = text.replace(f"adkar: [{', '.join(FIVE)}]", adkar)
    path = tmp_path / "survey.yaml"
    path.write_text(text)
    return load_survey(path)


@pytest.fixture
def asks(tmp_path: Path) -> Survey:
    found = readiness(tmp_path)
    assert isinstance(found, Survey)
    return found


def people(n: int, level: str, *rated: int) -> list[OpenResponse]:
    answers: dict[str, Answer] = dict(zip(FIVE, rated, strict=True))
    return [OpenResponse(answers=answers, role="teacher", level=level, building=level)] * n


def closed(asks: Survey, responses: list[OpenResponse]) -> WaveResults:
    asked = Counter(map(atom_of, responses))
    return final_results(wave(asks), responses, asked, len(responses), str, NOON)


MANY = (
    people(20, "high", 2, 5, 5, 5, 5)
    + people(10, "high", 5, 5, 2, 5, 5)
    + people(12, "middle", 5, 2, 5, 5, 5)
    + people(12, "middle", 5, 5, 5, 5, 5)
)


def barriers(results: WaveResults, table: int, cell: int) -> ShareResult:
    *_, found = [
        one for one in results.tables[table].cells[cell].questions if one.question == BARRIER
    ]
    assert isinstance(found, ShareResult)
    return found


def test_the_distribution_of_barriers_is_told_and_not_the_barrier_of_the_averages(
    asks: Survey,
) -> None:
    """Every average is 4 or more, so the averages have no barrier; 42 of 54 people have one."""
    told = barriers(closed(asks, MANY), 0, 0)
    assert {share.key: round(54 * (share.share or 0)) for share in told.shares} == {
        "awareness": 20,
        "desire": 12,
        "knowledge": 10,
        "ability": 0,
        "reinforcement": 0,
        "none": 12,
    }


def test_in_a_group_a_barrier_is_a_figure_where_enough_are_on_each_side(asks: Survey) -> None:
    """20 of 40 in each level are held back by awareness, 20 by knowledge, nobody by others:
    what none says is a dash."""
    responses = [
        one
        for level in ("high", "middle")
        for one in (*people(20, level, 2, 5, 5, 5, 5), *people(20, level, 5, 5, 2, 5, 5))
    ]
    results = closed(asks, responses)
    shown = {share.key: share.share for share in barriers(results, 1, 0).shares}
    assert shown["awareness"] == shown["knowledge"] == 1 / 2
    assert shown["desire"] is shown["none"] is None


def test_too_few_have_no_barriers_and_live_figures_none(asks: Survey) -> None:
    (cell,) = closed(asks, people(4, "high", 2, 2, 2, 2, 2)).tables[0].cells
    assert not any(isinstance(one, ShareResult) for one in cell.questions)
    live = live_results(wave(asks), MANY * 4, 250, None, NOON)
    assert live.answered == 100
    assert BARRIER not in {one.question for one in live.tables[0].cells[0].questions}


def test_the_five_scales_are_read_and_written_back(asks: Survey, tmp_path: Path) -> None:
    assert asks.adkar == FIVE
    (tmp_path / "again.yaml").write_text(dump_survey(asks))
    assert load_survey(tmp_path / "again.yaml") == asks


@pytest.mark.parametrize(
    ("adkar", "message"),
    [
        ("adkar: [awareness, desire]", "ADKAR has five elements"),
        ("adkar: [awareness, desire, knowledge, ability, missing]", 'no scale with the key "mis'),
        ("adkar: [awareness, desire, knowledge, ability, ability]", "each has its own scale"),
    ],
)
def test_what_is_no_adkar_is_told_in_the_file(tmp_path: Path, adkar: str, message: str) -> None:
    found = readiness(tmp_path, adkar)
    assert isinstance(found, list)
    assert message in " ".join(problem.message for problem in found)


def test_quotes_are_picked_of_the_comments_that_are_shown_after_redaction() -> None:
    said = [
        OpenResponse(answers={"words": f"{n} Bob"}, role="teacher", level="high", building="b")
        for n in range(12)
    ]
    known = Known(represent=lambda comments: sorted(comments)[:2])
    results = final_results(
        wave(survey()),
        said,
        {("teacher", "high", "b"): 12},
        12,
        lambda w: w.replace("Bob", "[name]"),
        NOON,
        known,
    )
    comments = next(
        one for one in results.tables[0].cells[0].questions if isinstance(one, CommentsResult)
    )
    assert comments.quotes == ("0 [name]", "1 [name]")
    assert set(comments.quotes) < set(comments.comments)
