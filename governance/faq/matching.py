"""Which entry of an FAQ answers what somebody asks: by meaning in English, by words in Spanish.

Whoever is answered has not sent their question, so nothing is better than something near
(decision 64).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from core.text import Text
from governance.faq.model import LONGEST_QUESTION, FaqEntry
from governance.languages import base_of
from governance.rules.searching import MODEL_SPEAKS, in_spanish, stems

SPANISH = "es"

NEAR = 0.72
"""The least cosine of a question and the entry that answers it."""
ALIKE = 0.65
"""The least share of words, by their weight, that both have in Spanish."""
AHEAD = 0.1
"""By so much it must be nearer than the next entry: of two as near, either may be wrong."""


def answering(
    asked: str, entries: Sequence[FaqEntry], meant: bytes | None, meanings: Mapping[UUID, bytes]
) -> tuple[FaqEntry, str] | None:
    """The entry and the language in which it answers; None where none surely does."""
    if not entries or len(asked) > LONGEST_QUESTION:
        return None
    if in_spanish(asked):
        language, least, scores = SPANISH, ALIKE, _by_words(asked, entries)
    elif meant is not None:
        language, least, scores = MODEL_SPEAKS, NEAR, _by_meaning(meant, entries, meanings)
    else:
        return None
    ranked = sorted(zip(scores, entries, strict=True), key=lambda one: -one[0])
    best, entry = ranked[0]
    ahead = best - max((score for score, _ in ranked[1:]), default=0.0)
    return (entry, language) if best >= least and ahead >= AHEAD else None


def texts_of(entry: FaqEntry) -> tuple[str, ...]:
    """What the model reads of an entry: the question, and both together. None without English."""
    question, answer = (said_in(one, MODEL_SPEAKS) for one in (entry.question, entry.answer))
    return (question, f"{question} {answer}") if question and answer else ()


def said_in(text: Text, language: str) -> str:
    """A text in one language; "" where it is not there."""
    there = base_of(text.language_for(language)) == language
    return text.in_locale(language) if there else ""


def in_only(text: Text, language: str) -> Text:
    """A text in one of its languages, whatever its reader's is."""
    return Text(default=said_in(text, language) or text.default, language=language)


def _by_meaning(
    meant: bytes, entries: Sequence[FaqEntry], meanings: Mapping[UUID, bytes]
) -> list[float]:
    from governance.reading.matching import nearness

    return [max(nearness(meant, meanings.get(one.id, b"")), default=0.0) for one in entries]


def _by_words(asked: str, entries: Sequence[FaqEntry]) -> list[float]:
    """Dice's coefficient of the words that say something, the rarer ones weighing more."""
    said = set(stems(asked))
    there = [set(stems(said_in(one.question, SPANISH))) for one in entries]
    seen = Counter(stem for one in there for stem in one)

    def weight(words: set[str]) -> float:
        return sum(math.log(1 + len(entries) / (seen[one] + 0.5)) for one in words)

    return [
        2 * weight(said & one) / (weight(said) + weight(one)) if said & one else 0.0
        for one in there
    ]


def speaking_of(query: str, entries: Sequence[FaqEntry]) -> list[FaqEntry]:
    """Those that have every word of a query, in any language."""
    wanted = set(stems(query))
    return [one for one in entries if wanted and wanted <= set(stems(_all_of(one)))]


def _all_of(entry: FaqEntry) -> str:
    texts = (entry.question, entry.answer)
    return " ".join(said for one in texts for said in (one.default, *one.translations.values()))
