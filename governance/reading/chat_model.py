"""What a line says to the bot itself: linear models over words, pieces of words and known words.

One tells whether a line is said to the bot itself, the other what it asks then. Their weights are
learned by ``learning_chat`` and summed here in plain Python, in about a millisecond.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from governance.chat.model import Intent
from governance.reading.chat_words import CONTENT, KNOWN, words_of

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?¿]|[^\w\s,.;:!'\"¡-]")

_KINDS_OF_WORDS = 0.3
"""How much a feature of ``_kinds`` counts; pieces of words share a length of 1."""


@dataclass(frozen=True, kw_only=True)
class Meant:
    """``conversation``: log odds that the line is said to the bot itself. ``intent``: what it most
    likely asks then, and ``sure`` how likely that is (0 to 1)."""

    conversation: float
    intent: Intent
    sure: float


def meant(text: str) -> Meant:
    """What a line says, as far as the models can tell."""
    model = _learned()
    found = features(text)
    odds = model["bias"] + sum(model["weights"].get(key, 0.0) * n for key, n in found.items())
    scores = list(model["biases"])
    for key, n in found.items():
        for at, weight in model["asks"].get(key, ()):
            scores[at] += weight * n
    most = max(scores)
    shares = [math.exp(one - most) for one in scores]
    return Meant(
        conversation=odds,
        intent=Intent(model["intents"][scores.index(most)]),
        sure=1 / sum(shares),
    )


def features(text: str) -> Mapping[str, float]:
    """What a line has, each with its value: words, pairs and triples of words, pieces of three to
    five letters, and how many of its words are of a known kind."""
    pieces = set(_pieces(text))
    value = 1 / math.sqrt(len(pieces))
    return {**dict.fromkeys(sorted(pieces), value), **dict.fromkeys(_kinds(text), _KINDS_OF_WORDS)}


def _pieces(text: str) -> Iterator[str]:
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


def _kinds(text: str) -> Iterator[str]:
    """How many words are about technology and schools, and how many are known to nobody: the
    models cannot have met every product."""
    words = words_of(text)
    content = sum(word in CONTENT for word in words)
    unknown = sum(
        word not in KNOWN and word not in CONTENT and not word.isdigit() for word in words
    )
    yield f"content {min(content, 3)}"
    yield f"unknown {min(unknown, 4)}"
    yield f"known {4 * (len(words) - content - unknown) // max(1, len(words))}"


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    plain = "".join(one for one in text if not unicodedata.combining(one))
    words = _WORD.findall(re.sub(r"(.)\1{2,}", r"\1\1", plain))
    return ["0" if word.isdigit() else word for word in words]


@cache
def _learned() -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(
        files("governance.reading").joinpath("data/chat_weights.json").read_text("utf-8")
    )
    return body
