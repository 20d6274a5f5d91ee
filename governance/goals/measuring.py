"""Adding an indicator to a goal, changing one, and removing one that was entered by mistake.

An indicator measures a goal and does not say what it means, so none of this is a step of the plan's
history; the audit has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.text import Text
from governance.access import Actor, refusal
from governance.filling import worded
from governance.goals.commands import RemoveIndicator, ShowIndicatorForm, WriteIndicator
from governance.goals.history import subject_of
from governance.goals.messages import IndicatorForm
from governance.goals.model import (
    LONGEST_TITLE,
    LONGEST_UNIT,
    MOST_INDICATORS,
    NO_WORDS,
    Component,
    Goal,
    Indicator,
)
from governance.goals.numbers import EITHER_NUMBER, NO_NUMBER, number_of, reads_twice
from governance.goals.stepping import goals_of, key_of
from governance.languages import base_of, others_than, typed_of
from governance.messages import Refused
from governance.operations import Fields
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.typed import typed
from surveys.questions import Unfit

LIMITS = {"name": LONGEST_TITLE, "unit": LONGEST_UNIT}

RETIRED = "This goal is retired. Its indicators stay as they are."
ENOUGH = "This goal has as many indicators as a page can show. Change one of them."
FILES_OWN = "This indicator is in the district’s files. Remove it there."


def show_form(store: GovernanceStore, command: ShowIndicatorForm) -> IndicatorForm | Refused:
    goal = _goal(store, command.goal, command.indicator)
    if isinstance(goal, Refused):
        return goal
    form = IndicatorForm(key=goal.key, title=goal.title, language=base_of(store.district().locale))
    if not command.indicator:
        return form
    one = next(one for one in goal.indicators if one.key == command.indicator)
    return replace(
        form,
        indicator=one.key,
        words={
            **typed_of("name", one.name, form.language),
            **typed_of("unit", one.unit, form.language),
        },
        target=f"{one.target:g}",
        by=one.by,
        lower=one.lower,
        removable=one.by_web,
    )


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
) -> IndicatorForm | str | Refused:
    """Keep it where it fits, and return its goal's key; else the form, with all that was typed."""
    goal = _goal(store, command.goal, command.indicator)
    if isinstance(goal, Refused):
        return goal
    there = next((one for one in goal.indicators if one.key == command.indicator), None)
    form = IndicatorForm(
        key=goal.key,
        title=goal.title,
        language=base_of(store.district().locale),
        indicator=command.indicator,
        words=command.words,
        target=command.target,
        by=command.by,
        lower=command.lower,
        removable=there is not None and there.by_web,
    )
    said, unfit = _fitting(form)
    target = number_of(command.target)
    if unfit or target is None:
        return replace(form, unfit=unfit)
    before = [text for one in (there,) if one for text in _texts(one)]
    screened = screen(tuple(said.values()), command.put_back, before)
    if screened.doubt:
        return replace(form, doubt=screened.doubt)
    kept = dict(zip(said, screened.texts, strict=True))
    taken_keys = {one.key for one in goal.indicators} | {
        one.indicator for one in store.readings(goal.key)
    }
    written = Indicator(
        key=there.key if there else key_of(kept["name"], taken_keys),
        name=_text(form, kept, "name"),
        target=target,
        unit=_text(form, kept, "unit"),
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


def _fitting(form: IndicatorForm) -> tuple[dict[str, str], dict[str, Unfit]]:
    said: dict[str, str] = {}
    unfit: dict[str, Unfit] = {}
    for name, most in LIMITS.items():
        for tag in ("", *(f".{one}" for one in others_than(form.language))):
            key = f"{name}{tag}"
            said[key], too_long = typed(form.words.get(key, ""), most)
            if too_long:
                unfit[key] = too_long
            elif tag and said[key] and not said[name]:
                unfit[name] = Unfit(why="Fill in this field.")
    if not said["name"]:
        unfit["name"] = Unfit(why="Name what is measured.")
    if number_of(form.target) is None:
        unfit["target"] = Unfit(why=EITHER_NUMBER if reads_twice(form.target) else NO_NUMBER)
    return said, unfit


def _texts(one: Indicator) -> Sequence[str]:
    return [
        said
        for text in (one.name, one.unit)
        for said in (text.default, *text.translations.values())
    ]


def _text(form: IndicatorForm, kept: dict[str, str], name: str) -> Text:
    if not kept[name]:
        return NO_WORDS
    given = {tag: said for tag in others_than(form.language) if (said := kept[f"{name}.{tag}"])}
    return Text(default=kept[name], translations=given, language=form.language)


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


def filled(command: WriteIndicator, fields: Fields) -> WriteIndicator:
    """With its texts and their translations."""
    return replace(command, words=worded(fields, LIMITS))
