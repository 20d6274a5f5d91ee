"""People's names in a message: by capitals, by what stands around them, and by the roster.

English words are told from names by the part-of-speech lexicon that TextBlob carries (Brill's,
MIT licence), read as a plain file. Nothing here needs a model; a lower-case name without a word
beside it that gives it away is missed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from governance.reading.english import is_common, is_proper, is_typo
from governance.reading.given_names import GIVEN_NAMES
from governance.reading.name_features import starts_sentence
from governance.reading.naming import likely_names
from governance.reading.not_names import GIVEN_AND_COMMON, NOT_NAMES, PARTICLES, words_of

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

_SPANISH = words_of("el la los las que en por para se una un es pero este esta sin muy porque y")

_KIN = (
    r"son|daughter|kids?|students?|child|boys?|girls?|moms?|dads?|mothers?|fathers?|mama|papa|"
    r"parents?|guardian|(?:step|grand|half-?)?(?:son|daughter|mother|father|mom|dad|brother|sister)|"
    r"brother|sister|cousin|uncle|aunt|nephew|niece|grandma|grandpa|teacher|para|sub|nurse|"
    r"counselor|secretary|custodian|colleague|neighbor|friend|classmate|teammate|intern|senior|junior|"
    r"sophomore|freshman|mam[aá]|se[nñ]ora|se[nñ]or|alumno|alumna|estudiante|hij[oa]"
)
_TITLE = re.compile(
    r"(?:^|(?<=\W))(?:mr|mrs|ms|mx|dr|prof|sr|sra|srta)\.?\s+$|"
    r"(?:^|(?<=\W))(?:miss|coach|principal|officer|professor|sister|father)\s+$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\bnames?(?:'s|’s| is| are| was)?|\bnamed|\bcalled|\bname:|\bstudent(?: is|:)|"
    r"\bcontact:|\bse llama|\bme llamo)\s+$",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    rf"(?:\b(?:my|our|the|his|her|their|a|an|one|another|of my)\s+(?:\w+\s+)?(?:{_KIN})|"
    r"\b(?:parents?|moms?|dads?|mother|father|guardian|family|teacher|ipad|chromebook|laptop|account|"
    r"grades|records?|brother|sister)\s+of|\bthis is|\bi['’]?m|\bi am|"
    r"\b(?:ask|asked|tell|told|contact|thank|thanks to|belongs to|return to|issued to|"
    r"call|called|reach|emailed|emailed to|texted|meet|see|remove|lists|broke|met|paged|"
    r"including|especially|kids like|latest is|loaner for|back to|goes? to|came from))\s+$",
    re.IGNORECASE,
)
_SAYS_WHO_LOWER = re.compile(
    rf"(?:\b(?:my|our|his|her|their)\s+(?:\w+\s+)?(?:{_KIN})|"
    r"\b(?:parents?|moms?|dads?|mother|father|guardian|teacher|ipad|chromebook|laptop)\s+of|"
    r"\bthis is|\bi['’]m|\b(?:ask|told|thanks to|belongs to|contact|remove|lists|broke|but))\s+$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"^['’]s\s+(?:\w+\s+)?(?:mom|dad|mother|father|parents?|family|guardian|brother|sister|teammates?|"
    r"meetings?|chromebook|ipad|laptop|device|computer|tablet|charger|grades?|account|log-?in|password|"
    r"schedule|accommodations?|iep|504|plan|essay|work|classroom|class|room|hearing|locker|desk|"
    r"birthday|eval\w*|files?|records?|attendance|bus|lunch|medication|talker|paperwork|transcript)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"^\s+(?:said|says|showed|told|asks?|asked|left|wants|wanted|thinks|thought|cried|sat|walked|came|"
    r"went|moved|lost|dropped|wrote|typed|emailed|called|texted|posted|hit|punched|cannot)\b"
)
_IDENTIFIED = re.compile(
    r"^(?:['’]s)?\s*[,(]?\s*(?:(?:student\s+)?(?:id|stu|dob|ssn|born)\b|#|\d{6,9}\b|"
    r"\d{1,2}(?:st|nd|rd|th)\s+grade|grade\s+\d)",
    re.IGNORECASE,
)

_MOST_PARTICLES = 6
"""In a row within a name: a letter of nothing but "van de" is looked through once and not a
thousand times."""


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    starts_sentence: bool

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Written like a name: a first capital, not all of them (but "MARIA" is one)."""
        if self.shouted:
            return self.lower in GIVEN_NAMES
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def _ordinary(word: _Word) -> bool:
    """Whether a capitalised word is likelier an English word than a name ("John" is a name,
    though "john" is a word)."""
    return is_common(word.lower) and not is_proper(word.lower)


def _words(text: str) -> list[_Word]:
    found = []
    for match in _WORD.finditer(text):
        end = match.end()
        word = match.group()
        if word[-2:] in ("'s", "’s") and len(word) > 3:
            word, end = word[:-2], end - 2
        before = text[max(0, match.start() - 6) : match.start()]
        starts = starts_sentence(before) and not _TITLE.search(before)
        found.append(_Word(word, match.start(), end, starts))
    return found


def _namely(word: _Word) -> bool:
    """Written like a name and no product, place or school word."""
    if not word.capital:
        return False
    if word.lower in GIVEN_AND_COMMON or word.lower in GIVEN_NAMES:
        return True
    if word.lower in NOT_NAMES or word.lower.removesuffix("s") in NOT_NAMES:
        return False
    return not (word.starts_sentence and _ordinary(word))


def _unknown(word: _Word) -> bool:
    """In lower case, and no English word: a name somebody did not capitalise, or a typo."""
    return word.text[0].islower() and len(word.text) > 1 and not is_common(word.lower)


def _adjacent(text: str, left: _Word, right: _Word) -> bool:
    gap = text[left.end : right.start]
    return gap in (" ", "\u00a0") or (gap == ". " and len(left.text) == 1)


def _run(text: str, words: Sequence[_Word], first: int, *, lower: bool) -> int:
    """Index after the last word of the name that starts at ``first``."""
    last = first
    while last + 1 < len(words) and last - first < 6:
        step = last + 1
        if not _adjacent(text, words[last], words[step]):
            break
        while words[step].lower in PARTICLES and step + 1 < len(words):
            many = step - last == _MOST_PARTICLES
            if many or not _adjacent(text, words[step], words[step + 1]):
                break
            step += 1
        fits = _unknown(words[step]) if lower else _namely(words[step])
        if words[first].shouted and words[step].shouted:
            fits = not is_common(words[step].lower)
        if not fits or (words[step].starts_sentence and len(words[last].text) > 1):
            break
        last = step
    return last + 1


def _spelled(text: str, words: Sequence[_Word], i: int, end: int) -> bool:
    """Two or more capitalised words of which one at least is no English word."""
    return end - i > 1 and any(not _ordinary(w) for w in words[i:end])


def _told(text: str, words: Sequence[_Word], i: int, end: int) -> bool:
    """Whether what stands around a capitalised word says that it is somebody."""
    before, after = text[max(0, words[i].start - 40) : words[i].start], text[words[end - 1].end :]
    if _TITLE.search(before) or _NAMED.search(before):
        return True
    if end - i == 1 and len(words[i].text) == 1:
        return False
    if words[i].lower in GIVEN_NAMES and words[i].lower not in NOT_NAMES:
        return True
    if end - i == 1 and _ordinary(words[i]) and words[i].lower not in GIVEN_AND_COMMON:
        return False
    if not words[i].starts_sentence and not is_common(words[i].lower) and _ACTS.match(after):
        return True
    return bool(
        _SAYS_WHO.search(before)
        or _OWNED.match(after)
        or _IDENTIFIED.match(after)
        or (after[:2] in ("'s", "’s") and not is_common(words[i].lower))
    )


def _told_lower(text: str, words: Sequence[_Word], i: int, end: int) -> bool:
    before, after = text[max(0, words[i].start - 40) : words[i].start], text[words[end - 1].end :]
    return bool(
        _TITLE.search(before)
        or _NAMED.search(before)
        or _SAYS_WHO_LOWER.search(before)
        or _OWNED.match(after)
        or _IDENTIFIED.match(after)
        or (end - i > 1 and all(len(w.text) > 2 and not is_typo(w.text) for w in words[i:end]))
    )


def _together(text: str, words: Sequence[_Word], i: int) -> bool:
    """ "Lucas and Ravil were": two people in one breath."""
    if i + 2 >= len(words) or words[i + 1].lower != "and":
        return False
    pair = (words[i], words[i + 2])
    if pair[0].capital != pair[1].capital or any(w.lower in NOT_NAMES for w in pair):
        return False
    if any(_ordinary(w) if w.capital else is_common(w.lower) for w in pair):
        return False
    return bool(
        re.match(
            r"\s+(?:were|are|was|have|had|both|got|keep|kept|sit|share|did)\b", text[pair[1].end :]
        )
    )


@dataclass(frozen=True)
class _Roster:
    """Names in lower case; single ones only if no English word. ``begin``: with what words full
    ones begin."""

    full: frozenset[str]
    begin: frozenset[str]
    single: frozenset[str]


@lru_cache(maxsize=4)
def _roster(names: frozenset[str]) -> _Roster:
    full = {" ".join(name.lower().split()) for name in names}
    parts = {part for name in full for part in name.split() if len(part) > 2}
    parts = {part for part in parts if not is_common(part)}
    several = frozenset(name for name in full if " " in name)
    return _Roster(
        full=several,
        begin=frozenset(name.split()[0] for name in several),
        single=frozenset(parts | (full - several)),
    )


def _on_roster(words: Sequence[_Word], i: int, names: frozenset[str]) -> int:
    """Index after a roster name that starts at ``i`` (``i`` itself: none). Full names match in
    any case, a single one only when it is capitalised."""
    known, first = _roster(names), words[i].lower
    if first in known.begin:
        lowers = [word.lower for word in words[i : i + 4]]
        for length in range(len(lowers), 1, -1):
            if " ".join(lowers[:length]) in known.full:
                return i + length
    return i + 1 if words[i].text[0].isupper() and first in known.single else i


def people(text: str, names: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where people are named, as (start, end), in order. ``names`` are the district's own (its
    roster): those are always taken out; else what ``naming`` holds to be likely."""
    roster = names if isinstance(names, frozenset) else frozenset(names)
    words = _words(text)
    likely = likely_names(text, _by_rules(words, text, roster))
    if not roster:
        return _again(words, text, likely)
    own = [
        (words[i].start, words[end - 1].end)
        for i in range(len(words))
        if (end := _on_roster(words, i, roster)) > i
    ]
    return _again(words, text, _together_with(likely, own))


def _together_with(
    likely: list[tuple[int, int]], own: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Two lists of places as one, in which none overlaps another."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*likely, *own]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def by_rules(text: str, names: Collection[str] = ()) -> list[tuple[int, int]]:
    """What capitals, the words around them and the roster tell of names."""
    roster = names if isinstance(names, frozenset) else frozenset(names)
    return _by_rules(_words(text), text, roster)


def _by_rules(words: Sequence[_Word], text: str, roster: frozenset[str]) -> list[tuple[int, int]]:
    lowers = [w for w in words if w.text[0].islower()]
    foreign = sum(_unknown(w) for w in lowers) > max(5, 0.35 * len(lowers))
    foreign = foreign or sum(w.lower in _SPANISH for w in lowers) > 1
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        spans, i = _at(text, words, i, roster, foreign=foreign)
        found += spans
    return _again(words, text, found)


def _at(
    text: str, words: Sequence[_Word], i: int, roster: frozenset[str], *, foreign: bool
) -> tuple[list[tuple[int, int]], int]:
    """The names that start at word ``i``, and where to go on."""
    if roster and (end := _on_roster(words, i, roster)) > i:
        return [(words[i].start, words[end - 1].end)], end
    if not (foreign and words[i].text[0].islower()) and _together(text, words, i):
        return [(words[i].start, words[i].end), (words[i + 2].start, words[i + 2].end)], i + 3
    end = i
    if _namely(words[i]):
        end = _run(text, words, i, lower=False)
        if not (_spelled(text, words, i, end) or _told(text, words, i, end)):
            end = i
    elif not foreign and _unknown(words[i]):
        end = _run(text, words, i, lower=True)
        if not _told_lower(text, words, i, end):
            end = i
    if end > i:
        return [(words[i].start, words[end - 1].end)], end
    return [], i + 1


def _again(
    words: Sequence[_Word], text: str, found: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """A name once recognised is recognised wherever a part of it comes again, capitalised."""
    if not found:
        return found
    inside = {at for start, end in found for at in range(start, end)}
    parts = {w.text for w in words if w.start in inside and w.lower not in PARTICLES}
    more = [
        (w.start, w.end) for w in words if w.text in parts and w.capital and w.start not in inside
    ]
    return sorted(found + more)
