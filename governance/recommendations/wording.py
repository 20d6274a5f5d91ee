"""What is said about a recommendation, in words that every place shares."""

from __future__ import annotations

from core.words import Words
from governance import wording
from governance.duplicates import wording as matter_words
from governance.duplicates.model import SaidBy
from governance.messages import News, Told
from governance.recommendations.messages import (
    AdviceSent,
    AdviceSettled,
)


def sent(words: Words, message: AdviceSent) -> str:
    return words.say(
        "{committee} recommends: {title}",
        committee=wording.queue(words, message.committee),
        title=message.title,
    )


def sent_lines(words: Words, message: AdviceSent) -> list[str]:
    """What it is bound to, and what happens next."""
    lines = []
    if message.about:
        lines.append(words.say("About: {names}.", names=", ".join(message.about)))
    lines.append(voices(words, message.voices))
    lines.append(
        words.say(
            "Accept or decline it, and say why. Everyone who contributed will see your reason."
        )
    )
    return [one for one in lines if one]


def voices(words: Words, many: int | None) -> str:
    """How many messages from staff are behind it, with those that say the same; "" where it is of
    fewer than five people: such a number would say something of each of them."""
    if many is None:
        return ""
    return words.count(
        "Based on {n} message from staff, counting those that say the same.",
        "Based on {n} messages from staff, counting those that say the same.",
        many,
    )


def choice(words: Words, excerpt: str, said_by: SaidBy | None) -> str:
    """A message that a recommendation can be based on; it may stand for several people's."""
    return f"{excerpt} {matter_words.said_by(words, said_by)}" if said_by else excerpt


def settled(words: Words, message: AdviceSettled) -> str:
    if message.accepted:
        return words.say("Accepted: {title}", title=message.title)
    return words.say("Declined: {title}", title=message.title)


def settled_lines(words: Words, message: AdviceSettled) -> list[str]:
    decided = words.say("{who} decided it on {when}.", who=message.by, when=words.when(message.at))
    told = (
        words.say("It also goes to everyone whose message it was based on.")
        if message.to_committee
        else words.say("This goes to the committee and to everyone whose message it was based on.")
    )
    return [decided, told]


def heard(words: Words, message: Told) -> str:
    """What an author hears; "" where the news is another."""
    committee = wording.answerer(words, message.committee)
    match message.news:
        case News.ACCEPTED:
            return words.say(
                "The Chief Technology Officer accepted what {committee} recommended, based on "
                "what you and others said: {title}",
                committee=committee,
                title=message.advice or "",
            )
        case News.DECLINED:
            return words.say(
                "The Chief Technology Officer declined what {committee} recommended, based on "
                "what you and others said: {title}",
                committee=committee,
                title=message.advice or "",
            )
        case _:
            return ""
