"""The tone of a message and of what it speaks of. Never used to route or to rank people.

By what was learned from written messages (``ToneReader``); by TextBlob's polarity, the baseline,
where there is no embedding model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from threadpoolctl import threadpool_limits

from governance.feedback.model import Aspect, Tone
from governance.reading.against_rest import AgainstRest, Vectorise
from governance.reading.embedding import Vectors
from governance.reading.examples import Example
from governance.reading.exemplars import Exemplar, exemplars

NEGATIVE_BELOW = 0.1
"""Staff who write about technology mostly complain, and in words that TextBlob finds mild or
does not know (40% of the labelled messages have polarity 0, two thirds of them complaints).
So zero reads as negative and only clear praise as positive."""

POSITIVE_ABOVE = 0.5

QUESTION_ABOVE = -0.3
"""A message that asks is neutral unless it is plainly angry: asking is not complaining."""

_LOOSENESS = 3.0

_TONES = tuple(Tone)

_CLAUSES = re.compile(
    r"(?<=[.!?;])\s+|\n+|(?<!\s)\s+[\u2013\u2014-]\s+"
    r"|(?:,|(?<!\s))\s+(?=(?:but|however|although|though|except|whereas)\b)|,\s+(?=(?:and|yet|so|while)\b)",
    re.IGNORECASE,
)
_SHORTEST = 3
"""Words: what is shorter belongs to the clause before it."""

MOST_CLAUSES = 8
"""A long letter is read clause by clause to its eighth."""


def polarity(text: str) -> float:
    """TextBlob's polarity, -1 (worst) to 1 (best); 0 also where it knows no word of the text.

    By the function behind ``TextBlob(text).sentiment``, which makes a class for each answer.
    TextBlob's other readings need corpora that are not shipped.
    """
    from textblob.en import sentiment  # heavy: only readers pay

    return float(sentiment(text)[0])


def tone(text: str) -> tuple[Tone, float]:
    """(tone, polarity), by TextBlob alone."""
    value = polarity(text)
    if value > POSITIVE_ABOVE:
        return Tone.POSITIVE, value
    if "?" in text and value >= QUESTION_ABOVE:
        return Tone.NEUTRAL, value
    return (Tone.NEGATIVE if value < NEGATIVE_BELOW else Tone.NEUTRAL), value


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The parts of a message that may have a tone of their own, as (start, end): sentences, and
    what is on the two sides of a "but". Every word of the message is in one of them."""
    parts: list[tuple[int, int]] = []
    ends = [found.span() for found in _CLAUSES.finditer(text)]
    for start, end in zip(
        [0, *(e for _, e in ends)], [*(s for s, _ in ends), len(text)], strict=True
    ):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            continue
        short = len(text[start:end].split()) < _SHORTEST
        if parts and (short or len(text[slice(*parts[-1])].split()) < _SHORTEST):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return tuple(parts)


def aspects_of(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses whose tones are read, as (start, end); none of a message that has only one."""
    parts = clauses(text)[:MOST_CLAUSES]
    return parts if len(parts) > 1 else ()


class ToneReader:
    """Reads tone. Make one with ``train``."""

    def __init__(self, model: AgainstRest | None) -> None:
        self._model = model

    @classmethod
    def train(
        cls,
        vectors: Vectorise,
        labelled: Sequence[Example] = (),
        written: Sequence[Exemplar] | None = None,
    ) -> ToneReader:
        """Learn from written messages and from a district's own; without the embedding model
        TextBlob reads."""
        given = exemplars() if written is None else written
        known = [(e.text, e.tone) for e in given if e.tone is not None]
        known += 2 * [(e.text, e.sentiment) for e in labelled if e.sentiment is not None]
        texts = [text for text, _ in known]
        rows = vectors(texts)
        if rows is None:
            return cls(None)
        labels = [_TONES.index(mood) for _, mood in known]
        with threadpool_limits(limits=1):
            model = AgainstRest(texts, rows, labels, looseness=_LOOSENESS, balanced=True)
        return cls(model)

    def read(self, texts: Sequence[str], vectors: Vectors | None) -> list[Tone]:
        """The tone of each message. ``vectors``: a row each (None: by TextBlob)."""
        if self._model is None or vectors is None:
            return [tone(text)[0] for text in texts]
        return [_TONES[int(row.argmax())] for row in self._model.scores(texts, vectors)]

    def aspects(
        self, text: str, parts: Sequence[tuple[int, int]], vectors: Vectors | None
    ) -> tuple[Aspect, ...]:
        """The clauses of a message with their tones, in order; none where all sound alike.
        ``parts``: where they are (see ``aspects_of``); ``vectors``: a row each, as they are meant
        in the message (None: by TextBlob)."""
        tones = self.read([text[start:end] for start, end in parts], vectors)
        if len(set(tones)) < 2:
            return ()
        return tuple(
            Aspect(start=start, end=end, tone=one)
            for (start, end), one in zip(parts, tones, strict=True)
        )
