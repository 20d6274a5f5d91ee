"""The tone of a message, by TextBlob's polarity."""

from __future__ import annotations

from governance.feedback import Tone

NEGATIVE_BELOW = 0.1
"""Staff who write about technology mostly complain, and in words that TextBlob finds mild or
does not know (40% of the labelled messages have polarity 0, two thirds of them complaints).
So zero reads as negative and only clear praise as positive."""

POSITIVE_ABOVE = 0.5

QUESTION_ABOVE = -0.3
"""A message that asks is neutral unless it is plainly angry: asking is not complaining."""


def polarity(text: str) -> float:
    """TextBlob's polarity, -1 (worst) to 1 (best); 0 also where it knows no word of the text.

    Only ``.sentiment``: TextBlob's other readings need corpora that are not shipped.
    """
    from textblob import TextBlob  # heavy: only readers pay

    return float(TextBlob(text).sentiment.polarity)


def tone(text: str) -> tuple[Tone, float]:
    """(tone, polarity)."""
    value = polarity(text)
    if value > POSITIVE_ABOVE:
        return Tone.POSITIVE, value
    if "?" in text and value >= QUESTION_ABOVE:
        return Tone.NEUTRAL, value
    return (Tone.NEGATIVE if value < NEGATIVE_BELOW else Tone.NEUTRAL), value
