"""A list of people by their e-mail addresses: a file of one a line, or what somebody pastes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bot.files.fields import EMAIL

LARGEST = 1_000_000
"""Bytes of a file."""

_BETWEEN = re.compile(r"[,;]")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """``lines``: each address in small letters with the line (from 1) on which it stands first.
    ``wrong``: line and text of what is no address."""

    lines: dict[str, int]
    wrong: tuple[tuple[int, str], ...] = ()


def listed(written: str) -> Listed:
    """The addresses of a text: one a line, several with commas or semicolons between them, or as
    a mail program writes them ("Ada Reyes <ada@example.org>"). Empty lines and lines that begin
    with ``#`` do not count."""
    lines: dict[str, int] = {}
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(written.splitlines(), start=1):
        if line.strip().startswith("#"):
            continue
        for one in (word for piece in _BETWEEN.split(line) for word in _words(piece)):
            if EMAIL.fullmatch(address := one.lower()):
                lines.setdefault(address, number)
            else:
                wrong.append((number, one))
    return Listed(lines=lines, wrong=tuple(wrong))


def _words(piece: str) -> list[str]:
    """The words between two commas; of "Ada Reyes <ada@example.org>" the address alone. It takes
    time in proportion to the piece, however long somebody's line is."""
    bare, *named = piece.split("<")
    found: list[str] = []
    for part in named:
        address, _, bare = part.partition(">")
        found.append(address.strip())
    return [*filter(None, found), *bare.split()]


def decoded(body: bytes) -> str | None:
    """A file's text; None where it is none in UTF-8."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def read_addresses(path: Path) -> frozenset[str]:
    """The addresses of a file. ``ValueError`` names the first line with something that is no
    address: left out, somebody would be asked who should not be."""
    body = path.read_bytes()
    if len(body) > LARGEST:
        raise ValueError(f"{path.name} is larger than {LARGEST:,} bytes.")
    written = decoded(body)
    if written is None:
        raise ValueError(f"{path.name} is not UTF-8 text.")
    found = listed(written)
    if found.wrong:
        number, typed = found.wrong[0]
        raise ValueError(f'{path.name}:{number}: "{typed}" is not an email address.')
    return frozenset(found.lines)
