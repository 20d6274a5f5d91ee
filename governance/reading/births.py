"""Dates of birth in a message: dates that a word of birth, or a name, stands by."""

from __future__ import annotations

import re
from collections.abc import Collection

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre)\.?"
)
_YEAR = r"(?:(?:19|20)\d\d)"
_DATE = re.compile(
    rf"(?<![\w/-])(?:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{1,4}}|{_YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:of\s+)?(?:{_YEAR}|['’]?\d\d(?!\s*[:ap]))|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+|de\s+)?{_MONTH},?[\s-]+(?:de\s+|del\s+)?(?:{_YEAR}|['’]?\d\d(?!\s*[:ap])))"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"(?<![\w/-])(?:\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?|{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:de\s+)?{_YEAR})?|"
    rf"(?:19|20)\d{{6}}|(?:0[1-9]|1[0-2])[0-3]\d(?:(?:19|20)\d\d|\d\d)|{_MONTH},?\s+{_YEAR}|"
    rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)|{_YEAR})(?![\w/-])",
    re.IGNORECASE,
)
_WORD = (
    r"d\.?\s?o\.?\s?b\.?|born(?:\s+on)?|birth\s?da(?:y|te)s?|date\s+of\s+birth|b-?days?|bdates?|"
    r"nacid[oa]|naci[oó]|fecha\s+de\s+nacimiento|nacimiento|cumplea[nñ]os"
)
_BIRTH = re.compile(rf"(?<!\w)(?:{_WORD})(?!\w)", re.IGNORECASE)
_BIRTH_NEAR = re.compile(
    rf"(?<!\w)(?:{_WORD}|\bb\.|(?:turn(?:s|ed|ing)?|will\s+be)\s+(?:\d{{1,2}}|\w+)\s+on)(?!\w)[^\n\d]{{0,28}}$",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    r"^[\s,)]{0,3}(?:\(?(?:d\.?o\.?b|birth|b-?day|born|(?:is|was)\s+(?:not\s+)?(?:his|her|their|my|the|when)"
    r"\s+(?:\w+\s+){0,2}(?:b|d\.?o\.?b)))",
    re.IGNORECASE,
)
_REACH = 90
"""Characters that a word of birth reaches: "born 3/1/2012, the system has ... 1/3/2012"."""


def births(text: str) -> list[tuple[int, int]]:
    """Dates after a word of birth, or in front of one (a date alone is a deadline more often)."""
    found = []
    for match in _DATE.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        if _BIRTH.search(before) or _BIRTH_AFTER.match(text[match.end() : match.end() + 40]):
            found.append(match.span())
    for match in _DAY.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if _BIRTH_NEAR.search(before) or _BIRTH_AFTER.match(text[match.end() : match.end() + 40]):
            found.append(match.span())
    return found


def births_of(text: str, named: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """A date that stands right behind a name ("Rashid bin Omar, 12/01/08")."""
    ends = [end for _, end in named]
    return [
        match.span()
        for match in _DATE.finditer(text)
        if any(
            0 <= match.start() - end <= 4 and not text[end : match.start()].strip(" ,(–-:")
            for end in ends
        )
    ]
