"""Telling English words from names, with the word list that TextBlob carries."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from governance.reading.not_names import INFORMAL, NOT_NAMES


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """(common words, words that are names when capitalised), in lower case."""
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("TextBlob is not installed: its word list is needed to recognise names.")
    path = Path(spec.submodule_search_locations[0]) / "en" / "en-lexicon.txt"
    common: set[str] = set()
    proper: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, tag = line.partition(" ")
        if word and not word.startswith(";;;"):
            (proper if tag.startswith("NNP") else common).add(word.lower())
    return frozenset(common), frozenset(proper)


@lru_cache(maxsize=20_000)
def is_common(word: str) -> bool:
    """Whether a word in lower case is an ordinary English one, in any of its forms."""
    common, _ = _lexicon()
    if word in common or word in INFORMAL or word in NOT_NAMES:
        return True
    if "-" in word:
        return all(is_common(part) for part in word.split("-") if part)
    if "'" in word or "’" in word:
        head = re.split(r"['’]", word)[0]
        return head in common or len(head) < 2
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "y"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and (stem in common or stem + "e" in common):
            return True
    return False


def is_typo(word: str) -> bool:
    """Whether a slip (two letters swapped, one too many) separates a word from a common one."""
    slips = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    extra = (word[:i] + word[i + 1 :] for i in range(len(word)))
    return any(is_common(w) for w in (*slips, *extra) if len(w) > 3)


def is_proper(word: str) -> bool:
    """Whether the word list knows a word (given in lower case) as a name when capitalised."""
    return word in _lexicon()[1]


def words() -> frozenset[str]:
    """Ordinary English words, in lower case."""
    return _lexicon()[0]
