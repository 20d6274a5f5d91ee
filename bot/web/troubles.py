"""What can go wrong with a visit, and how the error page says it in plain words."""

from __future__ import annotations

from bot import faults as fault_words
from bot.faults import Apology
from core.words import Words


class TroubleError(Exception):
    """Stops a visit with an error page of this HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def apology(status: int, words: Words) -> Apology:
    """The words of an error page."""
    say = words.say
    match status:
        case 400 | 422:
            return Apology(
                title=say("We could not read that form"),
                what=say("Something in it was missing or not valid. Nothing was saved."),
                todo=say("Go back, reload the page and send it again."),
            )
        case 403:
            return Apology(
                title=say("This form is too old to send"),
                what=say("You may have signed in again since it was opened. Nothing was saved."),
                todo=say("Open the page again and send it from there."),
            )
        case 404:
            return Apology(
                title=say("We cannot find that page"),
                what=say("The link may be mistyped, or what it led to is no longer here."),
                todo=say("Start from Home: everything that waits for you is there."),
            )
        case 405:
            return Apology(
                title=say("That page cannot be used this way"),
                what=say("Nothing was saved."),
                todo=say("Start from Home and use the buttons there."),
            )
        case 410:
            return Apology(
                title=say("This sign-in link has been used or is too old"),
                what=say("Each link works once and for a short time, so that only you can use it."),
                todo=say("Ask for a new link the same way you got this one."),
            )
        case 413:
            return Apology(
                title=say("That is too much text for one form"),
                what=say("Nothing was saved."),
                todo=say("Go back, shorten it and send it again."),
            )
        case _:
            return fault_words.apology(words, TroubleError(status))
