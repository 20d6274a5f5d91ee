"""Where somebody lives: a house's number and its street, and what else is written like that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import Pattern

from governance.reading.digits import has_digit
from governance.reading.not_names import PRODUCTS

_STREET = (
    r"street|str|st|avenue|ave?|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|circle|cir|way|"
    r"place|pl|terrace|terr?|trail|trl|spur|parkway|pkwy|highway|hwy|loop|run|hollow|ridge|square|sq|"
    r"view|row|walk|gardens|estates|manor|heights|pass|path|pike|turnpike|commons|glen|"
    r"plaza|point|pointe|crossing|xing|bend|cove|alley|trailer\s+(?:park|court)|apartments|apts"
)
_PART = (
    r"(?:(?:apt|apartment|apartamento|unit|suite|ste|lot|trailer|space|spc|bldg|building|floor)\b\.?"
    r"\s*#?\s?|#\s?)\w+"
)
_PLACE = (
    r"(?:,?\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s+(?:[A-Z]{2}\b|Nebraska|Iowa|Kansas)(?:\s+\d{5}(?:-\d{4})?)?|"
    r",\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:\s+\d{5}(?:-\d{4})?)?|,?\s+\d{5}(?:-\d{4})?\b)?"
)
_HEADING = r"(?:[NSEW]{1,2}\.?\s+|(?:North|South|East|West)\s+)?"
_NUMBER = r"(?<![\w$.:/#-])\d{1,6}(?:\s?[A-D]|\s1/2|½)?"
_ADDRESS = re.compile(
    rf"{_NUMBER}\s+{_HEADING}(?:(?:[^\W\d_a-z][\w'’.-]*|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}"
    rf"(?i:{_STREET})\b\.?(?:,?\s+(?i:{_PART}))?{_PLACE}|"
    rf"(?i:\bP\.?\s?O\.?\s+Box\s+\w*\d+\w*(?:,?\s+(?:rural\s+route|rr|route|rt)\.?\s+\d+)?)|"
    r"(?i:\b(?:rural\s+route|rr)\.?\s*\d+,?\s+box\s+\d+)|"
    rf"{_NUMBER}\s+(?:[NSEW]{{1,2}}\.?\s+|(?i:north|south|east|west)\s+)\d{{1,3}}(?:st|nd|rd|th)\b"
    rf"(?:\s+(?i:{_STREET})\b\.?)?(?:,?\s+(?i:{_PART}))?"
)
_LOWER = re.compile(
    r"(?<![\w$.:/#-])\d{2,6}\s+(?:[nsew]\.?\s+|(?:north|south|east|west)\s+)?(?:(?!of\b|in\b|the\b|a\b|to\b|"
    r"for\b|on\b|and\b|my\b|from\b|is\b|at\b)[a-z][a-z'’]+\s+|\d{1,3}(?:st|nd|rd|th)\s+){1,2}"
    r"(?:street|avenue|ave|road|rd|lane|ln|blvd|boulevard|court|ct|terrace|st|dr|cir|circle|pkwy|hwy)\b"
    rf"(?:,?\s+{_PART})?"
)
_DWELLS = (
    r"lives?|lived|living|stays?|staying|moved|moving|reside[sd]?|housed|homes?|house|address(?:es)?|apartment|"
    r"dad['’]s|mom['’]s|grandma['’]s|gran['’]s|aunt['’]s|cousin['’]s|pick(?:s|ed)?\s?-?up|drop(?:s|ped)?\s?-?off|"
    r"bus\s+stop|delivered?|mail(?:ed|ing)?|send|sent|ship(?:ped)?|letters?|direcci[oó]n|vive|casa|evicted|"
    r"shelter|motel|duplex|trailer|zip"
)
_NOT_STREETS = (
    r"Chromebooks?|iPads?|Laptops?|Devices?|Students?|Kids|Days?|Weeks?|Months?|Years?|Hours?|Minutes?|"
    r"Grade|Jan\w*|Feb\w*|Mar(?:ch)?|Apr\w*|May|June?|July?|Aug\w*|Sep\w*|Oct\w*|Nov\w*|Dec\w*|GB|MB|TB|"
    r"AM|PM|A\.M|P\.M|I|I['’]m|The|And|But|We|He|She|They|It|So|If|Please|Can|Why|Google|Microsoft|Apple|"
    r"HDMI|USB|IEPs?|PDFs?|Mbps|GHz|MHz|Hz"
)
_COUNTED = (
    r"(?:min\w*|sec\w*|hours?|days?|weeks?|months?|years?|times?|kids?|students?|percent|dollars?|people|families|"
    r"miles?|devices?|chromebooks?|tablets?|ipads?|emails?|pages?|of|and|or|to|a|am|pm|in|on|for|with)\b"
)
_TOLD = re.compile(
    rf"(?i:\b(?:{_DWELLS})\b)[^\d\n.;]{{0,32}}?"
    rf"(\d{{1,6}}\s+{_HEADING}(?:[A-Z][\w'’-]*\.?|\d{{1,3}}(?:st|nd|rd|th)\b)"
    rf"(?:\s+[A-Z][\w'’-]*){{0,3}}(?:,?\s+(?i:{_PART}))?{_PLACE})"
)
_DWELLING = re.compile(rf"(?i:(?<!\w)(?:{_DWELLS})(?!\w))")
_PLAIN = re.compile(
    rf"{_NUMBER}\s+{_HEADING}(?:(?!(?:{_NOT_STREETS})\b)[A-Z][\w'’-]*\.?)"
    rf"(?:\s+(?!(?:{_NOT_STREETS})\b)[A-Z][\w'’-]*){{0,2}}(?:,?\s+(?i:{_PART}))?{_PLACE}"
)
_PLAIN_LOWER = re.compile(
    r"(?i:\b(?:lives?|lived|living|staying|stays|moved|house|home|address|vive)\b)[^\d\n.;]{0,20}?\b(?:at|to|en|is|on|now)\s+"
    rf"(\d{{2,6}}\s+(?:[nsew]\.?\s+)?(?!{_COUNTED})[a-z][a-z'’]+(?:\s+(?:{_STREET})\b)?(?:,?\s+{_PART})?)"
)
_TOLD_STREET = re.compile(
    rf"(?i:\b(?:{_DWELLS})\b)[^\d\n.;]{{0,24}}?\b(?:on|to|at|en|off|near|of|is|from)\s+(?:the\s+)?"
    rf"((?:[NSEW]\.?\s+)?(?:(?:[A-Z][\w'’-]*|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,3}}(?i:{_STREET})\b\.?"
    rf"(?:,?\s+(?i:{_PART}))?{_PLACE})"
)
_PART_TOLD = re.compile(
    rf"(?i:\b(?:{_DWELLS})\b)[^\d\n.;]{{0,30}}?"
    r"((?i:\b(?:apt|apartment|unit|lot|trailer|space)\b\.?\s*#?\s?\w*\d\w*)"
    r"(?:(?:,?\s+(?:at|in|of)\s+|,\s+)(?:[A-Z]\w+\s?){1,4})?)"
)
_CORNER = re.compile(
    rf"(?i:\b(?:{_DWELLS}|corner\s+of)\b)[^\d\n.;]{{0,30}}?"
    r"((?:\d{1,3}(?:st|nd|rd|th)|[A-Z]\w+)\s+(?:and|&)\s+(?:[A-Z]\w*|\d{1,3}(?:st|nd|rd|th)))\b"
)
_NEAR = 70
"""Characters around a number and a capital in which a word of dwelling must stand."""


def addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses stand, without "12 Google Drive links"."""
    if not has_digit(text):  # most messages: what is left has a street's name alone
        return _spans(text, (_TOLD_STREET, _CORNER))
    found = [
        match.span()
        for pattern in (_ADDRESS, _LOWER)
        for match in pattern.finditer(text)
        if not PRODUCTS & set(match.group().lower().split()[1:-1])
    ]
    found += _spans(text, (_TOLD, _TOLD_STREET, _PLAIN_LOWER, _PART_TOLD, _CORNER))
    return found + [
        match.span()
        for match in _PLAIN.finditer(text)
        if _DWELLING.search(text, max(0, match.start() - _NEAR), match.end() + _NEAR)
    ]


def _spans(text: str, patterns: Iterable[Pattern[str]]) -> list[tuple[int, int]]:
    return [match.span(1) for pattern in patterns for match in pattern.finditer(text)]
