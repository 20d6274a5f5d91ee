"""What a survey will ask of whom and what it will show: the page for the association, before a
launch. It counts the roster, and nothing that anybody answered."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from governance.drafting_commands import ShowPlan
from governance.ports import GovernanceStore
from governance.views import PlannedShowing, PlanView
from surveys.cautions import cautions
from surveys.promise import promise
from surveys.survey import SCORES_FROM
from surveys.tabulating import asked_by_atom, planned_cells


def show_plan(store: GovernanceStore, command: ShowPlan, now: datetime) -> PlanView:
    """Every planned table with its groups, and how many of them are too small to be shown."""
    survey = command.survey
    people = store.people_of(command.audience)
    asked = asked_by_atom(people)
    tables = []
    for table in dict.fromkeys(survey.tables):
        sizes = [
            sum(asked.get(atom, 0) for atom in cell.atoms) for cell in planned_cells(table, asked)
        ]
        few = sum(size < SCORES_FROM for size in sizes)
        tables.append(PlannedShowing(table=table, groups=len(sizes), few=few))
    keys = survey.committees
    return PlanView(
        survey=survey,
        audience=command.audience,
        people=len(people),
        make_up=tuple(sorted(Counter((one.role, one.level) for one in people).items())),
        tables=tuple(tables),
        promise=promise(survey, committees=store.committee_names(keys) if keys else ()),
        cautions=cautions(survey),
        opens_at=command.opens_at or now,
        closes_at=command.closes_at,
        reminders=command.reminders,
        as_of=now,
    )
