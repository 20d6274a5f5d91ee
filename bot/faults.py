"""What is said where we fail: in a chat, on the error page of the web, and as plain text."""

from __future__ import annotations

from dataclasses import dataclass

from core.words import Words
from storage.unavailable import UnavailableError, UnconfirmedError


@dataclass(frozen=True, kw_only=True)
class Apology:
    """What happened, and what to do."""

    title: str
    what: str
    todo: str

    @property
    def told(self) -> str:
        """As one paragraph."""
        return f"{self.title}. {self.what} {self.todo}"


def unavailable(words: Words) -> Apology:
    return Apology(
        title=words.say("We are not reachable for a moment"),
        what=words.say("Our database cannot be used just now. What you sent was not saved."),
        todo=words.say("Wait a minute, then try again."),
    )


def unconfirmed(words: Words) -> Apology:
    return Apology(
        title=words.say("We are not sure that this was saved"),
        what=words.say("Our database did not answer in time. What you sent may have been saved."),
        todo=words.say("Wait a minute, then check whether it is there before you send it again."),
    )


def fault(words: Words) -> Apology:
    return Apology(
        title=words.say("Something went wrong on our side"),
        what=words.say("What you sent may not have been saved."),
        todo=words.say("Wait a minute, then try again."),
    )


def told(words: Words, error: Exception, code: str = "") -> str:
    """As one paragraph; ``code`` finds the fault in the log."""
    match error:
        case UnavailableError():
            return unavailable(words).told
        case UnconfirmedError():
            return unconfirmed(words).told
        case _:
            again = words.say("If it fails again, tell the help desk this code: {code}", code=code)
            return f"{fault(words).told} {again}"
