"""What is said about changes of the plan, in words that every place shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.text import Text
from core.words import Words
from governance.goal_changes.messages import (
    GoalNote,
    GoalNotes,
    OutdatedGoal,
    ProposalLine,
    ProposalView,
)
from governance.goal_changes.model import (
    Decision,
    GoalWords,
    HolderKind,
    ProposalKind,
    ProposalState,
)
from governance.goals.wording import day_of


def begins(words: Words, kind: ProposalKind) -> str:
    """Of a button that opens the form."""
    return {
        ProposalKind.ADOPT: words.say("Adopt a new goal"),
        ProposalKind.ADAPT: words.say("Change a goal"),
        ProposalKind.MERGE: words.say("Merge goals"),
        ProposalKind.SPLIT: words.say("Split a goal"),
        ProposalKind.RETIRE: words.say("Retire a goal"),
        ProposalKind.RESTORE: words.say("Restore a goal"),
    }[kind]


def of_this(words: Words, kind: ProposalKind) -> str:
    """The same on a goal's own page."""
    return {
        ProposalKind.ADAPT: words.say("Change this goal"),
        ProposalKind.MERGE: words.say("Merge it with others"),
        ProposalKind.SPLIT: words.say("Split it"),
        ProposalKind.RETIRE: words.say("Retire it"),
        ProposalKind.RESTORE: words.say("Restore it"),
        ProposalKind.ADOPT: begins(words, kind),
    }[kind]


def title(words: Words, kind: ProposalKind, goals: Sequence[Text], new: Sequence[GoalWords]) -> str:
    """What is proposed, with the goals that it concerns."""
    names = words.all_of([_quoted(words, one) for one in goals]) if goals else ""
    said = [_quoted(words, one.title) for one in new if one.title.default]
    added = words.all_of(said) if said else ""
    match kind:
        case ProposalKind.ADOPT:
            return words.say("Adopt {goal}", goal=added)
        case ProposalKind.ADAPT:
            return words.say("Change {goal}", goal=names)
        case ProposalKind.MERGE:
            return words.say("Merge {goals}", goals=names)
        case ProposalKind.SPLIT:
            return words.say("Split {goal} into {goals}", goal=names, goals=added)
        case ProposalKind.RETIRE:
            return words.say("Retire {goal}", goal=names)
        case ProposalKind.RESTORE:
            return words.say("Restore {goal}", goal=names)


def of_view(words: Words, message: ProposalView) -> str:
    found = message.proposal
    goals = [one.title for one in message.goals]
    if found.kind is ProposalKind.MERGE and message.into is not None:
        goals = [*goals, message.into]
    return title(words, found.kind, goals, found.words)


def of_line(words: Words, one: ProposalLine) -> str:
    return title(words, one.kind, one.goals, one.words)


def result(words: Words, message: ProposalView) -> str:
    """What is there after a merger or a split."""
    found = message.proposal
    if found.kind is ProposalKind.MERGE and message.into is not None:
        return words.say(
            "“{title}” stays, and the others become part of it.", title=words.text(message.into)
        )
    if found.kind is ProposalKind.MERGE:
        return words.say("They become one new goal.")
    if found.kind is ProposalKind.SPLIT:
        return words.say("The goal is retired, and these take its place.")
    return ""


def state(words: Words, one: ProposalState) -> str:
    return {
        ProposalState.DRAFT: words.say("Draft"),
        ProposalState.PROPOSED: words.say("Waiting for a decision"),
        ProposalState.ACCEPTED: words.say("Accepted"),
        ProposalState.DECLINED: words.say("Declined"),
    }[one]


def next_step(words: Words, message: ProposalView) -> str:
    """Who decides, and who enters that."""
    if message.proposal.state is not ProposalState.PROPOSED:
        return ""
    if not message.body:
        return words.say("The Chief Technology Officer’s office records the decision.")
    return words.say(
        "{body} decides. The Chief Technology Officer’s office records the decision here.",
        body=message.body,
    )


def decided(words: Words, one: Decision) -> str:
    """By whom and when."""
    told = {"body": one.named, "day": day_of(words, one.on)}
    said = (
        words.say("Accepted on {day}. Decided by: {body}.", **told)
        if one.accepted
        else words.say("Declined on {day}. Decided by: {body}.", **told)
    )
    if one.taken_back_at is None:
        return said
    back = words.say(
        "This was entered by mistake and taken back on {when}.", when=words.when(one.taken_back_at)
    )
    return f"{said} {back}"


def changed(words: Words, one: OutdatedGoal) -> str:
    """Why a proposal cannot be accepted as it is."""
    name = words.text(one.title)
    if one.on is None:
        return words.say("“{title}” is no longer in the plan.", title=name)
    if one.retired:
        return words.say("“{title}” was retired on {day}.", title=name, day=day_of(words, one.on))
    return words.say("“{title}” was changed on {day}.", title=name, day=day_of(words, one.on))


def kinds(words: Words, counts: Iterable[tuple[HolderKind, int]]) -> list[str]:
    return [kind(words, one, many) for one, many in counts]


def kind(words: Words, one: HolderKind, many: int) -> str:
    """How many there are of a kind."""
    match one:
        case HolderKind.ITEM:
            if not many:
                return words.say("A few messages from staff")
            return words.say("At least {n} messages from staff", n=words.number(many))
        case HolderKind.RECOMMENDATION:
            return words.count("{n} recommendation", "{n} recommendations", many)
        case HolderKind.RULE:
            return words.count("{n} rule", "{n} rules", many)
        case HolderKind.CHANGE:
            return words.count("{n} change", "{n} changes", many)
        case HolderKind.CHOICE:
            return words.count("{n} survey choice", "{n} survey choices", many)


def one_of(words: Words, one: HolderKind, name: str) -> str:
    """A thing by itself, in a list."""
    match one:
        case HolderKind.ITEM:
            return words.say("Message: {title}", title=name)
        case HolderKind.RECOMMENDATION:
            return words.say("Recommendation: {title}", title=name)
        case HolderKind.RULE:
            return words.say("Rule: {title}", title=name)
        case HolderKind.CHANGE:
            return words.say("Change: {title}", title=name)
        case HolderKind.CHOICE:
            return words.say("Survey choice: {title}", title=name)


def note(words: Words, one: GoalNote) -> str:
    """What happened to a goal that a survey asks about."""
    told = {"goal": words.text(one.title), "day": day_of(words, one.on)}
    said = (
        words.say("The goal “{goal}” was retired on {day}.", **told)
        if one.retired
        else words.say("The goal “{goal}” was changed on {day}.", **told)
    )
    choices = words.all_of([_quoted(words, choice) for choice in one.choices])
    said = f"{said} {words.say('Survey choices linked to this goal: {choices}.', choices=choices)}"
    if not one.became:
        return said
    goals = words.all_of([_quoted(words, goal) for goal in one.became])
    return f"{said} {words.say('In its place: {goals}.', goals=goals)}"


def _quoted(words: Words, text: Text) -> str:
    return words.say("“{title}”", title=words.text(text))


def kept(words: Words, message: GoalNotes) -> list[str]:
    """What that means for the answers, and for the next time."""
    said = []
    if message.series is None:
        said.append(
            words.say(
                "The survey continues as it was launched. Answers count for the goal as it "
                "was then."
            )
            if message.open
            else words.say("Answers count for the goal as it was when the survey opened.")
        )
    if message.next_at is not None:
        when = words.when(message.next_at)
        said.append(
            words.say("The survey goes out again on {when}. Update it before then.", when=when)
        )
    return said
