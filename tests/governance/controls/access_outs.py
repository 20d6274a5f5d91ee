"""Who sees the list, and who downloads."""

from __future__ import annotations

from governance.controls.commands import ShowPractices
from governance.controls.exported import ExportAssessment, FileForm
from tests.governance.controls.access_table import ASSESSED, Rows

ROWS = Rows(
    everybody=[ShowPractices()],
    offices=[ExportAssessment(assessment_id=ASSESSED, form=form) for form in FileForm],
)
