"""Who sees an assessment's figures, and sets targets."""

from __future__ import annotations

from uuid import UUID

from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.figure_commands import (
    RemoveTarget,
    SetTarget,
    ShowPracticesReport,
)
from governance.forms.commands import Open
from tests.governance.controls.access_table import (
    ASSESSED,
    ASSESSED_BEFORE,
    ASSESSED_DRAFT,
    Rows,
)

ROWS = Rows(
    readers=[ShowAssessment(assessment_id=one) for one in (ASSESSED, ASSESSED_BEFORE)],
    summary=[ShowAssessment(assessment_id=one) for one in (ASSESSED, ASSESSED_BEFORE)],
    offices=[
        ShowControl(assessment_id=ASSESSED, control="1"),
        ShowPracticesReport(assessment_id=ASSESSED),
        ShowAssessment(assessment_id=ASSESSED_DRAFT),
    ],
    iso=[
        Open(of=SetTarget(assessment_id=ASSESSED)),
        SetTarget(assessment_id=ASSESSED),
        RemoveTarget(assessment_id=ASSESSED),
    ],
    nobodys=[ShowAssessment(assessment_id=UUID(int=75))],
)
