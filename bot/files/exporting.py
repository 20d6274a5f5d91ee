"""Writing a district's files back, so that reading them gives the same district."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.files.announcement_yaml import AnnouncementDraft, dump_announcement
from bot.files.asking_limit_yaml import dump_asking_limit
from bot.files.briefs_yaml import dump_briefs
from bot.files.calendar_yaml import dump_calendar, dump_hours
from bot.files.people_yaml import dump_people
from bot.files.survey_yaml import dump_survey
from bot.files.writing import text_data, to_yaml
from core.people import Building
from governance.committees.model import (
    ANSWER_WITHIN,
    AnnouncementSettings,
    Channel,
    Committee,
    District,
    Officer,
    RuleSettings,
)
from governance.goals.model import Component, Goal, Indicator
from surveys.survey import USUAL, Survey
from surveys.waves.limiting import AskingLimit


def export_district(
    path: Path,
    *,
    district: District,
    surveys: Sequence[Survey] = (),
    announcements: Sequence[AnnouncementDraft] = (),
) -> list[Path]:
    """Writes the YAML files into a folder (made if need be) and says which. Files that are there
    are overwritten; their comments are lost. The roster and feedback examples are not written."""
    files = {
        "district.yaml": to_yaml(_district(district)),
        "buildings.yaml": to_yaml({"buildings": [_building(b) for b in district.buildings]}),
        "plan.yaml": to_yaml(_plan(district)),
        "committees.yaml": to_yaml({"committees": [_committee(c) for c in district.committees]}),
    }
    if rules := dump_people(district.roster):
        files["people.yaml"] = to_yaml(rules)
    for key, page in district.pages.items():
        files[f"{key}.md"] = page.default + "\n"
        files |= {f"{key}.{tag}.md": said + "\n" for tag, said in page.translations.items()}
    for survey in surveys:
        files[f"surveys/{survey.key}.yaml"] = dump_survey(survey, district.locale)
    for draft in announcements:
        text = dump_announcement(draft, district.locale)
        files[f"announcements/{draft.key}.yaml"] = text
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8", newline="\n")
    return [path / name for name in files]


def _district(district: District) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": district.key,
        "name": district.name,
        "timezone": district.timezone,
        "locale": district.locale,
        "accent": district.accent,
        "platform": district.platform.value,
        "student_email_domains": list(district.student_email_domains),
        "contacts": dict(district.contacts),
        "officers": {officer.office.value: _officer(officer) for officer in district.officers},
    }
    if district.triage_channels:
        data["triage_channels"] = [_channel(channel) for channel in district.triage_channels]
    if district.calendar:
        data["calendar"] = dump_calendar(district.calendar)
    if district.asking_limit != AskingLimit():
        data["asking_limit"] = dump_asking_limit(district.asking_limit)
    if district.records_schedule:
        data["records"] = {"schedule": district.records_schedule}
    if district.results != USUAL:
        data["results"] = {
            "epsilon": district.results.epsilon,
            "smallest_group": district.results.smallest_group,
        }
    if district.rules != RuleSettings():
        data["rules"] = asdict(district.rules)
    if district.announcements != AnnouncementSettings():
        data["announcements"] = asdict(district.announcements)
    return data


def _officer(officer: Officer) -> dict[str, Any]:
    data: dict[str, Any] = {"person": officer.person, "deputies": list(officer.deputies)}
    if officer.hours:
        data["hours"] = dump_hours(officer.hours)
    if officer.answer_within != ANSWER_WITHIN:
        data["answer_within"] = officer.answer_within
    return data


def _channel(channel: Channel) -> dict[str, Any]:
    data = {
        "platform": channel.platform.value,
        "workspace": channel.workspace,
        "conversation": channel.conversation,
    }
    return data | {"team": channel.team} if channel.team else data


def _building(building: Building) -> dict[str, Any]:
    return {"key": building.key, "name": building.name, "level": building.level.value}


def _plan(district: District) -> dict[str, Any]:
    settings, locale = district.plan, district.locale
    told = {
        "vision": text_data(settings.vision, locale) if settings.vision else "",
        "steering": settings.steering,
        "decided_by": settings.decided_by,
    }
    components = [_component(component, locale) for component in district.components]
    return {key: value for key, value in told.items() if value} | {"components": components}


def _component(component: Component, locale: str) -> dict[str, Any]:
    goals = [_goal(goal, locale) for goal in component.goals]
    return {"key": component.key, "name": text_data(component.name, locale), "goals": goals}


def _goal(goal: Goal, locale: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": goal.key,
        "title": text_data(goal.title, locale),
        "description": text_data(goal.description, locale),
        "why": text_data(goal.why, locale),
        "version": goal.version,
        "retired": goal.retired,
        "reason": goal.reason,
        "decided_by": goal.decided_by,
        "decided_on": goal.decided_on,
        "became": list(goal.became),
        "indicators": [_indicator(one, locale) for one in goal.indicators],
    }
    return {key: value for key, value in told.items() if value or key == "retired"}


def _indicator(indicator: Indicator, locale: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": indicator.key,
        "name": text_data(indicator.name, locale),
        "target": indicator.target,
        "unit": text_data(indicator.unit, locale),
        "by": indicator.by,
        "lower_is_better": indicator.lower,
    }
    return {key: value for key, value in told.items() if value or key == "target"}


def _committee(committee: Committee) -> dict[str, Any]:
    data: dict[str, Any] = {"key": committee.key, "name": committee.name}
    if committee.serves is not None:
        data["serves"] = committee.serves.value
    data |= {
        "charter": committee.charter,
        "chair": committee.chair,
        "deputy": committee.deputy,
        **({"co_chair": committee.co_chair} if committee.co_chair else {}),
        "members": list(committee.members),
        "cadence": committee.cadence.value,
        "answer_days": committee.answer_days,
    }
    if committee.quorum:
        data["quorum"] = committee.quorum
    if committee.themes:
        data["themes"] = list(committee.themes)
    if committee.members_from:
        data["members_from"] = {kind.value: id_ for kind, id_ in committee.members_from.items()}
    if committee.technology_leaders:
        data["technology_leaders"] = dict(committee.technology_leaders)
    data |= dump_briefs(committee.briefs)
    if committee.channels:
        data["channels"] = [_channel(channel) for channel in committee.channels]
    return data
