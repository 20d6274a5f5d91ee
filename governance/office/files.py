"""The district's files, checked and compared with what is loaded, as a list."""

from __future__ import annotations

from dataclasses import dataclass

from core.lists import Cell, Column, Filter, ListView, Row
from core.tiles import Tone
from core.words import Words

LARGEST = 20 * 1024 * 1024
"""Bytes of the largest ZIP file that is taken."""


@dataclass(frozen=True, kw_only=True)
class FileProblem:
    """``place``: the file with its line. ``said``: what is wrong, and how to fix it, in English."""

    place: str
    said: str


@dataclass(frozen=True, kw_only=True)
class FileDifference:
    """``sign``: "+" (new), "~" (changed), "-" (retired) or "!" (kept as it is). ``said``: in
    English."""

    sign: str
    said: str


@dataclass(frozen=True, kw_only=True)
class FilesChecked:
    """``unreadable``: why the upload could not be opened, in English. Files with problems are not
    compared with what is loaded."""

    unreadable: str = ""
    problems: tuple[FileProblem, ...] = ()
    differences: tuple[FileDifference, ...] = ()


MOST_SHOWN = 50
"""Problems on a page: they are fixed from the top. And differences of one."""

_NEW, _CHANGED, _RETIRED, _KEPT = "new", "changed", "retired", "kept"
_SIGNS = {"+": _NEW, "~": _CHANGED, "-": _RETIRED, "!": _KEPT}
_TONES = {_NEW: Tone.GOOD, _CHANGED: Tone.PLAIN, _RETIRED: Tone.CAUTION, _KEPT: Tone.PLAIN}


def problems_list(words: Words, found: FilesChecked) -> ListView:
    """File by file, from the top."""
    say = words.say
    return ListView(
        downloads=False,  # the files that were checked are not kept
        columns=(
            Column(key="where", label=say("File and line"), sorts=False),
            Column(key="what", label=say("What to fix"), sorts=False, wraps=True),
        ),
        title="where",
        filters=(Filter(key="", label=say("All")),),
        rows=tuple(
            Row(
                key=str(n),
                cells=(Cell(text=one.place), Cell(text=one.said, language="en")),
            )
            for n, one in enumerate(found.problems[:MOST_SHOWN])
        ),
        empty=say("There is nothing to fix."),
        opens=False,
        searches=False,
    )


def differences_list(words: Words, found: FilesChecked) -> ListView:
    """In the order in which they would be loaded."""
    say = words.say
    names = {
        _NEW: say("New"),
        _CHANGED: say("Changed"),
        _RETIRED: say("Retired"),
        _KEPT: say("Stays as it is"),
    }
    return ListView(
        downloads=False,  # the files that were checked are not kept
        columns=(
            Column(key="what", label=say("What"), sorts=False),
            Column(key="becomes", label=say("What happens"), sorts=False),
        ),
        title="what",
        filters=(Filter(key="", label=say("All")),),
        rows=tuple(
            Row(
                key=str(n),
                cells=(
                    Cell(text=one.said[:1].upper() + one.said[1:], language="en"),
                    Cell(text=names[_SIGNS[one.sign]], tone=_TONES[_SIGNS[one.sign]]),
                ),
            )
            for n, one in enumerate(found.differences[:MOST_SHOWN])
        ),
        empty=say("The files say what is loaded already. Nothing would change."),
        opens=False,
        searches=False,
    )


def problems_line(words: Words, found: FilesChecked) -> str:
    return words.count(
        "{n} thing to fix. Nothing can be loaded before it is fixed.",
        "{n} things to fix. Nothing can be loaded before they are fixed.",
        len(found.problems),
    )


def not_shown(words: Words, found: FilesChecked) -> tuple[str, ...]:
    """What is said of the problems, or of the differences, that are not shown."""
    more = len(found.problems or found.differences) - MOST_SHOWN
    if more <= 0:
        return ()
    return (
        words.count(
            "The first {shown} are shown. There is {n} more.",
            "The first {shown} are shown. There are {n} more.",
            more,
            shown=MOST_SHOWN,
        ),
    )


def differences_line(words: Words) -> str:
    return words.say(
        "The files are in order. This is what loading them would change. Nothing was changed now. "
        "Whoever runs the service loads them, with “soundingboard district load”."
    )
