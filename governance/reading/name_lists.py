"""Lists of names and of what is none, and how much a word looks like a name.

Given names and family names are the United States Census Bureau's of 1990 (public domain, carried
by the package ``names``) with those that this project adds; they are read as plain files.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from governance.reading.english import is_common, is_proper
from governance.reading.given_names import GIVEN_NAMES
from governance.reading.known_things import BRANDS, FAMOUS, NAMESAKES, OF_BOOKS, PLACES, THINGS
from governance.reading.names_of_many import NAMES_OF_MANY
from governance.reading.not_names import GIVEN_AND_COMMON, NOT_NAMES, PRODUCTS

_OFTEN = 2_000
"""Family names down to this rank are met everywhere."""

_OFTEN_GIVEN = 500
"""Given names of women, and of men, down to this rank."""

_FIRST_WORD = 1_996
"""Where BERT's vocabulary begins to be in the order of how often a word is written."""
_EVERYWHERE, _OFTEN_WRITTEN = 4_000, 10_000

_KINDS = (
    ("no-name", NOT_NAMES | THINGS),
    ("place", PLACES),
    ("book", OF_BOOKS),
    ("school", NAMESAKES),
    ("brand", BRANDS | PRODUCTS),
)


@cache
def _folder() -> Path:
    spec = find_spec("names")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package of census names is missing: it is needed to find names.")
    return Path(spec.submodule_search_locations[0])


def _read(name: str) -> list[str]:
    lines = (_folder() / name).read_text(encoding="ascii").splitlines()
    return [line.split()[0].lower() for line in lines if line.strip()]


@cache
def given() -> frozenset[str]:
    """Given names, in lower case."""
    census = (*_read("dist.female.first"), *_read("dist.male.first"))
    return frozenset(census) | GIVEN_NAMES | GIVEN_AND_COMMON


@cache
def _often_given() -> frozenset[str]:
    women, men = _read("dist.female.first"), _read("dist.male.first")
    return frozenset(women[:_OFTEN_GIVEN]) | frozenset(men[:_OFTEN_GIVEN]) | GIVEN_NAMES


@cache
def family() -> dict[str, int]:
    """Family names in lower case, with their rank from 0."""
    return {name: rank for rank, name in enumerate(_read("dist.all.last"))}


@cache
def _written() -> dict[str, int]:
    text = files("governance.reading").joinpath("data/vocab.txt").read_text("utf-8")
    return {word: at for at, word in enumerate(text.splitlines()) if at >= _FIRST_WORD}


@lru_cache(maxsize=20_000)
def how_often(word: str) -> str:
    """How often a word (in lower case) is written anywhere: "top", "often", "seldom" or "never"."""
    rank = _written().get(word)
    if rank is None:
        return "never"
    return "top" if rank < _EVERYWHERE else "often" if rank < _OFTEN_WRITTEN else "seldom"


@lru_cache(maxsize=20_000)
def kinds(word: str) -> tuple[str, ...]:
    """What lists a word (in lower case) is on."""
    one = word.removesuffix("s")
    found = [
        kind for kind, listed in _KINDS if word in listed or (kind != "book" and one in listed)
    ]
    if is_common(word):
        found.append("english")
    elif is_proper(word):
        found.append("proper")
    if word in _often_given():
        found.append("given")
    elif word in NAMES_OF_MANY:
        found.append("many")
    elif word in given():
        found.append("rare-given")
    rank = family().get(word)
    if rank is not None:
        found.append("family" if rank < _OFTEN else "rare-family")
    return tuple(found)


_NAMES = frozenset({"given", "many", "rare-given", "family", "rare-family"})
_OTHERS = frozenset({"no-name", "place", "book", "school", "brand", "english", "proper"})


@lru_cache(maxsize=20_000)
def leaning(word: str) -> str:
    """The one list of names and the one of others that tell most of a word: "given/english"."""
    on = kinds(word)
    name = next((kind for kind in on if kind in _NAMES), "")
    other = next((kind for kind in on if kind in _OTHERS), "")
    return f"{name}/{other}"


_FAMOUS_BEGIN = frozenset(name.split()[0] for name in FAMOUS)


def begins_famous(word: str) -> bool:
    """Whether the name of somebody famous begins with a word (in lower case)."""
    return word in _FAMOUS_BEGIN


def famous(words: tuple[str, ...]) -> bool:
    """Whether words (in lower case) are somebody famous in full: ("emily", "dickinson")."""
    return " ".join(words) in FAMOUS


@cache
def _letters() -> tuple[Counter[str], Counter[str], int, int]:
    names: Counter[str] = Counter()
    for word in (*given(), *NAMES_OF_MANY, *list(family())[:8_000]):
        names.update(_threes(word))
    from governance.reading.english import words as english

    others: Counter[str] = Counter()
    for word in english():
        others.update(_threes(word))
    return names, others, names.total(), others.total()


def _threes(word: str) -> list[str]:
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


@lru_cache(maxsize=20_000)
def looks(word: str) -> int:
    """How much a word looks like a name by its letters: -3 (not at all) to 3."""
    names, others, all_names, all_others = _letters()
    parts = _threes(word)
    if not parts:
        return 0
    ratio = sum(
        math.log((names[p] + 0.5) / all_names) - math.log((others[p] + 0.5) / all_others)
        for p in parts
    )
    return max(-3, min(3, round(ratio / len(parts) * 2)))
