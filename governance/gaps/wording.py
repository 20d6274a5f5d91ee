"""Gaps in words. None of this is for a chat message or a mail."""

from __future__ import annotations

from core.cards import Prose
from core.words import Words
from governance.changes import wording as change_words
from governance.controls import figure_wording as figure_words
from governance.gaps.messages import Decided, GapRow, GapView, Undecided, WorkLine
from governance.gaps.model import CHOICES, GapChoice, GapDecision, WorkKind
from governance.goals.wording import day_of
from governance.help_desk.model import HandOverState
from governance.rules import wording as rule_words


def choice(words: Words, one: GapChoice) -> str:
    return words.say(CHOICES[one])


def begins(words: Words, one: WorkKind) -> str:
    return {
        WorkKind.RULE: words.say("Draft a rule"),
        WorkKind.CHANGE: words.say("Plan a change"),
        WorkKind.ANNOUNCEMENT: words.say("Write an announcement"),
        WorkKind.LESSON: words.say("Make a lesson"),
        WorkKind.TICKET: words.say("Help-desk ticket"),
    }[one]


def begun(words: Words, message: object) -> str:
    """The gap itself is shown where the reader cannot open the draft: announcements are for the
    CTO's office to write."""
    if isinstance(message, GapView):
        return words.say("The Chief Technology Officer’s office has the draft.")
    return words.say("The draft is here for you to finish.")


# -- a decision --------------------------------------------------------------------------------


def row(words: Words, one: GapRow) -> str:
    decision, day = one.decided.decision, day_of(words, one.decided.decision.by_day)
    told = [until(words, decision, day)]
    if one.decided.owner:
        told.append(words.say("Owner: {name}.", name=one.decided.owner))
    if one.returned:
        told.append(words.say("Needs a new decision."))
    return " ".join(told)


def scored(words: Words, score: float | None, target: float | None) -> str:
    found = figure_words.score(words, score)
    if target is None:
        return words.say("Score {score}, no target set.", score=found)
    aim = figure_words.score(words, target)
    return words.say("Score {score}, target {target}.", score=found, target=aim)


def undecided(words: Words, one: Undecided) -> str:
    """Its score, target and owner, and where an older score is from."""
    told = [scored(words, one.score, one.target)]
    if one.earlier:
        told.append(words.say("From an earlier assessment: {name}.", name=one.earlier))
    if one.owner:
        told.append(words.say("Owner: {name}.", name=one.owner))
    return " ".join(told)


def until(words: Words, decision: GapDecision, day: str) -> str:
    """What is decided; a risk is not accepted before the person named has said so."""
    if decision.refused_at is not None:
        return words.say("The risk was not accepted.")
    if decision.waits:
        return words.say("Risk to be accepted until {day}. Waiting for an answer.", day=day)
    return {
        GapChoice.MEND: words.say("To be fixed by {day}.", day=day),
        GapChoice.ACCEPT: words.say("Risk accepted until {day}.", day=day),
        GapChoice.TRANSFER: words.say("Transfer by {day}.", day=day),
    }[decision.choice]


def stands(words: Words, message: GapView) -> str:
    """Whether it is closed, or needs a new decision; "": neither."""
    if message.closed_at is not None:
        day, name = words.day(message.closed_at, year=True), message.closed_by
        by = words.say("Closed on {day} by {name}.", day=day, name=name)
        return by if name else words.say("Closed on {day}.", day=day)
    return words.say("Needs a new decision.") if message.returned else ""


def facts(words: Words, one: Decided) -> tuple[tuple[str, Prose], ...]:
    decision = one.decision
    decided = words.day(decision.decided_at, year=True)
    if one.decided_by:
        decided = words.say("{day}, by {name}", day=decided, name=one.decided_by)
    told: tuple[tuple[str, str], ...] = (
        (words.say("Decision"), until(words, decision, day_of(words, decision.by_day))),
        (words.say("Why"), decision.why),
        (words.say("Owner of the work"), one.owner),
        (_accepter(words, decision), _answer(words, one)),
        (words.say("Why it was declined"), decision.refused_why),
        (words.say("Transferred to"), decision.to),
        (words.say("Decided on"), decided),
    )
    return tuple((label, said) for label, said in told if said)


def _accepter(words: Words, decision: GapDecision) -> str:
    if decision.refused_at is not None:
        return words.say("Risk declined by")
    return (
        words.say("Asked to accept the risk") if decision.waits else words.say("Risk accepted by")
    )


def _answer(words: Words, one: Decided) -> str:
    """The person, and the day of their answer."""
    at = one.decision.agreed_at or one.decision.refused_at
    if at is None or not one.accepted_by:
        return one.accepted_by
    day = words.day(at, year=True)
    return words.say("{name}, {day}", name=one.accepted_by, day=day)


# -- work --------------------------------------------------------------------------------------


def work(words: Words, one: WorkLine) -> str:
    """What it became, and its state: "Rule: Draft"."""
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
    return words.say("Deleted")


def _ticket(words: Words, state: HandOverState, number: str) -> str:
    match state:
        case HandOverState.NUMBERED:
            return words.say("Number {number}", number=number)
        case HandOverState.SENT:
            return words.say("Sent")
        case HandOverState.FAILED:
            return words.say("The help desk didn’t accept it. You can send it again.")
        case HandOverState.UNKNOWN:
            return words.say("Sent, but the help desk didn’t answer")
        case _:
            return words.say("On its way")
