"""How a question's words are read for what somebody should be warned of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from surveys.questions import Unfit


class Asks(StrEnum):
    """How a question has to be answered for a rule to mean it."""

    ANYHOW = "anyhow"
    IN_WORDS = "in words"
    EXACTLY = "exactly"
    """In words, as a number or as a date: a range to choose from tells less."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    pattern: re.Pattern[str]
    why: Unfit
    advice: Unfit
    asks: Asks = Asks.ANYHOW


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)
