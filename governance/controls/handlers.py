"""The list of assessments."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.words import Words
from governance.access import Actor, anybody
from governance.chat.shortcuts import Shortcut
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls.access import is_there, sees_all, sees_summary
from governance.controls.commands import ShowPractices
from governance.controls.messages import OwnLine, PracticesView
from governance.controls.model import Assessment, AssessmentState, Framework
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore


def show(
    store: GovernanceStore, actor: Actor, command: ShowPractices, now: datetime
) -> PracticesView:
    frameworks = {(one.key, one.version): one for one in store.frameworks()}
    every = [
        (one, frameworks[one.framework, one.version])
        for one in store.assessments()
        if (one.framework, one.version) in frameworks
    ]
    owned = _own(store, actor, every)
    closed = {one.id for one, _, _ in owned if one.state is AssessmentState.CLOSED}
    return PracticesView(
        own=tuple(each for each in owned if each[0].id not in closed),
        all=tuple(
            (one, of)
            for one, of in every
            if (sees_summary(actor, one) and is_there(actor, one)) or one.id in closed
        ),
        runs=Office.ISO in actor.standing.offices,
        decides=sees_all(actor),
        frameworks=tuple(frameworks.values()) if sees_all(actor) else (),
    )


def _own(
    store: GovernanceStore, actor: Actor, every: list[tuple[Assessment, Framework]]
) -> tuple[tuple[Assessment, Framework, tuple[OwnLine, ...]], ...]:
    lines: dict[UUID, list[OwnLine]] = {}
    for row in store.assessed_by(actor.somebody.id):
        line = OwnLine(number=row.number, due=row.due, state=row.state)
        lines.setdefault(row.assessment_id, []).append(line)
    return tuple((one, of, tuple(lines[one.id])) for one, of in every if one.id in lines)


OPERATIONS: Operations = (
    Operation(command=ShowPractices, run=show, may=anybody, reads=True, button="practices"),
)


def _label(words: Words) -> str:
    return words.say("Security practices")


def _typed(words: Words) -> str:
    return words.say("practices")


SHORTCUTS = (
    Shortcut(
        command=ShowPractices(),
        label=_label,
        typed=_typed,
        words=("practices", "security practices", "my safeguards", "practicas", "las practicas"),
        path=addresses.PRACTICES,
    ),
)
