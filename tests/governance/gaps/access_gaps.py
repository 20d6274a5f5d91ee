"""Who sees gaps, decides about them, and begins work for them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from governance.forms.commands import Open
from governance.gaps.commands import (
    AcceptRisk,
    BeginWork,
    CloseGap,
    DecideGap,
    DeclineRisk,
    JudgeSaid,
    ReturnGaps,
    SendTicket,
    ShowGap,
    ShowGaps,
    ShowOrigins,
)
from governance.gaps.model import Gap, GapChoice, GapDecision, WorkKind
from storage.transaction import Transaction
from tests.governance.controls.access_table import ASSESSED, OTHERS, OWN, Rows

GAP, MY_GAP = UUID(int=81), UUID(int=82)
"""One whose work somebody else has, and one whose work the teacher has."""
SOON = date(2098, 12, 1)

ROWS = Rows(
    owner=[
        AcceptRisk(gap_id=MY_GAP, number=1),
        Open(of=DeclineRisk(gap_id=MY_GAP, number=1)),
        DeclineRisk(gap_id=MY_GAP, number=1),
    ],
    readers=[ShowGap(gap_id=MY_GAP)],
    offices=[
        ShowOrigins(subject=GAP),
        ShowGaps(),
        ShowGap(gap_id=GAP),
        BeginWork(gap_id=GAP, kind=WorkKind.CHANGE),
        BeginWork(gap_id=MY_GAP, kind=WorkKind.LESSON),
    ],
    iso=[
        Open(of=DecideGap(assessment_id=ASSESSED, number=OTHERS)),
        DecideGap(assessment_id=ASSESSED, number=OTHERS),
        Open(of=CloseGap(gap_id=MY_GAP)),
        CloseGap(gap_id=MY_GAP),
        Open(of=SendTicket(gap_id=GAP)),
        SendTicket(gap_id=MY_GAP),
        BeginWork(gap_id=MY_GAP, kind=WorkKind.RULE),
        JudgeSaid(assessment_id=ASSESSED, number=OTHERS, item_id=UUID(int=83), used=True),
    ],
    clock=[ReturnGaps()],
)


def furnish(tx: Transaction, teacher: UUID, other: UUID, now: datetime) -> None:
    for one, number, owner in ((GAP, OTHERS, other), (MY_GAP, OWN, teacher)):
        decision = GapDecision(
            choice=GapChoice.ACCEPT,
            why="A canary",
            by_day=SOON,
            owner=owner,
            accepted_by=owner,
            decided_at=now,
        )
        tx.put_gap(
            Gap(
                id=one,
                framework="small",
                number=number,
                assessment_id=ASSESSED,
                decisions=(decision,),
            )
        )
