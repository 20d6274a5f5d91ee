"""Draws the app's two icons: ``python -m bot.teams.icons`` writes them beside this file.

A speech bubble with three bars: something said, and counted.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

_BLUE = (29, 95, 168, 255)
_WHITE = (255, 255, 255, 255)
_CLEAR = (255, 255, 255, 0)
_FINE = 4
"""Samples along each side of a pixel, for smooth edges."""

Shape = Callable[[float, float], bool]
"""Whether a point of the unit square belongs to a shape."""


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Shape:
    def inside(x: float, y: float) -> bool:
        near_x = min(max(x, left + radius), right - radius)
        near_y = min(max(y, top + radius), bottom - radius)
        return (x - near_x) ** 2 + (y - near_y) ** 2 <= radius**2

    return inside


def _tail(x: float, y: float) -> bool:
    return 0.68 <= y <= 0.86 and 0.3 <= x <= 0.3 + (0.86 - y)


def _bubble(x: float, y: float) -> bool:
    return _rounded(0.14, 0.16, 0.86, 0.7, 0.12)(x, y) or _tail(x, y)


def _bars(x: float, y: float) -> bool:
    bars = ((0.32, 0.5), (0.46, 0.36), (0.6, 0.43))
    return any(left <= x <= left + 0.08 and top <= y <= 0.58 for left, top in bars)


def _mark(x: float, y: float) -> bool:
    return _bubble(x, y) and not _bars(x, y)


def _png(size: int, ink: tuple[int, ...], ground: tuple[int, ...]) -> bytes:
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            share = _coverage(column, row, size)
            rows += bytes(
                round(over * share + under * (1 - share))
                for over, under in zip(ink, ground, strict=True)
            )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _coverage(column: int, row: int, size: int) -> float:
    steps = [(step + 0.5) / _FINE for step in range(_FINE)]
    hits = sum(_mark((column + dx) / size, (row + dy) / size) for dx in steps for dy in steps)
    return hits / _FINE**2


def _chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def color() -> bytes:
    """192 by 192 pixels, white on the accent colour."""
    return _png(192, _WHITE, _BLUE)


def outline() -> bytes:
    """32 by 32 pixels, white on nothing: Teams colours it."""
    return _png(32, _WHITE, _CLEAR)


if __name__ == "__main__":
    _here = Path(__file__).parent
    (_here / "color.png").write_bytes(color())
    (_here / "outline.png").write_bytes(outline())
