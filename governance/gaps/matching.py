"""Which messages from staff may be about a safeguard, by their meaning and the words they share.

The model knows English only, so messages in Spanish are not offered.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from governance.controls.model import Framework
from governance.faq.matching import said_in
from governance.rules.searching import in_spanish, stems

FLOOR = 0.38
"""The lowest sum of both that is offered."""

WORDS_WEIGH = 0.2
"""The most that shared words add to the cosine."""

NEAREST = 3
"""The most safeguards a message is offered for: those it is nearest to."""

OFFERED = 5
"""The most messages offered for one safeguard."""

Key = TypeVar("Key")


def texts_of(framework: Framework) -> dict[str, tuple[str, str]]:
    """Two texts for each safeguard, by its number: its name, and its description. Without a
    description, the second is its control's name and its own."""
    found = {}
    for control in framework.controls:
        for one in control.safeguards:
            name = said_in(one.name, "en") or one.name.default
            whole = one.about.default if one.about else f"{control.name.default}: {name}"
            found[one.number] = (name, whole)
    return found


def nearest(
    number: str,
    texts: Mapping[str, tuple[str, str]],
    meanings: Mapping[str, bytes],
    messages: Sequence[tuple[Key, str, bytes]],
) -> list[Key]:
    """The messages (key, words, vector) that may be about a safeguard, the likeliest first. None
    until all meanings are known."""
    import numpy as np

    from governance.reading.matching import unpacked  # heavy

    read = [one for one in messages if not in_spanish(one[1])]
    wanted = [text for pair in texts.values() for text in pair]
    if not read or number not in texts or not all(map(meanings.get, wanted)):
        return []
    order = list(texts)
    vectors = unpacked([meanings[one] for one in wanted])
    cosines = unpacked([vector for _, _, vector in read]) @ vectors.T
    near = cosines.reshape(len(read), len(order), 2).mean(axis=2)
    both = tuple(" ".join(pair) for pair in texts.values())
    near += WORDS_WEIGH * np.array([_shared(words, both) for _, words, _ in read])
    at = order.index(number)
    scored = [
        (row[at], key)
        for row, (key, _, _) in zip(near, read, strict=True)
        if row[at] >= FLOOR and int((row > row[at]).sum()) < NEAREST
    ]
    scored.sort(key=lambda one: -one[0])
    return [key for _, key in scored[:OFFERED]]


def _shared(said: str, texts: tuple[str, ...]) -> list[float]:
    """The share of each text's words that a message has, too, the rarer ones weighing more."""
    weights, words = _words_of(texts)
    own = weights.keys() & set(stems(said))
    return [sum(weights[stem] for stem in own & one) / whole for one, whole in words]


@lru_cache(maxsize=4)
def _words_of(texts: tuple[str, ...]) -> tuple[dict[str, float], list[tuple[set[str], float]]]:
    """What each word weighs, and the words of each text with what they weigh together."""
    words = [set(stems(one)) for one in texts]
    seen = Counter(stem for one in words for stem in one)
    weights = {stem: math.log(1 + len(texts) / (n + 0.5)) for stem, n in seen.items()}
    return weights, [(one, sum(weights[stem] for stem in one) or 1.0) for one in words]
