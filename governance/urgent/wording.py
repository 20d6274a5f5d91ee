"""Urgent cases, in words that Slack, Teams, mails and the web share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from core.words import Words
from governance import wording
from governance.feedback.model import Urgency
from governance.messages import Told
from governance.urgent.messages import (
    CaseLine,
    CaseNews,
    CaseOverview,
    UrgentAlert,
    Withdrawn,
)
from governance.urgent.model import OUTCOMES, CaseStands, Did, Outcome


def kind(words: Words, urgency: Urgency) -> str:
    match urgency:
        case Urgency.SAFETY:
            return words.say("Urgent: safety")
        case Urgency.SECURITY:
            return words.say("Urgent: security")
        case Urgency.PRIVACY:
            return words.say("Urgent: privacy")
        case _:
            assert_never(urgency)


# -- to those who respond ------------------------------------------------------------------------


def needs(words: Words, message: UrgentAlert) -> str:
    """The first line of an alert: what is asked of who reads it."""
    if message.closed_at is not None:
        return _was_closed(words, message, words.when(message.closed_at))
    if message.mine:
        return words.say("You have it. Please act on it now.")
    if message.taken_by:
        return words.say("{who} has taken this.", who=message.taken_by)
    return words.say("This needs a person now.")


def _was_closed(words: Words, message: UrgentAlert, when: str) -> str:
    """Which case it is: a responder may have closed several."""
    if message.building:
        return words.say(
            "The case from {building} was closed on {when}.", building=message.building, when=when
        )
    day = words.day(message.received_at)
    return words.say("The case of {day} was closed on {when}.", day=day, when=when)


def outside(words: Words, message: UrgentAlert) -> str:
    """The same for a notification, which names no building."""
    if message.closed_at is not None:
        return words.say("An urgent case was closed on {when}", when=words.when(message.closed_at))
    nobody = not message.taken_by
    return words.say("Urgent: this needs a person now") if nobody else ""


def to_do(words: Words, message: UrgentAlert) -> list[str]:
    """What comes next for whoever has taken it."""
    if not message.mine or message.closed_at is not None:
        return []
    safety = message.urgency is Urgency.SAFETY
    return [
        words.say("If anyone is in danger, call 911.") if safety else "",
        words.say(
            "Go there, or call someone who can help. Then press “Close it” and write what was done."
        ),
    ]


LONGEST_FIRST_WORDS: Final = 240
"""Characters of a message that stand above the buttons; on a phone they are six lines."""


def first_words(original: str) -> str:
    """A message's own first words; all of them where they are few."""
    if len(original) <= LONGEST_FIRST_WORDS:
        return original
    return original[:LONGEST_FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def about(words: Words, message: UrgentAlert) -> str:
    """Who wrote it, where they work, and when it came."""
    return words.say(
        "From {author}, {when}.",
        author=wording.author(words, message.author, message.building),
        when=words.when(message.received_at),
    )


def next_steps(words: Words, message: UrgentAlert) -> list[str]:
    """While nobody has taken it: what to do, and what happens next by itself."""
    if message.taken_by or message.closed_at:
        return []
    asked = words.say(
        "Someone sent a message that reads as urgent. Press “Take it” if you can respond."
    )
    if message.answer_by is None:
        return [asked]
    follows = words.say(
        "If nobody takes it by {when}, the next person is alerted too.",
        when=words.when(message.answer_by),
    )
    return [asked, follows]


def logged(words: Words, message: UrgentAlert) -> str:
    if message.gone:
        return words.say("The original words were deleted. This is what committees may read.")
    return words.say("These are the original words. Your view of them is recorded.")


def outcome(words: Words, ended: Outcome) -> str:
    return words.say(OUTCOMES[ended])


def line(words: Words, step: CaseLine) -> str:
    """One line of a case's history."""
    who, when = step.who or words.say("Someone who has left"), words.when(step.at)
    match step.did:
        case Did.TOLD:
            return words.say("{when}: {who} was alerted.", when=when, who=who)
        case Did.READ:
            return words.say("{when}: {who} opened it.", when=when, who=who)
        case Did.TAKEN:
            return words.say("{when}: {who} took it.", when=when, who=who)
        case Did.CLOSED:
            return words.say("{when}: {who} closed it.", when=when, who=who)
        case Did.RELEASED:
            return words.say("{when}: {who} released it to a committee.", when=when, who=who)
        case Did.REMINDED:
            return words.say("{when}: {who} was asked to close it.", when=when, who=who)
        case Did.LATE:
            return words.say("{when}: {who} was told that it is still open.", when=when, who=who)
        case _:
            assert_never(step.did)


def news(words: Words, message: CaseNews) -> str:
    """What the others who were called hear; and whoever took it, while it stays open."""
    urgent = kind(words, message.urgency)
    match message.did:
        case Did.CLOSED:
            return words.say(
                "{who} has closed what you were alerted about: {kind}.",
                who=message.who,
                kind=urgent,
            )
        case Did.REMINDED:
            return words.say(
                "You took this on {day} and it is still open: {kind}. Close it once it is settled.",
                day=words.day(message.at),
                kind=urgent,
            )
        case Did.LATE:
            return words.say(
                "{who} took this on {day} and it is still open: {kind}. Ask them, or close it.",
                who=message.who or words.say("Someone who has left"),
                day=words.day(message.at),
                kind=urgent,
            )
        case _:
            return words.say(
                "{who} is handling what you were alerted about: {kind}. You don’t need to do "
                "anything.",
                who=message.who,
                kind=urgent,
            )


def responder(words: Words, case: CaseOverview) -> str:
    """Who has a case, or closed it, in the list of cases."""
    if case.closed_at is None:
        return case.taken_by or words.say("Nobody yet")
    who = case.closed_by or words.say("Someone who has left")
    return words.say("Closed by {who} on {day}", who=who, day=words.short_day(case.closed_at))


def stands(words: Words, case: CaseStands) -> str:
    """How an item's urgent case stands, for those who read the item."""
    who = case.who or words.say("Someone who has left")
    if case.closed_at is not None and case.outcome is not None:
        return words.say(
            "{who} closed the urgent case on {when}: {outcome}.",
            who=who,
            when=words.when(case.closed_at),
            outcome=outcome(words, case.outcome),
        )
    if case.who:
        return words.say("{who} has taken the urgent case.", who=who)
    return words.say("Nobody has taken the urgent case yet.")


def held_back(words: Words, message: UrgentAlert) -> list[str]:
    """Who has it, while no committee does."""
    if not message.held_back:
        return []
    return [
        words.say(
            "No committee can see this. Only the named responders and the restricted reader can, "
            "until a responder releases it."
        )
    ]


def goes_to(words: Words, name: str, people: int) -> str:
    """Where it can go, and who reads it there."""
    return words.count(
        "{name}: {n} person will read it",
        "{name}: {n} people will read it",
        people,
        name=wording.queue(words, name),
    )


def withdrawn(words: Words, message: Withdrawn) -> str:
    """What the responder is told of the messages that were withdrawn."""
    return words.count(
        "{n} message that may be about danger was withdrawn from a committee",
        "{n} messages that may be about danger were withdrawn from committees",
        message.items,
    )


# -- to the author -------------------------------------------------------------------------------


def notice(words: Words, message: Told) -> tuple[str, list[str]]:
    """What the author reads first, on every platform alike: the call to make, above the numbers;
    and below them who was called, how soon they may see it, and what they know."""
    said = []
    if not message.called:
        said.append(
            words.say(
                "Everyone we could alert is named in what you wrote, so nobody here was "
                "alerted. Please act yourself, now."
            )
        )
    else:
        names = words.all_of(message.called)
        if message.anonymous:
            said.append(
                words.say(
                    "We have alerted {names}, with your words. We cannot find out who you are, not "
                    "even to send help.",
                    names=names,
                )
            )
        else:
            said.append(
                words.say("We have alerted {names}, with your words and your name.", names=names)
            )
        if not message.at_work:
            said.append(words.say("It is outside their hours: they may not see it right away."))
    if message.urgency is Urgency.SAFETY:
        said.append(words.say("If someone is thinking about suicide, call or text 988."))
    return _call_now(words, message), said


def _call_now(words: Words, message: Told) -> str:
    if message.urgency is Urgency.SAFETY:
        return words.say("If anyone is in danger, call 911 now. Don’t wait for us.")
    if message.contacts:
        return words.say("This can’t wait for us. Call one of these now:")
    return words.say("This can’t wait for us. Call your office or the help desk now.")


def taken(words: Words, message: Told) -> str:
    return words.say("A named responder has what you told us and is acting on it.")


def alerted(words: Words, urgency: Urgency, names: Sequence[str]) -> str:
    """Who is called about a kind of case, the first one first."""
    return words.say(
        "{kind}. Alerts go to these people, in this order: {names}.",
        kind=kind(words, urgency),
        names=", ".join(names),
    )
