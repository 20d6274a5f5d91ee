"""How likely a word names somebody: a linear model over what can be seen of it.

Its weights are learned by ``learning_names`` and read from a file, so that recognising names
needs no library (decision 43).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from governance.reading.name_features import FOREIGN, Token, features, may_name, scene
from governance.reading.name_lists import kinds
from governance.reading.not_names import PARTICLES, THINGS, words_of

LIKELY = math.log(0.2 / 0.8)
"""Log odds (of a probability of 0.2) above which a word is taken out: a name that stays is worse
than a blank."""

BESIDE = math.log(0.05 / 0.95)
"""Log odds (of 0.05) above which a capitalized word next to such a word belongs to the name."""

_NEVER = words_of(
    """mr mrs ms mx dr prof sr sra srta miss i he she it we they you so ok okay oh ow ah uh um hey
    hi hello the a an and or but if in on at as is are was no not yes my his her our your their
    this that we've i've i'm i'd i'll he's she's it's let's what why how who when where la el los
    las mi si su sid perm tel dob ssn id bday bdays birthdate birthday lady guy guys ma'am sir
    else thx pls ctrl"""
)
_SHORT = 3
_LONGEST_GAP = 14


@cache
def _weights() -> tuple[dict[str, float], float]:
    learned = json.loads(
        files("governance.reading").joinpath("data/name_weights.json").read_text("utf-8")
    )
    return learned["weights"], learned["bias"]


def likely_names(text: str, told: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where people are named, as (start, end). ``told``: what rules take for names."""
    weights, bias = _weights()
    seen = scene(text)
    inside = {at for start, end in told for at in range(start, end)}
    odds: dict[int, float] = {}
    for at, word in enumerate(seen.words):
        by_rule = word.start in inside
        if not may_name(word) or word.lower in _NEVER or (at in seen.famous and not by_rule):
            continue
        if text[max(0, word.start - 1) : word.start].isdigit() or text[word.end :][:1].isdigit():
            continue  # a piece of a number, of a version or of a code
        if word.first and word.lower in THINGS and not by_rule:
            continue
        if word.shape == "loud" and len(word.text) <= _SHORT and not by_rule:
            continue
        if FOREIGN in seen.facts and not by_rule and not _listed(word):
            continue
        # Each feature counts once, as in learning: a word that comes 500 times is no surer for it.
        shown = set(features(text, at, seen, told=by_rule))
        odds[at] = bias + math.fsum(weights.get(one, 0.0) for one in shown)
    named = _with_neighbours(text, seen.words, odds)
    return _joined(text, [seen.words[at] for at in sorted(named)])


def _with_neighbours(
    text: str, words: Sequence[Token], odds: Mapping[int, float]
) -> frozenset[int]:
    """Indices of the words that name somebody: the likely ones, and such beside them in capitals
    as are less likely alone ("Wren *Tall Bear*", "Noah *S*")."""
    named = {at for at, found in odds.items() if found > LIKELY}
    for steps in (range(len(words)), range(len(words) - 1, -1, -1)):
        for at in steps:
            if at in named:
                continue
            for other in (at - 1, at + 1):
                if other in named and _goes_with(text, words, at, other, odds.get(at, -math.inf)):
                    named.add(at)
                    break
    return frozenset(named)


def _goes_with(text: str, words: Sequence[Token], at: int, other: int, odds: float) -> bool:
    left, right = sorted((at, other))
    gap = text[words[left].end : words[right].start]
    one, beside = words[at], words[other]
    if words[left].owns or not (gap == " " or (gap == ". " and len(words[left].text) == 1)):
        return False
    if len(one.text) == 1:
        return _initial(text, one, beside, after=at > other)
    return one.shape == "capital" and beside.shape != "lower" and odds > BESIDE


def _initial(text: str, letter: Token, beside: Token, *, after: bool) -> bool:
    """Whether a letter is the initial of the name beside it ("Noah S", "T. Redwing")."""
    if letter.shape == "letter":
        return letter.text != "I" or text[letter.end : letter.end + 1] == "."
    return (
        after
        and beside.shape == "lower"
        and letter.lower not in "aiyeou"
        and not text[letter.end : letter.end + 1].isalnum()
    )


def _listed(word: Token) -> bool:
    return word.shape == "capital" and not {"given", "many"}.isdisjoint(kinds(word.lower))


def _joined(text: str, named: Sequence[Token]) -> list[tuple[int, int]]:
    """Words of one name as one piece: also with what stands between them ("de la", a nickname's
    quotes, the comma of "Tran, Bao"), and with an initial's point."""
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(named):
        end = word.end + (len(word.text) == 1 and text[word.end : word.end + 1] == ".")
        if spans and _one_name(text, spans[-1], word, named[at - 1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((word.start, end))
    return _couples(text, spans)


def _one_name(text: str, before: tuple[int, int], word: Token, last: Token) -> bool:
    between = text[last.end : word.start]
    if last.owns or len(between) > _LONGEST_GAP:
        return False
    if between in (" ", "\u00a0", ' "', '" ', " “", "” "):
        return True
    if between == ". ":
        return len(last.text) == 1
    if between == ", ":
        return _surname_first(text, before, word)
    parts = between.lower().split()
    return bool(parts) and all(part in PARTICLES for part in parts)


def _surname_first(text: str, before: tuple[int, int], word: Token) -> bool:
    """ "Tran, Bao": one comma only, at the start of a line or in front of what identifies."""
    after = text[word.end : word.end + 4].strip()
    starts = not text[: before[0]].strip() or text[: before[0]].rstrip()[-1:] in ':("“\n.'
    ends = not after or after[0] in '(–-:;")”0123456789.\n' or len(word.text) == 1
    return starts and ends and " " not in text[before[0] : before[1]]


def _couples(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Gene and Patty Rasmussen": the first has no surname of his own, so the two are one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if (
            found
            and text[found[-1][1] : start] in (" and ", " & ")
            and " " not in text[found[-1][0] : found[-1][1]]
            and " " in text[start:end]
        ):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
