"""How a person is reached here: in chat, or on their Home once they sign in. Every sentence that
says what somebody gets asks this, so that none promises a message where there is no chat."""

from __future__ import annotations

from core.people import Person, Platform
from core.words import Words


def in_chat(person: Person) -> bool:
    """Whether a message reaches them without their signing in."""
    return on_chat_platform(person.platform)


def on_chat_platform(platform: Platform) -> bool:
    """The same, from where they are reached."""
    return platform is not Platform.WEB


def has_it_now(words: Words, name: str, *, chat: bool) -> str:
    """What whoever assigns a message reads: how the other one learns of it."""
    if chat:
        return words.say("{name} has it now and gets a message about it.", name=name)
    return words.say("{name} has it now and sees it on Home.", name=name)


def reminded(words: Words, *, chat: bool) -> str:
    """How people who are overdue were reminded. ``chat``: at least one of them in chat."""
    if chat:
        return words.say(
            "People who are overdue were reminded three times. They get no more reminders."
        )
    return words.say(
        "People who are overdue were reminded three times, on Home only, because they are not in "
        "chat. They get no more reminders."
    )


def posted(words: Words, *, chat: bool) -> str:
    """Where a committee's messages go as they arrive. ``chat``: it has a channel there."""
    if chat:
        return words.say("Each message is posted to your channel as it arrives.")
    return words.say(
        "Each message appears on the committee’s page as it arrives. The committee has no channel "
        "in chat."
    )
