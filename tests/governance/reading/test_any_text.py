"""Whatever somebody writes is read: without an error, and in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.people import Level, Role
from governance.feedback.handlers import LONGEST
from governance.reading.chat import understand
from governance.reading.personal_data import find, redact
from governance.reading.reader import Reader
from governance.reading.urgency import sure_kinds

MOST = 5.0
"""Seconds of processor for the longest message: half of what the reading room allows, and ten times
what it takes on a machine that does nothing else."""

_PIECES = (
    *"aAIx10.,-'’@#(\"/_&:+ \n\tñéЖ你あعßİ\u0301\u200b🙂",
    *("HELP ME", "TELL ME WHY", "May I", "No Wifi", "de la", "van der", "O'Brien", "J."),
    *(
        "Mary Ann",
        "Mr.",
        "my son",
        "id",
        "born",
        "Main St",
        "12 Oak St",
        "(555)",
        "4/5/10",
        "student number",
    ),
    *("student number", "y", "and", "but", "Mary and", "Mary,", "a@b.", "a-b", "has adhd", "gun"),
    *("password", "he's"),
)
"""What rules and weights look for, and what ends words, lines and numbers."""

_few = st.lists(st.sampled_from(_PIECES) | st.text(max_size=8), min_size=1, max_size=5)

any_text = st.one_of(
    st.builds(lambda pieces, gap: gap.join(pieces), _few, st.sampled_from(("", " "))),
    st.builds(  # as long as one can write, of a few pieces again and again
        lambda pieces, gap: ((gap.join(pieces) + gap or " ") * LONGEST)[:LONGEST],
        _few,
        st.sampled_from(("", " ", "\n")),
    ),
)


def long(piece: str) -> str:
    return (piece * LONGEST)[:LONGEST]


@settings(deadline=None, max_examples=100)
@given(any_text)
@example(long("HELP ME "))
@example(long("TELL ME WHY"))
@example(long("May I "))
@example(long("No Wifi "))
@example(long("J. "))
@example("a" + " " * (LONGEST - 2) + "b")
def test_personal_data_is_looked_for_in_any_text(text: str) -> None:
    began = time.process_time()
    spans = find(text, frozenset({"Mary Ann O'Brien"}))
    assert time.process_time() - began < MOST
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    redact(text, spans)


@settings(deadline=None, max_examples=100)
@given(any_text, st.integers(0, 240))
@example("HELP" + "!" * 200 + "x", 240)
@example("please " * 40, 240)
@pytest.mark.usefixtures("weighed")
def test_any_line_is_told_from_what_is_said_to_the_bot(text: str, length: int) -> None:
    """On the way of each chat message, so within the time of a press, and without a process."""
    began = time.process_time()
    understand(text[:length])
    sure_kinds(text)
    assert time.process_time() - began < 0.2


@pytest.fixture(scope="session")
def weighed() -> None:
    """What is loaded at the first line is not measured."""
    understand("when does it close")


@settings(deadline=None, max_examples=25)
@given(any_text)
@example(long("HELP ME "))
@example("a" + " " * (LONGEST - 2) + "b")
@example(long("a"))
@example(long("你"))
@example(long("\u0301"))
@example(long("🙂"))
@example(long("a. "))
@pytest.mark.usefixtures("loaded")
def test_any_text_is_read(reader: Reader, text: str) -> None:
    began = time.process_time()
    reading = reader.read(text, Role.TEACHER, Level.HIGH)
    assert time.process_time() - began < MOST
    assert 0 <= reading.confidence <= 1


@pytest.fixture(scope="session")
def loaded(reader: Reader) -> None:
    """What is loaded at the first message is not measured."""
    reader.read("No Wi-Fi in room 12.", None, None)
