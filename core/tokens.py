"""Button tokens: what a button or a form means, small enough to travel inside a chat message.

A token is ``name|part|…``, a part for each field that travels: ids, numbers and choices, never
words. Chat platforms keep what passes through them, and anybody who can see a message can read its
buttons. Empty parts at the end are left out.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

LONGEST = 2000
"""Longest token in characters (Slack's limit for a button's value)."""

Slug = Annotated[str, re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", re.ASCII)]
"""The key of something configured, as opposed to words that somebody typed."""

PageNumber = Annotated[int, re.compile(r"[0-9]{1,2}", re.ASCII)]
"""From 0; a number beyond 99 is not one of ours."""

_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)

C = TypeVar("C")


def carried(kind: type, also: Sequence[str] = ()) -> tuple[str, ...]:
    """The fields of a command that travel in its token, in order: those it cannot be without, and
    ``also``. Raises ValueError where one of ``also`` holds words."""
    found = []
    for field in dataclasses.fields(kind):
        one, _ = type_of(kind, field.name)
        travels = one is UUID or one is bool or (one is not str and _is_choice(one))
        travels = travels or _pattern(kind, field.name) is not None
        if field.name in also and not travels:
            raise ValueError(f"{kind.__name__}.{field.name} holds words: it may not travel")
        if field.name in also or (travels and not _has_default(field)):
            found.append(field.name)
    return tuple(found)


def written(name: str, command: object, fields: Sequence[str]) -> str:
    """The token of a command."""
    parts = [_part(field, getattr(command, field)) for field in fields]
    while parts and not parts[-1]:
        parts.pop()
    return "|".join((name, *parts))


def read(kind: type[C], fields: Sequence[str], parts: Sequence[str]) -> C | None:
    """The command of a token's parts after its name; None where they are not its own."""
    if len(parts) > len(fields):
        return None
    values: dict[str, Any] = {}
    for at, field in enumerate(fields):
        part = parts[at] if at < len(parts) else ""
        try:
            values.update(_value(kind, field, part))
        except ValueError:
            return None
    return kind(**values)


def _part(field: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return field if value is True else str(value)


def _value(kind: type, field: str, part: str) -> dict[str, object]:
    """A field's value; none where it is left at its default. Raises ValueError for a part that
    ``_part`` does not write: of an id only the canonical form counts."""
    one, optional = type_of(kind, field)
    if one is bool:
        if part not in ("", field):
            raise ValueError(part)
        return {field: bool(part)}
    if not part and (optional or one is str):
        return {}
    pattern = _pattern(kind, field)
    if pattern is not None and not pattern.fullmatch(part):
        raise ValueError(part)
    value = one(part)
    if str(value) != part:
        raise ValueError(part)
    return {field: value}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def type_of(kind: type, field: str) -> tuple[Any, bool]:
    """A command's field: its type without what is annotated, and whether it may be None."""
    hint = _hints(kind)[field]
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    some = [one for one in get_args(hint) if one is not type(None)]
    if len(some) == 1 and type(None) in get_args(hint):
        return some[0], True
    return hint, False


def _pattern(kind: type, field: str) -> re.Pattern[str] | None:
    hint = _hints(kind)[field]
    if get_origin(hint) is Annotated:
        return next(one for one in get_args(hint) if isinstance(one, re.Pattern))
    return _NUMBER if type_of(kind, field)[0] is int else None


def _is_choice(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, StrEnum)


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return not (
        field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )
