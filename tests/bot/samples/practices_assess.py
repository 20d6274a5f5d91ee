"""Assessments of security practices, as every platform draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.forms import Opening
from core.text import text
from governance.controls import forms
from governance.controls.answer_commands import AnswerSafeguard, Applies, HandOverSafeguards
from governance.controls.answer_messages import (
    HandedOver,
    NothingLeft,
    SafeguardDone,
    SafeguardView,
)
from governance.controls.messages import SafeguardsAsked
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Control,
    Dimension,
    Framework,
    Named,
    Safeguard,
    SafeguardPlace,
)
from governance.controls.running_commands import ReviewSafeguard, Verdict, WriteAssessment
from governance.controls.running_messages import (
    AssessmentDropped,
    ClosingView,
    ControlReview,
    OpeningView,
    OwnerFinished,
    OwnerLine,
    OwnerRow,
    OwnersForm,
    Reviewed,
    RunView,
    SafeguardsHandedOver,
)
from governance.messages import Message
from surveys.questions import Unfit
from tests.bot.samples.forms import form

WINTER = UUID("9a1c5c1e-0000-4000-8000-000000000081")
BEFORE = UUID("9a1c5c1e-0000-4000-8000-000000000082")
ASK = UUID("9a1c5c1e-0000-4000-8000-000000000083")
AT = datetime(2026, 11, 24, 15, 5, tzinfo=UTC)
DUE = date(2026, 12, 11)
_STEPS = (
    "Nothing yet",
    "In some places",
    "In most places",
    "Everywhere",
    "Everywhere, and checked",
)
FRAMEWORK = Framework(
    key="cis",
    version="8.1",
    name=text("CIS Controls", es="Controles CIS"),
    short="CIS",
    groups=(Named(key="ig1", name=text("IG1")), Named(key="ig2", name=text("IG2"))),
    functions=(Named(key="protect", name=text("Protect", es="Proteger")),),
    controls=(
        Control(
            number="4",
            name=text("Secure settings", es="Configuración segura"),
            safeguards=(
                Safeguard(
                    number="4.1",
                    name=text("A way to set up devices", es="Cómo configurar los equipos"),
                    group="ig1",
                    function="protect",
                ),
                Safeguard(
                    number="4.2",
                    name=text("A way to set up the network", es="Cómo configurar la red"),
                    group="ig1",
                    function="protect",
                ),
            ),
        ),
    ),
    steps={one: tuple(text(step) for step in _STEPS) for one in Dimension},
)
_SCORES = {
    Dimension.POLICY: 3,
    Dimension.IMPLEMENTED: 2,
    Dimension.AUTOMATED: 1,
    Dimension.REPORTED: 2,
}


def _asks(place: SafeguardPlace, *, stale: bool = False) -> Opening:
    return forms.answering(place, stale=stale, changed=False, said=())


def samples(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    given = Assessment(
        id=WINTER,
        name="Winter 2026",
        framework="cis",
        version="8.1",
        group="ig1",
        due=DUE,
        committee="technology-governance",
        state=AssessmentState.OPEN,
        made_at=AT,
    )
    draft = replace(given, state=AssessmentState.DRAFT)
    last = replace(given, id=BEFORE, name="Winter 2025", state=AssessmentState.CLOSED, closed_at=AT)
    said = Answer(
        applicable=True,
        scores=_SCORES,
        evidence=f"https://wiki.example.org/devices is the procedure. {hostile}",
        next_step=hostile,
    )
    empty = Assessed(assessment_id=WINTER, number="4.1", owner=UUID(int=1), due=DUE)
    row = replace(
        empty, state=AnswerState.DONE, answer=said, answered_by=UUID(int=1), answered_at=AT
    )
    back = replace(row, state=AnswerState.SENT_BACK, answer=replace(said, word=hostile))
    safeguard = FRAMEWORK.safeguards[0]
    place = SafeguardPlace(assessment=given, framework=FRAMEWORK, safeguard=safeguard, row=row)
    unassessed = replace(place, row=empty)
    asked = SafeguardsAsked(assessment=given, short="CIS", ask=ASK, due=DUE, numbers=("4.1", "4.2"))
    begins = WriteAssessment(framework="cis", assessment_id=WINTER)
    versions = (FRAMEWORK, replace(FRAMEWORK, version="8"))
    committees = (("technology-governance", "Technology Applications"),)
    beginning = forms.beginning(versions, committees, last=last)
    running = RunView(
        assessment=given,
        framework=FRAMEWORK,
        committee="Technology Applications",
        owners=(
            OwnerLine(
                name="Naomi Whitehorse",
                waiting=((DUE, ("4.2",)), (DUE + timedelta(days=28), ("4.3",))),
                done=("4.1",),
                confirmed=(),
                handed_by=("Ottilie Brandvold",),
            ),
        ),
        unowned=("4.2",),
        to_confirm=((FRAMEWORK.controls[0], ("4.1",)),),
        waiting=1,
        confirmed=0,
        total=2,
    )
    names = OwnersForm(
        assessment=draft,
        framework=FRAMEWORK,
        unowned=("4.2",),
        names={"4.1": f"Lee {hostile}"},
        rows=(
            OwnerRow(
                number="4",
                name=FRAMEWORK.controls[0].name,
                total=2,
                waiting=2,
                owners=(f"Lee {hostile}",),
                day="2027-01-15",
                was_day="2027-01-15",
            ),
        ),
        people=((f"Lee {hostile}", f"Lee {hostile}"), ("naomi@example.org", "Naomi Whitehorse")),
    )
    answers = AnswerSafeguard(assessment_id=WINTER, number="4.1")
    reviews = ReviewSafeguard(assessment_id=WINTER, number="4.1")
    reviewing = forms.reviewing(place, "Naomi Whitehorse")
    none = replace(row, answer=Answer(applicable=False, why_not=hostile))
    confirmed = replace(row, confirmed_by=UUID(int=2), confirmed_at=AT, state=AnswerState.CONFIRMED)
    shown = SafeguardView(
        place=replace(place, row=confirmed),
        owner="Naomi Whitehorse",
        by="Naomi Whitehorse",
        confirmed_by="Anders Holmquist",
        handed_by="Ottilie Brandvold",
        earlier=(replace(place, assessment=last, row=none),),
        reviews=True,
    )
    hands_over = HandOverSafeguards(assessment_id=given.id, number="4.1")
    return {
        "assess_sent_back": replace(asked, numbers=("4.1",), sent_back=("4.1",), done=3),
        "assess_answered": replace(asked, numbers=(), done=2),
        "assessment_form": form(begins, beginning),
        "assessment_form_unfit": form(
            replace(begins, name=hostile),
            beginning,
            unfit={
                "due": Unfit(why="Choose a school day within the next two years."),
                "group": Unfit(why="This version of the framework has no such group."),
            },
        ),
        "assessment_edited": form(begins, forms.beginning(versions, committees, given=draft)),
        "assessment_run": running,
        "assessment_run_read": replace(running, runs=False),
        "assessment_draft": replace(running, assessment=draft, to_confirm=(), waiting=2),
        "assessment_dropped": AssessmentDropped(name=hostile),
        "owners_form": names,
        "owners_of_control": replace(
            names,
            control=FRAMEWORK.controls[0],
            rows=tuple(
                OwnerRow(
                    number=one.number,
                    name=one.name,
                    total=1,
                    waiting=1,
                    person=hostile,
                    was_person=hostile,
                )
                for one in FRAMEWORK.controls[0].safeguards
            ),
        ),
        "owners_table_unfit": replace(
            names,
            rows=tuple(replace(one, person=hostile) for one in names.rows),
            unfit={
                "person.4": Unfit(
                    why="{number}: nobody on the staff roster has the name or address {said}.",
                    values={"number": "4", "said": hostile[:60]},
                )
            },
        ),
        "owners_unfit": replace(
            names,
            owners=hostile,
            unfit={
                "owners": Unfit(
                    why="Line {line}: {said} is not in this assessment.",
                    values={"line": 1, "said": "4.99"},
                )
            },
            problems=(
                Unfit(
                    why="Line {line}: {said} is not in this assessment.",
                    values={"line": 1, "said": "4.99"},
                ),
                Unfit(
                    why="Line {line}: nobody on the staff roster has the address {said}.",
                    values={"line": 3, "said": hostile[:60], "in_file": True},
                ),
            ),
        ),
        "assessment_opening": OpeningView(
            assessment=draft, people=11, total=56, unowned=("4.2",), stays_with="Anders Holmquist"
        ),
        "assessment_closing": ClosingView(
            assessment=given, total=56, unassessed=("4.2",), unconfirmed=("4.1",)
        ),
        "assess_form": form(answers, _asks(unassessed)),
        "assess_form_back": form(answers, _asks(replace(place, row=back))),
        "assess_form_taken_over": form(
            answers,
            _asks(replace(place, row=replace(row, state=AnswerState.OPEN)), stale=True),
        ),
        "assess_form_unfit": form(
            replace(answers, applies=Applies.NO),
            _asks(unassessed),
            unfit={"why_not": Unfit(why="Write why it does not apply.")},
        ),
        "safeguard_done": SafeguardDone(
            assessment=given, short="CIS", number="4.1", next="4.2", left=3
        ),
        "safeguards_all_done": SafeguardDone(assessment=given, short="CIS", number="4.2"),
        "nothing_to_assess": NothingLeft(assessment=given),
        "nothing_to_confirm": NothingLeft(assessment=given, reviews=True),
        "hand_over_safeguard": form(hands_over, forms.handing_over(given, "CIS 4.1", 2)),
        "hand_over_unfit": form(
            replace(hands_over, to=hostile),
            forms.handing_over(given, "CIS 4.1", 0),
            unfit={"to": Unfit(why="Nobody on the staff roster has this name or address.")},
        ),
        "safeguard_handed_over": HandedOver(
            short="CIS", numbers=("4.1", "4.2"), name="Ottilie Brandvold"
        ),
        "safeguard": shown,
        "safeguard_unassessed": SafeguardView(place=unassessed, answers=True),
        "review_form": form(reviews, reviewing),
        "review_back": form(
            replace(reviews, verdict=Verdict.SEND_BACK),
            reviewing,
            unfit={"word": Unfit(why="Write what is missing or wrong.")},
        ),
        "review_control": ControlReview(
            assessment=given,
            framework=FRAMEWORK,
            control=FRAMEWORK.controls[0],
            answers=((place, "Naomi Whitehorse"), (replace(place, row=none), "Naomi Whitehorse")),
            seen=1_764_000_000_000,
        ),
        "safeguard_confirmed": Reviewed(
            assessment=given,
            short="CIS",
            number="4.1",
            verdict=Verdict.CONFIRM,
            next="4.2",
            left=2,
        ),
        "safeguard_back": Reviewed(
            assessment=given, short="CIS", number="4.1", verdict=Verdict.SEND_BACK
        ),
        "assess_done": OwnerFinished(
            assessment=given,
            ask=ASK,
            name="Naomi Whitehorse",
            numbers=("4.2",),
            assessed=2,
            in_all=5,
        ),
        "assess_handed": SafeguardsHandedOver(
            assessment=given, by=("Naomi Whitehorse",), to=f"Lee {hostile}", numbers=("4.1", "4.2")
        ),
    }
