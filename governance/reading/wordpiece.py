"""The pieces of words that the embedding model reads (BERT's WordPiece, lower case).

The usual library for this brings a client that downloads models; the district's machine
downloads nothing, and the method is these lines. ``data/vocab.txt`` is BERT's published list of
30,522 pieces (Apache-2.0); a test holds this to the ids that the usual library gives.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("data") / "vocab.txt"

LONGEST_WORD = 100
"""A word of more characters is unknown as a whole (as the model was trained)."""


@cache
def vocabulary() -> Mapping[str, int]:
    """Each piece with its id."""
    pieces = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: at for at, piece in enumerate(pieces)}


def token_ids(text: str, *, most: int) -> list[int]:
    """The ids of a text's pieces between the model's marks of begin and end: ``most`` in all, and
    what is longer is cut off."""
    return marked_ids(text, (), most=most)[0]


def marked_ids(text: str, places: Iterable[int], *, most: int) -> tuple[list[int], dict[int, int]]:
    """As ``token_ids``, and for each place in the text (between words) how many of the ids, with
    the mark of begin, are of what stands before it."""
    known = vocabulary()
    ids: list[int] = []
    before: dict[int, int] = {}
    start = 0
    for place in (*sorted(set(places)), len(text)):
        for word in _plain(text[start:place]).split():
            if len(ids) >= most - 2:
                break
            ids += _pieces(word, known)
        before[place] = 1 + min(len(ids), most - 2)
        start = place
    return [known["[CLS]"], *ids[: most - 2], known["[SEP]"]], before


def _plain(text: str) -> str:
    """Lower case without accents and control characters; what is a word by itself is alone."""
    return unicodedata.normalize("NFD", text.lower()).translate(_SPACED)


def _alone(c: str) -> bool:
    """Punctuation, and characters of which each is a word (Chinese ones)."""
    if c in string.punctuation or unicodedata.category(c)[0] == "P":
        return True
    return "\u3400" <= c <= "\u4dbf" or "\u4e00" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff"


class _Spaced(dict[int, str]):
    """What each character becomes, by its number; worked out when it first comes."""

    def __missing__(self, number: int) -> str:
        c = chr(number)
        self[number] = found = f" {c} " if _alone(c) else _spaced(c)
        return found


_SPACED = _Spaced()


def _spaced(c: str) -> str:
    if c in "\t\n\r":
        return " "
    return "" if unicodedata.category(c) in {"Mn", "Cc", "Cf", "Co", "Cn", "Cs"} else c


def _pieces(word: str, known: Mapping[str, int]) -> list[int]:
    """The longest known piece first, again and again; unknown as a whole where one is missing."""
    unknown = [known["[UNK]"]]
    if len(word) > LONGEST_WORD:
        return unknown
    ids: list[int] = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start:
            found = known.get(word[start:end] if not start else f"##{word[start:end]}")
            if found is not None:
                break
            end -= 1
        else:
            return unknown
        ids.append(found)
        start = end
    return ids
