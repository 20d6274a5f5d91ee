"""Which choice says the same as an idea: by meaning in English, by words in Spanish.

Its author is asked, and can say no; so something near is enough (decision 67).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.text import Text
from governance.faq.matching import SPANISH, said_in
from governance.rules.searching import MODEL_SPEAKS, in_spanish, stems
from surveys.questions import Choice

NEAR = 0.6
"""The least cosine of an idea and a choice that may say the same."""
ALIKE = 0.6
"""The least share of words that both have, in Spanish."""


def nearest(
    words: Text, meant: bytes | None, choices: Sequence[Choice], meanings: Mapping[str, bytes]
) -> list[Choice]:
    """Those that may say the same, the likeliest first."""
    said = words.default
    scores: list[float]
    if in_spanish(said):
        least, scores = ALIKE, [_shared(said, said_in(one.label, SPANISH)) for one in choices]
    else:
        least, scores = NEAR, _by_meaning(meant, choices, meanings)
    same = [1.0 if _bare(said) in _all_of(one.label) else 0.0 for one in choices]
    ranked = sorted(
        ((max(score, alike), one) for score, alike, one in zip(scores, same, choices, strict=True)),
        key=lambda one: -one[0],
    )
    return [one for score, one in ranked if score >= least]


def language_of(text: str) -> str:
    """The language of what somebody typed, of the two that the service speaks."""
    return SPANISH if in_spanish(text) else MODEL_SPEAKS


def text_of(choice: Choice) -> str:
    """What the model reads of a choice; "" without English."""
    return said_in(choice.label, MODEL_SPEAKS)


def _by_meaning(
    meant: bytes | None, choices: Sequence[Choice], meanings: Mapping[str, bytes]
) -> list[float]:
    if meant is None:
        return [0.0 for _ in choices]
    from governance.reading.matching import nearness

    known = [one.key for one in choices if meanings.get(one.key)]
    found = dict(zip(known, nearness(meant, b"".join(meanings[key] for key in known)), strict=True))
    return [found.get(one.key, 0.0) for one in choices]


def _shared(one: str, other: str) -> float:
    """Dice's coefficient of the words that say something."""
    said, there = set(stems(one)), set(stems(other))
    return 2 * len(said & there) / (len(said) + len(there)) if said & there else 0.0


def _all_of(label: Text) -> list[str]:
    return [_bare(said) for said in (label.default, *label.translations.values())]


def _bare(said: str) -> str:
    return "".join(one for one in said.casefold() if one.isalnum())
