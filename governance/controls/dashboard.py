"""Shows an assessment with its scores, one of its controls, and the printed report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.controls.access import is_there, offices, sees_all, sees_summary
from governance.controls.asking import ASSESS
from governance.controls.audit import note_read
from governance.controls.carried import targets_in
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.committee_figures import for_committee, points_for_committee, seen_by
from governance.controls.facets import Place, facets_at
from governance.controls.figure_commands import ShowPracticesReport
from governance.controls.figures import Figures, Run, figures, trend
from governance.controls.finding import framework_of
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
)
from governance.controls.renumbering import versions_of
from governance.controls.views import (
    AssessmentView,
    ControlView,
    LastTime,
    Owing,
    PracticesReport,
    SafeguardLine,
    TargetLine,
    Waiting,
)
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.school_days import today


def found(
    store: GovernanceStore, actor: Actor, assessment_id: UUID
) -> tuple[Assessment, Framework] | None:
    """An assessment with its framework, if it exists for the actor."""
    one = store.assessment(assessment_id)
    if one is None or not is_there(actor, one):
        return None
    framework = framework_of(store, one)
    return (one, framework) if framework else None


def reader(actor: Actor, command: ShowAssessment, store: GovernanceStore) -> Refused | None:
    """The ISO, the CTO, the committee that the assessment names, and owners of a safeguard."""
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    allowed = sees_summary(actor, there[0]) or any(
        one.owner == actor.person_id for one in store.assessed(there[0].id)
    )
    return None if allowed else refusal(GONE)


# -- an assessment -------------------------------------------------------------------------------


def show(
    store: GovernanceStore, actor: Actor, command: ShowAssessment, now: datetime
) -> AssessmentView | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    rows = tuple(store.assessed(assessment.id))
    place = Place(assessment=assessment, framework=framework, rows=rows)
    view = AssessmentView(
        assessment=assessment,
        framework=framework,
        today=today(store, now),
        facets=facets_at(store, actor, place, now),
    )
    if not sees_summary(actor, assessment):
        return view
    note_read(store, actor, assessment.id, "assessment", now)
    run = Run(assessment=assessment, framework=framework, rows=rows)
    runs = runs_with(store, actor, run)
    worked_out = figures(assessment, framework, run.rows)
    points = trend(runs, versions_of(store, framework.key))
    full = sees_all(actor)
    if not full:
        seen = seen_by(actor.person_id, runs)
        worked_out = for_committee(worked_out, seen[assessment.id])
        points = points_for_committee(points, seen)
    committee = store.district().committee(assessment.committee)
    return replace(
        view,
        committee=committee.name if committee else "",
        figures=worked_out,
        targets=_targets(store, run, worked_out, view.today),
        trend=points,
        waiting=_waiting(run, view.today) if full else None,
        lines=tuple(_lines(store, run)) if full else (),
        last_time=_last_time(runs, run) if full else None,
        owing=_owing(store, run) if full else view.owing,
        sets=Office.ISO in actor.standing.offices,
    )


def _last_time(runs: list[Run], shown: Run) -> LastTime | None:
    """Of the assessment before the one that is shown."""
    at = runs.index(shown)
    if at == 0:
        return None
    before = runs[at - 1]
    worked_out = figures(before.assessment, before.framework, before.rows)
    return LastTime(
        name=before.assessment.name,
        means={one.control.number: one.figure.mean for one in worked_out.controls},
    )


def _owing(store: GovernanceStore, run: Run) -> Owing:
    if run.assessment.state is not AssessmentState.OPEN:
        return Owing(people=0)
    late = [one for one in _in_order(run) if one.owner is not None and one.waiting]
    asks = {one.ask for one in late if one.ask is not None}
    return Owing(
        people=len({one.owner for one in late}),
        reminded_at=store.reminded_last(ASSESS, asks) if asks else None,
    )


def _in_order(run: Run) -> list[Assessed]:
    """The rows in its scope, in the framework's order."""
    by_number = {one.number: one for one in run.rows}
    scope = (one.number for one in run.assessment.scope(run.framework))
    return [by_number[one] for one in scope if one in by_number]


def _waiting(run: Run, day: date) -> Waiting:
    rows = _in_order(run)

    def numbers(which: Callable[[Assessed], bool]) -> tuple[str, ...]:
        return tuple(one.number for one in rows if which(one))

    return Waiting(
        to_confirm=numbers(lambda row: row.state is AnswerState.DONE),
        sent_back=numbers(lambda row: row.state is AnswerState.SENT_BACK),
        late=numbers(lambda row: row.owner is not None and row.waiting and row.due < day),
        without_owner=numbers(lambda row: row.owner is None and row.waiting),
    )


def _targets(
    store: GovernanceStore, run: Run, worked_out: Figures, day: date
) -> tuple[TargetLine, ...]:
    """Those of the whole and of the controls in its scope."""
    means = {one.control.number: one.figure.mean for one in worked_out.controls}
    means[""] = worked_out.overall.mean
    closed = run.assessment.closed_at
    on, found = today(store, closed) if closed else day, targets_in(store, run.framework)
    names = _names(store, (one.set_by for one in found))
    return tuple(
        TargetLine(
            target=one,
            mean=means[one.control],
            set_by=names(one.set_by),
            on=on,
            closed=closed is not None,
        )
        for one in found
        if one.control in means
    )


def _names(store: GovernanceStore, people: Iterable[UUID | None]) -> Callable[[UUID | None], str]:
    """The name of each, read at once; "" of nobody."""
    some = {one for one in people if one is not None}
    names = store.names_of(some) if some else {}
    return lambda who: names.get(who, "") if who is not None else ""


def runs_with(store: GovernanceStore, actor: Actor, shown: Run) -> list[Run]:
    """The assessment that is shown and the others of its framework that have begun and that the
    reader may see, the oldest first."""
    of_version = {(one.key, one.version): one for one in store.frameworks()}
    told = []
    for one in reversed(store.assessments()):
        framework = of_version.get((one.framework, one.version))
        begun = one.state is not AssessmentState.DRAFT and sees_summary(actor, one)
        if one.id == shown.assessment.id:
            told.append((one, shown.framework))
        elif begun and framework and one.framework == shown.assessment.framework:
            told.append((one, framework))
    others = [one.id for one, _ in told if one.id != shown.assessment.id]
    rows = store.assessed_of_each(others) if others else {}
    return [
        shown
        if one.id == shown.assessment.id
        else Run(assessment=one, framework=framework, rows=rows.get(one.id, ()))
        for one, framework in told
    ]


# -- a control, and the report -------------------------------------------------------------------


def show_control(
    store: GovernanceStore, actor: Actor, command: ShowControl, now: datetime
) -> ControlView | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    run = Run(assessment=assessment, framework=framework, rows=store.assessed(assessment.id))
    worked_out = figures(assessment, framework, run.rows)
    control = worked_out.control(command.control)
    if control is None:
        return refusal(GONE)
    note_read(store, actor, assessment.id, f"{framework.short} {command.control}", now)
    own = {one.number for one in control.control.safeguards}
    lines = tuple(one for one in _lines(store, run) if one.safeguard.number in own)
    day = today(store, now)
    targets = _targets(store, run, worked_out, day)
    sets = Office.ISO in actor.standing.offices
    reviews = sets and assessment.state is AssessmentState.OPEN
    return ControlView(
        assessment=assessment,
        framework=framework,
        today=day,
        targets=tuple(one for one in targets if one.target.control == command.control),
        trend=trend(
            runs_with(store, actor, run), versions_of(store, framework.key), command.control
        ),
        control=control,
        lines=lines,
        sets=sets,
        reviews=sum(one.row.state is AnswerState.DONE for one in lines) if reviews else 0,
    )


def _lines(store: GovernanceStore, run: Run) -> Iterator[SafeguardLine]:
    rows = _in_order(run)
    name = _names(
        store, (one for row in rows for one in (row.owner, row.answered_by, row.confirmed_by))
    )
    by_number = {one.number: one for one in run.framework.safeguards}
    for row in rows:
        yield SafeguardLine(
            safeguard=by_number[row.number],
            row=row,
            owner=name(row.owner),
            answered_by=name(row.answered_by),
            confirmed_by=name(row.confirmed_by),
        )


def show_report(
    store: GovernanceStore, actor: Actor, command: ShowPracticesReport, now: datetime
) -> PracticesReport | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    note_read(store, actor, assessment.id, "report", now)
    run = Run(assessment=assessment, framework=framework, rows=store.assessed(assessment.id))
    worked_out = figures(assessment, framework, run.rows)
    runs = [one for one in runs_with(store, actor, run) if _is_printed(one)]
    day = today(store, now)
    return PracticesReport(
        assessment=assessment,
        framework=framework,
        today=day,
        targets=tuple(
            one if one.target.control or _is_printed(run) else replace(one, mean=None)
            for one in _targets(store, run, worked_out, day)
        ),
        trend=trend(runs, versions_of(store, framework.key)),
        district=store.district().name,
        figures=worked_out,
        lines=tuple(_lines(store, run)),
        by=actor.somebody.name,
    )


def _is_printed(run: Run) -> bool:
    """Whether the report has the overall score of this assessment."""
    if run.assessment.state is not AssessmentState.CLOSED:
        return False
    return figures(run.assessment, run.framework, run.rows).overall.counts.half_assessed


OPERATIONS: Operations = (
    Operation(command=ShowAssessment, shows=True, run=show, may=reader),
    Operation(command=ShowControl, shows=True, run=show_control, may=offices),
    Operation(command=ShowPracticesReport, shows=True, run=show_report, may=offices),
)
