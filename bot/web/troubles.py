"""What can go wrong with a visit, and how the error page says it in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.words import Words


class TroubleError(Exception):
    """Stops a visit with an error page of this HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Apology:
    """What happened, and what to do."""

    title: str
    what: str
    todo: str


def apology(status: int, words: Words) -> Apology:
    """The words of an error page."""
    say = words.say
    match status:
        case 400 | 422:
            return Apology(
                title=say("We could not read that form"),
                what=say("Something in it was missing or did not fit. Nothing was saved."),
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
            return _ours(status, words)


def _ours(status: int, words: Words) -> Apology:
    say = words.say
    if status == 503:
        return Apology(
            title=say("We are not reachable for a moment"),
            what=say("Our database cannot be used just now. What you sent was not saved."),
            todo=say("Wait a minute, go back and try again."),
        )
    if status == 504:
        return Apology(
            title=say("We are not sure that this was saved"),
            what=say("Our database did not answer in time. What you sent may have been saved."),
            todo=say("Wait a minute, then check whether it is there before you send it again."),
        )
    return Apology(
        title=say("Something went wrong on our side"),
        what=say("It is our fault, not yours. What you sent may not have been saved."),
        todo=say("Wait a minute, then try again."),
    )
