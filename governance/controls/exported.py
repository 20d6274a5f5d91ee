"""An assessment as a file, for the ISO and the CTO: what asks for it, and what comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from governance.controls.model import Assessed, Assessment, Framework


class FileForm(StrEnum):
    """How it is written; also how the file's name ends."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class ExportAssessment(Command):
    assessment_id: UUID
    form: FileForm


@dataclass(frozen=True, kw_only=True)
class AssessmentExport:
    """``on``: the district's day. ``people``: the names of all who are in it. Written into a file
    by the web alone."""

    assessment: Assessment
    framework: Framework
    rows: tuple[Assessed, ...]
    form: FileForm
    at: datetime
    on: date
    people: Mapping[UUID, str] = field(default_factory=dict)
