"""Adding an indicator to a goal, changing one, and removing one that was entered by mistake.

An indicator measures a goal and does not say what it means, so none of this is a step of the plan's
history; the audit has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from core.text import Text
from governance.access import Actor, refusal
from governance.forms.messages import FormView, again
from governance.goals import forms
from governance.goals.commands import RemoveIndicator, WriteIndicator
from governance.goals.history import subject_of
from governance.goals.model import (
    MOST_INDICATORS,
    NO_WORDS,
    Component,
    Goal,
    Indicator,
)
from governance.goals.numbers import no_number, number_of
from governance.goals.stepping import goals_of, key_of
from governance.languages import base_of, others_than, said_in
from governance.messages import Refused
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from surveys.questions import Unfit

RETIRED = "This goal is retired. Its indicators stay as they are."
ENOUGH = "This goal has as many indicators as a page can show. Change one of them."
FILES_OWN = "This indicator is in the district’s files. Remove it there."


def open_indicator(
    store: GovernanceStore, _: Actor, command: WriteIndicator, __: datetime
) -> Opening | Refused:
    goal = _goal(store, command.goal, command.indicator)
    if isinstance(goal, Refused):
        return goal
    own = base_of(store.district().locale)
    there = next((one for one in goal.indicators if one.key == command.indicator), None)
    if there is None:
        return forms.indicator(goal.key, goal.title, own, {})
    values = {
        "name": said_in(there.name, own),
        "unit": said_in(there.unit, own),
        "target": f"{there.target:g}",
        "by": there.by,
        "lower": there.lower,
    }
    return forms.indicator(goal.key, goal.title, own, values, key=there.key, removable=there.by_web)


def unfit(
    _: GovernanceStore, __: Actor, command: WriteIndicator, ___: datetime
) -> dict[str, Unfit]:
    wrong = no_number(command.target)
    return {"target": wrong} if wrong else {}


def _goal(store: GovernanceStore, key: str, indicator: str) -> Goal | Refused:
    """A goal of which this indicator can be written."""
    goal = goals_of(store.district().components).get(key)
    if goal is None or (indicator and indicator not in {one.key for one in goal.indicators}):
        return refusal(NOT_HERE)
    if goal.retired:
        return refusal(RETIRED)
    if not indicator and len(goal.indicators) >= MOST_INDICATORS:
        return refusal(ENOUGH)
    return goal


def write(
    store: GovernanceStore, actor: Actor, command: WriteIndicator, now: datetime
) -> FormView | str | Refused:
    """Keep it, and return its goal's key; else the form, with all that was typed."""
    goal = _goal(store, command.goal, command.indicator)
    if isinstance(goal, Refused):
        return goal
    target = number_of(command.target)
    if target is None:
        return refusal(NOT_HERE)
    own = base_of(store.district().locale)
    there = next((one for one in goal.indicators if one.key == command.indicator), None)
    said = {
        (name, tag): words
        for name, texts in (("name", command.name), ("unit", command.unit))
        for tag, words in texts.items()
    }
    before = [text for one in (there,) if one for text in _texts(one)]
    screened = screen(tuple(said.values()), command.put_back, before)
    if screened.doubt:
        found = open_indicator(store, actor, command, now)
        return found if isinstance(found, Refused) else again(command, found, doubt=screened.doubt)
    kept = dict(zip(said, screened.texts, strict=True))
    taken_keys = {one.key for one in goal.indicators} | {
        one.indicator for one in store.readings(goal.key)
    }
    written = Indicator(
        key=there.key if there else key_of(kept["name", ""], taken_keys),
        name=_text(own, kept, "name"),
        target=target,
        unit=_text(own, kept, "unit"),
        by=command.by,
        lower=command.lower,
        came_from=there.came_from if there else "",
        by_web=True,
    )
    if there is not None and replace(written, by_web=there.by_web) == there:
        return goal.key
    others = tuple(written if one.key == written.key else one for one in goal.indicators)
    _put(store, replace(goal, indicators=others if there else (*goal.indicators, written)), now)
    what = "changed" if there else "added"
    told = f"indicator {what}: {goal.key} {written.key}, target {written.target:g}"
    store.audit(actor.person_id, told, subject_of(goal.key), now)
    note_returned(store, actor.person_id, screened, subject_of(goal.key), now)
    return goal.key


def _texts(one: Indicator) -> Sequence[str]:
    return [
        said
        for text in (one.name, one.unit)
        for said in (text.default, *text.translations.values())
    ]


def _text(own: str, kept: Mapping[tuple[str, str], str], name: str) -> Text:
    if not kept.get((name, "")):
        return NO_WORDS
    given = {tag: said for tag in others_than(own) if (said := kept.get((name, tag), ""))}
    return Text(default=kept[name, ""], translations=given, language=own)


def remove(
    store: GovernanceStore, actor: Actor, command: RemoveIndicator, now: datetime
) -> str | Refused:
    """One that was entered here. Of a second press nothing is left to do."""
    goal = goals_of(store.district().components).get(command.goal)
    if goal is None:
        return refusal(NOT_HERE)
    there = next((one for one in goal.indicators if one.key == command.indicator), None)
    if there is None:
        return goal.key
    if goal.retired or not there.by_web:
        return refusal(RETIRED if goal.retired else FILES_OWN)
    left = tuple(one for one in goal.indicators if one.key != there.key)
    _put(store, replace(goal, indicators=left), now)
    told = f"indicator removed: {goal.key} {there.key}"
    store.audit(actor.person_id, told, subject_of(goal.key), now)
    return goal.key


def _put(store: GovernanceStore, goal: Goal, now: datetime) -> None:
    def with_it(one: Component) -> Component:
        return replace(
            one, goals=tuple(goal if each.key == goal.key else each for each in one.goals)
        )

    store.put_plan([with_it(one) for one in store.district().components], (), now)
