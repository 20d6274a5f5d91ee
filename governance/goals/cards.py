"""The plan, a goal of it, and the form for a reading."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import (
    Card,
    ChoiceField,
    Confirm,
    DayField,
    Entries,
    Facts,
    Field,
    Form,
    Line,
    Link,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, put_back, why
from governance.goals import facets, wording
from governance.goals.commands import (
    EnterReading,
    RemoveIndicator,
    ShowGoal,
    ShowIndicatorForm,
    ShowReadingForm,
    WriteIndicator,
)
from governance.goals.measuring import LIMITS
from governance.goals.messages import GoalLine, GoalsView, GoalView, IndicatorForm, ReadingForm
from governance.goals.model import LONGEST_NOTE, MOST_INDICATORS
from governance.languages import translations

_AT_HAND = 20
"""Goals that can be opened from the plan in a chat."""

_SHORT = 70
"""Characters of a title on a button."""

_LONGEST_VALUE = 20


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
    reads = Press(label=words.say("Enter a reading"), command=ShowReadingForm(goal=goal))
    adds = Press(label=words.say("Add an indicator"), command=ShowIndicatorForm(goal=goal))
    changes = (
        Press(
            label=_short(
                words.say("Change “{indicator}”", indicator=words.text(one.indicator.name))
            ),
            command=ShowIndicatorForm(goal=goal, indicator=one.indicator.key),
        )
        for one in found
    )
    return (
        *((reads,) if found else ()),
        *((adds,) if len(found) < MOST_INDICATORS else ()),
        *changes,
    )


# -- readings --------------------------------------------------------------------------------------


def reading(words: Words, message: ReadingForm) -> Card:
    label, unfit = words.say("Enter a reading"), message.unfit
    shows = ShowReadingForm(goal=message.key)
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.text(message.title)], Look.STRONG),
            *lines([words.say("All staff can see it. It replaces a reading of the same day.")]),
        ),
        form=Form(
            fields=(
                ChoiceField(
                    key="indicator",
                    label=words.say("Indicator"),
                    choices=tuple((one.key, words.text(one.name)) for one in message.indicators),
                    chosen=(message.indicator,) if message.indicator else (),
                    why=why(words, unfit, "indicator"),
                ),
                DayField(
                    key="on",
                    label=words.say("Measured on"),
                    value=message.on,
                    why=why(words, unfit, "on"),
                ),
                TextField(
                    key="value",
                    label=words.say("Value"),
                    value=message.value,
                    longest=_LONGEST_VALUE,
                    why=why(words, unfit, "value"),
                    rows=1,
                ),
                TextField(
                    key="note",
                    label=words.say("Note"),
                    value=message.note,
                    longest=LONGEST_NOTE,
                    hint=words.say("How it was measured. Leave names out."),
                    why=why(words, unfit, "note"),
                    rows=2,
                    optional=True,
                ),
                *put_back(words, message.doubt),
            ),
            submit=Press(label=words.say("Save"), command=EnterReading(goal=message.key)),
            opens=Press(label=label, command=shows),
            leave=Page(label=words.say("Not now"), path=links.goal("", message.key)),
            back=ShowGoal(goal=message.key),
        ),
        up=Page(label=words.say("Back to the goal"), path=links.goal("", message.key)),
    )


# -- indicators ------------------------------------------------------------------------------------


def indicator(words: Words, message: IndicatorForm) -> Card:
    adds = not message.indicator
    label = words.say("Add an indicator") if adds else words.say("Change the indicator")
    shows = ShowIndicatorForm(goal=message.key, indicator=message.indicator)
    removes = Press(
        label=words.say("Remove the indicator"),
        command=RemoveIndicator(goal=message.key, indicator=message.indicator),
        style=Style.DANGER,
        confirm=Confirm(
            title=words.say("Remove this indicator?"),
            text=words.say(
                "It is no longer shown. Its readings stay on record; to show them again, add an "
                "indicator to the district’s plan file with the same key."
            ),
            yes=words.say("Remove it"),
            no=words.say("Keep it"),
        ),
    )
    return Card(
        title=label,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.text(message.title)], Look.STRONG),
            *lines([words.say("All staff and the Board can see it. Leave names out.")]),
        ),
        form=Form(
            fields=_indicator_fields(words, message),
            submit=Press(
                label=words.say("Save"),
                command=WriteIndicator(goal=message.key, indicator=message.indicator),
            ),
            opens=Press(label=label, command=shows),
            leave=Page(label=words.say("Not now"), path=links.goal("", message.key)),
            back=ShowGoal(goal=message.key),
        ),
        presses=(removes,) if message.removable else (),
        up=Page(label=words.say("Back to the goal"), path=links.goal("", message.key)),
    )


def _indicator_fields(words: Words, message: IndicatorForm) -> tuple[Field, ...]:
    unfit = message.unfit
    return (
        *put_back(words, message.doubt),
        _text_of(
            words,
            message,
            "name",
            words.say("What is measured?"),
            words.say("Such as “Calls answered on the first try”."),
        ),
        TextField(
            key="target",
            label=words.say("Target"),
            value=message.target,
            longest=_LONGEST_VALUE,
            hint=words.say("A number, such as 92 or 4.5."),
            why=why(words, unfit, "target"),
            rows=1,
        ),
        _text_of(
            words,
            message,
            "unit",
            words.say("Unit"),
            words.say("Such as %, days or rooms."),
        ),
        DayField(
            key="by",
            label=words.say("Reached by"),
            value=message.by,
            why=why(words, unfit, "by"),
            optional=True,
        ),
        ChoiceField(
            key="lower",
            label=words.say("Which way is better?"),
            choices=(("yes", words.say("Lower values are better")),),
            chosen=("yes",) if message.lower else (),
            several=True,
            optional=True,
        ),
    )


def _text_of(words: Words, message: IndicatorForm, key: str, label: str, hint: str) -> TextField:
    return TextField(
        key=key,
        label=label,
        value=message.words.get(key, ""),
        longest=LIMITS[key],
        hint=hint,
        why=why(words, message.unfit, key),
        rows=1,
        optional=key == "unit",
        beside=tuple(
            TextField(
                key=f"{key}.{tag}",
                label=words.say("{language}: {part}", language=language, part=label),
                value=message.words.get(f"{key}.{tag}", ""),
                longest=LIMITS[key],
                why=why(words, message.unfit, f"{key}.{tag}"),
                rows=1,
                optional=True,
                language=tag,
            )
            for tag, language in translations(words, message.language)
        ),
    )


CARDS: Drawings = {
    GoalsView: plan,
    GoalView: goal,
    ReadingForm: reading,
    IndicatorForm: indicator,
}

NOTES: Notes = {
    WriteIndicator: lambda words, *_: words.say("Saved."),
    RemoveIndicator: lambda words, *_: words.say("Removed."),
    EnterReading: lambda words, *_: words.say("Saved."),
}
