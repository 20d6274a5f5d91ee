"""Commands about the printed report and the targets of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from governance.controls.commands import Number

NO_SCORE = "Enter a score from 1 to 5 with at most one decimal, such as 3.5."

LONGEST_SCORE = 4
"""Characters."""


@dataclass(frozen=True, kw_only=True)
class ShowPracticesReport(Command):
    """The report to print, for example for an insurer."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class SetTarget(Command):
    """Sets a score to reach by a date. ``control``: a number, or "" for the whole framework.
    ``score``: as it was typed."""

    assessment_id: UUID
    control: Number = ""
    score: str = form_field(
        "Target score",
        hint="From 1 to 5 with at most one decimal, such as 3.5.",
        missing=NO_SCORE,
        longest=LONGEST_SCORE,
    )
    by: date | None = form_field("Target date", None, missing="Choose a day.")


@dataclass(frozen=True, kw_only=True)
class RemoveTarget(Command):
    assessment_id: UUID
    control: Number = ""
