"""Targets: a score to reach by a date, for a control or for the whole framework."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from governance.access import Actor, refusal
from governance.controls.access import security_office
from governance.controls.carried import targets_and_controls, targets_in
from governance.controls.dashboard import found
from governance.controls.figure_commands import RemoveTarget, SetTarget, ShowTargetForm
from governance.controls.model import Framework, Target
from governance.controls.views import TargetChanged, TargetForm
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.school_days import today
from surveys.questions import Unfit

NO_SCORE = "Enter a score from 1 to 5 with at most one decimal, such as 3.5."

LONGEST_SCORE = 4
"""Characters."""

_SCORE = re.compile(r"[1-4](?:[.,]\d)?|5(?:[.,]0)?")


def score_of(typed: str) -> float | None:
    """What was typed as a score: at most one decimal, after a point or a comma."""
    said = typed.strip()
    return float(said.replace(",", ".")) if _SCORE.fullmatch(said) else None


def show_form(
    store: GovernanceStore, actor: Actor, command: ShowTargetForm, now: datetime
) -> TargetForm | Refused:
    """With the current target, if there is one."""
    form = _form(store, actor, command)
    if form is None:
        return refusal(GONE)
    for one in targets_in(store, form.framework):
        if one.control == command.control:
            return replace(form, score=f"{one.score:g}", by=one.by)
    return form


def _form(
    store: GovernanceStore, actor: Actor, command: ShowTargetForm | SetTarget
) -> TargetForm | None:
    """An empty form. None: the assessment or the control does not exist for the actor."""
    there, number = found(store, actor, command.assessment_id), command.control
    if there is None:
        return None
    assessment, framework = there
    control = next((one for one in framework.controls if one.number == number), None)
    if number and control is None:
        return None
    return TargetForm(assessment_id=assessment.id, framework=framework, control=control)


def _drop(store: GovernanceStore, framework: Framework, control: str) -> bool:
    """Removes the target of a control from every version. False: there was none."""
    placed = targets_and_controls(store, framework)
    mine = [one for one, number in placed if number == control]
    for one in mine:
        store.drop_target(one)
    return bool(mine)


def _named(framework: Framework, control: str) -> str:
    return f"target of {framework.short} {control}".strip()


def set_target(
    store: GovernanceStore, actor: Actor, command: SetTarget, now: datetime
) -> TargetForm | TargetChanged | Refused:
    form = _form(store, actor, command)
    if form is None:
        return refusal(GONE)
    score, unfit = score_of(command.score), _unfit(command, today(store, now))
    if unfit or score is None or command.by is None:
        return replace(form, score=command.score[:LONGEST_SCORE], by=command.by, unfit=unfit)
    framework = form.framework
    _drop(store, framework, command.control)
    store.put_target(
        Target(
            framework=framework.key,
            version=framework.version if command.control else "",
            control=command.control,
            score=score,
            by=command.by,
            set_by=actor.person_id,
            set_at=now,
        )
    )
    what = f"Practices: set the {_named(framework, command.control)}"
    store.audit(actor.person_id, what, command.assessment_id, now)
    return TargetChanged(
        assessment_id=command.assessment_id, control=command.control, score=score, by=command.by
    )


def _unfit(command: SetTarget, day: date) -> dict[str, Unfit]:
    unfit = {}
    if score_of(command.score) is None:
        unfit["score"] = Unfit(why=NO_SCORE)
    if command.by is None:
        unfit["by"] = Unfit(why="Choose a day.")
    elif command.by <= day:
        unfit["by"] = Unfit(why="Choose a day after today.")
    return unfit


def remove(
    store: GovernanceStore, actor: Actor, command: RemoveTarget, now: datetime
) -> TargetChanged | Refused:
    there = found(store, actor, command.assessment_id)
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    if _drop(store, framework, command.control):
        what = f"Practices: removed the {_named(framework, command.control)}"
        store.audit(actor.person_id, what, assessment.id, now)
    return TargetChanged(assessment_id=assessment.id, control=command.control)


OPERATIONS: Operations = (
    Operation(
        command=ShowTargetForm,
        window=True,
        run=show_form,
        may=security_office,
        reads=True,
        button="target-form",
        carries=("control",),
    ),
    Operation(
        command=SetTarget,
        run=set_target,
        may=security_office,
        button="set-target",
        carries=("control",),
        takes=("score", "by"),
        form=lambda command: ShowTargetForm(
            assessment_id=command.assessment_id, control=command.control
        ),
    ),
    Operation(
        command=RemoveTarget,
        run=remove,
        may=security_office,
        button="remove-target",
        carries=("control",),
    ),
)
