"""The export of an assessment, for the ISO and the CTO: the command and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from governance.controls.model import Assessed, Assessment, Framework


class FileForm(StrEnum):
    """The format of the file, and the end of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, kw_only=True)
class ExportAssessment(Command):
    assessment_id: UUID
    form: FileForm


@dataclass(frozen=True, kw_only=True)
class AssessmentExport:
    """``on``: today in the district. ``people``: the names of the people in the rows. Only the web
    writes it into a file."""

    assessment: Assessment
    framework: Framework
    rows: tuple[Assessed, ...]
    form: FileForm
    at: datetime
    on: date
    people: Mapping[UUID, str] = field(default_factory=dict)
