"""Which goals answer what staff put first, as a person confirmed (``governance.alignment``)."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import Text
from governance.alignment.finding import standing
from governance.alignment.model import NO_GOAL
from governance.goals.stepping import goals_of
from governance.ports import GovernanceStore
from surveys.survey import Wave


def goals_for(store: GovernanceStore, wave: Wave) -> Mapping[tuple[str, str], tuple[Text, ...]]:
    """By question and choice: () where a person said that no goal covers it. A choice that is not
    there was matched by nobody, or to a goal that was retired since."""
    plan = goals_of(store.district().components)
    found: dict[tuple[str, str], tuple[Text, ...]] = {}
    for one in standing(store, wave.id):
        goal = plan.get(one.goal)
        if one.goal == NO_GOAL:
            found[one.question, one.choice] = ()
        elif goal is not None and (one.stays or not goal.retired):
            found[one.question, one.choice] = (goal.title,)
    return found
