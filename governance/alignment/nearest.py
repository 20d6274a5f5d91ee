"""Which goal a priority is nearest to: by what both mean, and by the words that both use.

The model knows English. In Spanish it tells less, so there more is asked for (decision 70).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from core.text import Text
from core.words import LANGUAGES
from governance.alignment.model import Priority, Proposed
from governance.faq.matching import said_in
from governance.goals.model import Goal
from governance.rules.searching import stems

FLOORS: Mapping[str, float] = {"en": 0.42, "es": 0.57}
"""From which a goal is chosen beforehand, in each language that can be compared."""

WORDS_WEIGH = 0.2
"""What words that both use add to the cosine at most."""


def text_of(goal: Goal, language: str) -> str:
    """What is read of a goal; "" where it is not there in that language."""
    title = said_in(goal.title, language)
    described = said_in(goal.description, language)
    return f"{title}. {' '.join(described.split())}".strip() if title else ""


def texts_of(priorities: Collection[Priority], goals: Collection[Goal]) -> Iterator[str]:
    """All texts whose meaning is needed."""
    for language in _languages():
        yield from (one for goal in goals if (one := text_of(goal, language)))
        yield from (one for each in priorities if (one := said_in(each.label, language)))


def proposed(
    priority: Priority, goals: Sequence[Goal], meanings: Mapping[str, bytes]
) -> Proposed | None:
    """Its author's goal, else the nearest; None where nothing can be compared."""
    if any(one.key == priority.goal for one in goals):
        return Proposed(goal=priority.goal, by_author=True)
    above = _above(priority.label, goals, meanings)
    if not above:
        return None
    best = max(above, key=lambda key: above[key])
    return Proposed(goal=best, sure=above[best] >= 0)


def _above(label: Text, goals: Sequence[Goal], meanings: Mapping[str, bytes]) -> dict[str, float]:
    """How far each goal is above the floor of a language, of the languages that both are in."""
    best: dict[str, float] = {}
    for language in _languages():
        said, texts = said_in(label, language), [text_of(one, language) for one in goals]
        there = [(goal.key, text) for goal, text in zip(goals, texts, strict=True) if text]
        vector = meanings.get(said)
        if not vector or not there:
            continue
        near = _nearness(vector, [meanings.get(text) for _, text in there])
        shared = _shared(said, [text for _, text in there])
        for (key, _), cosine, words in zip(there, near, shared, strict=True):
            score = cosine + WORDS_WEIGH * words - FLOORS[language]
            best[key] = max(score, best.get(key, -math.inf))
    return best


def _languages() -> list[str]:
    return [one for one in ("en", *LANGUAGES) if one in FLOORS]


def _nearness(vector: bytes, others: Sequence[bytes | None]) -> list[float]:
    from governance.reading.matching import nearness  # heavy

    known = iter(nearness(vector, b"".join(one for one in others if one)))
    return [next(known) if one else 0.0 for one in others]


def _shared(said: str, texts: Sequence[str]) -> list[float]:
    """The share of a text's words that each other one has, too, the rarer ones weighing more."""
    own, there = set(stems(said)), [set(stems(one)) for one in texts]
    seen = Counter(stem for one in there for stem in one)

    def weight(words: set[str]) -> float:
        return sum(math.log(1 + len(texts) / (seen[one] + 0.5)) for one in words)

    return [weight(own & one) / weight(own) if own & one else 0.0 for one in there]
