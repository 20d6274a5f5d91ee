"""What is said about the three ways to speak, and between a committee and an author."""

from __future__ import annotations

from core.words import Words
from governance import wording
from governance.conversations.model import Exchange
from governance.docket.due import ASKED_HOLDS
from governance.messages import Brief, Told


def anonymous_way(words: Words) -> str:
    """Stands before the link to the page to speak anonymously, wherever one can tell something."""
    return words.say(
        "Here we know who you are. If nobody should be able to find out, use a separate page."
    )


def anonymous_link(words: Words) -> str:
    return words.say("Speak anonymously")


def named(words: Words) -> str:
    return words.say("The committee sees who you are and can come and talk to you.")


def asked(words: Words, message: Told) -> str:
    if message.question is None:
        committee = wording.answerer(words, message.committee, within=True)
        return words.say("You have replied to {committee}.", committee=committee)
    return has_a_question(words, message.committee)


def has_a_question(words: Words, committee: str | None) -> str:
    return words.say(
        "{committee} has a question for you.", committee=wording.answerer(words, committee)
    )


def asked_by(words: Words, committee: str | None) -> str:
    """Stands before a committee's question: without it, it reads as the author's own words."""
    return words.say("{committee} asks:", committee=wording.answerer(words, committee))


def kept(words: Words, committee: str) -> str:
    goes_to = wording.answerer(words, committee, within=True)
    return words.say("Thank you. Your reply goes to {committee}.", committee=goes_to)


def lines(words: Words, conversation: tuple[Exchange, ...]) -> list[tuple[str, str]]:
    """(what it is, the words) of each that can be shown."""
    return [
        (
            words.say("Asked on {day}", day=words.day(one.at))
            if one.asks
            else words.say("Replied on {day}", day=words.day(one.at)),
            one.words or words.say("This reply is being read."),
        )
        for one in conversation
    ]


def was_asked(words: Words) -> str:
    return words.say("The author was asked. You’ll see the reply here.")


def waits(words: Words, item: Brief) -> str:
    """That the author was asked; "" where nothing is open."""
    if not item.asked_back or not item.can_answer:
        return ""
    if item.waits_since is None:
        return was_asked(words)
    return words.say(
        "Waiting for the author since {day}. The due date is on hold for up to {n} days.",
        day=words.day(item.waits_since),
        n=words.number(ASKED_HOLDS),
    )
