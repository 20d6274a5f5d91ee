"""One look at a page: where, by whom, and in which of its states."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bot.web.site import Answer

Said = tuple[type, Answer | Exception]


@dataclass(frozen=True, kw_only=True)
class Look:
    """``at``: the address. ``said``: what some commands are answered with instead of on a good
    day. ``typed``: what is written into which field first. ``press``: the words of a button to
    press there, of several in turn with commas between; the page after it is looked at.
    ``stranger``: with nobody signed in. ``status`` is the page's, ``locale`` its reader's
    language."""

    at: str
    said: tuple[Said, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    press: str = ""
    stranger: bool = False
    demo: bool = False
    status: int = 200
    locale: str = "en"

    def __str__(self) -> str:
        told = "".join(f", {kind.__name__}" for kind, _ in self.said)
        how = "" if self.locale == "en" else f" in {self.locale}"
        return f"{self.at}{how}{f', then {self.press}' if self.press else ''}{told}"


def page(at: str, *said: Said, press: str = "", status: int = 200, locale: str = "en") -> Look:
    return Look(at=at, said=said, press=press, status=status, locale=locale)


def stranger(
    at: str,
    *typed: tuple[str, str],
    demo: bool = False,
    press: str = "",
    status: int = 200,
) -> Look:
    return Look(at=at, typed=typed, stranger=True, demo=demo, press=press, status=status)
