"""What is measured of a goal outlives its being merged or split, can be entered for a new one, and
is in the Board report of its time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.cards import card_of
from core.words import Words
from governance.board_reports import wording
from governance.board_reports.gathering import gather
from governance.board_reports.model import ComponentLine
from governance.board_reports.periods import Period
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.goal_changes.commands import ShowProposal, TakeBackPlanDecision, WriteProposal
from governance.goal_changes.messages import ProposalForm, ProposalView
from governance.goal_changes.model import ProposalKind
from governance.goals.commands import (
    EnterReading,
    RemoveIndicator,
    ShowGoal,
    ShowGoals,
    WriteIndicator,
)
from governance.goals.measuring import FILES_OWN, RETIRED
from governance.goals.messages import GoalView
from governance.goals.numbers import NO_NUMBER
from governance.messages import Refused
from governance.refusals import CTO_ONLY
from tests.attacks.hall import Hall, hall
from tests.bot.rosters.test_loading import differences, files
from tests.governance.announcements.test_campaigning import audited
from tests.governance.goal_changes.test_deciding import (
    EQUAL,
    LEAD,
    OVER,
    REFRESH,
    decided,
    goals,
    proposed,
)
from tests.journeys.town import CTO, TEACHER

WORDS = Words("en", "America/New_York")
ROOMS = {"name": {"": "Rooms alike", "es": "Salones iguales"}, "unit": {"": "rooms"}}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def measured(town: Hall, goal: str, value: str, **more: Any) -> str:
    """A new indicator with one reading; its key."""
    command = WriteIndicator(goal=goal, **{**ROOMS, **more}, target="300")
    view = await town.ask(CTO, command)
    assert isinstance(view, GoalView), view
    key = view.line.indicators[-1].indicator.key
    on = town.clock().date() - timedelta(days=2)
    await town.ask(CTO, EnterReading(goal=goal, indicator=key, on=on, value=value))
    return key


async def stands(town: Hall, goal: str) -> list[tuple[str, list[float]]]:
    view = await town.ask(TEACHER, ShowGoal(goal=goal))
    return [
        (one.indicator.name.default, [each.value for each in one.readings])
        for one in view.line.indicators
    ]


async def reported(town: Hall, until: date) -> tuple[list[str], str]:
    """Titles of the goals of a report to this day, and its steps in words."""
    period = Period(first=until - timedelta(days=40), last=until)
    told = await town.core.store.read(lambda tx: gather(tx, period, town.clock()))
    components: tuple[ComponentLine, ...] = told.components
    said = [
        " ".join([wording.step(WORDS, step), *wording.measured(WORDS, step)])
        for one in components
        for step in one.steps
    ]
    return [goal.title.default for one in components for goal in one.goals], "\n".join(said)


async def test_a_merged_goals_indicators_go_on_with_the_goal_that_stays(town: Hall) -> None:
    before = await stands(town, EQUAL)
    gone = await stands(town, REFRESH)
    await measured(town, REFRESH, "288")
    town.clock.forward(minutes=5)
    await decided(
        town, await proposed(town, ProposalKind.MERGE, goals=(EQUAL, REFRESH), stays=EQUAL)
    )
    assert await stands(town, EQUAL) == [*before, *gone, ("Rooms alike", [288.0])]
    _, steps = await reported(town, town.clock().date())
    assert "Rooms alike was 288 rooms." in steps
    assert "Its indicators are now part of" in steps


async def test_the_new_goal_of_a_merger_is_measured_like_those_before(town: Hall) -> None:
    await measured(town, REFRESH, "288")
    title = {"title": "Classrooms that work alike"}
    await decided(
        town, await proposed(town, ProposalKind.MERGE, goals=(EQUAL, REFRESH), words=title)
    )
    new = "classrooms-that-work-alike"
    assert ("Rooms alike", [288.0]) in await stands(town, new)


async def test_taking_a_merger_back_takes_the_indicators_along(town: Hall) -> None:
    before = await stands(town, EQUAL)
    await measured(town, REFRESH, "288")
    subject = await proposed(town, ProposalKind.MERGE, goals=(EQUAL, REFRESH), stays=EQUAL)
    town.clock.forward(minutes=5)
    await decided(town, subject)
    town.clock.forward(minutes=5)
    await town.ask(CTO, TakeBackPlanDecision(proposal_id=subject))
    assert await stands(town, EQUAL) == before
    assert ("Rooms alike", [288.0]) in await stands(town, REFRESH)


async def test_the_form_of_a_split_asks_which_goal_keeps_the_indicators(town: Hall) -> None:
    await measured(town, REFRESH, "288")
    titles = {"title1": "Projectors", "title2": "Speakers"}
    wrong = WriteProposal(
        proposal_id=uuid4(),
        kind=ProposalKind.SPLIT,
        goals=(REFRESH,),
        measured="3",
        reason="They are two matters.",
        words=titles,
    )
    form = await town.ask(LEAD, wrong)
    assert isinstance(form, ProposalForm)
    assert set(form.unfit) == {"measured"}, "there is no third goal"
    assert "Which goal keeps the indicators" in repr(card_of(form, WORDS))
    subject = await proposed(town, ProposalKind.SPLIT, goals=(REFRESH,), measured="2", words=titles)
    await decided(town, subject)
    assert ("Rooms alike", [288.0]) in await stands(town, "speakers")
    assert await stands(town, "projectors") == []
    view = await town.ask(CTO, ShowProposal(proposal_id=subject))
    assert isinstance(view, ProposalView)
    assert [one.key for one in view.unmeasured] == ["projectors"]
    drawn = repr(card_of(view, WORDS))
    assert "“Projectors” has no indicator yet." in drawn
    assert "Add an indicator to “Projectors”" in drawn


async def test_a_split_that_ends_measuring_is_mentioned_in_the_board_report(town: Hall) -> None:
    await measured(town, REFRESH, "288")
    titles = {"title1": "Projectors", "title2": "Speakers"}
    subject = await proposed(town, ProposalKind.SPLIT, goals=(REFRESH,), measured="0", words=titles)
    await decided(town, subject)
    _, steps = await reported(town, town.clock().date())
    assert "Rooms alike was 288 rooms. Its indicators are no longer measured." in steps


async def test_the_office_adds_changes_and_removes_an_indicator(town: Hall) -> None:
    there = await stands(town, EQUAL)
    key = await measured(town, EQUAL, "12")
    assert "indicator added: equal-classrooms rooms-alike, target 300" in await audited(town)
    form = await town.ask(CTO, Open(of=WriteIndicator(goal=EQUAL, indicator=key)))
    assert isinstance(form, FormView)
    assert {key: form.values[key] for key in ROOMS} == ROOMS
    changed = WriteIndicator(
        goal=EQUAL, indicator=key, **ROOMS, target="250", by=date(2027, 6, 30), lower=True
    )
    view = await town.ask(CTO, changed)
    assert "Target: 250 rooms or less by June 30, 2027." in repr(card_of(view, WORDS))
    assert (await stands(town, EQUAL))[-1] == ("Rooms alike", [12.0]), "its readings stay"
    es = Words("es", "America/New_York")
    assert "Salones iguales" in repr(card_of(await town.ask(TEACHER, ShowGoal(goal=EQUAL)), es))
    await town.ask(CTO, RemoveIndicator(goal=EQUAL, indicator=key))
    await town.ask(CTO, RemoveIndicator(goal=EQUAL, indicator=key))
    assert await stands(town, EQUAL) == there


async def test_what_does_not_fit_comes_back_with_all_that_was_typed(town: Hall) -> None:
    typed = WriteIndicator(goal=EQUAL, unit={"": "rooms"}, target="many")
    form = await town.ask(CTO, typed)
    assert isinstance(form, FormView)
    assert (form.values["unit"], form.values["target"]) == ({"": "rooms"}, "many")
    assert {key: one.why for key, one in form.unfit.items()} == {
        "name": "Name what is measured.",
        "target": NO_NUMBER,
    }
    refused = await town.ask(TEACHER, WriteIndicator(goal=EQUAL, **ROOMS, target="1"))
    assert isinstance(refused, Refused)
    assert refused.why.why == CTO_ONLY
    over = await town.ask(CTO, Open(of=WriteIndicator(goal=OVER)))
    assert isinstance(over, Refused)
    assert over.why.why == RETIRED
    [own] = [key for key, one in (await goals(town)).items() if one.indicators][:1]
    of_files = (await goals(town))[own].indicators[0].key
    kept = await town.ask(CTO, RemoveIndicator(goal=own, indicator=of_files))
    assert isinstance(kept, Refused)
    assert kept.why.why == FILES_OWN


async def test_the_districts_files_leave_what_was_entered_here(town: Hall) -> None:
    await measured(town, EQUAL, "12")
    loaded = files()
    told = await differences(town, loaded)
    assert "goal equal-classrooms: indicator rooms-alike was entered on the web" in repr(told)
    assert ("Rooms alike", [12.0]) in await stands(town, EQUAL)


async def test_goals_without_an_indicator_say_so(town: Hall) -> None:
    known = (await goals(town)).items()
    bare = next(key for key, one in known if not (one.indicators or one.retired))
    assert "No indicator yet." in repr(card_of(await town.ask(TEACHER, ShowGoal(goal=bare)), WORDS))
    assert "No indicator yet." in repr(card_of(await town.ask(TEACHER, ShowGoals()), WORDS))
    assert "Add an indicator" in repr(card_of(await town.ask(CTO, ShowGoal(goal=bare)), WORDS))


async def test_a_report_has_the_goals_of_its_last_day(town: Hall) -> None:
    """Not those that were adopted, or gone, a day later."""
    component = (await town.core.store.read(lambda tx: tx.district())).components[0].key
    before, _ = await reported(town, town.clock().date())
    town.clock.forward(days=3)
    new = await proposed(
        town, ProposalKind.ADOPT, component=component, words={"title": "A goal of today"}
    )
    await decided(town, new)
    over = await proposed(town, ProposalKind.RETIRE, goals=(REFRESH,))
    await decided(town, over)
    yesterday = town.clock().date() - timedelta(days=1)
    assert (await reported(town, yesterday))[0] == before
    today, steps = await reported(town, town.clock().date())
    assert "A goal of today" in today
    assert "A goal of today" in steps
    assert len(today) == len(before), "one is new, one is over"
