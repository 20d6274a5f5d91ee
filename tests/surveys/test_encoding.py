"""What is stored of surveys, audiences and results reads back as exactly the same."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import Field, fields
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people import Audience, Level, Role
from core.text import Text, text
from surveys import encoding
from surveys.encoding import (
    DecodingError,
    audience_from_json,
    audience_to_json,
    results_from_json,
    results_to_json,
    survey_from_json,
    survey_to_json,
    text_from_data,
    text_to_data,
)
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Other,
    Period,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
    Statement,
)
from surveys.results.model import (
    Cell,
    CommentsResult,
    EnpsScore,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Table,
    WaveResults,
    Withheld,
)
from surveys.survey import Dimension, Page, PlannedTable, Survey

# Everything a chat client may send, half surrogate pairs and NUL included.
words = st.text(max_size=20)
keys = st.text("abcxyz-019", min_size=1, max_size=8)
texts = st.builds(
    Text,
    default=words,
    translations=st.dictionaries(st.sampled_from(["es", "es-MX", "so"]), words, max_size=2),
)
maybe_text = st.none() | texts
finite = st.floats(allow_nan=False, allow_infinity=False)
choices = st.lists(st.builds(Choice, key=keys, label=texts, goal=st.none() | keys), max_size=3).map(
    tuple
)
asked = {"key": keys, "prompt": texts, "required": st.booleans(), "hint": maybe_text}
others = st.none() | st.builds(Other, label=texts, longest=st.integers(1, 500))
labels = st.dictionaries(st.integers(0, 11), texts, max_size=3)
questions: st.SearchStrategy[Question] = st.one_of(
    st.builds(SingleChoice, choices=choices, other=others, **asked),
    st.builds(
        SeveralChoice,
        choices=choices,
        at_least=st.none() | st.integers(1, 9),
        at_most=st.none() | st.integers(1, 9),
        other=others,
        **asked,
    ),
    st.builds(
        Scale,
        points=st.integers(2, 11),
        labels=labels,
        lowest=st.integers(0, 1),
        enps=st.booleans(),
        **asked,
    ),
    st.builds(
        Matrix,
        statements=st.lists(st.builds(Statement, key=keys, label=texts), max_size=3).map(tuple),
        points=st.integers(2, 11),
        labels=labels,
        lowest=st.integers(0, 1),
        **asked,
    ),
    st.builds(Date, minimum=st.dates(), maximum=st.dates(), by=st.sampled_from(Period), **asked),
    st.builds(Ranking, choices=choices, top=st.integers(1, 9), **asked),
    st.builds(
        Number,
        minimum=st.none() | finite,
        maximum=st.none() | finite,
        whole=st.booleans(),
        unit=maybe_text,
        **asked,
    ),
    st.builds(FreeText, shortest=st.integers(0, 9), longest=st.integers(1, 5000), **asked),
)
pages = st.builds(Page, questions=st.lists(questions, max_size=4).map(tuple), title=maybe_text)
plans = st.builds(
    PlannedTable, by=st.lists(st.sampled_from(Dimension), unique=True, max_size=3).map(tuple)
)
surveys = st.builds(
    Survey,
    key=keys,
    title=texts,
    asked_by=texts,
    purpose=texts,
    pages=st.lists(pages, max_size=3).map(tuple),
    tables=st.lists(plans, max_size=3).map(tuple),
    minutes=st.integers(1, 30),
    thanks=maybe_text,
)
audiences = st.builds(
    Audience,
    roles=st.frozensets(st.sampled_from(Role)),
    levels=st.frozensets(st.sampled_from(Level)),
    buildings=st.frozensets(keys, max_size=3),
    committees=st.frozensets(keys, max_size=3),
    people=st.frozensets(words, max_size=3),
    except_people=st.frozensets(words, max_size=3),
)


@given(surveys)
def test_a_survey_reads_back_as_the_same_survey(survey: Survey) -> None:
    stored = survey_to_json(survey)
    assert survey_from_json(stored) == survey
    stored.encode("utf-8")  # every database takes it


@given(audiences)
def test_an_audience_reads_back_as_the_same_audience(audience: Audience) -> None:
    assert audience_from_json(audience_to_json(audience)) == audience


@given(texts)
def test_a_text_reads_back_as_the_same_text(words_of: Text) -> None:
    assert text_from_data(json.loads(json.dumps(text_to_data(words_of)))) == words_of


def test_a_text_without_translations_is_stored_as_its_string() -> None:
    assert text_to_data(text("Wi-Fi")) == "Wi-Fi"
    assert text_to_data(text("Wi-Fi", es="Red")) == {
        "default": "Wi-Fi",
        "translations": {"es": "Red"},
    }


def results(as_of: datetime) -> WaveResults:
    """One of each kind of result, in a shown and in a withheld cell."""
    shown = (
        ShareResult(
            question="wifi",
            prompt=text("How is it?", es="¿Qué tal?"),
            n=1204,
            shares=(
                Share(key="1", label=text("Bad"), count=700, share=0.1 + 0.2, low=0.25, high=0.35),
                Share(key="2", label=text("Good"), count=None, share=None, coded=">90%"),
            ),
            mean=3.3333333333333335,
            scale=True,
            enps=EnpsScore(score=-12.5, low=-20.0, high=-5.0),
            asked_in=text("How much do you agree?"),
        ),
        RankingResult(
            question="priorities",
            prompt=text("Rank"),
            n=900,
            ranked=(
                RankedChoice(
                    key="wifi",
                    label=text("Wi-Fi"),
                    points=0.71,
                    low=0.7,
                    high=0.72,
                    firsts=300,
                    tied_with_next=True,
                ),
            ),
        ),
        NumberResult(
            question="hours", prompt=text("Hours"), n=12, mean=2.5, median=2.0, unit=text("h")
        ),
        CommentsResult(question="more", prompt=text("More?"), n=10, comments=("a", "b [name]")),
    )
    withheld = (Withheld(question="wifi", prompt=text("How is it?"), least=5),)
    return WaveResults(
        wave_id=UUID("6a0b0d3e-6d3a-4f0e-9a55-0d8f2d6a1c11"),
        title=text("Technology priorities"),
        final=True,
        asked=7000,
        answered=None,
        tables=(
            Table(plan=PlannedTable(), cells=(Cell(group=(), n=1204, questions=shown),)),
            Table(
                plan=PlannedTable(by=(Dimension.ROLE, Dimension.LEVEL)),
                cells=(
                    Cell(
                        group=(("role", "board"), ("level", "district")),
                        n=None,
                        questions=withheld,
                    ),
                ),
            ),
        ),
        as_of=as_of,
    )


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5, minutes=-30))])
def test_results_read_back_with_their_time_to_the_microsecond(zone: timezone) -> None:
    kept = results(datetime(2026, 11, 25, 7, 30, 0, 123456, tzinfo=zone))
    read = results_from_json(results_to_json(kept))
    assert read == kept
    assert read.as_of.utcoffset() == kept.as_of.utcoffset()


def test_a_time_without_a_zone_is_not_stored() -> None:
    with pytest.raises(ValueError, match="aware"):
        results_to_json(results(datetime(2026, 11, 25, 7, 30)))  # noqa: DTZ001 - the point of it


SMALL = Survey(
    key="pulse",
    title=text("Pulse"),
    asked_by=text("CTO"),
    purpose=text("To know"),
    pages=(Page(questions=(Scale(key="wifi", prompt=text("Wi-Fi?"), labels={1: text("Bad")}),)),),
)


def test_every_field_is_written_so_that_a_changed_default_changes_no_stored_survey() -> None:
    stored = json.loads(survey_to_json(SMALL))
    assert stored["minutes"] == 1
    assert stored["pages"][0]["questions"][0] == {
        "kind": "scale",
        "key": "wifi",
        "prompt": "Wi-Fi?",
        "points": 5,
        "labels": {"1": "Bad"},
        "required": True,
        "hint": None,
        "lowest": 1,
        "enps": False,
        "asked_in": None,
    }


def test_a_question_stored_before_the_newer_kinds_reads_as_it_was_meant() -> None:
    """As releases up to now wrote it: no lowest point, nothing else to choose, no least number."""
    stored = json.loads(survey_to_json(SMALL))
    common = {"key": "q", "prompt": "Q?", "required": True, "hint": None}
    choices = [{"key": "a", "label": "A", "goal": None}]
    stored["pages"][0]["questions"] = [
        {"kind": "scale", **common, "points": 5, "labels": {"1": "Bad", "5": "Good"}},
        {"kind": "single", **common, "choices": choices},
        {"kind": "several", **common, "choices": choices, "at_most": None},
        {"kind": "text", **common, "longest": 2000},
    ]
    scale, single, several, words = survey_from_json(json.dumps(stored)).questions
    assert isinstance(scale, Scale)
    assert (scale.lowest, scale.highest, scale.enps) == (1, 5, False)
    assert isinstance(single, SingleChoice)
    assert single.other is None
    assert isinstance(several, SeveralChoice)
    assert (several.other, several.at_least) == (None, None)
    assert isinstance(words, FreeText)
    assert words.shortest == 0


def test_a_field_added_later_reads_from_an_older_row() -> None:
    stored = json.loads(survey_to_json(SMALL))
    del stored["minutes"], stored["thanks"]
    assert survey_from_json(json.dumps(stored)) == SMALL


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda stored: stored.update(colour="red"), "unknown colour"),
        (lambda stored: stored.pop("title"), "title"),
        (lambda stored: stored.update(minutes="1"), "expected int"),
        (lambda stored: stored.update(minutes=True), "expected int"),
        (lambda stored: stored.update(pages={}), "expected a list"),
        (lambda stored: stored.update(title=7), "not a text"),
        (lambda stored: stored.update(tables=[{"by": ["shoe-size"]}]), "shoe-size"),
        (lambda stored: stored["pages"][0]["questions"][0].update(kind="slider"), "expected one"),
        (lambda stored: stored["pages"][0]["questions"][0].update(labels={"x": "y"}), "invalid"),
    ],
)
def test_data_of_another_form_are_refused(change, says) -> None:  # type: ignore[no-untyped-def]
    stored = json.loads(survey_to_json(SMALL))
    change(stored)
    with pytest.raises(DecodingError, match=says):
        survey_from_json(json.dumps(stored))


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(DecodingError, match="not JSON"):
        survey_from_json("{")


def test_a_type_that_two_threads_use_first_is_whole_for_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, known = threading.Event(), fields(Audience)

    def slowly(declared: type) -> Iterator[Field[object]]:
        for place, one in enumerate(known):
            yield one
            if place == 0:  # the first thread is stopped where it knows one field
                begun.set()
                time.sleep(0.2)

    encoding._coder.cache_clear()
    monkeypatch.setattr(encoding, "fields", slowly)
    written: list[str] = []
    first = threading.Thread(target=lambda: written.append(audience_to_json(Audience())))
    first.start()
    assert begun.wait(5)
    written.append(audience_to_json(Audience()))
    first.join()
    encoding._coder.cache_clear()
    assert [set(json.loads(one)) for one in written] == [{one.name for one in known}] * 2
