"""What a survey's comments are about, for pages and messages: themes with about how many people
wrote of each. No comment is beside its theme (``surveys.disclosure.themes``)."""

from __future__ import annotations

from dataclasses import dataclass

from core.tiles import Bar
from core.words import Words
from governance.reading.themes import theme_name
from surveys.results.model import CommentThemes

MOST_THEMES = 10
"""Themes that are seen at once: the largest."""


@dataclass(frozen=True, kw_only=True)
class Themes:
    """Under a title, a sentence on what is counted, the themes as bars, the smaller ones as
    ``more`` bars, and what their numbers are not."""

    title: str
    lead: str
    bars: tuple[Bar, ...] = ()
    more: tuple[Bar, ...] = ()
    note: str = ""


def told_themes(themes: CommentThemes, words: Words) -> Themes:
    """The same in words, the theme of most people first and what is left over last."""
    title = words.say("What the comments are about")
    if themes.people is None:
        unread = words.say("The themes could not be read when the survey closed.")
        return Themes(title=title, lead=unread)
    lead = words.count(
        "About {n} person wrote a comment, and counts for one theme.",
        "About {n} people wrote a comment. Each counts for one theme.",
        themes.people,
    )
    if not themes.themes:
        few = words.say(
            "No theme is shown: fewer than about {k} people wrote about each.", k=themes.least
        )
        return Themes(title=title, lead=f"{lead} {few}")
    bars = [(words.name(theme_name(one.theme) or one.theme), one.people) for one in themes.themes]
    others = [(words.say("Something else"), themes.others)] if themes.others else []
    most = max(n for _, n in (*bars, *others))
    drawn = [
        Bar(label=name, share=n / most, figure=words.say("about {n}", n=words.number(n)))
        for name, n in (*bars[:MOST_THEMES], *others, *bars[MOST_THEMES:])
    ]
    first = min(len(bars), MOST_THEMES) + len(others)
    return Themes(
        title=title,
        lead=lead,
        bars=tuple(drawn[:first]),
        more=tuple(drawn[first:]),
        note=words.say(
            "A program read the themes, and each number has a random number in it, so it can be a "
            "few people off. A theme is shown from about {k} people on.",
            k=themes.least,
        ),
    )
