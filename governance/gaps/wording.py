"""Gaps in words. None of them is for what a chat or a mail keeps."""

from __future__ import annotations

from datetime import date

from core.cards import Prose
from core.words import Words
from governance.changes import wording as change_words
from governance.controls import figure_wording as figure_words
from governance.gaps.messages import Decided, GapRow, GapView, Undecided, WorkLine
from governance.gaps.model import GapChoice, WorkKind
from governance.goals.wording import day_of as far_day
from governance.help_desk.model import HandOverState
from governance.rules import wording as rule_words


def day_of(words: Words, day: date) -> str:
    """With its year: it may be years away."""
    return far_day(words, day)


def choice(words: Words, one: GapChoice) -> str:
    return {
        GapChoice.MEND: words.say("Fix it"),
        GapChoice.ACCEPT: words.say("Accept the risk"),
        GapChoice.TRANSFER: words.say("Transfer the risk"),
    }[one]


def begins(words: Words, one: WorkKind) -> str:
    return {
        WorkKind.RULE: words.say("Draft a rule"),
        WorkKind.CHANGE: words.say("Plan a change"),
        WorkKind.ANNOUNCEMENT: words.say("Write an announcement"),
        WorkKind.LESSON: words.say("Make a lesson"),
        WorkKind.TICKET: words.say("Help-desk ticket"),
    }[one]


def begun(words: Words, message: object) -> str:
    """Of an announcement the ISO cannot open the draft: the CTO's office writes it."""
    if isinstance(message, GapView):
        return words.say("The draft is on the dashboard of the Chief Technology Officer’s office.")
    return words.say("The draft is here for you to finish.")


def who_reads(words: Words) -> str:
    return words.say(
        "The ISO and the CTO can read this, and so can the people you name. What was decided "
        "before stays on record."
    )


def what_goes(words: Words) -> str:
    return words.say(
        "The help desk gets these words with the time, your name, your email address and your "
        "building."
    )


def may_be_closed(words: Words) -> str:
    return words.say("The work is done. Check the safeguard, and close this if nothing is left.")


# -- a decision --------------------------------------------------------------------------------


def row(words: Words, one: GapRow) -> str:
    decision, day = one.decided.decision, day_of(words, one.decided.decision.by_day)
    told = [until(words, decision.choice, day)]
    if one.decided.owner:
        told.append(words.say("Owner: {name}.", name=one.decided.owner))
    if one.returned:
        told.append(words.say("Needs a new decision."))
    return " ".join(told)


def scored(words: Words, one: Undecided) -> str:
    """What a decision about it needs to know."""
    found = figure_words.score(words, one.score)
    told = [words.say("Score {score}, no target set.", score=found)]
    if one.target is not None:
        target = figure_words.score(words, one.target)
        told = [words.say("Score {score}, target {target}.", score=found, target=target)]
    if one.owner:
        told.append(words.say("Owner: {name}.", name=one.owner))
    return " ".join(told)


def until(words: Words, one: GapChoice, day: str) -> str:
    return {
        GapChoice.MEND: words.say("To be fixed by {day}.", day=day),
        GapChoice.ACCEPT: words.say("Risk accepted until {day}.", day=day),
        GapChoice.TRANSFER: words.say("Transfer by {day}.", day=day),
    }[one]


def stands(words: Words, message: GapView) -> list[str]:
    """Whether it is closed, or needs a new decision."""
    if message.closed_at is not None:
        closed = words.day(message.closed_at, year=True)
        by = words.say("Closed on {day} by {name}.", day=closed, name=message.closed_by)
        said = by if message.closed_by else words.say("Closed on {day}.", day=closed)
        return [said]
    return [words.say("Needs a new decision.")] if message.returned else []


def facts(words: Words, one: Decided) -> tuple[tuple[str, Prose], ...]:
    decision = one.decision
    decided = words.day(decision.decided_at, year=True)
    if one.decided_by:
        decided = words.say("{day}, by {name}", day=decided, name=one.decided_by)
    told: tuple[tuple[str, str], ...] = (
        (words.say("Decision"), until(words, decision.choice, day_of(words, decision.by_day))),
        (words.say("Why"), decision.why),
        (words.say("Owner of the work"), one.owner),
        (words.say("Risk accepted by"), one.accepted_by),
        (words.say("Transferred to"), decision.to),
        (words.say("Decided on"), decided),
    )
    return tuple((label, said) for label, said in told if said)


# -- work --------------------------------------------------------------------------------------


def work(words: Words, one: WorkLine) -> str:
    """What it became, and where that stands: "Rule: Draft"."""
    return words.say("{what}: {state}", what=_what(words, one.kind), state=_state(words, one))


def _what(words: Words, one: WorkKind) -> str:
    return {
        WorkKind.RULE: words.say("Rule"),
        WorkKind.CHANGE: words.say("Change"),
        WorkKind.ANNOUNCEMENT: words.say("Announcement"),
        WorkKind.LESSON: words.say("Lesson"),
        WorkKind.TICKET: words.say("Help-desk ticket"),
    }[one]


def _state(words: Words, one: WorkLine) -> str:
    if one.rule is not None:
        return words.say("In effect") if one.done else rule_words.state(words, one.rule)
    if one.change is not None:
        return change_words.state(words, one.change)
    if one.sent is not None:
        return words.say("Sent") if one.sent else words.say("Draft")
    if one.ticket is not None:
        return _ticket(words, one.ticket, one.number)
    return words.say("Not here anymore")


def _ticket(words: Words, state: HandOverState, number: str) -> str:
    match state:
        case HandOverState.NUMBERED:
            return words.say("Number {number}", number=number)
        case HandOverState.SENT:
            return words.say("Sent")
        case HandOverState.FAILED:
            return words.say("The help desk did not take it. You can send it again.")
        case HandOverState.UNKNOWN:
            return words.say("Sent, and no answer came")
        case _:
            return words.say("On its way")
