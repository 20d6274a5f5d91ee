"""Screening for personal data. In evidence, a part of a web address is not taken for a name. In the
name of an assessment, a school year is not taken for a student's number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from governance.reading.personal_data import find
from governance.redaction.put_back import PutBack
from governance.redaction.screening import Screened, screen

ADDRESS = re.compile(r"https?://[^\s<>\"'|\\^`{}\x00-\x20\u200b-\u206f\ufeff]+")
_SCHOOL_YEAR = re.compile(r"(?<![\d-])20\d\d[-–/](?:20)?\d\d(?![\d-])")
_PLACE = re.compile(r"⟦(\d+)⟧")


def screen_with_links(texts: Sequence[str], back: PutBack, before: Iterable[str] = ()) -> Screened:
    """``screen``, except for web addresses in which only names were found."""
    return _screen_but(ADDRESS, "PERSON", texts, back, before)


def screen_name(name: str, back: PutBack) -> Screened:
    """``screen``, except for the school year in "CIS Controls IG1, 2026-27"."""
    return _screen_but(_SCHOOL_YEAR, "STUDENT_ID", (name,), back, ())


def _screen_but(
    which: re.Pattern[str], kind: str, texts: Sequence[str], back: PutBack, before: Iterable[str]
) -> Screened:
    """What matches ``which`` is left alone if nothing but that kind was found in it."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        if any(one.kind != kind for one in find(found[0])):
            return found[0]
        held.append(found[0])
        return f"⟦{len(held) - 1}⟧"

    def put_in(found: re.Match[str]) -> str:
        number = int(found[1])
        return held[number] if number < len(held) else found[0]

    screened = screen([which.sub(hold, _PLACE.sub("", one)) for one in texts], back, before)
    return replace(screened, texts=tuple(_PLACE.sub(put_in, one) for one in screened.texts))
