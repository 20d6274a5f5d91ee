"""Tone as it was learned, of a message and of each clause; by TextBlob without a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from governance.feedback.model import Tone
from governance.reading.embedding import Vectors, embed, embed_within
from governance.reading.reader import Reader
from governance.reading.tone import ToneReader, aspects_of, clauses, tone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is the best thing anyone has bought me, it is wonderful", Tone.POSITIVE),
        ("The new gradebook is awful and slow", Tone.NEGATIVE),
        ("It froze again, third time today", Tone.NEGATIVE),
        ("Which room is the workshop in?", Tone.NEUTRAL),
        ("Why is this horrible, terrible system still here?", Tone.NEGATIVE),
        ("", Tone.NEGATIVE),
    ],
)
def test_tone(text: str, expected: Tone) -> None:
    assert tone(text)[0] is expected


def test_polarity_is_textblobs_and_between_its_ends() -> None:
    assert tone("awful")[1] == -1.0
    assert tone("It froze")[1] == 0.0
    assert tone("awesome, perfect, excellent")[1] == 1.0


def aspects(reader: ToneReader, said: str, *, model: bool = True) -> list[tuple[str, Tone]]:
    places = aspects_of(said)
    rows = embed_within(said, places)[1] if model else None
    found = reader.aspects(said, places, rows)
    return [(said[one.start : one.end], one.tone) for one in found]


def test_each_clause_has_its_own_tone(
    beginner: Reader, vectors: Callable[[Sequence[str]], Vectors | None]
) -> None:
    reader = beginner._tones
    said = "The new panels are wonderful, but the pens vanish every week. When is the training?"
    assert aspects(reader, said) == [
        ("The new panels are wonderful", Tone.POSITIVE),
        ("but the pens vanish every week.", Tone.NEGATIVE),
        ("When is the training?", Tone.NEUTRAL),
    ]
    assert aspects(reader, "It froze again today. Nobody came to look.") == [], "all sounds alike"
    assert aspects(reader, " ") == []
    complaint = "It froze again, third time today, and nobody came"
    assert reader.read([complaint], vectors([complaint])) == [Tone.NEGATIVE]


def parts(said: str) -> list[str]:
    return [said[start:end] for start, end in clauses(said)]


def test_no_word_is_lost_between_clauses() -> None:
    said = "Thanks! The cart is dead; we share - two to a machine, and\nnobody, nobody answers"
    assert re.findall(r"\w+", " ".join(parts(said))) == re.findall(r"\w+", said)
    assert parts("Thanks! Great") == ["Thanks! Great"]


def test_without_a_model_textblob_reads() -> None:
    reader = ToneReader.train(lambda _: None)
    said = "The new gradebook is awful and slow"
    assert reader.read([said], None) == [Tone.NEGATIVE]
    both = "The new gradebook is awful and slow. The training was the best, it was wonderful."
    told = aspects(reader, both, model=False)
    assert [one for _, one in told] == [Tone.NEGATIVE, Tone.POSITIVE]


def test_a_part_is_read_as_it_is_meant_in_the_whole(
    vectors: Callable[[Sequence[str]], Vectors | None],
) -> None:
    said = "The pens vanish every week, and the panels are wonderful."
    whole, (first, second) = embed_within(said, clauses(said))
    assert np.allclose(whole, embed([said]), atol=1e-3)
    alone = embed(parts(said))
    assert alone[0] @ first > alone[1] @ first
    assert alone[1] @ second > alone[0] @ second
    longer = "It is out again in the east wing, and nobody comes. " * 3
    both, spans = embed_within(said, clauses(said), beside=[longer])
    assert np.allclose(both, embed([said, longer]), atol=1e-3)
    assert np.allclose(spans, [first, second], atol=1e-3)
    beyond = "wifi " * 400 + "It is out. Help us."
    assert np.allclose(*embed_within(beyond, [(len(beyond) - 8, len(beyond))]))
