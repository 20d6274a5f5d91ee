"""What the forms about a goal show beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.cards import Look, Style
from core.forms import Above, Beside, Opening, Said
from core.text import Text
from governance import links
from governance.goals.commands import RemoveIndicator, ShowGoal
from governance.goals.model import Indicator


def reading(goal: str, title: Text, indicators: tuple[Indicator, ...], on: date) -> Opening:
    return Opening(
        title=Said("Enter a reading"),
        above=(
            Above(title, Look.STRONG),
            Said("All staff can see it. It replaces a reading of the same day."),
        ),
        values={"indicator": indicators[0].key, "on": on},
        choices={"indicator": tuple((one.key, one.name) for one in indicators)},
        submit=Said("Save"),
        shows=Said("Enter a reading"),
        leave=links.goal("", goal),
        back=ShowGoal(goal=goal),
        up=(Said("Back to the goal"), links.goal("", goal)),
    )


def indicator(
    goal: str,
    title: Text,
    language: str,
    values: Mapping[str, object],
    *,
    key: str = "",
    removable: bool = False,
) -> Opening:
    """``key``: the indicator's; "": a new one. ``language``: of the words."""
    label = Said("Change the indicator") if key else Said("Add an indicator")
    removes = Beside(
        label=Said("Remove the indicator"),
        command=RemoveIndicator(goal=goal, indicator=key),
        style=Style.DANGER,
        confirm=(
            Said("Remove this indicator?"),
            Said(
                "It is no longer shown. Its readings stay on record; to show them again, add an "
                "indicator to the district’s plan file with the same key."
            ),
            Said("Remove it"),
            Said("Keep it"),
        ),
    )
    return Opening(
        title=label,
        above=(
            Above(title, Look.STRONG),
            Said("All staff and the Board can see it. Leave names out."),
        ),
        values=values,
        language=language,
        submit=Said("Save"),
        shows=label,
        leave=links.goal("", goal),
        back=ShowGoal(goal=goal),
        beside=(removes,) if removable else (),
        up=(Said("Back to the goal"), links.goal("", goal)),
    )
