"""Words that open a page of a feature where they are typed to the bot, alone on their line.

A feature declares ``SHORTCUTS``; help lists them, and no list names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from core.commands import Command
from core.words import Words
from governance.features import declared


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """``words``: what is understood, in small letters without accents. ``typed``: the one of them
    that help names; ``label``: of a button; ``path``: of the same on the web."""

    command: Command
    label: Callable[[Words], str]
    typed: Callable[[Words], str]
    words: tuple[str, ...]
    path: str


@cache
def shortcuts() -> tuple[Shortcut, ...]:
    return tuple(one for of_feature in declared("SHORTCUTS") for one in of_feature)


@cache
def _by_words() -> dict[str, Command]:
    return dict(_pairs())


def _pairs() -> Iterator[tuple[str, Command]]:
    for one in shortcuts():
        for words in one.words:
            yield words, one.command


def shortcut_of(said: str) -> Command | None:
    """``said``: a line in small letters without accents."""
    return _by_words().get(said)
