"""Which sections of the IT rules speak of what somebody asks, by the words that both use."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from governance.rules.model import Version
from governance.rules.text import Section, sections

_ENDINGS = re.compile(r"(?<=...)(?:ing|ed|es|as|os|s|e|a|o)$")
_STEM = 7
_HEADING = 3
"""How often a word of a heading counts; one of the title counts once."""

_SATURATION, _LENGTH = 1.2, 0.75
"""BM25's k1 and b, as its authors give them (Robertson and Zaragoza, 2009)."""

_WORTH_SHOWING = 0.4
"""A section that scores less than this part of the best one is not shown."""

_STOP = frozenset(
    re.findall(
        r"\w+",
        "a about am an and any are as at be by can could do does for from get give had has have "
        "how i if in is it its may me must my need not of on or our out should so some tell "
        "than that the their them then there they this to use used using was we what when where "
        "which who why will with would you your rule rules regulation procedure policy practice "
        "say says said itr itp al algo como con cual cuales cuando de del dice dicen donde el "
        "ella en es esa ese eso esta este esto hay la las le lo los me mi mis nos o para pero "
        "por puede puedo que quien se si sin sobre son su sus tengo tiene un una uno usar y yo "
        "regla reglas norma normas reglamento",
    )
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A section that speaks of what was asked, in the language in which it says most of it."""

    version: Version
    section: Section
    language: str
    score: float


def find_sections(query: str, versions: Iterable[Version], *, most: int = 20) -> list[Found]:
    """The sections that fit best, the best first; none where no word is in any. A section counts
    once, whatever languages it is in."""
    asked = set(stems(query))
    if not asked:
        return []
    read = [
        (version, language, section, Counter(words))
        for version in versions
        for language, text in version.texts.items()
        for section, words in _read(version.title.default, text)
    ]
    if not read:
        return []
    usual = sum(words.total() for *_, words in read) / len(read) or 1.0
    seen = Counter(stem for *_, words in read for stem in asked & words.keys())
    best: dict[tuple[str, int], Found] = {}
    for version, language, section, words in read:
        long = 1 - _LENGTH + _LENGTH * words.total() / usual
        score = sum(
            math.log(1 + (len(read) - seen[stem] + 0.5) / (seen[stem] + 0.5))
            * (times := words[stem])
            * (_SATURATION + 1)
            / (times + _SATURATION * long)
            for stem in asked & words.keys()
        )
        found = Found(version=version, section=section, language=language, score=score)
        at = (version.digest, section.number)
        if score and (at not in best or best[at].score < score):
            best[at] = found
    ordered = sorted(best.values(), key=lambda one: (-one.score, one.section.number))
    return [one for one in ordered[:most] if one.score >= ordered[0].score * _WORTH_SHOWING]


def stems(text: str) -> list[str]:
    """The words of a text that say something, each without its ending, in English and Spanish."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(
        r"[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one))
    )
    return [_ENDINGS.sub("", one)[:_STEM] for one in words if one not in _STOP]


@lru_cache(maxsize=500)
def _read(title: str, text: str) -> tuple[tuple[Section, tuple[str, ...]], ...]:
    """Its sections, each with the stems that it is found by. Versions never change, so each is
    read once."""
    return tuple(
        (one, (*stems(title), *stems(one.heading) * _HEADING, *stems(one.body)))
        for one in sections(text)
    )
