"""Nothing is decided by leaving a choice of a form empty."""

from __future__ import annotations

from dataclasses import MISSING, fields
from enum import StrEnum

from bot.registry import OPERATIONS
from core.tokens import type_of

USUAL = {
    ("GiveFeedback", "naming"): "the name is withheld unless somebody gives it",
    ("HandOverSafeguards", "which"): "the one whose form it is",
    ("PlanPulse", "moment"): "its form has the usual moment chosen",
    ("WriteChange", "risk"): "a draft, which another person reads and approves",
    ("WriteRule", "kind"): "a draft, whose number shows its kind",
    ("WriteServiceNotice", "kind"): "its form has it chosen, and the preview says it",
    ("WriteSession", "format"): "its form has it chosen, and the session says it",
}
"""Choices of a form that have a usual answer, each with the reason why that decides nothing about
somebody else's words or risk."""


def test_a_choice_that_decides_something_has_no_default() -> None:
    """A comment on a rule was once "accepted" because nothing had been chosen."""
    found = set()
    for command, operation in OPERATIONS.items():
        for field in fields(command):
            hint, _ = type_of(command, field.name) if field.name in operation.takes else (None, 0)
            chosen = isinstance(hint, type) and issubclass(hint, StrEnum)
            if chosen and field.default not in (None, MISSING):
                found.add((command.__name__, field.name))
    assert found == set(USUAL)
