"""Showing an assessment with its figures, a control of it, and the report that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from uuid import UUID

from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.controls.access import is_there, offices, sees_all, sees_summary
from governance.controls.audit import note_read
from governance.controls.carried import targets_in
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.committee_figures import for_committee, points_for_committee
from governance.controls.facets import Place, facets_at
from governance.controls.figure_commands import ShowPracticesReport
from governance.controls.figures import Figures, Run, figures, trend
from governance.controls.finding import framework_of, name_of
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
    OwnerCounts,
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

Names = Callable[[UUID | None], str]


def found(
    store: GovernanceStore, actor: Actor, assessment_id: UUID
) -> tuple[Assessment, Framework] | None:
    """An assessment that is there for the actor, with its framework."""
    one = store.assessment(assessment_id)
    if one is None or not is_there(actor, one):
        return None
    framework = framework_of(store, one)
    return (one, framework) if framework else None


def reader(actor: Actor, command: ShowAssessment, store: GovernanceStore) -> Refused | None:
    """The ISO, the CTO, the committee that it names, and owners of a safeguard in it."""
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    owns = sees_summary(actor, there[0]) or any(
        one.owner == actor.person_id for one in store.assessed(there[0].id)
    )
    return None if owns else refusal(GONE)


# -- an assessment -------------------------------------------------------------------------------


def show(
    store: GovernanceStore, actor: Actor, command: ShowAssessment, now: datetime
) -> AssessmentView | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    rows, day, names = store.assessed(assessment.id), today(store, now), _names(store)
    lines = _lines(assessment, framework, rows, names)
    theirs = AssessmentView(
        assessment=assessment,
        framework=framework,
        today=day,
        own=tuple(one for one in lines if one.row.owner == actor.somebody.id),
        facets=facets_at(store, actor, Place(assessment=assessment, framework=framework), now),
    )
    if not sees_summary(actor, assessment):
        return theirs
    note_read(store, actor, assessment.id, "assessment", now)
    shown = Run(assessment=assessment, framework=framework, rows=rows)
    full, every = sees_all(actor), _runs(store, actor, shown)
    worked_out = figures(assessment, framework, rows)
    points = trend(every, versions_of(store, framework.key))
    if not full:
        worked_out = for_committee(shown, worked_out, actor.person_id)
        points = points_for_committee(every, points, actor.person_id)
    committee = store.district().committee(assessment.committee)
    return replace(
        theirs,
        committee=committee.name if committee else "",
        figures=worked_out,
        targets=_targets(store, shown, worked_out, names, now),
        trend=points,
        lines=lines if full else (),
        owners=_owners(lines, day) if full else (),
        waiting=_waiting(lines, day) if full else None,
        sets=Office.ISO in actor.standing.offices,
    )


def _names(store: GovernanceStore) -> Names:
    """Each person is looked up once."""
    return cache(partial(name_of, store))


def _lines(
    assessment: Assessment, framework: Framework, rows: Iterable[Assessed], names: Names
) -> tuple[SafeguardLine, ...]:
    """In the framework's order."""
    by_number = {one.number: one for one in rows}
    pairs = [(one, by_number.get(one.number)) for one in assessment.scope(framework)]
    return tuple(
        SafeguardLine(
            safeguard=one,
            row=row,
            owner=names(row.owner),
            answered_by=names(row.answered_by),
            confirmed_by=names(row.confirmed_by),
        )
        for one, row in pairs
        if row is not None
    )


def _owners(lines: Sequence[SafeguardLine], day: date) -> tuple[OwnerCounts, ...]:
    """By name, each with what they were asked."""
    by_owner: dict[UUID, list[SafeguardLine]] = {}
    for one in lines:
        if one.row.owner is not None:
            by_owner.setdefault(one.row.owner, []).append(one)
    told = [
        OwnerCounts(
            name=own[0].owner,
            asked=len(own),
            answered=sum(not one.row.waiting for one in own),
            late=sum(_late(one.row, day) for one in own),
        )
        for own in by_owner.values()
    ]
    return tuple(sorted(told, key=lambda one: one.name.casefold()))


def _late(row: Assessed, day: date) -> bool:
    return row.waiting and row.due < day


def _waiting(lines: Sequence[SafeguardLine], day: date) -> Waiting:
    def numbers(which: Callable[[Assessed], bool]) -> tuple[str, ...]:
        return tuple(one.safeguard.number for one in lines if which(one.row))

    return Waiting(
        to_confirm=numbers(lambda row: row.state is AnswerState.DONE),
        sent_back=numbers(lambda row: row.state is AnswerState.SENT_BACK),
        late=numbers(lambda row: row.owner is not None and _late(row, day)),
        without_owner=numbers(lambda row: row.owner is None and row.waiting),
    )


def _targets(
    store: GovernanceStore, run: Run, worked_out: Figures, names: Names, now: datetime
) -> tuple[TargetLine, ...]:
    """Of the whole, and of controls in its scope."""
    means = {one.control.number: one.figure.mean for one in worked_out.controls}
    means[""] = worked_out.overall.mean
    closed = run.assessment.closed_at
    return tuple(
        TargetLine(
            target=one,
            mean=means[one.control],
            set_by=names(one.set_by),
            on=today(store, closed or now),
            closed=closed is not None,
        )
        for one in targets_in(store, run.framework)
        if one.control in means
    )


def _runs(store: GovernanceStore, actor: Actor, shown: Run) -> list[Run]:
    """Every assessment of its framework that has begun and that the reader may see, the oldest
    first."""
    of_version = {(one.key, one.version): one for one in store.frameworks()}
    told = []
    for one in reversed(store.assessments()):
        framework = of_version.get((one.framework, one.version))
        begun = one.state is not AssessmentState.DRAFT and sees_summary(actor, one)
        if one.id == shown.assessment.id:
            told.append(shown)
        elif begun and framework and one.framework == shown.assessment.framework:
            told.append(Run(assessment=one, framework=framework, rows=store.assessed(one.id)))
    return told


# -- a control -----------------------------------------------------------------------------------


def show_control(
    store: GovernanceStore, actor: Actor, command: ShowControl, now: datetime
) -> ControlView | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    rows, names = store.assessed(assessment.id), _names(store)
    shown = Run(assessment=assessment, framework=framework, rows=rows)
    worked_out = figures(assessment, framework, rows)
    control = worked_out.control(command.control)
    if control is None:
        return refusal(GONE)
    note_read(store, actor, assessment.id, f"{framework.short} {command.control}", now)
    own = {one.number for one in control.control.safeguards}
    runs = Office.ISO in actor.standing.offices
    targets = _targets(store, shown, worked_out, names, now)
    return ControlView(
        assessment=assessment,
        framework=framework,
        today=today(store, now),
        control=control,
        lines=tuple(
            one for one in _lines(assessment, framework, rows, names) if one.safeguard.number in own
        ),
        target=next((one for one in targets if one.target.control == command.control), None),
        trend=trend(_runs(store, actor, shown), versions_of(store, framework.key), command.control),
        sets=runs,
        reviews=sum(one.state is AnswerState.DONE and one.number in own for one in rows)
        if runs and assessment.state is AssessmentState.OPEN
        else 0,
    )


# -- the report ----------------------------------------------------------------------------------


def show_report(
    store: GovernanceStore, actor: Actor, command: ShowPracticesReport, now: datetime
) -> PracticesReport | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    rows, names = store.assessed(assessment.id), _names(store)
    note_read(store, actor, assessment.id, "report", now)
    worked_out = figures(assessment, framework, rows)
    shown = Run(assessment=assessment, framework=framework, rows=rows)
    points = trend(_runs(store, actor, shown), versions_of(store, framework.key))
    return PracticesReport(
        assessment=assessment,
        framework=framework,
        district=store.district().name,
        figures=worked_out,
        lines=_lines(assessment, framework, rows, names),
        by=actor.somebody.name,
        on=today(store, now),
        targets=tuple(
            one if one.closed or one.target.control else replace(one, mean=None)
            for one in _targets(store, shown, worked_out, names, now)
        ),
        trend=tuple(one for one in points if one.finished),
    )


OPERATIONS: Operations = (
    Operation(command=ShowAssessment, run=show, may=reader),
    Operation(command=ShowControl, run=show_control, may=offices),
    Operation(command=ShowPracticesReport, run=show_report, may=offices),
)
