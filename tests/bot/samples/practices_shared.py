"""The list of assessments, what an owner is asked, and the download."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from governance.controls.exported import AssessmentExport, FileForm
from governance.controls.messages import OwnLine, PracticesView, SafeguardsAsked
from governance.controls.model import AnswerState, Assessment, AssessmentState
from governance.messages import Message
from tests.governance.controls.frameworks import SMALL

AT = datetime(2026, 11, 30, 16, tzinfo=UTC)
DUE = date(2027, 1, 15)
ASSESSMENT = UUID("9a1c5c1e-0000-4000-8000-000000000072")


def samples(hostile: str) -> Mapping[str, Message]:
    given = Assessment(
        id=ASSESSMENT,
        name=f"Winter 2027 {hostile}",
        framework="small",
        version="2",
        group="g1",
        due=DUE,
        committee="network",
        state=AssessmentState.OPEN,
        made_at=AT,
        opened_at=AT,
    )
    asked = SafeguardsAsked(
        assessment=given,
        short="SC",
        ask=UUID("9a1c5c1e-0000-4000-8000-000000000073"),
        due=DUE,
        numbers=("1.1", "1.2"),
    )
    own = tuple(
        OwnLine(number=number, due=DUE, state=state)
        for number, state in zip(("1.1", "1.2", "1.10", "2.1"), AnswerState, strict=True)
    )
    return {
        "practices_none": PracticesView(),
        "practices_iso": PracticesView(
            all=((given, SMALL),), runs=True, decides=True, frameworks=(SMALL,)
        ),
        "practices_owner": PracticesView(own=((given, SMALL, own),)),
        "practices_owner_of_two": PracticesView(
            own=((given, SMALL, own), (replace(given, name="Spring"), SMALL, own))
        ),
        "safeguards_asked": asked,
        "safeguards_asked_one": replace(asked, numbers=("1.2",), sent_back=("1.2",)),
        "safeguards_reminded": replace(asked, reminder=True, numbers=("1.2",), done=1),
        "assessment_export": AssessmentExport(
            assessment=given, framework=SMALL, rows=(), form=FileForm.CSV, at=AT, on=AT.date()
        ),
    }
