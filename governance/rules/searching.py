"""Which sections of the IT rules speak of what somebody asks, by words and by meaning."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

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

MODEL_SPEAKS = "en"

_NEAR = 0.25
"""The cosine from which a section is shown that has no word of what was asked."""
_WORDS_WEIGH, _WORDS_HALF = 0.2, 4.0
"""What words add to a cosine at most, and the BM25 score that adds half of it (decision 58)."""
_SPEAKS_OF = 0.65
"""Both together, from which a message is said to be about a section."""

_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "a about am an and any are as at be by can could do does for from get give had has have "
        "how i if in is it its may me must my need not of on or our out should so some tell "
        "than that the their them then there they this to use used using was we what when where "
        "which who why will with would you your rule rules regulation procedure policy practice "
        "say says said itr itp",
    )
)
_SPANISH = frozenset(
    re.findall(
        r"\w+",
        "a al algo como con cual cuales cuando de del dice dicen donde el "
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


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What was asked as a vector, and those of the sections, by rule and version."""

    vector: bytes
    sections: Mapping[tuple[UUID, int], bytes]


def find_sections(
    query: str, versions: Iterable[Version], meant: Meant | None = None, *, most: int = 20
) -> list[Found]:
    """The sections that fit best, the best first: by the words that both use and, where it is
    known, by what is meant. A section counts once, whatever languages it is in."""
    asked = set(stems(query))
    if not asked:
        return []
    read = list(versions)
    found = _by_words(asked, read)
    if meant is not None and not in_spanish(query):  # the model knows English only
        found = _by_meaning(found, read, meant)
    return found[:most]


def nearest(text: str, versions: Iterable[Version], meant: Meant) -> Found | None:
    """The section that a message speaks of; None where none is near enough to say so."""
    found = find_sections(text, versions, meant, most=1)
    near = bool(found) and not in_spanish(text) and found[0].score >= _SPEAKS_OF
    return found[0] if near else None


def may_be_near(meant: Meant) -> bool:
    """Whether any section could be near enough, before texts are looked at."""
    from governance.reading.matching import nearness

    near = nearness(meant.vector, b"".join(meant.sections.values()))
    return max(near, default=0.0) >= _SPEAKS_OF - _WORDS_WEIGH


def _by_words(asked: set[str], versions: Iterable[Version]) -> list[Found]:
    """By BM25; none where no word is in any."""
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
    best: dict[_Place, Found] = {}
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
        if score and (_place(found) not in best or best[_place(found)].score < score):
            best[_place(found)] = found
    ordered = sorted(best.values(), key=lambda one: (-one.score, one.section.number))
    return [one for one in ordered if one.score >= ordered[0].score * _WORTH_SHOWING]


def _by_meaning(found: list[Found], versions: Iterable[Version], meant: Meant) -> list[Found]:
    """What words found and what is near in meaning, in the order of both together: the cosine,
    and at most ``_WORDS_WEIGH`` for words."""
    from governance.reading.matching import nearness

    best = {_place(one): replace(one, score=_worth(one.score)) for one in found}
    for version in versions:
        near = nearness(meant.vector, meant.sections.get((version.rule_id, version.number), b""))
        for section, cosine in zip(_in_model(version), near, strict=False):
            one = Found(version=version, section=section, language=MODEL_SPEAKS, score=0.0)
            said = best.get(_place(one))
            if said is not None:
                best[_place(one)] = replace(said, score=said.score + cosine)
            elif cosine >= _NEAR:
                best[_place(one)] = replace(one, score=cosine)
    return sorted(best.values(), key=lambda one: (-one.score, one.section.number))


def _worth(words: float) -> float:
    return _WORDS_WEIGH * words / (words + _WORDS_HALF)


def texts_of(version: Version) -> tuple[str, ...]:
    """What the model reads of each section, in their order; none without an English text."""
    title = version.title.in_locale(MODEL_SPEAKS)
    return tuple(f"{title}. {one.heading}. {one.body}" for one in _in_model(version))


def _in_model(version: Version) -> tuple[Section, ...]:
    text = version.texts.get(MODEL_SPEAKS, "")
    return tuple(section for section, _ in _read(version.title.default, text))


_Place = tuple[str, int]


def _place(one: Found) -> _Place:
    return one.version.digest, one.section.number


def stems(text: str) -> list[str]:
    """The words of a text that say something, each without its ending, in English and Spanish."""
    said = (one for one in _words(text) if one not in _ENGLISH and one not in _SPANISH)
    return [_ENDINGS.sub("", one)[:_STEM] for one in said]


def in_spanish(text: str) -> bool:
    """By its small words."""
    words = _words(text)
    return sum(one in _SPANISH for one in words) > sum(one in _ENGLISH for one in words)


def _words(text: str) -> list[str]:
    """In lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(one for one in plain if not unicodedata.combining(one)))


@lru_cache(maxsize=500)
def _read(title: str, text: str) -> tuple[tuple[Section, tuple[str, ...]], ...]:
    """Its sections, each with the stems that it is found by. Versions never change, so each is
    read once."""
    return tuple(
        (one, (*stems(title), *stems(one.heading) * _HEADING, *stems(one.body)))
        for one in sections(text)
    )
