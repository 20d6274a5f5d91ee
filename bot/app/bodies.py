"""What a request brings: its body within a size and a time, and its texts without what no
database takes. Every door reads through here, before it knows who is calling."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from starlette.requests import Request

SECONDS = 20.0
"""How long a body may take to arrive."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: JSON can spell it, UTF-8 and therefore a database cannot."""


class TooLargeError(Exception):
    """The body is larger than this door takes."""


class TooSlowError(Exception):
    """The body did not arrive in time."""


async def read_body(request: Request, most: int, *, seconds: float = SECONDS) -> bytes:
    """The body, at most ``most`` bytes of it. Raises ``TooLargeError``, ``TooSlowError`` and
    Starlette's ``ClientDisconnect``; never holds more than ``most`` bytes and a chunk."""
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise TooLargeError
    except TimeoutError:
        raise TooSlowError from None
    return bytes(body)


_CHANGED = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def all_readable(json: str) -> bool:
    """Whether JSON spells nothing that ``readable`` would change: then its hundreds of texts need
    not be looked at one by one. (JSON holds no bare NUL, and UTF-8 no half of a pair.)"""
    return _CHANGED.search(json) is None


def readable(found: Any) -> Any:
    """Parsed JSON with texts that can be stored: no NUL, no half of a surrogate pair."""
    match found:
        case str():
            return _HALF.sub("\ufffd", found).replace("\x00", "")
        case dict():
            return {readable(key): readable(value) for key, value in found.items()}
        case list():
            return [readable(one) for one in found]
        case _:
            return found
