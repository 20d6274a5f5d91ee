"""Personal data in a message: where it is, and the message without it.

Patterns for what has a shape (numbers, addresses, dates), context for names. It recognises what
it can and promises no more; measured recall is in docs/decisions/0005-reading.md. Standard
library only (the word list of TextBlob is read as a file), so it may be used anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from re import Pattern

from governance.feedback import Span
from governance.reading.names import people
from governance.reading.not_names import PRODUCTS

PLACEHOLDERS = {
    "PERSON": "[name]",
    "STUDENT_ID": "[student id]",
    "PHONE": "[phone]",
    "EMAIL": "[email]",
    "ADDRESS": "[address]",
    "DOB": "[birth date]",
    "SSN": "[ssn]",
}

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_SSN = re.compile(
    r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])|"
    r"(?i:\b(?:ssn|socials?|social security)\b[^.\n\d]{0,25})(\d{9}|\d{3}[-. ]?\d{2}[-. ]?\d{4})\b"
)
_PHONE = re.compile(
    r"(?<![\w$])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}(?!\d)|"
    r"(?<![\w$#.-])(?:\+?1)?[2-9]\d{9}(?![\w-])|"
    r"(?i:\b(?:call|phone|cell|number|text|reach|mobile|tel|at|dial|is)\b[^\d\n]{0,20})"
    r"(\d{3}[.-]\d{4})(?![\d-])"
)
_STREET = (
    r"street|str|st|avenue|ave?|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|circle|cir|way|"
    r"place|pl|terrace|terr?|trail|trl|spur|parkway|pkwy|highway|hwy|loop|run|hollow|ridge|square|sq|"
    r"plaza|point|pointe|crossing|xing|bend|cove|alley"
)
_ADDRESS = re.compile(
    r"(?<![\w$.:/-])\d{1,6}\s+(?:[NSEW]{1,2}\.?\s+|(?:North|South|East|West)\s+)?"
    r"(?:(?:[^\W\d_a-z][\w'’.-]*|\d{1,3}(?:st|nd|rd|th))\s+){1,4}"
    rf"(?i:{_STREET})\b\.?"
    r"(?:,?\s+(?i:apt|apartment|unit|suite|ste|lot|#)\.?\s*#?\w+)?"
    r"(?:,\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?:,?\s+[A-Z]{2}\b)?(?:\s+\d{5}(?:-\d{4})?)?)?|"
    r"(?i:\bP\.?\s?O\.?\s+Box\s+\d+)"
)
_ADDRESS_LOWER = re.compile(
    r"(?<![\w$.:/-])\d{2,6}\s+(?:[nsew]\.?\s+)?(?:(?!of\b|in\b|the\b|a\b|to\b|for\b|on\b|and\b|my\b)"
    r"[a-z][a-z'’]+\s+){1,2}(?:street|avenue|ave|road|rd|lane|ln|blvd|boulevard|court|ct|terrace)\b"
    r"(?:\s+(?:apt|unit|#)\.?\s*\w+)?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?<![\w/-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|(?:19|20)\d\d-\d{{1,2}}-\d{{1,2}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?:19|20)\d\d)(?![\w/-])",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"\b(?:d\.?o\.?b|born|birth\s?da(?:y|te)s?|date of birth|b-?days?|bday|nacid[oa]|"
    r"fecha de nacimiento)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w$.,/#-])#?([Ss]?\d{5,10})(?![\w/-]|[.,]\d)")
_ID_BEFORE = re.compile(
    r"(?:\b(?:ids?|stu(?:dent)?s?|pin|pupil|perm(?:anent)?|lunch|badge|powerschool|number|num|no)\b"
    r"[\s.:#,-]*(?:is|are|was|number|no\.?|#|id)?[\s.:#,-]*|#\s?)$",
    re.IGNORECASE,
)
_ID_LIST = re.compile(r"\bids?\b[^.\n]{0,12}\d[\d\sSs,]*(?:and|or|&|,)\s*$", re.IGNORECASE)
_NO_ID_BEFORE = re.compile(
    r"(?:\b(?:ticket|case|serial|work ?order|wo|po|order|invoice|asset|tag|model|room|rm|"
    r"ext(?:ension)?|zip|isbn|barcode|confirmation|request|req|account code|version|"
    r"build|error|code)\b"
    r"[\s.:#-]*(?:is|number|no\.?|#)?[\s.:#-]*)$",
    re.IGNORECASE,
)


def find(text: str, names: Collection[str] = ()) -> tuple[Span, ...]:
    """Personal data in order of place, none overlapping. ``names`` are the roster's own names
    (full or single; give a frozenset when you call often: it is indexed once)."""
    taken: list[Span] = []
    _take(taken, _whole("EMAIL", _EMAIL, text))
    _take(taken, _inner("SSN", _SSN, text))
    _take(taken, _births(text))
    _take(taken, _inner("PHONE", _PHONE, text))
    _take(taken, _addresses(text))
    _take(taken, _whole("ADDRESS", _ADDRESS_LOWER, text))
    _take(taken, _student_ids(text))
    for span in taken:  # the words of an address are no names
        if span.kind == "EMAIL":
            text = text[: span.start] + "@" * (span.end - span.start) + text[span.end :]
    _take(taken, (Span(start=a, end=b, kind="PERSON") for a, b in people(text, names)))
    return tuple(sorted(taken, key=lambda span: span.start))


def redact(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by its kind in brackets: "[name] (id [student id])"."""
    parts: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < at:  # a caller's overlapping spans: the union is taken out
            at = max(at, span.end)
            continue
        parts += [text[at : span.start], PLACEHOLDERS.get(span.kind, f"[{span.kind.lower()}]")]
        at = span.end
    return "".join([*parts, text[at:]])


def _take(taken: list[Span], found: Iterable[Span]) -> None:
    for span in found:
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)


def _whole(kind: str, pattern: Pattern[str], text: str) -> list[Span]:
    return [Span(start=m.start(), end=m.end(), kind=kind) for m in pattern.finditer(text)]


def _inner(kind: str, pattern: Pattern[str], text: str) -> list[Span]:
    """The pattern's group where it has one (what stands before it is only context)."""
    spans = []
    for match in pattern.finditer(text):
        group = 1 if match.group(1) else 0
        spans.append(Span(start=match.start(group), end=match.end(group), kind=kind))
    return spans


def _births(text: str) -> list[Span]:
    """Dates after a word of birth (a date alone is a deadline more often than a birthday)."""
    return [
        Span(start=m.start(), end=m.end(), kind="DOB")
        for m in _DATE.finditer(text)
        if _BIRTH.search(text[max(0, m.start() - 80) : m.start()])
    ]


def _addresses(text: str) -> list[Span]:
    """Without "12 Google Drive links"."""
    return [
        span
        for span in _whole("ADDRESS", _ADDRESS, text)
        if not PRODUCTS & set(text[span.start : span.end].lower().split()[1:-1])
    ]


def _student_ids(text: str) -> list[Span]:
    spans = []
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        digits = len(match.group(1).lstrip("Ss"))
        told = bool(_ID_BEFORE.search(before) or _ID_LIST.search(before))
        if (told and digits >= 5) or (6 <= digits <= 9 and not _NO_ID_BEFORE.search(before)):
            spans.append(Span(start=match.start(1), end=match.end(1), kind="STUDENT_ID"))
    return spans
