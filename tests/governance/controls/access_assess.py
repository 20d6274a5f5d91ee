"""Who runs an assessment, and who answers."""

from __future__ import annotations

from uuid import UUID

from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    HandOverSafeguards,
    KeepAnswer,
)
from governance.controls.commands import ShowSafeguard
from governance.controls.running_commands import (
    CloseAssessment,
    ConfirmControl,
    DropAssessment,
    NameOwners,
    OpenAssessment,
    ReviewNext,
    ReviewSafeguard,
    ShowClosing,
    ShowControlReview,
    ShowOpening,
    ShowOwnersForm,
    ShowRun,
    TellOfAnswers,
    WriteAssessment,
)
from governance.forms.commands import Open
from tests.governance.controls.access_table import (
    ASSESSED,
    ASSESSED_BEFORE,
    ASSESSED_DRAFT,
    OTHERS,
    OWN,
    Rows,
)

NEW = UUID(int=75)

ROWS = Rows(
    everybody=[AnswerNext(assessment_id=ASSESSED)],
    owner=[
        Open(of=AnswerSafeguard(assessment_id=ASSESSED, number=OWN)),
        AnswerSafeguard(assessment_id=ASSESSED, number=OWN),
        KeepAnswer(assessment_id=ASSESSED, number=OWN, seen=0),
        Open(of=HandOverSafeguards(assessment_id=ASSESSED, number=OWN)),
        HandOverSafeguards(assessment_id=ASSESSED, number=OWN),
    ],
    readers=[
        ShowSafeguard(assessment_id=ASSESSED, number=OWN),
        ShowSafeguard(assessment_id=ASSESSED_BEFORE, number=OWN),
    ],
    offices=[
        ShowSafeguard(assessment_id=ASSESSED, number=OTHERS),
        ShowSafeguard(assessment_id=ASSESSED, number="2.1"),
        ShowRun(assessment_id=ASSESSED),
        ShowRun(assessment_id=ASSESSED_DRAFT),
        ShowSafeguard(assessment_id=ASSESSED_DRAFT, number=OWN),
    ],
    iso=[
        Open(of=WriteAssessment(framework="small")),
        Open(of=WriteAssessment(framework="small", assessment_id=ASSESSED_DRAFT)),
        WriteAssessment(framework="small", assessment_id=NEW),
        ShowOwnersForm(assessment_id=ASSESSED),
        NameOwners(assessment_id=ASSESSED),
        ShowOpening(assessment_id=ASSESSED_DRAFT),
        OpenAssessment(assessment_id=ASSESSED_DRAFT, unowned=0),
        DropAssessment(assessment_id=ASSESSED_DRAFT),
        ShowClosing(assessment_id=ASSESSED),
        CloseAssessment(assessment_id=ASSESSED, left=0),
        ReviewNext(assessment_id=ASSESSED),
        Open(of=ReviewSafeguard(assessment_id=ASSESSED, number=OTHERS)),
        ReviewSafeguard(assessment_id=ASSESSED, number=OTHERS, seen=0),
        ShowControlReview(assessment_id=ASSESSED, control="1"),
        ConfirmControl(assessment_id=ASSESSED, control="1", seen=0),
    ],
    clock=[TellOfAnswers()],
    nobodys=[
        Open(of=AnswerSafeguard(assessment_id=ASSESSED, number=OTHERS)),
        AnswerSafeguard(assessment_id=ASSESSED, number=OTHERS),
        KeepAnswer(assessment_id=ASSESSED, number=OTHERS, seen=0),
        Open(of=HandOverSafeguards(assessment_id=ASSESSED, number=OTHERS)),
        HandOverSafeguards(assessment_id=ASSESSED, number="2.1"),
        Open(of=AnswerSafeguard(assessment_id=ASSESSED_DRAFT, number=OWN)),
        AnswerSafeguard(assessment_id=ASSESSED_DRAFT, number=OWN),
        KeepAnswer(assessment_id=ASSESSED_DRAFT, number=OWN, seen=0),
        HandOverSafeguards(assessment_id=ASSESSED_DRAFT, number=OWN),
    ],
)
