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

FLOORS: Mapping[str, float] = {"en": 0.42, "es": 0.58}
"""The nearness from which a goal is chosen beforehand, in each language that can be compared."""

AHEAD = 0.1
"""By so much it must be nearer than the next goal: of two as near, either may be wrong."""

WORDS_WEIGH = 0.2
"""What words that both use add to the cosine at most."""

ON_TOP = 3
"""The nearest goals, which are listed before the others."""


def parts_of(goal: Goal, language: str) -> tuple[str, ...]:
    """What is read of a goal: its title, its description and both; none where it is not there in
    that language."""
    title = said_in(goal.title, language)
    described = " ".join(said_in(goal.description, language).split())
    if not title:
        return ()
    return (title, described, f"{title}. {described}") if described else (title,)


def texts_of(priorities: Collection[Priority], goals: Collection[Goal]) -> Iterator[str]:
    """All texts whose meaning is needed."""
    for language in _languages():
        for goal in goals:
            yield from parts_of(goal, language)
        yield from (one for each in priorities if (one := said_in(each.label, language)))


def proposed(
    priority: Priority, goals: Sequence[Goal], meanings: Mapping[str, bytes]
) -> Proposed | None:
    """Its author's goal, else the nearest ones; None where nothing can be compared."""
    near = _near(priority.label, goals, meanings)
    ranked = sorted(near, key=lambda key: -near[key])
    if any(one.key == priority.goal for one in goals):
        others = [key for key in ranked if key != priority.goal]
        return Proposed(goals=(priority.goal, *others)[:ON_TOP], by_author=True)
    if not ranked:
        return None
    best = near[ranked[0]]
    ahead = best - max((near[key] for key in ranked[1:]), default=-math.inf)
    near_enough = best >= 0
    return Proposed(
        goals=tuple(ranked[:ON_TOP]), sure=near_enough and ahead >= AHEAD, near=near_enough
    )


def _near(label: Text, goals: Sequence[Goal], meanings: Mapping[str, bytes]) -> dict[str, float]:
    """How far each goal is above the floor, in the language in which it is that most."""
    best: dict[str, float] = {}
    for language in _languages():
        said = said_in(label, language)
        parts = {goal.key: parts_of(goal, language) for goal in goals}
        there = [key for key, texts in parts.items() if texts and all(map(meanings.get, texts))]
        if said not in meanings or not there:
            continue
        shared = _shared(said, [parts[key][-1] for key in there])
        for key, words in zip(there, shared, strict=True):
            near = _nearness(meanings[said], [meanings[text] for text in parts[key]])
            score = near + WORDS_WEIGH * words - FLOORS[language]
            best[key] = max(score, best.get(key, -math.inf))
    return best


def _languages() -> list[str]:
    return [one for one in ("en", *LANGUAGES) if one in FLOORS]


def _nearness(vector: bytes, parts: Sequence[bytes]) -> float:
    """The mean of the cosines."""
    from governance.reading.matching import nearness  # heavy

    cosines = nearness(vector, b"".join(parts))
    return sum(cosines) / len(cosines)


def _shared(said: str, texts: Sequence[str]) -> list[float]:
    """The share of a text's words that each other one has, too, the rarer ones weighing more."""
    own, there = set(stems(said)), [set(stems(one)) for one in texts]
    seen = Counter(stem for one in there for stem in one)

    def weight(words: set[str]) -> float:
        return sum(math.log(1 + len(texts) / (seen[one] + 0.5)) for one in words)

    return [weight(own & one) / weight(own) if own & one else 0.0 for one in there]
