"""How likely a line is said to the bot itself: a linear model over words and pieces of words.

The patterns of ``chat`` know what they list; the model also knows what looks like it. Its weights
are learned by ``learning_chat`` and summed here in plain Python, in well under a millisecond.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?¿]|[^\w\s,.;:!'\"¡-]")


def features(text: str) -> set[str]:
    """What a line has: words, pairs and triples of words, and pieces of three to five letters."""
    return set(_features(text))


def _features(text: str) -> Iterator[str]:
    words = _words(text)
    padded = ["^", *words, "$"]
    for word in words:
        yield f"w {word}"
        edged = f"<{word}>"
        for size in (3, 4, 5):
            for start in range(len(edged) - size + 1):
                yield edged[start : start + size]
    for first, second in pairwise(padded):
        yield f"2 {first} {second}"
    for first, second, third in zip(padded, padded[1:], padded[2:], strict=False):
        yield f"3 {first} {second} {third}"
    length = len(words)
    yield f"n {length if length < 6 else length // 4 * 4 if length < 24 else 24}"


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    plain = "".join(one for one in text if not unicodedata.combining(one))
    words = _WORD.findall(re.sub(r"(.)\1{2,}", r"\1\1", plain))
    return ["0" if word.isdigit() else word for word in words]


def conversation(text: str) -> float:
    """Log odds that a line is said to the bot itself rather than to be passed on."""
    bias, weights = _learned()
    found = features(text)
    return bias + sum(weights.get(one, 0.0) for one in found) / math.sqrt(len(found))


@cache
def _learned() -> tuple[float, dict[str, float]]:
    body = json.loads(
        files("governance.reading").joinpath("data/chat_weights.json").read_text("utf-8")
    )
    return body["bias"], body["weights"]
