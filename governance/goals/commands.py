"""What can be asked about the plan and its goals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.commands import Command
from core.forms import FROM_THE_LIST, form_field
from core.tokens import Slug
from governance.goals.model import LONGEST_NOTE, LONGEST_TITLE, LONGEST_UNIT, Reading
from governance.goals.numbers import LONGEST_VALUE, NO_NUMBER
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowGoals(Command):
    """The plan: its components, with their goals."""


@dataclass(frozen=True, kw_only=True)
class ShowGoal(Command):
    """One goal, with its history."""

    goal: Slug


@dataclass(frozen=True, kw_only=True)
class EnterReading(Command):
    """``value``: as it was typed. A reading of the same day is replaced."""

    goal: Slug
    indicator: str = form_field("Indicator", listed=True, missing=FROM_THE_LIST)
    on: date | None = form_field("Measured on", None, missing="Choose a day.")
    value: str = form_field("Value", missing=NO_NUMBER, longest=LONGEST_VALUE)
    note: str = form_field(
        "Note", hint="How it was measured. Leave names out.", longest=LONGEST_NOTE, rows=2
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class WriteIndicator(Command):
    """Add an indicator to a goal, or change one. ``indicator``: its key; "": a new one. ``target``:
    as it was typed. ``lower``: lower values are better."""

    goal: Slug
    indicator: Slug = ""
    name: Mapping[str, str] = form_field(
        "What is measured?",
        {},
        hint="Such as “Calls answered on the first try”.",
        missing="Name what is measured.",
        longest=LONGEST_TITLE,
        translated=True,
    )
    target: str = form_field(
        "Target", hint="A number, such as 92 or 4.5.", missing=NO_NUMBER, longest=LONGEST_VALUE
    )
    unit: Mapping[str, str] = form_field(
        "Unit", {}, hint="Such as %, days or rooms.", longest=LONGEST_UNIT, translated=True
    )
    by: date | None = form_field("Reached by", None)
    lower: bool = form_field("Which way is better?", False, box="Lower values are better")
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
