"""Messages of a file, read one by one: what ``soundingboard route`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from core.people import Level, Role
from governance.feedback.model import Reading
from governance.reading.chat import understand
from governance.reading.examples import BadLineError, parse_line, text_field, word_field
from governance.reading.reader import Reader


def route_lines(reader: Reader, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Read JSON lines with ``id``, ``text``, ``role`` and ``level``; one result each, in order.

    What would be answered in the chat itself has the route "conversation" and an ``intent``.
    Empty lines are passed over. Raises ``BadLineError`` (with the line's number) for what is not
    JSON, for a missing field and for an unknown role or level; what came before was yielded.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        parsed = parse_line(line, number)
        key = parsed.get("id")
        if isinstance(key, bool) or not isinstance(key, str | int):
            raise BadLineError(
                number, '"id" is missing' if key is None else '"id" must be text or a number'
            )
        text = text_field(parsed, "text", number)
        role = word_field(parsed, "role", number, Role)
        level = word_field(parsed, "level", number, Level)
        row = as_row(text, reader.read(text, role, level))
        intent = understand(text)
        if intent is not None:  # said to the bot itself: nobody else would get it
            row |= {"committees": [], "themes": [], "route": "conversation", "intent": intent.value}
        yield {"id": key, **row}


def as_row(text: str, reading: Reading) -> dict[str, Any]:
    """A reading as plain values: see ``route_lines``. ``pii`` are character positions in
    ``text`` (Python indices)."""
    return {
        "committees": [likely.committee for likely in reading.committees],
        "themes": list(reading.themes),
        "confidence": round(reading.confidence, 4),
        "route": reading.route,
        "sentiment": reading.tone.value,
        "aspects": [
            {"text": reading.redacted[one.start : one.end], "sentiment": one.tone.value}
            for one in reading.aspects
        ],
        "urgent": None if reading.urgency is None else reading.urgency.value,
        "pii": [
            {"start": s.start, "end": s.end, "kind": s.kind, "text": text[s.start : s.end]}
            for s in reading.spans
        ],
    }
