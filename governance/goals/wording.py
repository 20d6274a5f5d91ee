"""What is said about the plan and its goals, in words that every place shares."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton

from core.text import Text
from core.words import Words, known_locale
from governance.goals.messages import GoalsView, IndicatorLine, StepLine
from governance.goals.model import TAKEN_BACK, Indicator, StepKind


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
        StepKind.RESTORED: words.say("Reinstated on {day}", day=day),
    }[one.kind]
    body = one.goal.decided_by
    return words.say("{step}. Decided by: {body}.", step=said, body=body) if body else f"{said}."


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
