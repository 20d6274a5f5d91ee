"""What can be asked about the plan and its goals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.commands import Command
from core.tokens import Slug
from governance.goals.model import Reading
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowGoals(Command):
    """The plan: its components, with their goals."""


@dataclass(frozen=True, kw_only=True)
class ShowGoal(Command):
    """One goal, with its history."""

    goal: Slug


@dataclass(frozen=True, kw_only=True)
class ShowReadingForm(Command):
    goal: Slug


@dataclass(frozen=True, kw_only=True)
class EnterReading(Command):
    """``value``: as it was typed. A reading of the same day is replaced."""

    goal: Slug
    indicator: str = ""
    on: date | None = None
    value: str = ""
    note: str = ""
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ImportReadings(Command):
    """The operator's, of a file."""

    readings: tuple[Reading, ...]
