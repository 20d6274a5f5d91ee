"""The help desk's offer, in words that Slack, Teams, mails and the web share."""

from __future__ import annotations

from typing import assert_never

from core.words import Words
from governance.help_desk.model import HandOverState, HelpDeskOffer, Ticket


def title(words: Words, message: HelpDeskOffer) -> str:
    match message.state:
        case HandOverState.OFFERED:
            return words.say("Send this to the help desk?")
        case HandOverState.DECLINED:
            return words.say("It stays with the committee.")
        case HandOverState.QUEUED:
            return words.say("It is on its way to the help desk.")
        case HandOverState.SENT:
            return words.say("The help desk has it. You’ll get its number here.")
        case HandOverState.NUMBERED:
            return words.say("The help desk has it under number {number}.", number=message.number)
        case HandOverState.UNKNOWN:
            return words.say("We do not know whether the help desk got it.")
        case HandOverState.FAILED:
            return words.say("The help desk did not accept it.")
        case HandOverState.LATE:
            return words.say("Nothing goes to the help desk.")
        case _:
            assert_never(message.state)


def lines(words: Words, message: HelpDeskOffer) -> list[str]:
    """What a yes does, or what to do now."""
    match message.state:
        case HandOverState.OFFERED:
            return [
                words.say(
                    "It sounds like something is broken right now. The help desk would get "
                    "your message without personal data, plus your building and room. It gets "
                    "your name and email address only if you say so."
                )
            ]
        case HandOverState.DECLINED | HandOverState.SENT:
            return []
        case HandOverState.QUEUED:
            return [words.say("You’ll hear back here.")]
        case HandOverState.NUMBERED:
            return _call(words, message)
        case HandOverState.UNKNOWN:
            return [
                words.say("It was sent, but the help desk has not answered. Please ask them."),
                *_call(words, message),
            ]
        case HandOverState.FAILED:
            said = words.say("The committee has it. If it cannot wait, call the help desk.")
            return [said, *_call(words, message)]
        case HandOverState.LATE:
            return [words.say("Your message was answered or passed on before you decided.")]
        case _:
            assert_never(message.state)


def _call(words: Words, message: HelpDeskOffer) -> list[str]:
    return [words.say("Help desk: {how}", how=message.contact)] if message.contact else []


def ticket_title(words: Words, message: Ticket) -> str:
    where = f"{message.building}, {message.room}" if message.room else message.building
    return words.say("To be fixed: {where}", where=where)


def ticket_parts(words: Words, message: Ticket) -> tuple[tuple[str, str], ...]:
    """(label, words) of all that the help desk gets."""
    parts = [
        (words.say("What was said"), message.redacted),
        (words.say("Building"), message.building),
        (words.say("Room"), message.room),
        (words.say("Received"), words.day(message.received_at)),
        (words.say("Who to ask"), f"{message.name}, {message.email}" if message.name else ""),
    ]
    return tuple((label, said) for label, said in parts if said)
