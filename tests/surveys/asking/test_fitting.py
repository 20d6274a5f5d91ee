"""What counts as an answer, and the reason beside the input where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import text
from surveys.asking.fitting import fit
from surveys.questions import FreeText, Number, Question, RawAnswer, SeveralChoice, Unfit
from tests.surveys.store import DEVICE, FIRST, WIFI, WORDS

TOOLS = SeveralChoice(key="tools", prompt=text("Which?"), choices=DEVICE.choices, at_most=2)
HOURS = Number(key="hours", prompt=text("Hours?"), minimum=0, maximum=1500)
RATIO = Number(key="ratio", prompt=text("Ratio?"), whole=False, required=False, minimum=-5)


def why(question: Question, raw: RawAnswer, locale: str | None = None) -> str:
    found = fit(question, raw, locale)
    assert isinstance(found, Unfit), found
    return found.why.format(**found.values)


@pytest.mark.parametrize(
    ("question", "raw", "answer"),
    [
        (DEVICE, "tablet", "tablet"),
        (DEVICE, ("tablet",), "tablet"),
        (TOOLS, ("board", "laptop"), ("laptop", "board")),  # in the question's order
        (TOOLS, ("board", "board", ""), ("board",)),
        (WIFI, "5", 5),
        (WIFI, "٣", 3),  # Arabic digits are digits
        (FIRST, ("c", "a"), ("c", "a")),
        (FIRST, ("c", "", ""), ("c",)),
        (FIRST, ("", ""), None),
        (HOURS, " 12 ", 12.0),
        (HOURS, "1,204", 1204.0),
        (HOURS, "\uff11\uff12", 12.0),  # full-width digits
        (RATIO, "2,5", 2.5),
        (RATIO, "\u22122.50", -2.5),  # a typographic minus
        (RATIO, "  ", None),
        (WORDS, "", None),
        (WORDS, " a\r\nb\x00\x07\ud800\u202e ", "a\nb"),
        (WORDS, "cafe\u0301 👩\u200d🏫", "café 👩\u200d🏫"),  # composed; joined emoji stay joined
    ],
)
def test_what_fits_is_kept_as_meant(question: Question, raw: RawAnswer, answer: object) -> None:
    found = fit(question, raw)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    ("question", "raw", "reason"),
    [
        (DEVICE, "", "Choose an answer."),
        (DEVICE, "phone", "That is not one of the choices. Please choose again."),
        (DEVICE, "tablet\x00", "That is not one of the choices. Please choose again."),
        (DEVICE, ("tablet", "board"), "Choose one answer. You chose 2."),
        (TOOLS, ("tablet", "board", "laptop"), "Choose at most 2. You chose 3."),
        (WIFI, "0", "Choose a point from 1 to 5."),
        (WIFI, "6", "Choose a point from 1 to 5."),
        (WIFI, "²", "Choose a point from 1 to 5."),
        (FIRST, ("a", "b", "a"), "You chose A twice. Choose each once."),
        (FIRST, ("a", "", "b"), "You left number 2 empty. Fill it, or move the others up."),
        (FIRST, ("a", "b", "c", "d"), "Choose at most 3. You chose 4."),
        (FIRST, ("a", "z"), "That is not one of the choices. Please choose again."),
        (HOURS, "", "Enter a number."),
        (HOURS, "many", "Enter a number, in digits."),
        (HOURS, "nan", "Enter a number, in digits."),
        (HOURS, "1e3", "Enter a number, in digits."),
        (HOURS, "9" * 400, "Enter a number, in digits."),
        (HOURS, "2.5", "Enter a whole number."),
        (HOURS, "1501", "Enter a number from 0 to 1500."),
        (RATIO, "-6", "Enter a number that is -5 or more."),
        (
            WORDS,
            "é" * 43,
            "That is 43 characters long; the limit is 40. Please shorten it by 3.",
        ),
    ],
)
def test_what_does_not_fit_says_why(question: Question, raw: RawAnswer, reason: str) -> None:
    assert why(question, raw) == reason


def test_a_reason_names_choices_in_the_readers_language() -> None:
    assert why(FIRST, ("b", "b"), "es") == "You chose B twice. Choose each once."
    ranked = type(FIRST)(key="r", prompt=text("?"), choices=DEVICE.choices)
    assert why(ranked, ("tablet", "tablet"), "es-MX").startswith("You chose Tableta twice")


def test_the_length_is_that_of_what_would_be_kept() -> None:
    assert fit(WORDS, "  " + "e\u0301" * 40 + "\x00\x00") == "é" * 40


RAW = st.one_of(
    st.text(st.characters(codec=None), max_size=60),
    st.lists(st.sampled_from(["", "a", "b", "c", "d", "z", "laptop", "3"]), max_size=6).map(tuple),
)


@given(st.sampled_from([DEVICE, TOOLS, WIFI, FIRST, HOURS, RATIO, WORDS]), RAW)
def test_whatever_is_handed_in_is_an_answer_nothing_or_a_reason(
    question: Question, raw: RawAnswer
) -> None:
    found = fit(question, raw)
    if isinstance(found, Unfit):
        assert found.why.format(**found.values)
    elif found is None:
        assert not question.required
    elif isinstance(question, FreeText):
        assert isinstance(found, str)
        assert found.encode("utf-8").decode() == found.strip()
        assert "\x00" not in found
        assert fit(question, found) == found
