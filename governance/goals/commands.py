"""What can be asked about the plan and its goals."""

from __future__ import annotations

from collections.abc import Mapping
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
class ShowIndicatorForm(Command):
    """Add an indicator to a goal, or change one. ``indicator``: its key; "": a new one."""

    goal: Slug
    indicator: Slug = ""


@dataclass(frozen=True, kw_only=True)
class WriteIndicator(Command):
    """``words`` by the key of their input: "name", "unit", "name.es". ``target``: as it was typed.
    ``lower``: lower values are better."""

    goal: Slug
    indicator: Slug = ""
    words: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    by: date | None = None
    lower: bool = False
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class RemoveIndicator(Command):
    """One that was entered on the web. Its readings stay on record."""

    goal: Slug
    indicator: Slug


@dataclass(frozen=True, kw_only=True)
class ImportReadings(Command):
    """The operator's, of a file."""

    readings: tuple[Reading, ...]
