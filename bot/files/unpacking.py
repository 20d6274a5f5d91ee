"""A ZIP file that somebody uploads, unpacked into a folder: with limits, and nowhere else."""

from __future__ import annotations

import errno
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

MOST_FILES = 500
MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all files together. A small file can claim to be far larger than any disk."""

_CHUNK = 64 * 1024
_NOT_OURS = ("__MACOSX", ".")
"""How parts of names begin that a computer adds to a ZIP file by itself."""


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
_NAMES = frozenset(
    {errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EINVAL, errno.EILSEQ}
)
"""Of a name that no file can have here, or of one that is a file's and a folder's."""


class UnpackError(Exception):
    """It is no ZIP file, or one that is not to be unpacked. Its text says why, in English."""


def is_zip(body: bytes) -> bool:
    return body.startswith(b"PK\x03\x04")


def unpack(body: bytes, into: Path) -> Path:
    """Write its files below ``into``; the folder that they are in. ``UnpackError`` where it is
    damaged, holds too much, or names a file outside of itself."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as packed:
            _write(packed, into)
    except _DAMAGED as error:
        raise UnpackError("This ZIP file cannot be read. Make it again.") from error
    except OSError as error:
        if error.errno is None:  # what was packed with bzip2 is damaged
            raise UnpackError("This ZIP file cannot be read. Make it again.") from error
        if error.errno not in _NAMES:
            raise
        raise UnpackError(
            "This ZIP file names a file that cannot be written: its name is too long, or a file "
            "and a folder have the same name. Make it again."
        ) from error
    inside = list(into.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else into


def _write(packed: zipfile.ZipFile, into: Path) -> None:
    members = list(_members(packed))
    if len(members) > MOST_FILES:
        raise UnpackError(f"There are more than {MOST_FILES} files in this ZIP file.")
    left = MOST_UNPACKED
    for member, parts in members:
        target = into.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(member) as coming, target.open("wb") as file:
            while chunk := coming.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    size = MOST_UNPACKED // 1024 // 1024
                    raise UnpackError(f"Unpacked, the files are larger than {size} MB.")
                file.write(chunk)


def _members(packed: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, tuple[str, ...]]]:
    for member in packed.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename:
            raise UnpackError("This ZIP file names a file outside of itself.")
        ours = not any(part.startswith(_NOT_OURS) for part in path.parts)
        if ours and path.parts and not member.is_dir():
            yield member, path.parts
