"""What is said of ideas, on several cards."""

from __future__ import annotations

from typing import assert_never
from uuid import UUID

from core.words import Words
from governance import links
from surveys.priorities.model import IdeaState, News, Reason

ALL = "/ideas"
"""Where the surveys stand whose ideas somebody reads."""


def path(wave_id: UUID) -> str:
    """Where ideas are read before others see them."""
    return f"{ALL}/{wave_id}"


def pairs(wave_id: UUID, page: int) -> str:
    """Where a question is asked pair by pair."""
    return links.survey("", wave_id) + (f"/{page}" if page else "")


def reads(words: Words, moderator: str) -> str:
    """Who reads an idea before others see it. ``moderator``: "": nobody by name."""
    if not moderator:
        return words.say(
            "A moderator reads it before others see it, without your name. The CTO’s office may "
            "read it, too."
        )
    return words.say(
        "{name} reads it before others see it, without your name. The CTO’s office may read it, "
        "too.",
        name=moderator,
    )


def news(words: Words, one: News) -> str:
    """What became of an idea, for its author."""
    say, idea = words.say, words.text(one.words)
    match one.state:
        case IdeaState.WAITING:
            return say("Your idea “{idea}” is waiting to be read.", idea=idea)
        case IdeaState.ADDED:
            return say("Your idea “{idea}” was added.", idea=idea)
        case IdeaState.SAME:
            other = words.text(one.same_as) if one.same_as else ""
            return say(
                "We combined your idea “{idea}” with “{other},” which says the same thing.",
                idea=idea,
                other=other,
            )
        case IdeaState.DECLINED:
            why = told(words, one.reason or Reason.UNCLEAR)
            return say("Your idea “{idea}” was not added. {why}", idea=idea, why=why)
        case _:
            assert_never(one.state)


def told(words: Words, reason: Reason) -> str:
    """Why an idea was not added, for its author."""
    say = words.say
    match reason:
        case Reason.UNCLEAR:
            return say("It was not clear what it means. You can write it again.")
        case Reason.NAMES:
            return say("It points to a person or a group of people.")
        case Reason.NOT_TECHNOLOGY:
            return say("It is not about technology.")
        case Reason.DONE:
            return say("The district does this already, or is about to.")
        case Reason.UNKIND:
            return say("Its words could hurt someone. You can write it again.")
        case Reason.LATE:
            return say("It came too late to be compared by enough people.")
        case _:
            assert_never(reason)


def reasons(words: Words) -> tuple[tuple[str, str], ...]:
    """(value, label) of what a moderator can choose."""
    say = words.say
    labels = {
        Reason.UNCLEAR: say("Not clear what it means"),
        Reason.NAMES: say("Points to a person or a group of people"),
        Reason.NOT_TECHNOLOGY: say("Not about technology"),
        Reason.DONE: say("Done already, or about to be"),
        Reason.UNKIND: say("Its words could hurt someone"),
    }
    return tuple((reason.value, label) for reason, label in labels.items())
