"""A goal's page: how it stands, what serves it, what staff said about it, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.cards import Facts, Look, Part, Secrecy
from core.commands import Command
from core.details import Detail, Section, Todo
from core.reports import Block, Cell, Chart, Folded, Passage, Table
from core.tiles import Moment, Tile, Tone
from core.words import Words
from governance.card_parts import lines
from governance.forms.commands import Open
from governance.goals import cards, facets, wording
from governance.goals.commands import EnterReading
from governance.goals.messages import GoalView, IndicatorLine
from governance.goals.progress import GoalState

_TILES: Final = 4
"""Indicators that have a tile; all of them have a chart."""


def goal_detail(words: Words, view: GoalView) -> Detail:
    found = [line for one in facets.Part for line in facets.drawn(words, view.facets, one)]
    todo = tuple(Todo(says=one.todo[0], press=one.todo[1]) for one in found if one.todo)
    ways = [one for one in cards.presses(words, view) if one not in [each.press for each in todo]]
    reads = next((one for one in ways if _enters(one.command)), None)
    sections = [
        (words.say("What we aim for"), _purpose(words, view)),
        *cards.told(words, view),
        (words.say("Earlier wording"), _compared(words, view)),
    ]
    return Detail(
        title=words.written(view.line.goal.title),
        state=wording.state_tag(words, view.line),
        facts=_facts(words, view),
        primary=reads,
        more=tuple(one for one in ways if one is not reads),
        notes=cards.over(words, view),
        tiles=_tiles(words, view),
        todo=todo,
        sections=(
            Section(title=words.say("Progress"), blocks=tuple(_progress(words, view))),
            *(Section(title=title, parts=parts) for title, parts in sections if parts),
        ),
        history=tuple(_moments(words, view)),
    )


def _facts(words: Words, view: GoalView) -> str:
    """Its component, when it was measured last, and which version it is."""
    goal = view.line.goal
    measured = [one.last.on for one in view.line.indicators if one.last]
    told = [words.text(view.component)]
    if measured:
        day = wording.day_of(words, max(measured))
        told.append(words.say("last measured on {day}", day=day))
    if goal.version > 1:
        told.append(words.say("version {n}", n=words.number(goal.version)))
    return " · ".join(told)


def _purpose(words: Words, view: GoalView) -> tuple[Part, ...]:
    """The description as it is, and why below it."""
    goal = view.line.goal
    why = words.say("Why: {reason}", reason=words.text(goal.why)) if goal.why.default else ""
    return (*lines([words.text(goal.description)]), *lines([why], Look.QUIET))


# -- progress --------------------------------------------------------------------------------------


def indicator_chart(one: IndicatorLine) -> str:
    """The key of its chart."""
    return f"indicator-{one.indicator.key}"


def how_states_are_found(words: Words) -> Folded:
    return Folded(
        label=words.say("How these states are worked out"),
        lines=tuple(wording.how_states_are_found(words)),
    )


def _progress(words: Words, view: GoalView) -> Iterator[Block]:
    """Each indicator with its chart and its readings, and how it stands."""
    retired = view.line.goal.retired
    for one in view.line.indicators:
        told = (wording.stands(words, one), "" if retired else wording.explained(words, one))
        yield Chart(
            key=indicator_chart(one),
            caption=words.written(one.indicator.name),
            says=" ".join(part for part in told if part),
        )
        if one.readings:
            yield _readings(words, one)
    if not (view.line.indicators or retired):
        yield Passage(text=wording.unmeasured(words), look=Look.QUIET)
    yield how_states_are_found(words)


def _readings(words: Words, line: IndicatorLine) -> Table:
    """The newest first; notes only where there are any."""
    notes = any(one.note for one in line.readings)
    heads = (words.say("Measured on"), words.say("Value"))
    rows = tuple(
        (
            Cell(text=wording.day_of(words, one.on)),
            Cell(text=wording.value(words, line.indicator, one.value)),
            *((Cell(text=one.note),) if notes else ()),
        )
        for one in reversed(line.readings)
    )
    return Table(
        name=words.text(line.indicator.name),
        heads=(*heads, words.say("Note")) if notes else heads,
        rows=rows,
        folded=words.count("{n} reading", "{n} readings", len(line.readings)),
    )


# -- tiles -----------------------------------------------------------------------------------------

_TONES = {GoalState.BEHIND: Tone.CAUTION, GoalState.OFF_TRACK: Tone.NOW}


def _tiles(words: Words, view: GoalView) -> tuple[Tile, ...]:
    """Of one indicator: where it is, where it was expected, and where it is to be. Of several: each
    with its target."""
    found = [] if view.line.goal.retired else view.line.indicators
    if len(found) != 1:
        return tuple(_in_one(words, one) for one in found[:_TILES])
    (one,) = found
    return (
        _now(words, one),
        *([_expected(words, one)] if one.progress.expected is not None else []),
        _target(words, one),
    )


def _in_one(words: Words, one: IndicatorLine) -> Tile:
    target = wording.target_in_short(words, one.indicator)
    now = _now(words, one)
    return Tile(
        label=words.text(one.indicator.name),
        figure=now.figure,
        of=words.say("target: {target}", target=target),
        trend=now.trend,
        trend_says=now.trend_says,
        says=wording.explained(words, one),
        tone=now.tone,
    )


def _now(words: Words, one: IndicatorLine) -> Tile:
    values = tuple(each.value for each in one.compared)
    state = one.progress.state
    return Tile(
        label=words.text(one.indicator.name),
        figure=wording.now_in_short(words, one) or "–",
        trend=values if len(values) > 1 else (),
        trend_says=_trend(words, one),
        says="" if one.last else words.say("Not measured yet."),
        tone=_TONES.get(state, Tone.PLAIN) if state else Tone.PLAIN,
    )


def _trend(words: Words, one: IndicatorLine) -> str:
    if len(one.compared) < 2:
        return ""
    first = one.compared[0]
    return words.say(
        "{value} in {month}",
        value=wording.value(words, one.indicator, first.value),
        month=wording.month_of(words, first.on),
    )


def _expected(words: Words, one: IndicatorLine) -> Tile:
    expected = round(one.progress.expected or 0.0, 1)
    return Tile(
        label=words.say("Expected by now"),
        figure=wording.value(words, one.indicator, expected),
        says=words.say("On a straight line from the first reading to the target."),
    )


def _target(words: Words, one: IndicatorLine) -> Tile:
    by = one.indicator.by
    return Tile(
        label=words.say("Target"),
        figure=wording.target_in_short(words, one.indicator),
        says=words.say("By {day}.", day=wording.day_of(words, by))
        if by
        else words.say("It has no date."),
    )


# -- history ---------------------------------------------------------------------------------------


def _moments(words: Words, view: GoalView) -> Iterator[Moment]:
    for one in view.steps:
        body = one.goal.decided_by
        told = (
            wording.reason(words, one.goal.reason),
            wording.became(words, one.became),
            words.say("Decided by: {body}.", body=body) if body else "",
        )
        yield Moment(
            when=wording.day_of(words, one.on),
            what=wording.happened(words, one),
            detail=" ".join(part for part in told if part),
        )


def _compared(words: Words, view: GoalView) -> tuple[Part, ...]:
    """What its words were before each step that changed them, the newest first."""
    parts: list[Part] = []
    for one in view.steps:
        if pairs := tuple(wording.compared(words, one)):
            parts += lines([wording.day_of(words, one.on)], Look.STRONG)
            parts.append(Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN))
    return tuple(parts)


def _enters(command: Command) -> bool:
    """Whether it opens the form for a reading."""
    return isinstance(command, Open) and isinstance(command.of, EnterReading)
