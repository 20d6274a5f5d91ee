"""Commands about the printed report and the targets of an assessment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from governance.controls.commands import Number


@dataclass(frozen=True, kw_only=True)
class ShowPracticesReport(Command):
    """The report to print, for example for an insurer."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowTargetForm(Command):
    """``control``: a number, or "" for the whole framework."""

    assessment_id: UUID
    control: Number = ""


@dataclass(frozen=True, kw_only=True)
class SetTarget(Command):
    """Sets a score to reach by a date. ``score``: as it was typed."""

    assessment_id: UUID
    control: Number = ""
    score: str = field(default="", repr=False)
    by: date | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class RemoveTarget(Command):
    assessment_id: UUID
    control: Number = ""
