"""Gaps in each of their states."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.text import text
from governance.changes.model import ChangeState
from governance.gaps import forms
from governance.gaps.commands import CloseGap, DecideGap, DeclineRisk, SendTicket
from governance.gaps.messages import (
    Decided,
    DecisionDue,
    GapRow,
    GapsView,
    GapView,
    NamedInDecision,
    Origins,
    Undecided,
    WorkLine,
)
from governance.gaps.model import GapChoice, GapDecision, WorkKind
from governance.help_desk.model import HandOverState
from governance.messages import Message
from governance.redaction.put_back import Doubt, Found
from governance.rules.model import RuleState
from surveys.questions import Unfit
from tests.bot.samples.forms import form

_AT = datetime(2026, 11, 3, 15, tzinfo=UTC)
_GAP, _OTHER, _WINTER = UUID(int=0x6A), UUID(int=0x6B), UUID(int=0x6C)
_ISO, _CTO, _OWNER = UUID(int=0x6D), UUID(int=0x6E), UUID(int=0x6F)
_NAME = text("Manage default accounts", es="Cuentas predeterminadas")


def samples(hostile: str) -> dict[str, Message]:
    mends = Decided(
        decision=GapDecision(
            choice=GapChoice.MEND,
            why="The vendor's default accounts are still open on the old switches.",
            by_day=date(2027, 3, 1),
            owner=_OWNER,
            decided_by=_ISO,
            decided_at=_AT,
        ),
        owner="Laura Nyberg",
        decided_by="Anders Holmquist",
    )
    accepts = Decided(
        decision=GapDecision(
            choice=GapChoice.ACCEPT,
            why="They are replaced in summer.",
            by_day=date(2026, 12, 1),
            owner=_OWNER,
            accepted_by=_CTO,
            decided_by=_ISO,
            decided_at=_AT,
        ),
        owner="Laura Nyberg",
        accepted_by="Ramona Castellanos",
        decided_by="Anders Holmquist",
    )
    accepted = replace(
        accepts, decision=replace(accepts.decision, agreed_at=_AT + timedelta(days=1))
    )
    declined = replace(
        accepts,
        decision=replace(accepts.decision, refused_at=_AT + timedelta(days=1), refused_why=hostile),
    )
    moves = Decided(
        decision=GapDecision(
            choice=GapChoice.TRANSFER,
            why=hostile,
            by_day=date(2027, 1, 15),
            owner=_OWNER,
            to="Our insurer",
            decided_by=_ISO,
            decided_at=_AT,
        ),
        owner=hostile,
        decided_by="Anders Holmquist",
    )
    works = (
        WorkLine(kind=WorkKind.RULE, subject=_OTHER, opens=True, rule=RuleState.DRAFT),
        WorkLine(
            kind=WorkKind.CHANGE,
            subject=_OTHER,
            opens=True,
            change=ChangeState.DONE,
            done=True,
        ),
        WorkLine(kind=WorkKind.ANNOUNCEMENT, subject=_OTHER, sent=True),
        WorkLine(kind=WorkKind.LESSON, subject=_OTHER, sent=False),
        WorkLine(
            kind=WorkKind.TICKET,
            subject=_OTHER,
            ticket=HandOverState.NUMBERED,
            number="INC-2041",
        ),
    )
    gap = GapView(
        gap_id=_GAP,
        assessment_id=_WINTER,
        number="4.7",
        safeguard="CIS 4.7",
        name=_NAME,
        decisions=(mends,),
        begins=tuple(WorkKind),
        decides=True,
        opens=True,
    )
    decides = DecideGap(assessment_id=_WINTER, number="4.7")
    deciding = forms.deciding(
        _WINTER,
        "4.7",
        "CIS 4.7",
        _NAME,
        answering=((str(_CTO), "Ramona Castellanos"), (str(_ISO), "Anders Holmquist")),
        owner="laura.nyberg@schools.example.org",
    )
    seen = Found(key="0123456789ab", words="Naomi Whitehorse", kind="name")
    close = form(CloseGap(gap_id=_GAP), forms.closing(_GAP, "CIS 4.7"))
    ticket = forms.ticket(_GAP, "CIS 4.7")
    due = DecisionDue(gap_id=_GAP, assessment_id=_WINTER, safeguard="CIS 4.7", number="4.7")
    return {
        "decision_due": due,
        "decision_names_you": NamedInDecision(gap_id=_GAP),
        "decision_due_to_decide": replace(due, decides=True),
        "gaps": GapsView(
            rows=(
                GapRow(
                    gap_id=_GAP, safeguard="CIS 4.7", name=_NAME, decided=accepts, returned=True
                ),
                GapRow(
                    gap_id=_OTHER,
                    safeguard="CIS 11.1",
                    name=text(hostile),
                    decided=moves,
                    returned=False,
                ),
            ),
            undecided=(
                Undecided(
                    assessment_id=_WINTER,
                    number="5.3",
                    safeguard="CIS 5.3",
                    name=text("Disable dormant accounts", es="Cuentas inactivas"),
                    score=2.25,
                    target=3.5,
                    owner="Laura Nyberg",
                ),
                Undecided(
                    assessment_id=_WINTER,
                    number="5.4",
                    safeguard="CIS 5.4",
                    name=text(hostile),
                    score=4.0,
                    target=None,
                    owner="",
                ),
            ),
        ),
        "gaps_none": GapsView(rows=(), choice=GapChoice.TRANSFER),
        "gap": gap,
        "gap_worked_on": replace(
            gap,
            decisions=(accepts, mends),
            works=works,
            begins=(),
            returned=True,
        ),
        "gap_of_its_owner": replace(
            gap, decisions=(moves,), works=works[:1], begins=(), decides=False, opens=False
        ),
        "gap_closed": replace(
            gap,
            works=works,
            begins=(),
            decides=False,
            closed_at=_AT,
            closed_by="Anders Holmquist",
            closed_why="The old switches are gone.",
        ),
        "decide_form": form(decides, deciding),
        "decide_form_unfit": form(
            replace(decides, choice=GapChoice.ACCEPT, why=hostile),
            deciding,
            unfit={
                "by_day": Unfit(why="You can accept a risk for a year at most."),
                "accepted_by": Unfit(why="Choose who accepts the risk."),
            },
        ),
        "decide_form_doubt": form(
            replace(
                decides,
                choice=GapChoice.MEND,
                why="Ask Naomi Whitehorse",
                by_day=date(2027, 3, 1),
            ),
            deciding,
            doubt=Doubt(found=(seen,)),
        ),
        "gap_to_accept": replace(
            gap, decisions=(accepts,), begins=(), decides=False, opens=False, answers=1
        ),
        "gap_declined": replace(gap, decisions=(declined, accepted), returned=True),
        "decline_risk_form": form(
            DeclineRisk(gap_id=_GAP, number=1, why=hostile), forms.declining(_GAP, "CIS 4.7")
        ),
        "close_gap_form": close,
        "close_gap_form_unfit": replace(close, unfit={"why": Unfit(why="Enter a reason.")}),
        "gap_ticket_form": form(SendTicket(gap_id=_GAP), ticket),
        "gap_ticket_form_doubt": form(
            SendTicket(gap_id=_GAP, words="Ask Naomi Whitehorse"),
            ticket,
            doubt=Doubt(found=(seen,)),
        ),
        "gap_origins": Origins(gaps=((_GAP, "CIS 4.7"), (_OTHER, "CIS 11.1"))),
    }
