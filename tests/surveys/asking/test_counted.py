"""What is asked as one question and counted as several: answered, kept and counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from core.people import Person
from core.text import text
from surveys.asking.answering import answer_page, show_page
from surveys.asking.counted import counted
from surveys.authoring.presets import AGREEMENT, LIKELIHOOD
from surveys.commands import AnswerPage, CloseWave, ShowPage
from surveys.messages import Answered, QuestionPage, Rejected
from surveys.questions import (
    Date,
    FreeText,
    Matrix,
    Other,
    RawAnswer,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.results.model import CommentsResult, ShareResult, Withheld
from surveys.survey import Condition, Dimension, Page, PlannedTable, Survey, Wave
from tests.surveys.store import DEVICE, NOON, DictStore, close_wave, person, wave

TOOLS = Matrix(
    key="tools",
    prompt=text("How much do you agree?"),
    statements=(
        Statement(key="easy", label=text("It is easy to use")),
        Statement(key="fast", label=text("It is fast")),
    ),
    labels=AGREEMENT,
)
ENPS = Scale(
    key="enps", prompt=text("Recommend?"), points=11, lowest=0, labels=LIKELIHOOD, enps=True
)
MAIN = replace(DEVICE, key="main", other=Other())
MORE = SeveralChoice(
    key="more",
    prompt=text("Which help?"),
    choices=DEVICE.choices,
    other=Other(longest=10),
    at_least=2,
    required=False,
)
SINCE = Date(
    key="since", prompt=text("Since?"), minimum=date(2026, 1, 15), maximum=date(2026, 4, 2)
)
ALL = Survey(
    key="all",
    title=text("All"),
    asked_by=text("Computing Services"),
    purpose=text("To know."),
    pages=(
        Page(questions=(TOOLS, ENPS, MAIN, MORE, SINCE)),
        Page(
            questions=(FreeText(key="why", prompt=text("Why?"), shortest=5),),
            show_if=Condition(question="tools.fast", at_most=2),
        ),
    ),
    tables=(PlannedTable(), PlannedTable(by=(Dimension.LEVEL,))),
)
GOOD: Mapping[str, RawAnswer] = {
    "tools.easy": "4",
    "tools.fast": "3",
    "enps": "0",
    "main": "tablet",
    "since": "2026-03-09",
}


def asked() -> tuple[DictStore, Wave, Person]:
    who, made = person(), wave(ALL)
    store = DictStore([who])
    store.add_wave(made)
    store.freeze_panel(made.id, [who])
    return store, made, who


def hand_in(raw: Mapping[str, RawAnswer], page: int = 0) -> object:
    store, made, who = asked()
    return answer_page(store, who, AnswerPage(wave_id=made.id, page=page, answers=raw), NOON)


def kept(raw: Mapping[str, RawAnswer]) -> dict[str, object]:
    store, made, who = asked()
    answer_page(store, who, AnswerPage(wave_id=made.id, page=0, answers=raw), NOON)
    found = store.response(made.id, who.id)
    return dict(found.answers) if found else {}


def why(raw: Mapping[str, RawAnswer]) -> dict[str, str]:
    found = hand_in(raw)
    assert isinstance(found, Rejected)
    return {key: unfit.why.format(**unfit.values) for key, unfit in found.unfit.items()}


def test_a_matrix_is_counted_as_a_scale_for_each_statement() -> None:
    easy, fast = counted(TOOLS)
    assert (easy.key, easy.prompt) == ("tools.easy", text("It is easy to use"))
    assert isinstance(fast, Scale)
    assert (fast.points, fast.labels, fast.asked_in) == (5, AGREEMENT, TOOLS.prompt)


def test_a_choice_with_something_else_is_counted_with_it_and_its_words_as_a_text() -> None:
    choice, words = counted(MAIN)
    assert isinstance(choice, SingleChoice)
    assert [one.key for one in choice.choices] == ["laptop", "tablet", "board", "other"]
    assert isinstance(words, FreeText)
    assert (words.key, words.longest, words.required) == ("main.other", 200, False)


def test_every_answer_is_kept_flat() -> None:
    assert isinstance(hand_in(GOOD), Answered)
    assert kept(GOOD) == {
        "tools.easy": 4,
        "tools.fast": 3,
        "enps": 0,
        "main": "tablet",
        "since": "2026-03-09",
    }


def test_each_statement_and_day_that_does_not_fit_is_named_by_its_own_input() -> None:
    wrong = {"tools.easy": "6", "main": "x", "since": "9/3/2026", "enps": "11"}
    assert why({**GOOD, **wrong, "tools.fast": ""}) == {
        "tools.easy": "Choose a point from 1 to 5.",
        "tools.fast": "Choose an answer.",
        "enps": "Choose a point from 0 to 10.",
        "main": "That is not one of the choices. Please choose again.",
        "since": "Enter a date as year, month and day, such as 2026-05-31.",
    }


@pytest.mark.parametrize("day", ["2026-01-14", "2026-04-03"])
def test_a_day_outside_the_limits_is_told_with_them(day: str) -> None:
    assert why({**GOOD, "since": day}) == {
        "since": "Enter a date from January 15, 2026 to April 2, 2026."
    }


def test_words_alone_are_an_answer_something_else() -> None:
    said = kept({**GOOD, "main": "", "main.other": " A cart ", "more.other": "Time"})
    assert (said["main"], said["main.other"]) == ("other", "A cart")
    assert "more" not in said  # at least two


def test_words_beside_ticked_boxes_tick_something_else() -> None:
    said = kept({**GOOD, "more": ("board",), "more.other": "Time"})
    assert (said["more"], said["more.other"]) == (("board", "other"), "Time")


def test_words_beside_another_single_choice_are_asked_about() -> None:
    assert why({**GOOD, "main.other": "A cart"}) == {
        "main.other": "You chose another answer above. Choose this one, or clear what you wrote."
    }


def test_something_else_needs_no_words_and_leaves_none_when_it_is_taken_back() -> None:
    store, made, who = asked()
    for raw in ({"main": "other", "main.other": "A cart"}, {"main": "laptop", "main.other": ""}):
        command = AnswerPage(wave_id=made.id, page=0, answers={**GOOD, **raw})
        assert isinstance(answer_page(store, who, command, NOON), Answered)
    found = store.response(made.id, who.id)
    assert found is not None
    assert "main.other" not in found.answers
    assert kept({**GOOD, "main": "other"})["main"] == "other"


def test_too_few_and_too_short_are_told() -> None:
    assert why({**GOOD, "more": "board"}) == {"more": "Choose at least 2. You chose 1."}
    store, made, who = asked()
    command = AnswerPage(wave_id=made.id, page=0, answers={**GOOD, "tools.fast": "2"})
    following = answer_page(store, who, command, NOON)
    assert isinstance(following, QuestionPage)
    assert following.page == 1
    command = AnswerPage(wave_id=made.id, page=1, answers={"why": "Slow"})
    found = answer_page(store, who, command, NOON)
    assert isinstance(found, Rejected)
    unfit = found.unfit["why"]
    told = unfit.why.format(**unfit.values)
    assert told == "That is 4 characters long. Please write at least 5."


def test_what_was_said_is_shown_again_by_its_counted_keys() -> None:
    store, made, who = asked()
    raw = {**GOOD, "main": "other", "main.other": "A cart"}
    answer_page(store, who, AnswerPage(wave_id=made.id, page=0, answers=raw), NOON)
    page = show_page(store, who, ShowPage(wave_id=made.id), NOON)
    assert isinstance(page, QuestionPage)
    assert page.given["tools.easy"] == 4
    assert page.given["main.other"] == "A cart"


def closed(*said: Mapping[str, RawAnswer]) -> tuple[DictStore, Wave]:
    people = [person() for _ in said]
    made, store = wave(ALL), DictStore(people)
    store.add_wave(made)
    store.freeze_panel(made.id, people)
    for who, raw in zip(people, said, strict=True):
        answer_page(store, who, AnswerPage(wave_id=made.id, page=0, answers=raw), NOON)
    close_wave(store, CloseWave(wave_id=made.id), NOON, str.upper)
    return store, made


@pytest.mark.usefixtures("exact")
def test_what_was_answered_is_counted_statement_by_statement() -> None:
    said = [{**GOOD, "tools.easy": str(1 + n % 5), "enps": str(10 - n % 4)} for n in range(20)]
    store, made = closed(*said)
    district = store.released[made.id].tables[0].cells[0]
    of = {result.question: result for result in district.questions}
    assert list(of) == [
        *("tools.easy", "tools.fast", "enps", "main", "main.other", "more", "more.other"),
        *("since", "why"),
    ]
    easy, enps = of["tools.easy"], of["enps"]
    assert isinstance(easy, ShareResult)
    assert [share.share for share in easy.shares] == [0.2] * 5
    assert (easy.mean, easy.asked_in) == (3.0, TOOLS.prompt)
    assert isinstance(enps, ShareResult)
    assert [share.key for share in enps.shares] == [str(point) for point in range(11)]
    assert enps.enps is not None
    assert enps.enps.score == 50  # half are promoters, nobody a detractor
    assert isinstance(of["main.other"], Withheld)


@pytest.mark.usefixtures("exact")
def test_words_to_something_else_are_comments_redacted_and_from_ten_people_on() -> None:
    for people, shown in ((9, False), (10, True)):
        said = [{**GOOD, "main": "other", "main.other": f"cart {n}"} for n in range(people)]
        store, made = closed(*said, *([GOOD] * 10))
        found = store.released[made.id].tables[0].cells[0].questions[4]
        assert found.question == "main.other"
        assert isinstance(found, CommentsResult) is shown
        if isinstance(found, CommentsResult):
            assert sorted(found.comments) == sorted(f"CART {n}" for n in range(people))
        kept = [said for question, said in store.comments[made.id] if question == "main.other"]
        assert len(kept) == (people if shown else 0)


@pytest.mark.usefixtures("exact")
def test_days_are_counted_by_month_for_the_district() -> None:
    months = ["01"] * 20 + ["02"] * 30 + ["03"] * 3
    said = [{**GOOD, "since": f"2026-{month}-20"} for month in months]
    store, made = closed(*said)
    whole, levels = store.released[made.id].tables
    since = next(r for r in whole.cells[0].questions if r.question == "since")
    assert isinstance(since, ShareResult)
    assert [share.key for share in since.shares] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert since.shares[0].share == 20 / 53
    assert since.dates
    assert "since" not in {r.question for cell in levels.cells for r in cell.questions}


def test_a_survey_with_a_matrix_of_six_is_too_long_for_a_message() -> None:
    six = tuple(Statement(key=f"s{n}", label=text(f"S{n}")) for n in range(6))
    assert not replace(ALL, pages=(Page(questions=(replace(TOOLS, statements=six),)),)).short
    assert replace(ALL, pages=(Page(questions=(TOOLS, MAIN, ENPS, SINCE)),)).short
