"""buildings.yaml, committees.yaml and plan.yaml: where people work, who advises, what for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.files.briefs_yaml import read_briefs
from bot.files.district_yaml import read_channels
from bot.files.fields import Entry, unique, upper
from bot.files.problems import one_of
from core.people import Building, Level
from governance.committees.model import (
    ANSWER_DAYS,
    DESKS,
    RESTRICTED,
    TRIAGE,
    Cadence,
    Committee,
    GroupKind,
)
from governance.goals.model import (
    LONGEST_BODY,
    LONGEST_DESCRIPTION,
    LONGEST_REASON,
    LONGEST_TITLE,
    NO_WORDS,
    Component,
    Goal,
    Indicator,
    Plan,
    PlanSettings,
)
from governance.reading.themes import all_themes

RESERVED = frozenset({TRIAGE, RESTRICTED, "none", *DESKS})
"""What a route may be beside a committee's key."""

LARGEST = 1000
"""Members of a committee."""

SCHOOLS = (Level.ELEMENTARY, Level.MIDDLE, Level.HIGH)


def read_buildings(entry: Entry) -> tuple[Building, ...]:
    entry.only("buildings")
    entries = entry.entries("buildings", "building", required=True)
    for building in entries:
        building.only("key", "name", "level")
    buildings = tuple(
        Building(
            key=building.key(),
            name=building.string("name", longest=80),
            level=building.member("level", Level, Level.DISTRICT, required=True),
        )
        for building in entries
    )
    unique(entries, [building.key for building in buildings], "building")
    return buildings


def read_committees(entry: Entry) -> tuple[Committee, ...]:
    entry.only("committees")
    entries = entry.entries("committees", "committee", required=True)
    committees = tuple(_committee(committee) for committee in entries)
    unique(entries, [committee.key for committee in committees], "committee")
    return committees


def _committee(entry: Entry) -> Committee:
    entry.only(
        "key",
        "name",
        "charter",
        "serves",
        "chair",
        "deputy",
        "co_chair",
        "members",
        "members_from",
        "cadence",
        "answer_days",
        "channels",
        "technology_leaders",
        "themes",
        "quorum",
        "briefs",
        "digest",
    )
    cadence = entry.member("cadence", Cadence, Cadence.MONTHLY)
    usual = ANSWER_DAYS[cadence]
    committee = Committee(
        key=entry.key(),
        name=entry.string("name", longest=80),
        charter=entry.string("charter", longest=2000),
        chair=entry.address("chair"),
        deputy=entry.address("deputy"),
        co_chair=entry.address("co_chair") if "co_chair" in entry.fields else "",
        members=entry.addresses("members", required="members_from" not in entry.fields),
        members_from=_groups(entry),
        cadence=cadence,
        answer_days=entry.whole("answer_days", least=1, most=120, default=usual) or usual,
        serves=entry.member("serves", SCHOOLS, SCHOOLS[0]) if "serves" in entry.fields else None,
        channels=read_channels(entry, "channels"),
        technology_leaders=_leaders(entry),
        themes=_themes(entry),
        quorum=entry.whole("quorum", least=1, most=LARGEST) or 0,
        briefs=read_briefs(entry),
    )
    _seats(entry, committee)
    _leaders_sit(entry, committee)
    return committee


def _groups(entry: Entry) -> Mapping[GroupKind, str]:
    found = entry.entry("members_from")
    if found is None:
        return {}
    found = found.called(f"the groups of {entry.what}")
    found.only(*GroupKind)
    return {GroupKind(kind): found.string(kind) for kind in found.fields if kind in set(GroupKind)}


def _themes(entry: Entry) -> tuple[str, ...]:
    """Several committees may take the same theme: the first in the file is asked first."""
    known = all_themes()
    found = entry.words("themes")
    for node, theme in found:
        if theme not in known:
            message = f'There is no theme "{theme}".'
            entry.source.problem(node, message, one_of(theme, known))
    return tuple(theme for _, theme in found)


def _leaders(entry: Entry) -> Mapping[str, str]:
    """building -> the person it has."""
    found = entry.entry("technology_leaders")
    if found is None:
        return {}
    found = found.called(f"the technology leaders of {entry.what}")
    for building, (node, _) in found.fields.items():
        found.source.mention("building", building, node, found.what)
    return {building: found.address(building) for building in found.fields}


def _leaders_sit(entry: Entry, committee: Committee) -> None:
    """What a building says goes to somebody who works on the committee's docket anyway."""
    if committee.technology_leaders and committee.serves is None:
        message = "Only a school-level committee has technology leaders."
        entry.wrong("technology_leaders", message, 'Add "serves", or remove them.')
    if committee.members_from:
        return  # they may be in the group
    seats = {*committee.leaders, *committee.members}
    for leader in sorted(set(committee.technology_leaders.values()) - seats):
        message = f"{leader} is a technology leader and not on the committee."
        entry.wrong("technology_leaders", message, "Add them to the members.")


def _seats(entry: Entry, committee: Committee) -> None:
    if committee.key in RESERVED:
        entry.wrong("key", f'"{committee.key}" is a queue of the service.', "Use another key.")
    if committee.chair and committee.chair == committee.deputy:
        entry.wrong("deputy", f"{committee.deputy} is the chair already.", "Name someone else.")
    if committee.co_chair and committee.co_chair in (committee.chair, committee.deputy):
        message = f"{committee.co_chair} is the chair or the deputy already."
        entry.wrong("co_chair", message, "Name someone else.")
    for member in sorted(set(committee.leaders) & set(committee.members)):
        message = f"{member} leads the committee, and is a member as well."
        entry.wrong("members", message, "Remove them from the members; they belong anyway.")
    seats = len({*committee.leaders, *committee.members})
    if committee.quorum > seats and not committee.members_from:
        message = f"The quorum is {committee.quorum}, and the committee has {seats} members."
        entry.wrong("quorum", message, f"Use a number up to {seats}, or leave it out.")
    if len(set(committee.members)) < len(committee.members):
        entry.wrong("members", "Someone is listed as a member twice.", "Remove one of them.")


def read_plan(entry: Entry) -> Plan:
    """The vision, who steers, and the components with their goals. A goal's key is unique in the
    whole plan."""
    entry.only("vision", "steering", "decided_by", "components")
    entries = entry.entries("components", "component", required=True)
    components: list[Component] = []
    goal_entries: list[Entry] = []
    for component in entries:
        component.only("key", "name", "goals")
        goals = component.entries("goals", "goal")
        goal_entries += goals
        components.append(
            Component(
                key=component.key(),
                name=component.text("name", longest=80),
                goals=tuple(read_goal(goal) for goal in goals),
            )
        )
    unique(entries, [component.key for component in components], "component")
    goals_read = [goal for component in components for goal in component.goals]
    unique(goal_entries, [goal.key for goal in goals_read], "goal")
    _became(goal_entries, goals_read)
    return Plan(settings=_plan_settings(entry), components=tuple(components))


def _plan_settings(entry: Entry) -> PlanSettings:
    steering = entry.string("steering", longest=40, required=False)
    if steering:
        entry.source.mention("committee", steering, entry.fields["steering"][1], "steering")
    return PlanSettings(
        vision=entry.maybe_text("vision", longest=300),
        steering=steering,
        decided_by=entry.string("decided_by", longest=LONGEST_BODY, required=False),
    )


def read_goal(entry: Entry) -> Goal:
    entry.only(
        "key",
        "title",
        "description",
        "why",
        "version",
        "retired",
        "indicators",
        "reason",
        "decided_by",
        "decided_on",
        "became",
    )
    indicators = entry.entries("indicators", "indicator")
    read = tuple(_indicator(one) for one in indicators)
    unique(indicators, [one.key for one in read], "indicator")
    return Goal(
        key=entry.key(),
        title=entry.text("title", longest=LONGEST_TITLE),
        description=entry.maybe_text("description", longest=LONGEST_DESCRIPTION) or NO_WORDS,
        why=entry.maybe_text("why", longest=LONGEST_DESCRIPTION) or NO_WORDS,
        version=entry.whole("version", least=1, most=999, default=1) or 1,
        retired=entry.flag("retired", default=False),
        indicators=read,
        reason=entry.string("reason", longest=LONGEST_REASON, required=False),
        decided_by=entry.string("decided_by", longest=LONGEST_BODY, required=False),
        decided_on=entry.day("decided_on") if "decided_on" in entry.fields else None,
        became=tuple(value for _, value in entry.words("became")),
    )


def _indicator(entry: Entry) -> Indicator:
    entry.only("key", "name", "target", "unit", "by", "lower_is_better")
    target = entry.decimal("target")
    if target is None and "target" not in entry.fields:
        entry.wrong("target", f'{upper(entry.what)} has no "target".', 'Add "target:".')
    return Indicator(
        key=entry.key(),
        name=entry.text("name", longest=LONGEST_TITLE),
        target=target or 0.0,
        unit=entry.maybe_text("unit", longest=20) or NO_WORDS,
        by=entry.day("by") if "by" in entry.fields else None,
        lower=entry.flag("lower_is_better", default=False),
    )


def _became(entries: list[Entry], goals: list[Goal]) -> None:
    """What a goal became has to be in the plan, and only a retired one became something else."""
    keys = {goal.key for goal in goals}
    for entry, goal in zip(entries, goals, strict=True):
        if goal.became and not goal.retired:
            message = f"{upper(entry.what)} became other goals and is not retired."
            entry.wrong("became", message, 'Add "retired: true".')
        for key in goal.became:
            if key not in keys or key == goal.key:
                fix = "Use the key of another goal of the plan."
                entry.wrong("became", f'"{key}" is not another goal of the plan.', fix)
