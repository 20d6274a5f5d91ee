"""What the door itself says: of faults, of buttons that are too old, and in a team's channel."""

from __future__ import annotations

from bot import faults as fault_words
from bot.teams.cards import Drawn, card, line, link
from core.words import Words
from governance import wording


def apology(words: Words, error: Exception, code: str = "") -> Drawn:
    """What is said where we fail."""
    return _aside(words, fault_words.told(words, error, code))


def too_old(words: Words) -> Drawn:
    """A button that means nothing any more."""
    return _aside(words, words.say("This button is too old. Please write “help” to start again."))


def no_files(words: Words, *, kept: bool) -> Drawn:
    """To whoever sent a picture or a file; ``kept``: the words with it are."""
    return _aside(words, wording.no_files(words, kept=kept))


def alone(words: Words) -> Drawn:
    """What is somebody's own is not for a channel."""
    return _aside(words, _own_chat(words))


def elsewhere(words: Words, app_id: str) -> Drawn:
    """The answer to whatever is written to the bot in a channel."""
    return _with_way(words, app_id, _own_chat(words))


def introduction(words: Words, app_id: str) -> Drawn:
    """What a team reads when the app is added to it."""
    return _with_way(
        words,
        app_id,
        words.say("People on your district’s committees read what you tell me and answer it."),
        _own_chat(words),
    )


def _own_chat(words: Words) -> str:
    return words.say("Please write to me in our own chat: everyone in this channel can read this.")


def _with_way(words: Words, app_id: str, *said: str) -> Drawn:
    """Sentences for a channel, with the way to a chat of one's own."""
    way = link(words.say("Open our chat"), _chat_of(app_id))
    return card([line(one) for one in said], [way], summary=said[0], locale=words.locale)


def _aside(words: Words, said: str) -> Drawn:
    return card([line(said)], summary=said, locale=words.locale)


def _chat_of(app_id: str) -> str:
    """Microsoft's link to an app by its manifest's id: Teams offers to add it, or opens it."""
    return f"https://teams.microsoft.com/l/app/{app_id}"
