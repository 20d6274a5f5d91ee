"""What needs a second person, as every platform draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from core.deciding import Reaching
from core.people import Audience, Level
from core.text import Text
from governance.messages import Message
from governance.second_person.messages import SecondAsked, SecondDeclineForm, SecondForm
from governance.second_person.model import HOLDS, Act, RequestState, Shown
from surveys.questions import Unfit

ASKER, APPROVER = "Ramona Castellanos", "Cormac Ashgrove"


def second_person(hostile: str, now: datetime) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    ident = UUID(int=4711)
    shown = Shown(
        act=Act.SURVEY,
        title=Text(default="How is your classroom Wi-Fi?"),
        words=(Text(default="How well does it work?"), Text(default=hostile)),
        audience=Audience(levels=frozenset({Level.ELEMENTARY})),
    )
    reaching = Reaching(
        kind="invitation",
        subject=ident,
        people=3120,
        by_platform=(("slack", 2100), ("teams", 900), ("web", 120)),
        seconds=1100,
    )
    report = replace(
        shown, act=Act.REPORT, title=Text(default="Fall report"), audience=None, path="/board"
    )
    public = Reaching(kind="board-report", subject=ident, public=True)
    form = SecondForm(
        request_id=ident,
        shown=shown,
        reaching=replace(reaching, people=7000, everyone=True),
        approvers=(APPROVER, "Anders Holmquist"),
    )
    asked = SecondAsked(
        request_id=ident,
        number=1,
        shown=shown,
        reaching=reaching,
        state=RequestState.WAITING,
        asked_by=ASKER,
        asked_at=now,
        lapses_at=now + HOLDS,
        open=True,
        approvers=(APPROVER,),
    )
    ended = replace(
        asked, open=False, decided_by=APPROVER, decided_at=now + timedelta(hours=1), to_asker=True
    )
    return {
        "second_form": form,
        "second_form_unfit": replace(
            form,
            unfit={"everyone": Unfit(why="This goes to everyone. Type “everyone” to confirm.")},
        ),
        "second_asked": asked,
        "second_asked_report": replace(asked, shown=report, reaching=public),
        "second_asked_report_without_headline": replace(
            asked, shown=replace(report, title=Text(default="")), reaching=public
        ),
        "second_waits": replace(asked, to_asker=True),
        "second_approved": replace(ended, state=RequestState.APPROVED),
        "second_declined": replace(ended, state=RequestState.DECLINED, why=hostile),
        "second_overtaken": replace(
            ended, state=RequestState.OVERTAKEN, why="It was changed after the request."
        ),
        "second_decline_form": SecondDeclineForm(request_id=ident, number=1, shown=shown),
    }
