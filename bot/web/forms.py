"""What a browser sent in a form: read with limits, cleaned, and turned into values."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.app.bodies import TooLargeError, TooSlowError, read_body
from bot.files.addresses import decoded
from bot.web.troubles import TroubleError
from core.local_time import moment
from governance.filling import MisfilledError
from governance.typed import FILE_BELOW
from surveys.questions import RawAnswer

LARGEST = 256 * 1024
"""Bytes of the largest form that is read; the longest text field is far below it."""

MOST_FIELDS = 2000
_MOST_FILES = 4


@dataclass(frozen=True)
class Form:
    """The fields of a form, each with its values in order."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What was uploaded, by the input's name; inputs that were left empty are not there."""

    def one(self, name: str) -> str:
        """A field's last value, or "" where it is missing."""
        return self.fields.get(name, ("",))[-1]

    def whole(self, name: str) -> int:
        """A hidden number that this service put into the form."""
        written = self.one(name)
        if not (written.isascii() and written.isdigit() and len(written) < 16):
            raise TroubleError(400)
        return int(written)

    def all(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())

    def uuid(self, name: str) -> UUID:
        """A hidden id that this service put into the form."""
        try:
            return UUID(self.one(name))
        except ValueError:
            raise TroubleError(400) from None

    def with_files(self) -> Form:
        """The lines of each file under what was typed in its input: a browser does not send a file
        a second time. ``MisfilledError`` for one that is no text."""
        fields = dict(self.fields)
        for name, body in self.files.items():
            key = name.removesuffix("_file")
            told = decoded(body)
            if told is None:
                why = "This file isn’t plain text. Save the list as plain text."
                raise MisfilledError(key, why)
            both = (self.one(key).strip(), _clean(told).strip())
            fields[key] = (f"\n{FILE_BELOW}\n".join(filter(None, both)),)
        return Form(fields)

    def raw(self) -> dict[str, RawAnswer]:
        """Every field as a raw answer, for ``bot.intents.fill``."""
        return {
            name: values if len(values) > 1 else "".join(values)
            for name, values in self.fields.items()
        }

    def written(self) -> tuple[str, ...]:
        """What somebody wrote, as far as it shows: values of several words. What a page puts into
        its forms (ids, tokens, addresses, days) is of one."""
        values = (value.strip() for values in self.fields.values() for value in values)
        return tuple(dict.fromkeys(value for value in values if len(value.split()) > 1))

    def answers(self) -> dict[str, RawAnswer]:
        """Raw answers to the questions that the form asked (hidden ``asked`` fields name them,
        since a browser sends nothing for a group of boxes that are all empty). Pairs are a group
        of radios each, and one answer."""
        found: dict[str, RawAnswer] = {}
        for key in self.all("asked"):
            values = self.all(key)
            found[key] = values if len(values) > 1 else "".join(values)
        for key in self.all("asked_in_pairs"):
            named = [name for name in self.fields if name.startswith(f"{key}.")]
            found[key] = tuple(value for name in named for value in self.all(name))
        return found

    def typed_moment(self, name: str) -> tuple[str, str]:
        """A day and a time of day as they were typed."""
        return self.one(f"{name}_date").strip(), self.one(f"{name}_time").strip()

    def moment(self, name: str, timezone: str) -> datetime | None:
        """A day and a time of day in a time zone; None when they are not one."""
        try:
            naive = datetime.strptime(" ".join(self.typed_moment(name)), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - zone is next
        except ValueError:
            return None
        if not 2000 < naive.year < 9000:
            return None
        return moment(naive, ZoneInfo(timezone))


async def read_form(request: Request, *, uploads: int | None = None) -> Form:
    """The form of a POST; ``TroubleError`` when it is none, too large or malformed. ``uploads``:
    bytes of the largest one where files may come with it."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    with_files = uploads is not None and kind == "multipart/form-data"
    if kind != "application/x-www-form-urlencoded" and not with_files:
        raise TroubleError(400)
    try:
        body = await read_body(request, uploads or LARGEST)
    except TooLargeError:
        raise TroubleError(413) from None
    except TooSlowError:
        raise TroubleError(400) from None
    return await _with_files(request, body) if with_files else _of_pairs(body)


def _of_pairs(body: bytes) -> Form:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise TroubleError(400) from None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), _clean(value))
    return Form(fields)


async def _with_files(request: Request, body: bytes) -> Form:
    async def whole() -> AsyncIterator[bytes]:
        yield body

    parser = MultiPartParser(
        request.headers,
        whole(),  # type: ignore[arg-type]  # it is iterated over, and nothing else
        max_files=_MOST_FILES,
        max_fields=MOST_FIELDS,
        max_part_size=len(body),
    )
    fields: dict[str, tuple[str, ...]] = {}
    files: dict[str, bytes] = {}
    try:
        sent = await parser.parse()
        for name, value in sent.multi_items():
            if isinstance(value, str):
                fields[name] = (*fields.get(name, ()), _clean(value))
            elif content := await value.read():
                files[name] = content
        await sent.close()
    except (MultiPartException, KeyError, LookupError, UnicodeDecodeError):
        raise TroubleError(400) from None
    return Form(fields, files)


def local_path(typed: str, otherwise: str = "/") -> str:
    """A path of this site to go on to; anything that could lead elsewhere becomes the default."""
    if not typed.startswith("/") or typed.startswith(("//", "/\\")) or len(typed) > 500:
        return otherwise
    return typed if typed.isprintable() and "\\" not in typed else otherwise


def _clean(value: str) -> str:
    """Browsers send CRLF; a NUL is no text and PostgreSQL refuses it."""
    return value.replace("\r\n", "\n").replace("\x00", "")
