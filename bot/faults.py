"""What is said where we fail: in a chat, on the error page of the web, and as plain text.

One place decides what is known of what somebody sent: it was saved, it was not, or nobody can tell
yet. A door says what came in (``begins``), the dispatch says what it did with it (``writes``,
``saved``), and every door words its failure by that.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from core.words import Words
from storage.unavailable import LostAtCommitError, UnavailableError, UnconfirmedError


class Fate(StrEnum):
    """What became of what was sent, as far as is known."""

    NOTHING = "nothing"
    """Nothing was sent that would be kept."""
    NOT_SAVED = "not saved"
    SAVED = "saved"
    UNSURE = "unsure"


_fate: ContextVar[Fate] = ContextVar("fate", default=Fate.NOTHING)


def begins(*, sends: bool) -> None:
    """Something came in at a door. ``sends``: it holds what somebody wants to be kept."""
    _fate.set(Fate.NOT_SAVED if sends else Fate.NOTHING)


def writes() -> None:
    """A command that keeps something begins. After another one that did, a failure may have
    kept a part. Where nothing was sent, there is nothing to say of it: a page that was opened may
    note that it was."""
    if _fate.get() is not Fate.NOTHING:
        _fate.set(Fate.UNSURE if _fate.get() is Fate.SAVED else Fate.NOT_SAVED)


def saved() -> None:
    """What was sent is committed."""
    if _fate.get() is not Fate.NOTHING:
        _fate.set(Fate.SAVED)


def is_saved() -> bool:
    """Whether what was sent is committed."""
    return _fate.get() is Fate.SAVED


def fate_after(error: Exception) -> Fate:
    """What is known once this went wrong."""
    known = _fate.get()
    lost = isinstance(error, UnconfirmedError | LostAtCommitError)
    return Fate.UNSURE if lost and known is Fate.NOT_SAVED else known


@dataclass(frozen=True, kw_only=True)
class Apology:
    """What happened, and what to do. ``look``: there is a place to look first."""

    title: str
    what: str
    todo: str
    look: bool = False

    @property
    def told(self) -> str:
        """As one paragraph."""
        return f"{self.title}. {self.what} {self.todo}"


def apology(words: Words, error: Exception) -> Apology:
    """The words for a failure: what is known of what was sent decides them."""
    say, away = words.say, isinstance(error, UnavailableError | UnconfirmedError)
    if away:
        title, why = (
            say("We’re briefly unavailable"),
            say("Our database is not available right now."),
        )
    else:
        title, why = say("Something went wrong on our side"), ""
    match fate_after(error):
        case Fate.SAVED:
            return Apology(
                title=say("Saved"),
                what=say("What you sent was saved, but we could not show what comes next."),
                todo=say("There is no need to send it again."),
                look=True,
            )
        case Fate.UNSURE:
            return Apology(
                title=say("We cannot tell yet whether this was saved"),
                what=say("Our database did not answer in time. What you sent may have been saved.")
                if away
                else say("What you sent may have been saved."),
                todo=say("Wait a minute, then check whether it is there before you send it again."),
                look=True,
            )
        case Fate.NOT_SAVED:
            what, todo = say("What you sent was not saved."), say("Wait a minute, then try again.")
        case Fate.NOTHING:
            what = say("This can’t be shown right now. Nothing was changed.")
            todo = say("Wait a minute, then try again.")
    return Apology(title=title, what=f"{why} {what}".strip(), todo=todo)


def told(words: Words, error: Exception, code: str = "") -> str:
    """As one paragraph; ``code`` finds the fault in the log."""
    said = apology(words, error).told
    if isinstance(error, UnavailableError | UnconfirmedError):
        return said
    again = words.say("If it fails again, tell the help desk this code: {code}", code=code)
    return f"{said} {again}"
