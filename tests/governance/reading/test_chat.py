"""What is said to the bot itself, and what is passed on: lines in many voices and two languages.

``tests/data/chat`` has lines of conversation (each under what it asks), of very short feedback and
of danger. The weights of ``chat_model`` are learned from them: these tests keep what is reached,
and do not tell how well unseen lines are understood (``learning_chat --across`` does).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from governance.chat.model import Intent
from governance.reading.chat import cannot_wait, understand
from governance.reading.learning_chat import OWN, labelled
from tests.governance.reading.conftest import DISTRICT

LINES = Path(__file__).parents[2] / "data" / "chat"


def lines(name: str) -> Iterator[tuple[str, str]]:
    """(what it asks, line)."""
    asks = ""
    for line in (LINES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            asks = line.removeprefix("# ")
        elif line:
            yield asks, line


def test_conversation_is_recognized() -> None:
    said = [line for _, line in lines("conversation.txt")]
    missed = [line for line in said if understand(line) is None]
    assert len(missed) <= 0.03 * len(said), missed


def test_very_short_feedback_is_passed_on() -> None:
    said = [line for _, line in lines("feedback.txt")]
    kept_back = [line for line in said if understand(line) is not None]
    assert len(kept_back) <= 0.03 * len(said), kept_back


@pytest.mark.parametrize("write", [str, str.lower, str.upper, lambda line: f"  {line} please "])
def test_danger_is_never_kept_back(write: object) -> None:
    assert callable(write)
    urgent = [write(line) for _, line in lines("urgent.txt")]
    assert [line for line in urgent if understand(line) is not None] == []


def test_a_line_asks_what_it_says() -> None:
    said = [(asks, understand(line), line) for asks, line in lines("conversation.txt")]
    wrong = [
        (line, got) for asks, got, line in said if asks != "any" and got is not None and got != asks
    ]
    assert len(wrong) <= 0.06 * len(said), wrong


def test_the_lines_of_eight_writers_are_understood() -> None:
    """In the words of people who had read neither code nor each other's lines. Learned from as
    well, so a change that no longer fits them fails here; unseen lines are what ``--across`` of
    ``learning_chat`` measures."""
    said = [(one, understand(one.text)) for one in labelled(OWN / "lines.jsonl")]
    missed = [one.text for one, got in said if one.kind == "conversation" and got is None]
    kept_back = [one.text for one, got in said if one.kind == "feedback" and got is not None]
    assert len(missed) <= 0.03 * sum(one.kind == "conversation" for one, _ in said), missed
    assert len(kept_back) <= 0.03 * sum(one.kind == "feedback" for one, _ in said), kept_back
    assert [one.text for one, got in said if one.kind == "urgent" and got is not None] == []


def test_nothing_of_the_labelled_feedback_for_a_committee_is_kept_back() -> None:
    paths = sorted((DISTRICT / "feedback").glob("*.jsonl"))
    rows = [json.loads(one) for path in paths for one in path.read_text().splitlines()]
    assert len(rows) == 600
    real = [row["text"] for row in rows if row["committees"] or row["urgent"]]
    assert [text for text in real if understand(text) is not None] == []


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("", Intent.HELP),
        ("HELP", Intent.HELP),
        ("HELP!", None),
        ("help help", None),
        ("help", Intent.HELP),
        ("Help me find my survey", Intent.SURVEYS),
        (":thumbsup:", Intent.YES),
        ("@Sounding Board thanks", Intent.THANKS),
        ("/soundingboard surveys", Intent.SURVEYS),
        ("Thanks, but now the sound is gone.", None),
        ("When does the Wi-Fi survey close?", Intent.CLOSES),
        ("The Wi-Fi survey does not open", None),
        ("be honest, do you track who said what", Intent.CONFIDENTIAL),
        ("ya no quiero vivir", None),
    ],
)
def test_single_lines(said: str, intent: Intent | None) -> None:
    assert understand(said) == intent


@pytest.mark.parametrize(
    "said",
    [
        "I accidentally shared personal data with everyone",
        "i sent it to the wrong person",
        "never mind he has a razor",
        "forget it. I will end everything tonight",
        "i have nothing left to live for",
        "i am going to do it tonight",
        "there is someone in the office",
        "hay alguien en la oficina",
        "they are sending messages in my name",
        "colleagues say they're getting a link from me. I didn't send anything",
        "messages sent from me. last month",
    ],
)
def test_what_somebody_tells_is_not_taken_for_an_answer_or_a_question(said: str) -> None:
    assert understand(said) is None


def test_a_long_line_costs_nothing() -> None:
    understand("help")  # what is loaded at the first line is not measured
    for line in ("help " * 4000, "a" * 20_000, "when does the survey close " * 9, "?" * 5000):
        began = time.process_time()
        understand(line)
        assert time.process_time() - began < 0.2
    assert cannot_wait("there is a " + "very " * 20 + "big gun")
