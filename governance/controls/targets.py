"""Targets: a score to reach by a date, for a control or for the whole framework."""

from __future__ import annotations

import re
from datetime import datetime

from core.forms import Opening
from governance.access import Actor, refusal
from governance.controls import forms
from governance.controls.access import security_office
from governance.controls.carried import targets_and_controls, targets_in
from governance.controls.dashboard import found
from governance.controls.figure_commands import NO_SCORE, RemoveTarget, SetTarget
from governance.controls.model import Framework, Target
from governance.controls.views import TargetChanged
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.school_days import today
from surveys.questions import Unfit

_SCORE = re.compile(r"[1-4](?:[.,]\d)?|5(?:[.,]0)?")


def score_of(typed: str) -> float | None:
    """What was typed as a score: at most one decimal, after a point or a comma."""
    said = typed.strip()
    return float(said.replace(",", ".")) if _SCORE.fullmatch(said) else None


def open_target(
    store: GovernanceStore, actor: Actor, command: SetTarget, _: datetime
) -> Opening | Refused:
    """With the current target, if there is one."""
    there, number = found(store, actor, command.assessment_id), command.control
    if there is None:
        return refusal(GONE)
    assessment, framework = there
    control = next((one for one in framework.controls if one.number == number), None)
    if number and control is None:
        return refusal(GONE)
    targets = [one for one in targets_in(store, framework) if one.control == number]
    values = {"score": f"{targets[0].score:g}", "by": targets[0].by} if targets else {}
    return forms.target(assessment, framework, control, values)


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
) -> TargetChanged | Refused:
    there, score = found(store, actor, command.assessment_id), score_of(command.score)
    refused = open_target(store, actor, command, now)
    if isinstance(refused, Refused):
        return refused
    if there is None or score is None or command.by is None:
        return refusal(GONE)
    _, framework = there
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


def unfit(store: GovernanceStore, _: Actor, command: SetTarget, now: datetime) -> dict[str, Unfit]:
    wrong = {}
    if score_of(command.score) is None:
        wrong["score"] = Unfit(why=NO_SCORE)
    if command.by is not None and command.by <= today(store, now):
        wrong["by"] = Unfit(why="Choose a day after today.")
    return wrong


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
        command=SetTarget,
        run=set_target,
        may=security_office,
        button="set-target",
        carries=("control",),
        opens=open_target,
        fits=unfit,
        form_button="target-form",
        form_kept=False,
    ),
    Operation(
        command=RemoveTarget,
        run=remove,
        may=security_office,
        button="remove-target",
        carries=("control",),
    ),
)
