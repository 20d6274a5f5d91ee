"""The form with which an assessment begins: its name, and its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from governance.controls.running_commands import NameOwners, WriteAssessment
from governance.controls.running_messages import OwnersForm, RunView
from governance.forms.messages import FormView
from tests.attacks.hall import Hall
from tests.governance.controls.assessed import DUE, begun, brought_in
from tests.journeys.town import ISO, TEACHER


def written(name: str = "Winter", due: date = DUE) -> WriteAssessment:
    return WriteAssessment(framework="small", assessment_id=uuid4(), name=name, group="g1", due=due)


@pytest.mark.parametrize(
    "name", ["CIS Controls IG1, 2026-27", "CIS 8.1 2026-2027", "2026–27", "IG1 2026/27"]
)
async def test_a_school_year_stays_in_the_name(town: Hall, name: str) -> None:
    await brought_in(town)
    view = await town.ask(ISO, written(name))
    assert isinstance(view, RunView)
    assert view.assessment.name == name


@pytest.mark.parametrize("name", ["ID 20261234", "Call 605-224-1234", "Winter a.b@example.org"])
async def test_personal_data_does_not_stay_in_the_name(town: Hall, name: str) -> None:
    await brought_in(town)
    view = await town.ask(ISO, written(name))
    assert isinstance(view, RunView)
    assert view.assessment.name != name


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2500, 1, 4), date(2028, 10, 30)])
async def test_nobody_is_asked_by_a_day_more_than_two_years_ahead(town: Hall, day: date) -> None:
    await brought_in(town)
    form = await town.ask(ISO, written(due=day))
    assert isinstance(form, FormView)
    assert set(form.unfit) == {"due"}
    which = await begun(town)
    named = await town.ask(
        ISO, NameOwners(assessment_id=which, owners=f"1.1 {TEACHER} {day.isoformat()}")
    )
    assert isinstance(named, OwnersForm)
    assert set(named.unfit) == {"owners"}


async def test_a_day_within_two_years_is_taken(town: Hall) -> None:
    await brought_in(town)
    assert isinstance(await town.ask(ISO, written(due=date(2028, 9, 29))), RunView)


async def test_two_assessments_of_a_framework_have_different_names(town: Hall) -> None:
    await begun(town)
    taken = await town.ask(ISO, written("winter"))
    assert isinstance(taken, FormView)
    assert taken.unfit["name"].why == "Another assessment of this framework has this name."
    other = written("Spring")
    assert isinstance(await town.ask(ISO, other), RunView)
    renamed = await town.ask(ISO, replace(other, name="Winter"))
    assert isinstance(renamed, FormView)
    assert "name" in renamed.unfit
    assert isinstance(await town.ask(ISO, other), RunView), "its own name is no other's"
