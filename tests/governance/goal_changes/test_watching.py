"""A goal that is retired or changed while a survey asks about it: the survey stays as it was, its
pages and its author say so, and the next launch warns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from governance.authoring.commands import ShowPlan
from governance.goal_changes.commands import ShowBound, ShowGoalNotes, WatchGoals
from governance.goal_changes.messages import BoundView, GoalNotes
from governance.goal_changes.model import HolderKind, ProposalKind, choice_key
from governance.home.commands import ShowInbox
from governance.messages import Done, Refused
from governance.views import PlanView
from storage.transaction import Transaction
from surveys.authoring.cautions import Concern
from surveys.commands import CloseWave, LaunchSurvey
from surveys.messages import WaveLaunched
from surveys.results.setting_beside import continued
from surveys.survey import Survey
from tests.attacks.hall import Hall, hall
from tests.governance.goal_changes.test_deciding import EQUAL, WIFI, decided, proposed
from tests.journeys.town import CTO, TEACHER, example


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def priorities() -> Survey:
    return next(one for one in example().surveys if one.key == "technology-priorities")


def launch(town: Hall, continues: UUID | None = None) -> LaunchSurvey:
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=priorities(),
        audience=Audience(),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=3),
        continues=continues,
        despite_limit="The Board asked for it.",
    )


async def launched(town: Hall, continues: UUID | None = None) -> UUID:
    said = await town.ask(CTO, launch(town, continues))
    assert isinstance(said, WaveLaunched), said
    return said.wave_id


async def changed(town: Hall, kind: ProposalKind, key: str, **more: object) -> None:
    town.clock.forward(minutes=5)
    subject = await proposed(town, kind, goals=(key,), **more)
    town.clock.forward(minutes=5)
    await decided(town, subject)


async def told(town: Hall) -> list[GoalNotes]:
    inbox = await town.ask(CTO, ShowInbox(earlier=True))
    return [one.message for one in inbox.entries if isinstance(one.message, GoalNotes)]


async def test_a_goal_retired_in_the_middle_of_a_wave(town: Hall) -> None:
    wave = await launched(town)
    assert isinstance(await town.ask(CTO, ShowGoalNotes(wave_id=wave)), Done)
    await changed(town, ProposalKind.RETIRE, EQUAL)
    notes = await town.ask(CTO, ShowGoalNotes(wave_id=wave))
    assert isinstance(notes, GoalNotes)
    (note,) = notes.notes
    assert (note.retired, notes.open) == (True, True)
    assert [one.default for one in note.choices], "the choices that are bound to it"
    assert isinstance(await town.ask(TEACHER, ShowGoalNotes(wave_id=wave)), Refused)
    assert await told(town) == [notes], "its author hears of it"
    await town.core.dispatch.by_itself(WatchGoals())
    assert len(await told(town)) == 1, "once"
    asked = await town.core.store.read(lambda tx: tx.wave(wave))
    assert asked is not None
    assert asked.survey == priorities(), "what people answer stays as it was launched"


async def test_a_choice_stays_bound_to_the_goal_as_it_was_when_the_wave_opened(town: Hall) -> None:
    wave = await launched(town)
    await changed(town, ProposalKind.ADAPT, EQUAL, words={"title": "Equal rooms"})
    page = await town.ask(CTO, ShowBound(goal=EQUAL))
    assert isinstance(page, BoundView)
    (thing,) = [one for one in page.things if one.kind is HolderKind.CHOICE]
    assert thing.token == f"choice:{choice_key(wave, 'priorities', 'classroom-displays')}"
    assert thing.version == 1


async def test_what_happens_after_it_closed_is_not_told_of_it(town: Hall) -> None:
    wave = await launched(town)
    await town.ask(CTO, CloseWave(wave_id=wave))
    await changed(town, ProposalKind.RETIRE, EQUAL)
    assert isinstance(await town.ask(CTO, ShowGoalNotes(wave_id=wave)), Done)
    assert await told(town) == []


async def test_a_launch_warns_of_a_choice_whose_goal_was_retired(town: Hall) -> None:
    before = await town.ask(CTO, ShowPlan(launch=launch(town)))
    assert isinstance(before, PlanView)
    assert Concern.GOAL not in {one.concern for one in before.cautions}
    await changed(town, ProposalKind.RETIRE, EQUAL)
    plan = await town.ask(CTO, ShowPlan(launch=launch(town)))
    (caution,) = [one for one in plan.cautions if one.concern is Concern.GOAL]
    assert caution.question == "priorities"
    assert "same equipment" in str(caution.why.values["goal"])


async def test_a_wave_that_goes_on_knows_which_goals_were_reworded_between(town: Hall) -> None:
    first = await launched(town)
    town.clock.forward(days=4)
    await town.core.dispatch.keep_time()
    await changed(town, ProposalKind.ADAPT, WIFI, words={"title": "Wi-Fi everywhere"})
    town.clock.forward(minutes=5)
    second = await launched(town, continues=first)

    def reworded(tx: Transaction) -> list[frozenset[str]]:
        wave = tx.wave(second)
        assert wave is not None
        return [one.reworded for one in continued(tx, wave)]

    assert await town.core.store.read(reworded) == [frozenset({WIFI})]
