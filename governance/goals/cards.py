"""The plan, a goal of it, and the form for a reading."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import (
    Card,
    Entries,
    Facts,
    Line,
    Link,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines
from governance.forms.commands import Open
from governance.goals import facets, wording
from governance.goals.commands import (
    EnterReading,
    RemoveIndicator,
    ShowGoal,
    WriteIndicator,
)
from governance.goals.messages import GoalLine, GoalsView, GoalView
from governance.goals.model import MOST_INDICATORS

_AT_HAND = 20
"""Goals that can be opened from the plan in a chat."""

_SHORT = 70
"""Characters of a title on a button."""


def plan(words: Words, message: GoalsView) -> Card:
    parts: list[Part] = []
    for component in message.components:
        parts += lines([words.text(component.name)], Look.STRONG)
        rows = tuple(_row(words, one) for one in component.goals)
        if rows:
            parts.append(Entries(rows=rows, secrecy=Secrecy.SIGNED_IN))
    retired = tuple(
        _retired(words, one) for component in message.components for one in component.retired
    )
    if retired:
        parts += lines([words.say("Retired goals")], Look.STRONG)
        parts.append(Entries(rows=retired, secrecy=Secrecy.SIGNED_IN))
    told = facets.plan_drawn(words, message.facets)
    return Card(
        title=wording.title(words),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *top(words, message),
            *(parts or lines([words.say("The plan has no goals yet.")])),
            *facet_parts(told),
        ),
        presses=tuple(press for one in told for press in one.presses),
        more=_each(words, message),
        page=Page(label=words.say("Open the plan"), path=links.plan("")),
        up=Page(label=words.say("Home"), path=links.inbox("")),
    )


def top(words: Words, message: GoalsView) -> tuple[Part, ...]:
    """The vision, how many goals stand how, and who decides."""
    vision = words.text(message.vision) if message.vision else ""
    return (
        *lines([vision]),
        *lines([wording.in_sum(words, message)], Look.STRONG),
        *lines([wording.deciding(words, message)], Look.QUIET),
    )


def _row(words: Words, one: GoalLine) -> tuple[Page, str]:
    said = [wording.named(words, each) for each in one.indicators]
    page = Page(label=words.text(one.goal.title), path=links.goal("", one.goal.key))
    parts = said or [words.text(one.goal.description)]
    return page, " ".join(part for part in (wording.goal_state(words, one), *parts) if part)


def _retired(words: Words, one: GoalLine) -> tuple[Page, str]:
    page = Page(label=words.text(one.goal.title), path=links.goal("", one.goal.key))
    return page, retired_words(words, one)


def retired_words(words: Words, one: GoalLine) -> str:
    """When it was retired, why, and what it became."""
    day = one.goal.decided_on
    said = words.say("Retired on {day}.", day=wording.day_of(words, day)) if day else ""
    told = (said, wording.reason(words, one.goal.reason), wording.became(words, one.became))
    return " ".join(part for part in told if part) or words.say("Retired.")


def _each(words: Words, message: GoalsView) -> tuple[Press, ...]:
    """For a chat, where the list's own links lead to the web."""
    goals = [one.goal for component in message.components for one in component.goals]
    return tuple(
        Press(label=_short(words.text(one.title)), command=ShowGoal(goal=one.key))
        for one in goals[:_AT_HAND]
    )


def _short(said: str) -> str:
    return said if len(said) <= _SHORT else f"{said[:_SHORT].rstrip()}…"


# -- one goal --------------------------------------------------------------------------------------


def goal(words: Words, message: GoalView) -> Card:
    one = message.line.goal
    return Card(
        title=words.written(one.title),
        secrecy=Secrecy.ANYWHERE,
        badge=wording.state_tag(words, message.line).text,
        calm=True,
        parts=(
            *aims(words, message),
            *stands(words, message),
            *(
                part
                for heading, parts in sections(words, message)
                for part in (*lines([heading], Look.STRONG), *parts)
            ),
        ),
        presses=presses(words, message),
        page=Page(label=words.say("Open the goal"), path=links.goal("", one.key)),
        up=Page(label=wording.title(words), path=links.plan("")),
    )


def aims(words: Words, message: GoalView) -> tuple[Part, ...]:
    """What the district aims for, and why."""
    return (
        *lines([words.text(message.component)], Look.QUIET),
        *over(words, message),
        *purpose(words, message),
    )


def over(words: Words, message: GoalView) -> tuple[Part, ...]:
    """Of a goal that is over: when and why, with what it became."""
    retired = [retired_words(words, message.line)] if message.line.goal.retired else []
    return (
        *lines(retired, Look.STRONG),
        *(
            Link(label=words.text(title), url=links.goal("", key), secrecy=Secrecy.SIGNED_IN)
            for key, title in message.line.became
        ),
    )


def purpose(words: Words, message: GoalView) -> tuple[Part, ...]:
    one = message.line.goal
    told = (
        (words.say("What we aim for"), one.description),
        (words.say("Why"), one.why),
    )
    pairs = tuple((label, words.written(text)) for label, text in told if text.default)
    return (Facts(pairs=pairs, secrecy=Secrecy.ANYWHERE),) if pairs else ()


def stands(words: Words, message: GoalView) -> tuple[Part, ...]:
    """How its indicators stand, with their last notes."""
    found = message.line.indicators
    if not found:
        return () if message.line.goal.retired else lines([wording.unmeasured(words)], Look.QUIET)
    pairs = tuple(
        (
            words.text(one.indicator.name),
            " ".join(
                part
                for part in (
                    wording.stands(words, one),
                    one.last.note if one.last else "",
                    wording.explained(words, one),
                )
                if part
            ),
        )
        for one in found
    )
    return (
        *lines([words.say("Progress")], Look.STRONG),
        Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN),
    )


def sections(words: Words, message: GoalView) -> list[tuple[str, tuple[Part, ...]]]:
    """What is being decided, what serves it, what staff said, and its history, each under its
    heading."""
    found = [*told(words, message, todo=True), (words.say("History"), _history(words, message))]
    return [(heading, parts) for heading, parts in found if parts]


def told(
    words: Words, message: GoalView, *, todo: bool = False
) -> list[tuple[str, tuple[Part, ...]]]:
    """The same without its history. ``todo``: also what the reader should do."""
    by_part = {
        one: facet_parts(facets.drawn(words, message.facets, one), todo=todo) for one in facets.Part
    }
    found = [
        (words.say("What is being decided"), by_part[facets.Part.WORK]),
        (
            words.say("What supports it"),
            by_part[facets.Part.SERVES] or lines([words.say("Nothing yet.")]),
        ),
        (
            words.say("What staff said about it"),
            by_part[facets.Part.SAID] or lines([words.say("Nothing can be shown yet.")]),
        ),
    ]
    return [(heading, parts) for heading, parts in found if parts]


def facet_parts(told: Sequence[facets.FacetLine], *, todo: bool = False) -> tuple[Part, ...]:
    """What features say, each under its name."""
    parts: list[Part] = []
    for one in told:
        said = (*([one.todo[0]] if todo and one.todo else []), *one.said)
        if said:
            pair = (one.name, " ".join(said))
            parts.append(Facts(pairs=(pair,), secrecy=Secrecy.SIGNED_IN))
        elif one.entries:
            parts.append(Line(text=one.name, secrecy=Secrecy.ANYWHERE))
        if one.entries:
            parts.append(Entries(rows=one.entries, secrecy=Secrecy.SIGNED_IN))
    return tuple(parts)


def _history(words: Words, message: GoalView) -> tuple[Part, ...]:
    parts: list[Part] = []
    for one in message.steps:
        why = wording.reason(words, one.goal.reason)
        told = [wording.took(words, one), why, wording.became(words, one.became)]
        parts += lines([" ".join(part for part in told if part)], secrecy=Secrecy.SIGNED_IN)
        if pairs := tuple(wording.compared(words, one)):
            parts.append(Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN))
    return tuple(parts)


def presses(words: Words, message: GoalView) -> tuple[Press, ...]:
    """What the reader can do about the goal."""
    found = [line for part in facets.Part for line in facets.drawn(words, message.facets, part)]
    first = tuple(one.todo[1] for one in found if one.todo)
    told = tuple(one for line in found for one in line.presses)
    return (*first, *told, *_measuring(words, message))


def _measuring(words: Words, message: GoalView) -> tuple[Press, ...]:
    """Entering readings, and what is measured at all."""
    if not message.measures:
        return ()
    goal, found = message.line.goal.key, message.line.indicators
    reads = Press(label=words.say("Enter a reading"), command=Open(of=EnterReading(goal=goal)))
    adds = Press(label=words.say("Add an indicator"), command=Open(of=WriteIndicator(goal=goal)))
    changes = (
        Press(
            label=_short(
                words.say("Change “{indicator}”", indicator=words.text(one.indicator.name))
            ),
            command=Open(of=WriteIndicator(goal=goal, indicator=one.indicator.key)),
        )
        for one in found
    )
    return (
        *((reads,) if found else ()),
        *((adds,) if len(found) < MOST_INDICATORS else ()),
        *changes,
    )


CARDS: Drawings = {
    GoalsView: plan,
    GoalView: goal,
}

NOTES: Notes = {
    WriteIndicator: lambda words, *_: words.say("Saved."),
    RemoveIndicator: lambda words, *_: words.say("Removed."),
    EnterReading: lambda words, *_: words.say("Saved."),
}
