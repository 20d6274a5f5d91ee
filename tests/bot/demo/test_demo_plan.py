"""The example plan has a past that a visitor of the demo can read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.demo.plan import past_plan, put_earlier_goals, put_readings
from core.words import Words
from governance.goals import wording
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.messages import GoalsView, GoalView
from tests.attacks.hall import hall
from tests.journeys.town import TEACHER

PAST = past_plan()


async def test_most_goals_were_measured_and_the_reworded_ones_say_how(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        await town.core.store.write(lambda tx: put_earlier_goals(tx, PAST))
        await town.core.store.write(partial(put_readings, PAST.readings, town.clock()))
        plan = await town.ask(TEACHER, ShowGoals())
        assert isinstance(plan, GoalsView)
        goals = [one for component in plan.components for one in component.goals]
        measured = [one for one in goals if one.indicators and one.indicators[0].last]
        assert (len(goals), len(measured)) == (13, 12)
        for known in PAST.goals:
            view = await town.ask(TEACHER, ShowGoal(goal=known.key))
            assert isinstance(view, GoalView)
            newest, oldest = view.steps
            assert (newest.goal.version, oldest.on) == (view.line.goal.version, known.decided_on)
            assert newest.before == known
            told = " ".join(said for _, said in wording.compared(Words("en"), newest))
            assert bool(told) == (known.version != newest.goal.version), known.key
