"""What can be seen of a word and of what stands around it, to tell whether it names somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from governance.reading.name_lists import (
    begins_famous,
    famous,
    how_often,
    kinds,
    leaning,
    looks,
)
from governance.reading.name_scenes import (
    ACTS,
    BELONGINGS,
    KIN,
    ORGANS,
    PLACED,
    PRONOUNS,
    SPANISH,
    STANDS_AFTER,
    TITLES,
    TOWARDS,
    WORKS,
)

_WORD = re.compile(r"(?:[A-Z]\.){2,3}|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"(?:^|[.!?…:;\n\"“”(•*>]|--|[–—])[\s\"'“”‘(]*$")
_INNER = re.compile(r"^(?!(?:Mc|Mac|De|Di|Da|La|Le|Van|Von|O['’]|D['’])[A-Z])[A-Za-z]+[a-z][A-Z]")
_FOREIGN_FROM = 5
_NEAR = 12
"""Words ahead in which a "he" may speak of the one named."""
_LONGEST_RUN = 30
"""Words looked at to each side of one: more would make the time grow with the square of a message's
length."""


@dataclass(frozen=True)
class Token:
    """A word of a message, without a possessive 's."""

    text: str
    start: int
    end: int
    first: bool
    """It starts a sentence, so its capital tells little."""
    owns: bool
    """An 's follows."""
    lower: str
    shape: str
    """"capital", "loud" (all capitals), "letter" (one capital), "initials", "inner" (a capital
    within, as "PowerSchool"), or "lower"."""


def _shape(word: str) -> str:
    if "." in word:
        return "initials"
    if len(word) == 1:
        return "letter" if word.isupper() else "lower"
    if word.isupper():
        return "loud"
    if _INNER.match(word):
        return "inner"
    return "capital" if word[0].isupper() else "lower"


def starts_sentence(before: str) -> bool:
    """Whether a word starts one. ``before``: the (up to six) characters in front of it."""
    if before[-1:] == " " and before[-2:-1].isalnum():  # nearly always; a search costs ten times it
        return False
    return bool(SENTENCE_END.search(before))


def tokens(text: str) -> list[Token]:
    found = []
    for match in _WORD.finditer(text):
        word, end = match.group(), match.end()
        owns = word[-2:] in ("'s", "’s") and len(word) > 3
        if owns:
            word, end = word[:-2], end - 2
        before = text[max(0, match.start() - 6) : match.start()]
        first = starts_sentence(before)
        found.append(Token(word, match.start(), end, first, owns, word.lower(), _shape(word)))
    return found


LONGEST_PART = 20
"""Letters: the longest family names without a hyphen ("Wolfeschlegelstein") have fewer."""
MOST_PARTS = 3


def may_name(token: Token) -> bool:
    """Whether a word can be a name at all: a capital, or no English word, or one that is both; of
    a length that names have."""
    parts = token.text.split("-")
    if len(parts) > MOST_PARTS or len(max(parts, key=len)) > LONGEST_PART:
        return False
    if token.shape != "lower":
        return True
    on = set(kinds(token.lower))
    return len(token.text) > 1 and (
        bool({"given", "many", "rare-given"} & on) or not {"english", "no-name"} & on
    )


def loud(text: str) -> bool:
    """Whether a whole message is in capitals, so that they tell nothing."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


@dataclass(frozen=True)
class Scene:
    """What is true of a whole message."""

    words: Sequence[Token]
    facts: tuple[str, ...]
    famous: frozenset[int] = frozenset()
    """Indices of words that are part of somebody famous in full."""
    written: dict[str, frozenset[str]] = field(default_factory=dict)
    """In what shapes a word (in lower case) stands in the message, but at a sentence's start."""


FOREIGN = "foreign"


def scene(text: str) -> Scene:
    words = tokens(text)
    lowers = {word.lower for word in words}
    facts = []
    if lowers & PRONOUNS:
        facts.append("pronoun")
    if lowers & KIN:
        facts.append("kin")
    if loud(text):
        facts.append("loud")
    if text and not any(c.isupper() for c in text):
        facts.append("lower")
    if _foreign(words):
        facts.append(FOREIGN)
    written: dict[str, set[str]] = {}
    for word in words:
        if not word.first:
            written.setdefault(word.lower, set()).add(word.shape)
    shapes = {word: frozenset(kind) for word, kind in written.items()}
    return Scene(words, tuple(facts), _famous(words), shapes)


def _famous(words: Sequence[Token]) -> frozenset[int]:
    found: set[int] = set()
    for at in range(len(words) - 1):
        if not begins_famous(words[at].lower):
            continue
        for length in (2, 3):
            if famous(tuple(word.lower for word in words[at : at + length])):
                found.update(range(at, min(at + length, len(words))))
    return frozenset(found)


def _foreign(words: Sequence[Token]) -> bool:
    """Whether a message is in a language of which no words are known here: there a word that is
    no English one tells nothing."""
    lowers = [word.lower for word in words if word.shape == "lower"]
    unknown = sum(not kinds(word) for word in lowers)
    return (
        unknown > max(_FOREIGN_FROM, 0.35 * len(lowers))
        or sum(word in SPANISH for word in lowers) > 1
    )


def features(text: str, at: int, seen: Scene, *, told: bool) -> Iterator[str]:
    """The features of the word at an index. ``told``: a rule of ``names`` took it for a name."""
    words = seen.words
    word = words[at]
    shape = word.shape + ("^" if word.first else "")
    own = f"{shape}:{leaning(word.lower)}"
    yield from _of_itself(word, shape, own)
    if told:
        yield "told"
        yield f"told:{own}"
    if at in seen.famous:
        yield "famous"
    for fact in seen.facts:
        yield f"{fact}:{own}"
    for other in seen.written.get(word.lower, ()):
        if word.first or other != word.shape:
            yield f"elsewhere:{other}"
    yield from _before(text, words, at, own)
    yield from _after(text, words, at, own)
    yield from _ahead(words, at, own)
    yield from _run(text, words, at, own)


def _of_itself(word: Token, shape: str, own: str) -> Iterator[str]:
    on = ",".join(kinds(word.lower)) or "unknown"
    often = how_often(word.lower)
    yield own
    yield f"{shape}:{on}"
    yield on
    yield shape
    yield f"often:{often}"
    yield f"often:{often}:{own}"
    for kind in kinds(word.lower):
        yield f"on:{kind}"
    if "english" not in on or word.shape != "lower":
        yield f"looks:{looks(word.lower)}"
    if on == "unknown":
        yield f"unknown:{shape}:{looks(word.lower)}"
    if "english" not in on:
        yield f"ends:{word.lower[-2:]}"
        yield f"begins:{word.lower[:2]}"
    if not word.text.isascii():
        yield "accent"
    if word.owns:
        yield "owns"
        yield f"owns:{own}"
    for sign in "'’-":
        if sign in word.text:
            yield f"has:{sign}:{word.shape}"


def _classes(word: str) -> Iterator[str]:
    """What a neighbouring word (in lower case) does to one that may be a name."""
    for name, group in (
        ("kin", KIN),
        ("title", TITLES),
        ("placed", PLACED),
        ("towards", TOWARDS),
        ("acts", ACTS),
        ("works", WORKS),
        ("organ", ORGANS),
        ("belonging", BELONGINGS),
        ("stands", STANDS_AFTER),
    ):
        if word in group:
            yield name


def _before(text: str, words: Sequence[Token], at: int, own: str) -> Iterator[str]:
    if at == 0:
        yield "before:^"
        return
    last = words[at - 1]
    gap = text[last.end : words[at].start].strip()
    yield f"gap<:{gap[:3]}"
    if words[at].first:
        return
    yield f"before:{last.lower}"
    yield f"before:{last.lower}:{words[at].shape}"
    yield f"before-is:{last.shape}:{leaning(last.lower)}"
    for name in _classes(last.lower):
        yield f"before-{name}"
        yield f"before-{name}:{own}"
    if last.owns:
        yield "before-owns"
    if at > 1:
        yield f"before2:{words[at - 2].lower}:{last.lower}"
        for name in _classes(words[at - 2].lower):
            yield f"before2-{name}:{words[at].shape}"


def _after(text: str, words: Sequence[Token], at: int, own: str) -> Iterator[str]:
    if at + 1 == len(words):
        yield f"gap>:{text[words[at].end :].strip()[:3]}$"
        return
    after = words[at + 1]
    gap = text[words[at].end : after.start].strip()
    yield f"gap>:{gap[:4]}"
    if any(c.isdigit() for c in gap):
        yield "number>"
    if after.first and gap:
        return
    owns = "owns-" if words[at].owns else ""
    yield f"after:{after.lower}"
    yield f"after:{after.lower}:{words[at].shape}"
    yield f"after-is:{after.shape}:{leaning(after.lower)}"
    for name in _classes(after.lower):
        if not gap or owns:
            yield f"{owns}after-{name}"
            yield f"{owns}after-{name}:{own}"
    if at + 2 < len(words):
        yield f"after2:{after.lower}:{words[at + 2].lower}"
        for name in _classes(words[at + 2].lower):
            yield f"{owns}after2-{name}:{words[at].shape}"


def _ahead(words: Sequence[Token], at: int, own: str) -> Iterator[str]:
    """Whether "he" or "her" follows soon, and whether a word of kin stands near."""
    ahead = {word.lower for word in words[at + 1 : at + 1 + _NEAR]}
    if ahead & PRONOUNS:
        yield f"he-ahead:{own}"
        yield f"he-ahead:{words[at].shape}"
    around = {word.lower for word in words[max(0, at - 4) : at + 5]}
    if around & KIN:
        yield f"kin-near:{own}"


def _run(text: str, words: Sequence[Token], at: int, own: str) -> Iterator[str]:
    """The words in capitals that a word stands among ("Mary Ann Lee"), and the one that is said
    in one breath with it ("Sky and River")."""
    first, last = at, at
    least, most = max(0, at - _LONGEST_RUN), min(len(words) - 1, at + _LONGEST_RUN)
    while first > least and _joined(text, words[first - 1], words[first]):
        first -= 1
    while last < most and _joined(text, words[last], words[last + 1]):
        last += 1
    yield f"run:{min(last - first, 4)}:{at == first}:{at == last}"
    for other in range(first, last + 1):
        if other != at:
            yield f"with:{leaning(words[other].lower)}"
            yield f"with:{leaning(words[other].lower)}:{own}"
            if words[other].shape in ("letter", "initials"):
                yield f"with-letter:{own}"
    for step in (2, -2):
        if 0 <= at + step < len(words) and words[at + step // 2].lower in ("and", "&", "y", "or"):
            other_one = words[at + step]
            yield f"pair:{other_one.shape}:{leaning(other_one.lower)}"
            yield f"pair:{other_one.shape}:{leaning(other_one.lower)}:{own}"
    for step in (1, -1):
        if 0 <= at + step < len(words):
            left, right = sorted((at, at + step))
            if text[words[left].end : words[right].start].strip() == ",":
                yield f"listed:{words[at + step].shape}:{leaning(words[at + step].lower)}"


def _joined(text: str, left: Token, right: Token) -> bool:
    if left.owns or "lower" in (left.shape, right.shape):
        return False
    gap = text[left.end : right.start]
    return gap in (" ", "\u00a0") or (gap == ". " and len(left.text) == 1)
