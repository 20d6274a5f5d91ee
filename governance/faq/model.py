"""Questions about a change with their answers, for everybody who asks the same again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.text import Text
from governance.feedback.model import Naming

LONGEST_QUESTION, LONGEST_ANSWER = 300, 3000
"""Characters of an entry. A longer message is no single question: no entry answers it."""

HELPED_FROM = 5
"""An entry says how many people it helped from this many on."""

SEARCHED_FROM = 11
"""Entries from which on they can be searched."""


@dataclass(frozen=True, kw_only=True)
class FaqEntry:
    """One question with its answer, in neutral words. It holds nothing of who asked, or when.
    ``number``: its place."""

    id: UUID
    change_id: UUID
    number: int
    question: Text
    answer: Text
    helped: int = 0
    """How often it was the answer to somebody's question."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The entry that somebody was shown instead of sending their question, and how they meant to
    send it: ``about`` as of ``ShowFeedbackForm``."""

    entry_id: UUID
    about: str
    naming: Naming


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Questions about a change. What is restricted is not counted. ``since``: when the oldest came
    that waits for an answer. ``entries``: of its FAQ."""

    questions: int
    answered: int
    waiting: int
    since: datetime | None
    entries: int
