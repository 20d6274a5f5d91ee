"""A plain list of people: e-mail addresses, one a line."""

from __future__ import annotations

from pathlib import Path

from bot.files.fields import EMAIL

LARGEST = 1_000_000


def read_addresses(path: Path) -> frozenset[str]:
    """The addresses of a file in small letters; empty lines and lines that begin with ``#`` do not
    count. ``ValueError`` names the first line that is no address: left out, somebody would be
    asked who should not be."""
    body = path.read_bytes()
    if len(body) > LARGEST:
        raise ValueError(f"{path.name} is larger than {LARGEST:,} bytes.")
    try:
        lines = body.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path.name} is no text in UTF-8.") from None
    found = set()
    for number, line in enumerate(lines, start=1):
        written = line.strip().lower()
        if not written or written.startswith("#"):
            continue
        if not EMAIL.fullmatch(written):
            raise ValueError(f'{path.name}:{number}: "{line.strip()}" is not an e-mail address.')
        found.add(written)
    return frozenset(found)
