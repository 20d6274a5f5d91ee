"""What is sensitive: what its readers are told, and whom its author hears of."""

from __future__ import annotations

from core.words import Words
from governance import links
from governance.committees.model import RESTRICTED
from governance.messages import News, RestrictedWaiting, Told


def waiting(words: Words, message: RestrictedWaiting) -> str:
    """How much that is sensitive waits unread, and since when."""
    when = words.day(message.received_at)
    if message.count == 1 and not message.late:
        return words.say("Something sensitive has been waiting for you since {when}.", when=when)
    said = words.count(
        "{n} sensitive message has been unread since {when}.",
        "{n} sensitive messages are unread, the oldest since {when}.",
        message.count,
        when=when,
    )
    return f"{said} {_late(words, message)}" if message.late else said


def _late(words: Words, message: RestrictedWaiting) -> str:
    if message.stands_in:
        return words.say("It has waited for more than a day, so your stand-in gets this too.")
    return words.say("It has waited for more than a day, so the deputies get this too.")


def who_may(words: Words, message: RestrictedWaiting) -> str:
    """Who else reads it; a stand-in is not told why they are one."""
    if message.stands_in:
        return words.say(
            "You are standing in for the people who usually read such messages, for this "
            "one only. Opening it is recorded."
        )
    return words.say("Only you and your deputies can read it, on the restricted page.")


def open_it(words: Words, message: RestrictedWaiting) -> str:
    """On the button."""
    if message.stands_in:
        return words.say("Open and read it")
    return words.say("Open the restricted page")


def where(message: RestrictedWaiting, web_url: str) -> str:
    """The page to read it on: the restricted one is not a stand-in's."""
    if message.stands_in:
        return links.item(web_url, message.item_id)
    return links.docket(web_url, RESTRICTED)


def instead(words: Words, message: Told) -> str:
    """What its author hears where it is not read as usual; "" where it is."""
    if message.news is News.NO_READER:
        return words.say(
            "This is sensitive, and everyone here who might read it could be involved. So "
            "nobody here reads it. Please turn to Human Resources, the Title IX "
            "coordinator or your association directly."
        )
    if message.unread and message.news is News.RESTRICTED:
        return words.say(
            "I could not read this automatically, so one named person reads it as you wrote it. "
            "No committee sees it unless that person passes it on."
        )
    if message.stood_in:
        return words.say(
            "This is sensitive, so no committee sees it. The people who usually read such "
            "messages do not get this one: another person reads it in their place. These "
            "people can help you directly."
        )
    return ""
