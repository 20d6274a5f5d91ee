"""What a line typed to the bot is: something for the bot itself, or something to pass on.

Commands in fixed words, then a learned model (``chat_model``), in English and Spanish: the answer
comes at once, also while the reader is busy or away. Where the model takes a line for conversation
but cannot tell what it asks, its author is asked. Danger is looked for before everything else.
"""

from __future__ import annotations

import re

from governance.chat.model import Intent
from governance.reading.chat_model import meant
from governance.reading.chat_rules import ASKS_FOR_HELP, COMMANDS, CRY
from governance.reading.chat_words import (
    BOTH_WAYS,
    CONTENT,
    DANGER,
    KNOWN,
    SHORT_FORMS,
    near,
    plain_of,
    words_of,
)
from governance.reading.urgency import sure_kinds, urgency

LONGEST = 240
"""Characters: a longer line is always something to pass on."""

_MOST_WORDS = 24

ANSWERED_ABOVE = 1.0
"""Log odds of conversation above which a line is answered."""
ASKED_ABOVE = -0.8
"""Log odds of conversation above which a line is at least asked about (``Intent.UNCLEAR``)."""
_SURVEY_NAMED = re.compile(
    r"^(\W*(?:when|until|by when|what|how|is|are|who|where|can|could)\b.{0,40}?"
    r"\b(?:the|this|that|our)) "
    r"(?:[\w-]+ ){1,3}?(?=(?:survey|poll|questionnaire)\b)",
    re.IGNORECASE,
)
"""A survey that is asked about by its name ("the Wi-Fi survey"): the name is nobody's complaint."""

SURELY_TALK = 1.5
"""Log odds of conversation from which a word that only may mean danger is none."""
SURE = 0.3
"""How likely what a line asks must be for it to be answered."""


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
    found = COMMANDS.get(" ".join(words))
    if found is not None:
        return found
    said = meant(_SURVEY_NAMED.sub(r"\1 ", text))
    if said.conversation > ANSWERED_ABOVE and said.sure > SURE:
        return said.intent
    if said.conversation > ASKED_ABOVE:
        return Intent.UNCLEAR
    return Intent.UNCLEAR if len(words) == 1 and words[0] not in CONTENT else None


# -- danger ---------------------------------------------------------------------------------------


def cannot_wait(text: str) -> bool:
    """Whether a line may tell of danger: the reader's own patterns, then single words, also
    misspelled. It leans towards yes: what it finds is passed on as ever."""
    if urgency(text) is not None or sure_kinds(text):
        return True
    plain = plain_of(text)
    said = re.findall(r"\w+", text)
    shouted = bool(said) and {"HELP", "AYUDA"}.issuperset(said)
    if (shouted and (len(said) > 1 or "!" in text)) or re.search(r"\b(?:help|ayuda)\s*!!", plain):
        return True
    tokens = re.findall(r"[\w-]+", plain.replace("'", ""))
    line = " ".join(tokens)
    if CRY.search(line) and not ASKS_FOR_HELP.search(line):
        return True
    if any(token in DANGER and token not in BOTH_WAYS for token in tokens):
        return True
    return any(_may_be_danger(one) for one in tokens) and meant(text).conversation < SURELY_TALK


def _may_be_danger(token: str) -> bool:
    """A word that is also said of other things, or a slip of the finger away from danger."""
    if token in BOTH_WAYS:
        return True
    if token in KNOWN or token in CONTENT or token in SHORT_FORMS or len(token) < 4:
        squeezed = re.sub(r"(.)\1+", r"\1", token)
        return token not in KNOWN and squeezed in DANGER
    return near(token, DANGER, other=True) is not None
