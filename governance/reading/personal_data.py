"""Personal data in a message: where it is, and the message without it.

Patterns for what has a shape (numbers, addresses, dates), context for names. It recognises what
it can and promises no more; measured recall is in docs/decisions/0005-reading.md. Standard
library only (the word list of TextBlob is read as a file), so it may be used anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from governance.feedback.model import UNREAD, Span
from governance.reading.addresses import addresses
from governance.reading.births import births, births_of
from governance.reading.contacts import EMAIL, phones, social_security
from governance.reading.digits import has_digit
from governance.reading.health import conditions
from governance.reading.names import people
from governance.reading.student_numbers import numbers_of, student_numbers

PLACEHOLDERS = {
    "PERSON": "[name]",
    "STUDENT_ID": "[student id]",
    "PHONE": "[phone]",
    "EMAIL": "[email]",
    "ADDRESS": "[address]",
    "DOB": "[birth date]",
    "SSN": "[ssn]",
    "HEALTH": "[health]",
    "MARKED": "[taken out]",
    "STUDENT_DATA": "[student data]",
    UNREAD: "[This message could not be read automatically.]",
}

MARKED = "MARKED"
"""Kind of what its author took out beside what was recognised."""

STUDENT_DATA = "STUDENT_DATA"
"""Kind of what somebody who works on an item found in it."""

PATTERNED = frozenset({"STUDENT_ID", "PHONE", "EMAIL", "ADDRESS", "DOB", "SSN"})
"""Kinds with a shape: recognised by it, and hardly ever wrongly."""


def find(text: str, names: Collection[str] = ()) -> tuple[Span, ...]:
    """Personal data in order of place, none overlapping. ``names`` are the roster's own names
    (full or single; give a frozenset when you call often: it is indexed once)."""
    taken: list[Span] = []
    _take(taken, "EMAIL", (match.span() for match in EMAIL.finditer(text)))
    numbered = has_digit(text)
    if numbered:
        _take(taken, "SSN", social_security(text))
        _take(taken, "DOB", births(text))
        _take(taken, "PHONE", phones(text))
    _take(taken, "ADDRESS", addresses(text))
    _take(taken, "STUDENT_ID", student_numbers(text))
    for span in taken:  # the words of an address are no names
        if span.kind == "EMAIL":
            text = text[: span.start] + "@" * (span.end - span.start) + text[span.end :]
    named = people(text, names)
    _take(taken, "PERSON", named)
    if numbered:
        _take(taken, "DOB", births_of(text, named))
        _take(taken, "STUDENT_ID", numbers_of(text, named))
    _take(taken, "HEALTH", conditions(text, named))
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


def _take(taken: list[Span], kind: str, found: Iterable[tuple[int, int]]) -> None:
    """Add what does not overlap with what was taken before."""
    for start, end in found:
        if not any(start < other.end and other.start < end for other in taken):
            taken.append(Span(start=start, end=end, kind=kind))


def without_personal_data(text: str) -> str:
    """A survey's comment as it may be shown."""
    return redact(text, find(text))
