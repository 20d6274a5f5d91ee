"""The plan as a list: its goals, how each stands, and what is linked to it."""

from __future__ import annotations

from typing import Final

from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance import links
from governance.goals import facets, wording
from governance.goals.messages import GoalLine, GoalsView
from governance.goals.progress import GoalState

_ALL, _NONE, _RETIRED = "", "none", "retired"

_ORDER: Final = (
    GoalState.OFF_TRACK,
    GoalState.BEHIND,
    GoalState.ON_TRACK,
    GoalState.REACHED,
    None,
)
"""What needs attention first."""


def plan_list(words: Words, view: GoalsView) -> ListView:
    """By component, in the plan's order. Goals that are over have a filter of their own."""
    rows = [
        _row(words, view, one, words.text(component.name))
        for component in view.components
        for one in (*component.goals, *component.retired)
    ]
    return ListView(
        columns=(
            Column(key="goal", label=words.say("Goal")),
            Column(key="now", label=words.say("Now"), sorts=False, number=True),
            Column(key="target", label=words.say("Target"), sorts=False, number=True),
            Column(key="trend", label=words.say("Trend"), sorts=False, phone=False),
            Column(key="state", label=words.say("State")),
            Column(key="linked", label=words.say("Linked"), sorts=False, phone=False, wraps=True),
        ),
        title="goal",
        filters=(
            Filter(key=_ALL, label=words.say("All"), always=True),
            *(
                Filter(key=one.value if one else _NONE, label=wording.state(words, one))
                for one in _ORDER
            ),
            Filter(key=_RETIRED, label=words.say("Retired")),
        ),
        rows=tuple(rows),
        empty=words.say("The plan has no goals yet."),
    )


def _row(words: Words, view: GoalsView, one: GoalLine, component: str) -> Row:
    title, measure = words.text(one.goal.title), one.deciding
    name = words.text(measure.indicator.name) if measure else ""
    linked = facets.linked_drawn(words, view.linked.get(one.goal.key, ()))
    tag, state = wording.state_tag(words, one), one.progress.state
    states = (_ALL, state.value if state else _NONE)
    return Row(
        key=one.goal.key,
        cells=(
            Cell(text=title, order=title.casefold(), detail=name),
            Cell(text=wording.now_in_short(words, measure) if measure else ""),
            Cell(text=wording.target_in_short(words, measure.indicator) if measure else ""),
            _trend(words, one),
            Cell(
                text=tag.text,
                order=len(_ORDER) if one.goal.retired else _ORDER.index(state),
                tone=tag.tone,
            ),
            Cell(text=" · ".join(linked)),
        ),
        filters=frozenset([_RETIRED] if one.goal.retired else states),
        searched=" ".join((title, name, component)),
        path=links.goal("", one.goal.key),
        group=component,
    )


def _trend(words: Words, one: GoalLine) -> Cell:
    """The readings of the indicator that decides, as a line, with the first one in words."""
    measure = one.deciding
    if measure is None or len(measure.compared) < 2:
        return Cell(text="")
    first = measure.compared[0]
    said = words.say(
        "{value} in {month}",
        value=wording.value(words, measure.indicator, first.value),
        month=wording.month_of(words, first.on),
    )
    return Cell(text=said, trend=tuple(each.value for each in measure.compared))
