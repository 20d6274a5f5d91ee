"""Changes in words that chat, pages and mails share."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from core.words import Words, known_locale
from governance import wording
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.model import Standing, standing_of
from governance.changes.commands import RISKS
from governance.changes.messages import Collision, MessageDate, PlannedLine
from governance.changes.model import ChangeRecord, ChangeState, ChangeStep, Phase, Planned, Risk
from governance.labels import Labels


def month_of(words: Words, day: date) -> str:
    said = format_date(day, "LLLL y", locale=known_locale(words.locale))
    return said[:1].upper() + said[1:]


def state(words: Words, one: ChangeState) -> str:
    return {
        ChangeState.DRAFT: words.say("Draft"),
        ChangeState.PROPOSED: words.say("Waiting for approval"),
        ChangeState.APPROVED: words.say("Approved"),
        ChangeState.UNDER_WAY: words.say("Work has begun"),
        ChangeState.DONE: words.say("Done"),
        ChangeState.WITHDRAWN: words.say("Withdrawn"),
    }[one]


def risk(words: Words, one: Risk) -> str:
    return words.say(RISKS[one])


def overseer(words: Words, committee: str) -> str:
    """Who decides about it."""
    if not committee:
        return words.say("Chief Technology Officer")
    return wording.queue(words, committee)


def step(words: Words, one: ChangeStep) -> str:
    """The label of a step that somebody can take."""
    return {
        ChangeStep.PROPOSED: words.say("Propose it"),
        ChangeStep.APPROVED: words.say("Approve"),
        ChangeStep.RETURNED: words.say("Send it back"),
        ChangeStep.STARTED: words.say("Start it"),
        ChangeStep.DONE: words.say("Mark as done"),
        ChangeStep.MOVED: words.say("Move the date"),
        ChangeStep.WITHDRAWN: words.say("Withdraw the change"),
    }[one]


def took(words: Words, one: ChangeStep) -> str:
    """What was done, as a line of the history."""
    return {
        ChangeStep.DRAFTED: words.say("Drafted"),
        ChangeStep.PROPOSED: words.say("Proposed"),
        ChangeStep.RETURNED: words.say("Sent back"),
        ChangeStep.APPROVED: words.say("Approved"),
        ChangeStep.STARTED: words.say("Work has begun"),
        ChangeStep.DONE: words.say("Done"),
        ChangeStep.MOVED: words.say("Moved to another date"),
        ChangeStep.WITHDRAWN: words.say("Withdrawn"),
    }[one]


def asked(words: Words, one: ChangeStep) -> str:
    """What a step asks to be told."""
    if one is ChangeStep.DONE:
        return words.say("What did we learn?")
    return words.say("Comment") if one is ChangeStep.APPROVED else words.say("Why?")


def what_next(words: Words, one: ChangeStep) -> str:
    return {
        ChangeStep.PROPOSED: words.say("You can approve it or send it back."),
        ChangeStep.RETURNED: words.say("Change it, then propose it again."),
        ChangeStep.APPROVED: words.say(
            "It is in the change calendar, and its messages are scheduled."
        ),
    }.get(one, "")


def phase(words: Words, one: Phase) -> str:
    return {
        Phase.HEADS_UP: words.say("Heads-up"),
        Phase.HOW_TO: words.say("How to prepare"),
        Phase.DAY_BEFORE: words.say("Reminder the day before"),
        Phase.LIVE: words.say("It is live"),
        Phase.FOLLOW_UP: words.say("Follow-up"),
    }[one]


def timing(words: Words, planned: Planned) -> str:
    """When a message goes out, beside the change's day."""
    if not planned.days:
        return words.say("On the day of the change")
    if planned.days < 0:
        return words.count(
            "{n} school day before the change", "{n} school days before the change", -planned.days
        )
    return words.count(
        "{n} school day after the change", "{n} school days after the change", planned.days
    )


def audience(words: Words, line: PlannedLine) -> str:
    """Whom a message is for, and how many they are."""
    found = line.announcement.audience
    told = Labels(words).audience(found)
    if not (found.by_rule or found.committees or found.lists):  # it names them, so it counts them
        return told
    people = words.count("{n} person", "{n} people", line.people)
    return f"{told} ({people})"


def became(words: Words, line: PlannedLine) -> str:
    """Where a message stands."""
    found = line.announcement
    if line.passed:
        return words.say("Draft. Its time has passed, so it won’t go out by itself.")
    if line.everyone:
        return words.say("Draft. It goes to everyone, so it is sent from its own page.")
    if line.tally is None:
        return Labels(words)(found.state)
    if standing_of(found, line.tally) is Standing.SENT and found.edited_at is not None:
        return words.say("Sent, edited on {day}", day=words.day(found.edited_at))
    return campaign_words.tag(words, found, line.tally)


def how_far(words: Words, one: MessageDate) -> str:
    """Where a message is: of one that went out, how far; else its state."""
    found = one.announcement
    if one.tally is None:
        return Labels(words)(found.state)
    return campaign_words.tag(words, found, one.tally)


def goes(words: Words, line: PlannedLine) -> str:
    """When a message goes out or went out, and whether that was moved."""
    when = words.when(line.at)
    if line.was is not None and line.passed:
        return words.say("was {old}", old=words.when(line.was))
    if line.was is not None:
        return words.say("{when} (was {old})", when=when, old=words.when(line.was))
    return when


def busy(words: Words, found: Collision) -> list[str]:
    """What whoever plans a message in that week has to know."""
    named, week = Labels(words), words.day(found.week)
    said = [
        words.say("In the week of {day}: {period}.", day=week, period=one) for one in found.periods
    ]
    said += [
        words.say(
            "In the week of {day}, {role} ({level}) get {n} messages.",
            day=week,
            role=named(role),
            level=named(level),
            n=words.number(many),
        )
        for role, level, many in found.groups
    ]
    return said


def moved(words: Words, record: ChangeRecord, day: date) -> str:
    return words.say("Moved from {old} to {new}.", old=words.day(day), new=words.day(record.day))
