"""A launch's form before anybody typed in it: as a survey says, or as an earlier run of it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from bot.web.authoring import tables
from bot.web.forms import Form
from bot.web.launching.days import usual_closing
from bot.web.launching.typed import ALL, ROTATION, SAMPLE
from bot.web.rendering import local
from core.people import Audience
from governance.views import LaunchView
from surveys.survey import Survey, Wave
from surveys.waves.sampling import Rotation, Sample, Selection

Fields = dict[str, tuple[str, ...]]


def first(view: LaunchView, now: datetime) -> Form:
    return Form(_fields(view, now) | _of_survey(view.survey))


def going_on(view: LaunchView, wave: Wave, now: datetime) -> Form:
    """As a wave was launched, and as one that continues it. Its times and its reason to ask more
    often than the limit were for that time only."""
    again = _of_survey(wave.survey) | _of_audience(wave.audience) | _of_part(wave.selection)
    return Form(_fields(view, now) | again | {"continues": (str(wave.id),)})


def _fields(view: LaunchView, now: datetime) -> Fields:
    closes = local(usual_closing(now, view.calendar, view.timezone), view.timezone)
    return {
        "wave_id": (str(uuid4()),),
        "closes_at_date": (f"{closes:%Y-%m-%d}",),
        "closes_at_time": (f"{closes:%H:%M}",),
        "reminders": ("1",),
        "part": (ALL,),
        "draw": ("strata",),
    }


def _of_survey(survey: Survey) -> Fields:
    return {
        "tables": tuple(tables.chosen(tables.data_of(survey))),
        "told_to": survey.committees,
    }


def _of_audience(audience: Audience) -> Fields:
    return {
        "roles": _sorted(audience.roles),
        "levels": _sorted(audience.levels),
        "buildings": _sorted(audience.buildings),
        "committees": _sorted(audience.committees),
        "lists": _sorted(audience.lists),
        "people": ("\n".join(_sorted(audience.people)),),
        "except_people": ("\n".join(_sorted(audience.except_people)),),
        "except_committees": _sorted(audience.except_committees),
        "except_buildings": _sorted(audience.except_buildings),
    }


def _of_part(selection: Selection | None) -> Fields:
    match selection:
        case Rotation():
            return {"part": (ROTATION,), "part_number": (str(selection.groups),)}
        case Sample(share=None):
            number = str(selection.people)
        case Sample():
            number = f"{(selection.share or 0) * 100:g}%"
        case _:
            return {"part": (ALL,)}
    draw = "strata" if selection.stratified else "simple"
    return {"part": (SAMPLE,), "part_number": (number,), "draw": (draw,)}


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(str, values)))
