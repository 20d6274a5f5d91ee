"""What a survey will ask of whom and what it will show, and what there is to choose from: for
whoever launches it, and for the association, before a launch. It counts the roster, and nothing
that anybody answered."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from core.people import Audience, Level, Role
from governance.access import OPERATOR_TOO, Actor, office
from governance.announcements.approvals import second_person
from governance.authoring.commands import ShowLaunch, ShowPlan
from governance.goal_changes.watching import cautions_of
from governance.lists.audiences import lists_of
from governance.messages import Done
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.views import LaunchView, PlannedShowing, PlanView
from surveys.authoring.cautions import cautions, small_groups
from surveys.commands import CheckLaunch
from surveys.promise import promise
from surveys.results.tabulating import planned_cells
from surveys.waves.launching import check
from surveys.waves.sampling import part_of


def show_plan(store: GovernanceStore, actor: Actor, command: ShowPlan, now: datetime) -> PlanView:
    """Every planned table with its groups, and how many of them are too small to be shown."""
    launch = command.launch
    survey, audience = launch.survey, launch.audience
    asked = store.sizes_of(audience)
    people = asked.total()
    make_up = Counter[tuple[Role, Level]]()
    for (role, level, _), some in asked.items():
        make_up[Role(role), Level(level)] += some
    rules = store.release_rules()
    least, part = rules.smallest_group, part_of(launch.selection, people)
    small = {one.table: one.few for one in small_groups(survey, asked, least, part)}
    tables = [
        PlannedShowing(
            table=table,
            groups=len(planned_cells(table, asked)),
            few=small.get(table, 0),
            least=least,
            part=part,
        )
        for table in dict.fromkeys(survey.tables)
    ]
    checked = check(store, actor.person, CheckLaunch(launch=launch), now)
    keys = survey.committees
    named = store.committee_names(keys) if keys else ()
    return PlanView(
        survey=survey,
        audience=audience,
        people=people,
        checked=checked,
        make_up=tuple(sorted(make_up.items())),
        tables=tuple(tables),
        promise=promise(
            survey, committees=named, held=launch.hold, rules=rules, asked=checked.reach.people
        ),
        cautions=(*cautions(survey), *cautions_of(store, survey)),
        opens_at=launch.opens_at or now,
        closes_at=launch.closes_at,
        reminders=launch.reminders,
        as_of=now,
        despite_limit=launch.despite_limit,
        names=_names(store, audience),
        scheduled=bool(store.district().records_schedule),
        second=second_person(store, actor.person_id, checked.reach.people),
    )


def show_launch(store: GovernanceStore, command: ShowLaunch) -> LaunchView | Done:
    """``Done``: there is no such survey."""
    survey = store.ready_survey(command.survey)
    if survey is None:
        return Done()
    district, audience = store.district(), command.audience
    earlier = [wave for wave in store.waves() if wave.survey.key == survey.key]
    return LaunchView(
        survey=survey,
        timezone=district.timezone,
        buildings=tuple(store.buildings()),
        committees=tuple((one.key, one.name) for one in district.committees),
        lists=tuple((one.key, one.name) for one in store.named_lists()),
        earlier=tuple(sorted(earlier, key=lambda wave: wave.opens_at, reverse=True)),
        sizes=store.sizes_of(audience),
        strangers=_strangers(store, audience),
        calendar=district.calendar,
        rules=store.release_rules(),
    )


def _strangers(store: GovernanceStore, audience: Audience) -> frozenset[str]:
    listed = audience.people | audience.except_people
    if not listed:
        return frozenset()
    return listed - {one.email for one in store.people_of(Audience(people=listed))}


def _names(store: GovernanceStore, audience: Audience) -> dict[str, str]:
    """Only of what the audience names."""
    committees = sorted(audience.committees | audience.except_committees)
    buildings = audience.buildings | audience.except_buildings
    named = {one.key: one.name for one in store.buildings() if one.key in buildings}
    named |= {one.key: one.name for one in lists_of(store, audience)}
    return named | dict(zip(committees, store.committee_names(committees), strict=True))


OPERATIONS: Operations = (
    Operation(command=ShowPlan, shows=True, run=show_plan, may=office, by=OPERATOR_TOO),
    Operation(
        command=ShowLaunch,
        run=lambda store, _, command, __: show_launch(store, command),
        may=office,
        reads=True,
    ),
)
