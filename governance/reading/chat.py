"""What a line typed to the bot is: something for the bot itself, or something to pass on.

Words and patterns, in English and Spanish, and a small learned model (``chat_model``): the answer
comes at once, also while the reader is busy or away. The patterns say what a line asks; where they
find nothing, but the model takes the line for conversation, its author is asked. Danger is looked
for before everything else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from governance.chat import Intent
from governance.reading.chat_model import conversation
from governance.reading.chat_rules import (
    ASKS,
    ASKS_ABOUT_SURVEY,
    ASKS_FOR_HELP,
    CHIT_CHAT,
    CLOSERS,
    COMMANDS,
    COURTESIES,
    CRY,
    OPENERS,
    OPINIONS,
    PHRASES,
    RULES,
    SURE,
    SURVEY_NAMED,
    WISHES,
    Bag,
    S,
)
from governance.reading.chat_words import (
    CONTENT,
    DANGER,
    EMOJI,
    EMOJI_NAMES,
    KNOWN,
    SHORT_FORMS,
    TOPICS,
)
from governance.reading.urgency import sure_kinds, urgency

LONGEST = 240
"""Characters: a longer line is always something to pass on."""

_MOST_WORDS = 24
_MOST_UNCLEAR = 5
"""Words of a line without any content, beyond which it is passed on without asking."""

_ASKED_ABOVE, _ASKED_ABOVE_WITH_CONTENT = 0.1, 1.0
"""Log odds of conversation above which a line is not passed on without asking: without a word of
``CONTENT``, and with one."""
_PASSED_ON_BELOW = -0.4
"""Log odds of conversation below which an unclear line is passed on without asking."""


def understand(text: str) -> Intent | None:
    """What a line is to the bot itself; None: it says something, and is to be passed on."""
    if not text.strip():
        return Intent.HELP
    if len(text) > LONGEST or cannot_wait(text):
        return None
    words = words_of(text)
    if not words:
        return Intent.HELP if "?" in text or "¿" in text else Intent.UNCLEAR
    if len(words) > _MOST_WORDS:
        return None
    bare = _without_courtesy(words)
    found = COMMANDS.get(" ".join(bare)) or COMMANDS.get(" ".join(words))
    if found is not None:
        return found
    meant = _meant(words, bare)
    if len(bare) > _SHORT and _tells(meant, text, words):
        return None
    most = _ASKED_ABOVE_WITH_CONTENT if not CONTENT.isdisjoint(words) else _ASKED_ABOVE
    if meant is None and conversation(text) > most:
        return Intent.UNCLEAR
    if meant is Intent.UNCLEAR and len(words) > 1 and conversation(text) < _PASSED_ON_BELOW:
        return None
    return meant


_SHORT = 4
"""Words up to which an answer ("no, not now") is only that."""

_TELLING = re.compile(
    r"(?:i|we|he|she|they|you|it|there|some\w+|a|an|my|our|colleagues|people|forget it|never mind"
    r"|yo|el|ella|ellos|nos|me|lo|hay|alguien|voy|mi|un|una)\b"
)


def _tells(meant: Intent | None, text: str, words: list[str]) -> bool:
    """Whether a longer line tells of something that happens, rather than asks the bot: an answer
    would keep what it tells from everybody ("never mind, he has a razor")."""
    if meant is Intent.NO:
        return True
    said = " ".join(words)
    if meant is None or "?" in text or re.search(rf"\b{S}\b", said):
        return False
    statement = _TELLING.match(said) is not None
    narrow = (Intent.CLOSES, Intent.CONFIDENTIAL, Intent.HELP, Intent.DONE)
    return statement and (meant in narrow or conversation(text) < 0)


# -- danger ---------------------------------------------------------------------------------------


def cannot_wait(text: str) -> bool:
    """Whether a line may tell of danger: the reader's own patterns, then single words, also
    misspelled. It leans towards yes: what it finds is passed on as ever."""
    if urgency(text) is not None or sure_kinds(text):
        return True
    plain = _plain(text)
    said = re.findall(r"\w+", text)
    shouted = bool(said) and {"HELP", "AYUDA"}.issuperset(said)
    if (shouted and (len(said) > 1 or "!" in text)) or re.search(r"\b(?:help|ayuda)\s*!!", plain):
        return True
    tokens = re.findall(r"[\w-]+", plain.replace("'", ""))
    line = " ".join(tokens)
    if CRY.search(line) and not ASKS_FOR_HELP.search(line):
        return True
    return any(_is_danger(token) for token in tokens)


def _is_danger(token: str) -> bool:
    if token in DANGER:
        return True
    if token in KNOWN or token in CONTENT or token in SHORT_FORMS or len(token) < 4:
        squeezed = re.sub(r"(.)\1+", r"\1", token)
        return token not in KNOWN and squeezed in DANGER
    return _near(token, DANGER, other=True) is not None


# -- words ----------------------------------------------------------------------------------------

_MENTION = re.compile(
    r"<@[^>]*>|@(?:sounding ?board|bot|…|here|channel)\b|@…|^\s*/?soundingboard\b", re.IGNORECASE
)
_EMOJI_NAME = re.compile(r":([a-z0-9_+-]+):(?::skin-tone-\d:)?")


def words_of(text: str) -> list[str]:
    """A line's words: lower case, without accents, mentions and marks, short forms written out and
    slips of the finger put right. A line of emoji alone is what they say."""
    text = _MENTION.sub(" ", text)
    text = _EMOJI_NAME.sub(lambda m: EMOJI_NAMES.get(m.group(1), " "), text)
    plain = _plain(text)
    for pattern, said in PHRASES:
        plain = pattern.sub(said, plain)
    found: list[str] = []
    for raw in re.findall(r"[a-z0-9][a-z0-9'-]*", plain):
        token = raw.replace("'", "").strip("-")
        if token:
            found += _written_out(token)
    if not found:
        for sign, said in EMOJI:
            if sign in text:
                return said.split()
    return found


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").casefold())
    return "".join(c for c in text if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _written_out(token: str) -> tuple[str, ...]:
    if token in SHORT_FORMS:
        return tuple(SHORT_FORMS[token].split())
    if _is_known(token):
        return (token,)
    for shorter in (re.sub(r"(.)\1{2,}", r"\1\1", token), re.sub(r"(.)\1+", r"\1", token)):
        if shorter in SHORT_FORMS:
            return tuple(SHORT_FORMS[shorter].split())
        if shorter != token and _is_known(shorter):
            return (shorter,)
    if re.fullmatch(r"(?:j+[aei]+)+j?|(?:h+[aei]+){2,}h?|l+o+l+z?|hm+|uh+m*|a+h+|o+h+|e+h+", token):
        return ("lol",)
    if "-" in token:
        return tuple(part for piece in token.split("-") if piece for part in _written_out(piece))
    if token.isalpha() and (near := _near(token, _CORRECTED)) is not None:
        return (near,)
    return (token,)


def _is_known(token: str) -> bool:
    return token in KNOWN or token in CONTENT or token in DANGER


_CORRECTED = frozenset(word for word in KNOWN if len(word) >= 5)


def _near(token: str, words: frozenset[str], *, other: bool = False) -> str | None:
    """The word that a token is one slip away from: a letter more or less, or two swapped; with
    ``other`` also a letter in place of another."""
    if len(token) < 4:
        return None
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(token[:n], token[n:]) for n in range(len(token) + 1)]
    for a, b in splits:
        if len(b) > 1 and (one := a + b[1] + b[0] + b[2:]) in words:
            return one
    for a, b in splits:
        if b and a and (one := a + b[1:]) in words:
            return one
        for letter in letters:
            if a and (one := a + letter + b) in words:
                return one
            if other and a and b and (one := a + letter + b[1:]) in words:
                return one
    return None


def _without_courtesy(words: list[str]) -> list[str]:
    line = " ".join(words)
    line = OPENERS.sub("", line)
    line = CLOSERS.sub("", line)
    return line.split() or words


# -- meaning --------------------------------------------------------------------------------------


def _meant(words: list[str], bare: list[str]) -> Intent | None:
    line = " ".join(bare)
    whole = " ".join(words)
    if ASKS_ABOUT_SURVEY.search(line):  # "when does the Wi-Fi survey close": its name is no content
        line = SURVEY_NAMED.sub(r"\1 ", line)
        bare = line.split()
    if any(word in CONTENT for word in bare):
        return None
    left = [word for word in bare if word not in KNOWN and not word.isdigit()]
    unknown = [word for word in left if word not in TOPICS]
    if left and len(unknown) <= 2 and WISHES.search(line):
        return Intent.GOODBYE
    if left and len(unknown) <= 2 and CHIT_CHAT.search(line):
        return Intent.ABOUT_BOT
    if len(unknown) == 1 and len(words) > 2 and not OPINIONS.search(whole):
        for intent, pattern in RULES:
            if intent in SURE and (pattern.search(line) or pattern.search(whole)):
                return intent
    if unknown:
        return Intent.UNCLEAR if len(bare) == 1 or _gibberish(bare) else None
    if OPINIONS.search(whole):
        return None
    for intent, courtesy in COURTESIES:
        fits = courtesy.fits(words) if isinstance(courtesy, Bag) else courtesy.search(whole)
        if fits:
            return intent
    for intent, pattern in RULES:
        if pattern.search(line) or pattern.search(whole):
            return intent
    if left:
        return Intent.ABOUT_BOT if len(bare) > 1 else Intent.UNCLEAR
    if re.search(rf"\b{S}\b", line):
        return Intent.SURVEYS
    if ASKS.search(line):
        return Intent.HELP
    return Intent.UNCLEAR if len(words) <= _MOST_UNCLEAR else None


def _gibberish(words: list[str]) -> bool:
    return len(words) <= 2 and all(not re.search(r"[aeiouy]", w) or len(w) > 20 for w in words)
