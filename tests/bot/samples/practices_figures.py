"""The figures of an assessment, as its readers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.text import text
from governance.controls import forms
from governance.controls.committee_figures import for_committee, points_for_committee, seen_by
from governance.controls.exporting import Downloads
from governance.controls.figure_commands import SetTarget
from governance.controls.figures import Run, figures, trend
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
    Framework,
    Place,
    Target,
)
from governance.controls.safeguards import OwnSafeguards, Runs
from governance.controls.views import (
    AssessmentView,
    ControlView,
    LastTime,
    Owing,
    PracticesReport,
    SafeguardLine,
    TargetChanged,
    TargetLine,
    Waiting,
)
from governance.forms.commands import Open
from governance.gaps.commands import DecideGap
from governance.gaps.practice_facets import GapsFound, WorstGap
from governance.messages import Message
from surveys.questions import Unfit
from tests.bot.samples.forms import form
from tests.governance.controls.eighteen import EIGHTEEN

ASSESSMENT = UUID("9a1c5c1e-0000-4000-8000-000000000091")
TODAY = date(2026, 11, 30)
_NOW = datetime(2026, 11, 30, 15, tzinfo=UTC)
_PEOPLE = ("Dana Reyes", "Ruth Amadi", "Sam Ortiz", "Lee Whitfield")
_OLD = replace(EIGHTEEN, version="8")
_VERSIONS = (EIGHTEEN, _OLD)


def _given(name: str, group: str, years: int, state: AssessmentState) -> Assessment:
    began = _NOW - timedelta(days=365 * years + 40)
    closed = began + timedelta(days=60) if state is AssessmentState.CLOSED else None
    return Assessment(
        id=UUID(int=ASSESSMENT.int + 0x100 * years),
        name=name,
        framework="eighteen",
        version="8" if years > 1 else "8.1",
        group=group,
        due=date(2027, 1, 15),
        committee="network",
        state=state,
        made_at=began,
        opened_at=began,
        closed_at=closed,
    )


def _answer(place: int, years: int) -> Answer:
    if place % 17 == 5:
        return Answer(applicable=False, why_not="We do not host this ourselves.")
    scores = {
        one: 1 + (place * (2 + n) + place // 9 + max(0, 3 - years)) % 5
        for n, one in enumerate(Dimension)
    }
    return Answer(applicable=True, scores=scores, evidence="A page of our wiki")


def _rows(one: Assessment, framework: Framework, years: int) -> list[Assessed]:
    rows = []
    for place, safeguard in enumerate(one.scope(framework)):
        control = safeguard.number.partition(".")[0]
        states = [AnswerState.CONFIRMED, AnswerState.DONE, AnswerState.CONFIRMED]
        state = AnswerState.CONFIRMED if years else states[place % 3]
        answer = _answer(place, years)
        if control == "18":
            answer = Answer(applicable=False, why_not="Our insurer tests this.")
        elif not years and (control == "17" or place % 11 == 3):
            state, answer = AnswerState.OPEN, Answer()
        elif not years and place == 7:
            state = AnswerState.SENT_BACK
        row = Assessed(
            assessment_id=one.id,
            number=safeguard.number,
            owner=UUID(int=0 if place == 14 else 900 + place % 4),
            due=date(2026, 11, 20) if place % 22 == 3 else one.due,
            state=state,
            answer=answer,
            answered_by=UUID(int=900 + place % 4) if answer.given else None,
            answered_at=_NOW - timedelta(days=place) if answer.given else None,
            confirmed_by=UUID(int=950) if state is AnswerState.CONFIRMED else None,
            confirmed_at=_NOW if state is AnswerState.CONFIRMED else None,
        )
        rows.append(replace(row, owner=None) if place == 14 else row)
    return rows


def _lines(rows: Sequence[Assessed], hostile: str) -> tuple[SafeguardLine, ...]:
    told = []
    for place, row in enumerate(rows):
        safeguard = EIGHTEEN.safeguard(row.number)
        assert safeguard is not None
        name = f"Pat {hostile}" if place == 0 else _PEOPLE[place % 4]
        told.append(
            SafeguardLine(
                safeguard=safeguard,
                row=row,
                owner=name if row.owner else "",
                answered_by=name if row.answered_by else "",
                confirmed_by="Noor Haddad" if row.confirmed_by else "",
            )
        )
    return tuple(told)


def samples(hostile: str) -> Mapping[str, Message]:
    """``hostile`` is what nobody should have typed."""
    now = _given(f"Winter 2026 {hostile}", "ig2", 0, AssessmentState.OPEN)
    last = _given("Winter 2025", "ig1", 1, AssessmentState.CLOSED)
    before = _given("Winter 2024", "ig1", 2, AssessmentState.CLOSED)
    first = _given("Winter 2023", "ig1", 3, AssessmentState.CLOSED)
    rows = _rows(now, EIGHTEEN, 0)
    runs = [
        Run(assessment=first, framework=_OLD, rows=_rows(first, _OLD, 3)),
        Run(assessment=before, framework=_OLD, rows=_rows(before, _OLD, 2)),
        Run(assessment=last, framework=EIGHTEEN, rows=_rows(last, EIGHTEEN, 1)),
        Run(assessment=now, framework=EIGHTEEN, rows=rows),
    ]
    found, lines = figures(now, EIGHTEEN, rows), _lines(rows, hostile)
    means = {one.control.number: one.figure.mean for one in found.controls}

    def target(control: str, score: float) -> TargetLine:
        aim = Target(
            framework="eighteen",
            control=control,
            score=score,
            by=date(2027, 6, 30),
            set_at=_NOW,
        )
        mean = means[control] if control else found.overall.mean
        return TargetLine(target=aim, mean=mean, set_by="Noor Haddad")

    place = Place(assessment=now, framework=EIGHTEEN)
    own = OwnSafeguards(place=place, rows=tuple(rows[:3]))
    gaps = GapsFound(
        assessment_id=now.id,
        found=30,
        untargeted=2,
        undecided=21,
        listed=True,
        decided=9,
        soon=1,
        accepted=3,
        next_end=date(2027, 1, 15),
        worst=tuple(
            WorstGap(
                number=number,
                name=text("Data protection: step of the practice"),
                score=1.5,
                target=3.5,
                decides=Open(of=DecideGap(assessment_id=now.id, number=number)),
            )
            for number in ("3.1", "3.2", "4.1")
        ),
    )
    targets = (target("", 3.5), target("4", 4.0), target("6", 2.0))
    whole = AssessmentView(
        assessment=now,
        framework=EIGHTEEN,
        today=TODAY,
        committee="Network and Infrastructure",
        figures=found,
        targets=targets,
        trend=trend(runs, _VERSIONS),
        waiting=Waiting(
            to_confirm=tuple(
                one.safeguard.number for one in lines if one.row.state is AnswerState.DONE
            ),
            sent_back=("2.3",),
            late=("1.4", "4.2"),
            without_owner=("3.4",),
        ),
        lines=lines,
        last_time=LastTime(
            name="Winter 2025",
            means={
                one.control.number: one.figure.mean
                for one in figures(last, EIGHTEEN, runs[2].rows).controls
            },
        ),
        owing=Owing(people=4, reminded_at=_NOW),
        sets=True,
        facets=(own, Runs(place=place), gaps, Downloads(assessment=now)),
    )
    closed_targets = tuple(replace(one, on=TODAY, closed=True) for one in targets)
    closed = replace(now, state=AssessmentState.CLOSED, closed_at=_NOW)
    ended = Run(assessment=closed, framework=EIGHTEEN, rows=rows)
    every = [*runs[:-1], ended]
    seen = seen_by(None, every)
    summary = replace(
        whole,
        assessment=closed,
        figures=for_committee(found, seen[closed.id]),
        targets=closed_targets,
        trend=points_for_committee(trend(every, _VERSIONS), seen),
        waiting=None,
        lines=(),
        last_time=None,
        owing=Owing(people=0),
        sets=False,
        facets=(),
    )
    (so_far,) = seen_by(None, runs[-1:]).values()
    still = replace(
        summary, assessment=now, figures=for_committee(found, so_far), targets=(), trend=()
    )
    bare = [replace(one, state=AnswerState.OPEN, answer=Answer()) for one in rows]
    begun = replace(
        whole,
        assessment=replace(now, name="Winter 2026"),
        figures=figures(now, EIGHTEEN, bare),
        targets=(),
        trend=trend([Run(assessment=now, framework=EIGHTEEN, rows=bare)], _VERSIONS),
        waiting=Waiting(),
        lines=tuple(
            replace(one, row=row, answered_by="", confirmed_by="")
            for one, row in zip(lines, bare, strict=True)
        ),
        last_time=None,
        facets=(Runs(place=place),),
    )
    control = found.control("4")
    assert control is not None
    of_control = ControlView(
        assessment=now,
        framework=EIGHTEEN,
        today=TODAY,
        control=control,
        lines=tuple(one for one in lines if one.safeguard.number.startswith("4.")),
        targets=targets[1:2],
        trend=trend(runs, _VERSIONS, "4"),
        sets=True,
        reviews=3,
    )
    sets = SetTarget(assessment_id=now.id, control=control.control.number)
    asked = forms.target(now, EIGHTEEN, control.control, {"score": "3.5", "by": date(2027, 6, 30)})
    return {
        "practices_assessment": whole,
        "practices_summary": summary,
        "practices_summary_open": still,
        "practices_begun": begun,
        "practices_own": replace(
            begun, figures=None, waiting=None, lines=(), last_time=None, sets=False, facets=(own,)
        ),
        "practices_control": of_control,
        "practices_report": PracticesReport(
            assessment=closed,
            framework=EIGHTEEN,
            district="Lincoln Valley Public Schools",
            figures=found,
            lines=lines,
            by="Noor Haddad",
            today=TODAY,
            targets=closed_targets,
            trend=tuple(one for one in whole.trend if one.finished),
        ),
        "practices_target_form": form(sets, asked),
        "practices_target_unfit": form(
            SetTarget(assessment_id=now.id, score="7", by=date(2027, 6, 30)),
            forms.target(now, EIGHTEEN, None, {}),
            unfit={
                "score": Unfit(
                    why="Enter a score from 1 to 5 with at most one decimal, such as 3.5."
                )
            },
        ),
        "practices_target_changed": TargetChanged(
            assessment_id=now.id, score=3.5, by=date(2027, 6, 30)
        ),
    }
