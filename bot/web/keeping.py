"""What a form leaves for the page after it: a note, or a message, in short-lived signed cookies.

After a form the browser is sent on (303) so that a reload repeats nothing; what the form was
answered with travels in a cookie that only this service can write. It never holds an answer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from bot.conversation import Reader, Reply
from bot.web.sessions import sign, unsign
from core.text import Text
from governance.messages import FeedbackReceived, Message, Told
from surveys.messages import Answered, Declined

SESSION = "soundingboard"
NOTE = "soundingboard-note"
KEPT = "soundingboard-kept"
ERRAND = "soundingboard-errand"

_KINDS = {kind.__name__: kind for kind in (Answered, Declined, FeedbackReceived, Told)}
_LONGEST = 3000
"""Characters; browsers keep cookies of about 4,000."""


def note_cookie(secret: bytes, note: str, undo: str = "") -> str:
    """``undo``: where what the note says is undone; "" where it can't be."""
    return sign(secret, "note", [note[:500], undo])


def note(secret: bytes, cookie: str) -> tuple[str, str]:
    """The note of the page before and where it is undone, or "" twice."""
    match unsign(secret, "note", cookie):
        case [str(said), str(undo)]:
            return said, undo
        case str(said):  # as it was written until December 2026
            return said, ""
        case _:
            return "", ""


def message_cookie(secret: bytes, reply: Reply) -> str:
    """A message that ends a form, and for whom it is drawn. A thank-you that is too long for a
    cookie gives way to the usual one."""
    message, kind = reply.message, type(reply.message).__name__
    written = _adapter(kind).dump_json(message).decode()
    if len(written) > _LONGEST and isinstance(message, Answered):
        shorter = replace(message, title=Text(default=message.title.default[:200]), thanks=None)
        written = _adapter(kind).dump_json(shorter).decode()
    return sign(secret, "kept", [kind, written, reply.reader.locale, reply.reader.timezone])


def kept(secret: bytes, cookie: str) -> tuple[Message, Reader] | None:
    """The message that the last form was answered with, while its cookie lasts."""
    held = unsign(secret, "kept", cookie)
    if not isinstance(held, list):
        return None
    kind, written, locale, timezone = held
    message: Message = _adapter(kind).validate_json(written)
    return message, Reader(locale=locale, timezone=timezone)


@cache
def _adapter(kind: str) -> Any:
    # Lazy: pydantic takes a moment to load, and only forms need it.
    from pydantic import TypeAdapter

    return TypeAdapter(_KINDS[kind])
