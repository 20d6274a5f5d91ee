"""The pages about the plan in each of their states."""

from __future__ import annotations

from governance.goals.commands import ShowGoal, ShowGoals
from tests.bot.web.looking import page
from tests.bot.web.plan_views import SAID

_GOAL = "/plan/reliable-wifi"

PLAN = (
    page("/plan"),
    page("/plan", locale="es"),
    page("/plan?state=retired"),
    page("/plan?sort=state&q=nothing"),
    page("/plan", (ShowGoals, SAID["plan_empty"])),
    page(_GOAL),
    page(_GOAL, locale="es"),
    page(_GOAL, (ShowGoal, SAID["goal_measured"])),
    page("/plan/boards", (ShowGoal, SAID["goal_retired"])),
    page("/do/reading-form|reliable-wifi"),
)
