"""What is said about the plan and its goals, in words that every place shares."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton

from core.text import Text
from core.tiles import Tag, Tone
from core.words import Words, known_locale
from governance.goals.messages import GoalLine, GoalsView, IndicatorLine, StepLine
from governance.goals.model import TAKEN_BACK, Indicator, StepKind
from governance.goals.progress import GoalState, Lack


def title(words: Words) -> str:
    return words.say("The plan and its goals")


def day_of(words: Words, day: date) -> str:
    """A day that may be years away: "June 30, 2027"."""
    return str(format_date(day, "long", locale=known_locale(words.locale)))


def month_of(words: Words, day: date) -> str:
    """Short enough for two of them below a chart on a phone: "Sep 2026"."""
    return str(format_skeleton("yMMM", day, locale=known_locale(words.locale)))


def value(words: Words, one: Indicator, number: float) -> str:
    """A number with its unit: "92%", "5 days"."""
    said, unit = words.number(number), words.text(one.unit)
    return f"{said}{unit}" if unit == "%" else f"{said} {unit}".strip()


def target(words: Words, one: Indicator) -> str:
    """What is aimed for, and by when."""
    told = {"target": value(words, one, one.target)}
    none = one.lower and one.target == 0
    if one.by is None:
        if none:
            return words.say("Target: none.")
        if one.lower:
            return words.say("Target: {target} or less.", **told)
        return words.say("Target: {target}.", **told)
    told["day"] = day_of(words, one.by)
    if none:
        return words.say("Target: none by {day}.", day=told["day"])
    if one.lower:
        return words.say("Target: {target} or less by {day}.", **told)
    return words.say("Target: {target} by {day}.", **told)


def target_in_short(words: Words, one: Indicator) -> str:
    """What is aimed for, as a table has it."""
    said = value(words, one, one.target)
    return words.say("{target} at most", target=said) if one.lower and one.target else said


def now_in_short(words: Words, line: IndicatorLine) -> str:
    """Its last reading, as a table has it; "" where there is none."""
    return value(words, line.indicator, line.last.value) if line.last else ""


def last(words: Words, line: IndicatorLine) -> str:
    """Its last reading."""
    if line.last is None:
        return words.say("Not measured yet.")
    said = words.say(
        "{value} on {day}.",
        value=value(words, line.indicator, line.last.value),
        day=day_of(words, line.last.on),
    )
    return f"{said} {words.say('Target reached.')}" if line.reached else said


def stands(words: Words, line: IndicatorLine) -> str:
    """How an indicator stands, in one line."""
    return f"{last(words, line)} {target(words, line.indicator)}"


def named(words: Words, line: IndicatorLine) -> str:
    return words.say(
        "{indicator}: {stands}",
        indicator=words.text(line.indicator.name),
        stands=stands(words, line),
    )


def unmeasured(words: Words) -> str:
    """Of a goal without indicators."""
    return words.say("No indicator yet.")


# -- states ----------------------------------------------------------------------------------------

_TONES = {
    GoalState.REACHED: Tone.GOOD,
    GoalState.ON_TRACK: Tone.GOOD,
    GoalState.BEHIND: Tone.CAUTION,
    GoalState.OFF_TRACK: Tone.NOW,
}


def state(words: Words, one: GoalState | None) -> str:
    """How a goal stands, in a word or two."""
    return {
        GoalState.REACHED: words.say("Target met"),
        GoalState.ON_TRACK: words.say("On track"),
        GoalState.BEHIND: words.say("Behind"),
        GoalState.OFF_TRACK: words.say("Off track"),
        None: words.say("No state yet"),
    }[one]


def state_tag(words: Words, line: GoalLine) -> Tag:
    """The same as a tag; a goal that is over says so."""
    if line.goal.retired:
        return Tag(text=words.say("Retired"))
    return tag_of(words, line.progress.state)


def tag_of(words: Words, one: GoalState | None) -> Tag:
    return Tag(text=state(words, one), tone=_TONES[one] if one else Tone.PLAIN)


def explained(words: Words, line: IndicatorLine) -> str:
    """Why an indicator stands as it does, with the figure it is compared with."""
    one, found = line.indicator, line.progress
    if found.lack is not None:
        reason = "" if line.last is None else lacking(words, found.lack)
        return f"{state(words, None)}. {reason}".strip()
    said = f"{state(words, found.state)}."
    if found.lost:
        more = words.say("It was at its target when it was first measured.")
    elif found.expected is None:
        return said
    else:
        expected = value(words, one, round(found.expected, 1))
        more = words.say("Expected by now: {value}.", value=expected)
    late = words.say("The date has passed.") if found.overdue else ""
    return " ".join(part for part in (said, more, late) if part)


def lacking(words: Words, one: Lack) -> str:
    """Why there is no state yet."""
    return {
        Lack.NO_INDICATOR: unmeasured(words),
        Lack.NO_READING: words.say("It has not been measured."),
        Lack.NO_DATE: words.say("Its target has no date."),
        Lack.ONE_READING: words.say("It has been measured once. A second reading shows a trend."),
        Lack.REWORDED: words.say("It has not been measured since the goal was reworded."),
        Lack.BEGAN_LATE: words.say("It was first measured after the date of its target."),
    }[one]


def goal_state(words: Words, line: GoalLine) -> str:
    """How a goal stands, with the reason where there is no state; "" of a goal that is over."""
    if line.goal.retired:
        return ""
    found = line.progress
    if found.lack is not None:
        return f"{state(words, None)}. {lacking(words, found.lack)}"
    return f"{state(words, found.state)}."


def how_states_are_found(words: Words) -> list[str]:
    """The rule, for anyone who asks."""
    return [
        words.say(
            "A straight line leads from the first reading to the target on its date. The latest "
            "reading is compared with where that line is today. If the goal was reworded, the line "
            "starts with the first reading after that."
        ),
        words.say(
            "On track: at least 90% of the change expected by now. Behind: at least 50%. Off "
            "track: less than that. After the date, a goal that is not reached is never on track."
        ),
        words.say(
            "There is no state yet if an indicator has fewer than two readings, or its target has "
            "no date. A target that is reached always counts as reached."
        ),
        words.say(
            "If a goal has several indicators, the worst one decides. A goal is reached when all "
            "its indicators are."
        ),
    ]


def in_sum(words: Words, view: GoalsView) -> str:
    """How many goals stand how: "13 goals: 6 on track, 5 behind, 2 with no state yet."."""
    lines = [one for component in view.components for one in component.goals]
    if not lines:
        return ""
    goals = words.count("{n} goal", "{n} goals", len(lines))
    found = [one.progress.state for one in lines]
    many = {one: words.number(found.count(one)) for one in (*GoalState, None)}
    told = {
        GoalState.REACHED: words.say("{n} at the target", n=many[GoalState.REACHED]),
        GoalState.ON_TRACK: words.say("{n} on track", n=many[GoalState.ON_TRACK]),
        GoalState.BEHIND: words.say("{n} behind", n=many[GoalState.BEHIND]),
        GoalState.OFF_TRACK: words.say("{n} off track", n=many[GoalState.OFF_TRACK]),
        None: words.say("{n} with no state yet", n=many[None]),
    }
    parts = [said for one, said in told.items() if one in found]
    return words.say("{goals}: {states}.", goals=goals, states=", ".join(parts))


def deciding(words: Words, message: GoalsView) -> str:
    """Who proposes changes of the plan, and who decides; "" where nobody says."""
    told = {"committee": message.steering, "body": message.decided_by}
    if message.steering and message.decided_by:
        return words.say("Changes to the plan: proposed by {committee}, decided by {body}.", **told)
    if message.decided_by:
        return words.say("Changes to the plan are decided by {body}.", **told)
    return (
        words.say("Changes to the plan are proposed by {committee}.", **told)
        if message.steering
        else ""
    )


def became(words: Words, goals: tuple[tuple[str, Text], ...]) -> str:
    """What a retired goal was merged into or split into; "" where nothing."""
    if not goals:
        return ""
    names = words.all_of([words.say("“{title}”", title=words.text(title)) for _, title in goals])
    if len(goals) > 1:
        return words.say("It was split into {goals}.", goals=names)
    return words.say("It is now part of {goal}.", goal=names)


def reason(words: Words, said: str) -> str:
    """Why a step was taken, as it was written or in the reader's words."""
    if said == TAKEN_BACK:
        return words.say("The decision was entered by mistake and taken back.")
    return said


# -- history ---------------------------------------------------------------------------------------


def took(words: Words, one: StepLine) -> str:
    """What happened, when, and which body decided it."""
    day, version = day_of(words, one.on), words.number(one.goal.version)
    said = {
        StepKind.ADOPTED: _first(words, one),
        StepKind.ADAPTED: words.say("Reworded on {day} (version {n})", day=day, n=version),
        StepKind.MERGED: words.say("Merged into another goal on {day}", day=day),
        StepKind.SPLIT: words.say("Split into other goals on {day}", day=day),
        StepKind.RETIRED: words.say("Retired on {day}", day=day),
        StepKind.RESTORED: words.say("Restored on {day}", day=day),
    }[one.kind]
    body = one.goal.decided_by
    return words.say("{step}. Decided by: {body}.", step=said, body=body) if body else f"{said}."


def happened(words: Words, one: StepLine) -> str:
    """What happened, beside its day."""
    version = words.number(one.goal.version)
    reworded = words.say("Reworded (version {n})", n=version)
    if one.kind is StepKind.ADOPTED:
        if one.goal.decided_on is None:
            return words.say("On record (version {n})", n=version)
        return reworded if one.goal.version > 1 else words.say("Adopted")
    return {
        StepKind.ADAPTED: reworded,
        StepKind.MERGED: words.say("Merged into another goal"),
        StepKind.SPLIT: words.say("Split into other goals"),
        StepKind.RETIRED: words.say("Retired"),
        StepKind.RESTORED: words.say("Restored"),
    }[one.kind]


def _first(words: Words, one: StepLine) -> str:
    """What the district's files say of a goal that they bring: a later version was adopted before,
    and of one without a date it is known only since when it is there."""
    day, version = day_of(words, one.on), words.number(one.goal.version)
    if one.goal.decided_on is None:
        return words.say("On record since {day} (version {n})", day=day, n=version)
    if one.goal.version > 1:
        return words.say("Reworded on {day} (version {n})", day=day, n=version)
    return words.say("Adopted on {day}", day=day)


def compared(words: Words, one: StepLine) -> list[tuple[str, str]]:
    """The words that a step changed, before and after: (label, words)."""
    if one.before is None:
        return []
    told = []
    for name in ("title", "description", "why"):
        before, after = words.text(getattr(one.before, name)), words.text(getattr(one.goal, name))
        if before != after:
            told.append((_before(words, name), before or "–"))
            told.append((_after(words, name), after or "–"))
    return told


def _before(words: Words, name: str) -> str:
    return {
        "title": words.say("Title before"),
        "description": words.say("Description before"),
        "why": words.say("Reason before"),
    }[name]


def _after(words: Words, name: str) -> str:
    return {
        "title": words.say("Title after"),
        "description": words.say("Description after"),
        "why": words.say("Reason after"),
    }[name]
