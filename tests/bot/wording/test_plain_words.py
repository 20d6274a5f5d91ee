"""How hard the bot's English is to read: the Flesch-Kincaid grade, sentence by sentence.

J. P. Kincaid and others: Derivation of New Readability Formulas for Navy Enlisted Personnel
(1975): 0.39 (words / sentences) + 11.8 (syllables / words) - 15.59, in years of school. Syllables
are counted by groups of vowels, without a silent e; that is a tenth off at most over a sentence.
"""

from __future__ import annotations

import re

import pytest

from tests.bot.wording.test_words import said, spanish

HARDEST = 9.0
"""Of a text of more than twelve words; the formula says nothing about a button's two."""

_SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouydt]ed|[^laeiouy]e)$")


def syllables(word: str) -> int:
    letters = re.sub("[^a-z]", "", word.lower())
    if len(letters) <= 3:
        return 1
    heard = _SILENT.sub("", letters)
    return max(1, len(re.findall("[aeiouy]+", heard.removeprefix("y"))))


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z'’-]*|\d[\d,]*", re.sub(r"\{\w+\}", "it", text))


def grade(text: str) -> float:
    words = words_of(text)
    sentences = [part for part in re.split(r"[.?:;](?:\s|$)", text) if re.search(r"\w", part)]
    syllable_count = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllable_count / len(words) - 15.59


LONG = [text for entry in spanish() for text in said(entry) if len(words_of(text)) > 12]


@pytest.mark.parametrize("text", LONG)
def test_a_sentence_is_plain(text: str) -> None:
    assert grade(text) <= HARDEST, f"{text!r}: shorter words or two sentences, please"


def test_the_sentences_together_are_plainer_still() -> None:
    assert len(LONG) > 100
    assert sum(map(grade, LONG)) / len(LONG) <= 6


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("school", 1),
        ("named", 1),
        ("taken", 2),
        ("people", 2),
        ("stated", 2),
        ("message", 2),
        ("committee", 3),
        ("technology", 4),
        ("confidential", 4),
        ("administrator", 5),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_sentence_is_found_hard() -> None:
    hard = (
        "Notwithstanding the aforementioned considerations, participation in the administration "
        "of organisational questionnaires necessitates prior authorisation by the responsible "
        "supervisory authority."
    )
    assert grade(hard) > 20
    assert grade("The cat sat on the mat.") < 0
