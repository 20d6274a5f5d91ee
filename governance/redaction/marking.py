"""Words that somebody marks in a text, to be taken out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from governance.feedback.model import Span
from governance.reading.personal_data import PLACEHOLDERS, redact

_BETWEEN = re.compile(r"[\n\r;,]+")
_AROUND = " \t\"'“”‘’«».:()[]"
_PLACEHOLDER = re.compile(
    "|".join(re.escape(f"{word}") for word in sorted(set(PLACEHOLDERS.values())))
)


def marked(typed: str) -> tuple[str, ...]:
    """What was typed into a form, one mark a line (or between commas), without quotation marks."""
    words = (" ".join(word.split()).strip(_AROUND) for word in _BETWEEN.split(typed))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def spans_of(text: str, marks: Iterable[str], kind: str) -> tuple[list[Span], list[str]]:
    """Where marks stand in a text, in any case, and the marks that are not in it. What stands in
    place of something that was taken out ("[name]") is no part of the text."""
    out = [(m.start(), m.end()) for m in _PLACEHOLDER.finditer(text)]
    spans: list[Span] = []
    missing: list[str] = []
    for mark in marks:
        inner = r"\s+".join(re.escape(word) for word in mark.split())
        found = [
            Span(start=start, end=end, kind=kind)
            for pattern in (rf"(?<!\w){inner}(?!\w)", inner)
            for start, end in (m.span() for m in re.finditer(pattern, text, re.IGNORECASE))
            if not any(start < b and a < end for a, b in out)
        ]
        spans += found
        if not found:
            missing.append(mark)
    return joined(spans), missing


def joined(spans: Iterable[Span]) -> list[Span]:
    """In order of place, with what overlaps made one (of the kind that begins first)."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if kept and span.start < kept[-1].end:
            last = kept.pop()
            span = Span(start=last.start, end=max(last.end, span.end), kind=last.kind)
        kept.append(span)
    return kept


def without(text: str, marks: Sequence[str], kind: str) -> str:
    """A text without the marks that are in it."""
    spans, _ = spans_of(text, marks, kind)
    return redact(text, spans)
