"""Tone by TextBlob's polarity."""

from __future__ import annotations

import pytest

from governance.feedback import Tone
from governance.reading.tone import tone


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
