"""Priorities and their goals, in words that the page, the cards, the picture and a recommendation
share."""

from __future__ import annotations

from collections.abc import Sequence

from core.words import Words
from governance.alignment.model import Alignment, Idea, Priority
from governance.recommendations.model import Recommendation

NAMED = 3
"""Priorities that a sentence names."""


def first(found: Alignment) -> tuple[list[Priority], int]:
    """Those that no answer puts behind another one, of the first question that has any; and of how
    many."""
    for question in found.questions:
        own = [one.priority for one in found.priorities if one.priority.question == question.key]
        ranked = [one for one in own if one.ranked]
        if ranked:
            return [one for one in ranked if one.ranked and one.ranked.first == 1], len(ranked)
    return [], 0


def headline(words: Words, found: Alignment) -> str:
    """What came first, in a sentence."""
    group, of = first(found)
    names = [f"“{words.text(one.label)}”" for one in group]
    if not names:
        return words.say("There were too few answers to show what comes first.")
    if len(names) == of and of > 1:
        return words.say("No priority stands out. The answers are too close to rank them.")
    if len(names) == 1:
        return words.say("Staff put {priority} first.", priority=names[0])
    if len(names) > NAMED:
        more = words.count("{n} more", "{n} more", len(names) - NAMED)
        names = [*names[:NAMED], more]
    return words.say(
        "Staff put {priorities} first. The answers are too close to rank them.",
        priorities=words.all_of(names),
    )


def summary(words: Words, found: Alignment) -> str:
    """How the plan stands to it."""
    said = []
    if len(found.open) < len(found.priorities):
        served = sum(not one.retired for one in found.energy)
        told = words.say(
            "{n} of {goals} goals have a priority behind them.",
            n=words.number(served),
            goals=words.number(found.goals),
        )
        said.append(told)
    if found.uncovered:
        said.append(
            words.count(
                "{n} priority has no goal.", "{n} priorities have no goal.", len(found.uncovered)
            )
        )
    if found.open:
        said.append(waiting(words, len(found.open)))
    return " ".join(said)


def waiting(words: Words, many: int) -> str:
    return words.count(
        "{n} priority still needs to be matched.",
        "{n} priorities still need to be matched.",
        many,
    )


def place(words: Words, one: Priority) -> str:
    """ "place 2", or "places 2 to 4"; "" where it is not shown."""
    if one.ranked is None:
        return ""
    if one.ranked.first == one.ranked.last:
        return words.say("place {n}", n=words.number(one.ranked.first))
    return words.say(
        "places {first} to {last}",
        first=words.number(one.ranked.first),
        last=words.number(one.ranked.last),
    )


def strength(words: Words, one: Priority) -> str:
    """ "62 ± 5 of 100"; the interval is never told as none."""
    if one.ranked is None:
        return words.say("not shown")
    half = max(round((one.ranked.high - one.ranked.low) * 50), 1)
    points = words.number(round(one.ranked.points * 100))
    return words.say("{points} ± {half} of 100", points=points, half=words.number(half))


def priority(words: Words, one: Priority) -> str:
    """ "Wi-Fi in the portables (place 1, 62 ± 5 of 100)"."""
    name = words.text(one.label)
    if one.ranked is None:
        return name
    return f"{name} ({place(words, one)}, {strength(words, one)})"


# -- proposals ---------------------------------------------------------------------------------


def idea(words: Words, one: Idea) -> str:
    """One proposal for discussion."""
    if one.priority is None:
        goal = words.text(one.goal.title) if one.goal else ""
        return words.say(
            "Discuss whether to adapt or retire “{goal}”. Staff put what serves it in the last "
            "third of the list.",
            goal=goal,
        )
    name, at = words.text(one.priority.label), place(words, one.priority)
    if one.goal is None:
        return words.say(
            "Consider a new goal: “{priority}” ({place}) has no goal.", priority=name, place=at
        )
    return words.say(
        "Consider a new goal, or widening “{goal}”: “{priority}” ({place}) has no goal.",
        goal=words.text(one.goal.title),
        priority=name,
        place=at,
    )


def idea_title(words: Words, one: Idea) -> str:
    if one.priority is None:
        goal = words.text(one.goal.title) if one.goal else ""
        return words.say("Adapt or retire the goal “{goal}”", goal=goal)
    return words.say("A goal for “{priority}”", priority=words.text(one.priority.label))


def idea_press(words: Words, one: Idea) -> str:
    """Of the button that begins a recommendation."""
    if one.priority is None:
        goal = words.text(one.goal.title) if one.goal else ""
        return words.say("Recommend adapting or retiring “{goal}”", goal=goal)
    return words.say("Recommend a goal for “{priority}”", priority=words.text(one.priority.label))


def idea_advice(words: Words, found: Alignment, one: Idea) -> str:
    """What the recommendation begins with."""
    survey = words.text(found.title)
    answers = next((each.answers for each in found.questions if each.answers), 0)
    based = words.say(
        "Based on the survey “{survey}”, closed on {day}, with about {n} answers.",
        survey=survey,
        day=words.day(found.closed_at),
        n=words.number(answers),
    )
    return f"{idea(words, one)}\n\n{based}\n\n"


# -- what everyone who was asked is told -------------------------------------------------------


def heard(words: Words, found: Alignment, decided: Sequence[Recommendation]) -> str:
    said = [headline(words, found)]
    if decided:
        titles = [f"“{one.title}”" for one in decided]
        committee = found.steering or words.say("The steering committee")
        said.append(
            words.say(
                "{committee} recommended {titles}.",
                committee=committee,
                titles=words.all_of(titles),
            )
        )
    return " ".join(said)


def decided(one: Recommendation) -> str:
    """What was recommended, with the CTO's reason."""
    return f"{one.title}: {one.reason}" if one.reason else one.title
