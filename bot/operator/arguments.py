"""What an operator typed, as what it means; else ``ValueError`` in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.app.core import Core
from core.local_time import moment

_LONGEST_SHARE = 9
"""Characters: "12.345678" and no more."""

Kind = TypeVar("Kind", bound=StrEnum)


async def zone_of(core: Core) -> ZoneInfo:
    """The district's time zone: local times are its wall clock's."""
    district = await core.store.read(lambda tx: tx.district())
    return ZoneInfo(district.timezone)


def moment_of(written: str, zone: ZoneInfo) -> datetime:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f'"{written}" is not a time. Write it like "2026-12-01 15:30".') from None
    return at if at.tzinfo else moment(at, zone)


def id_of(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise ValueError(f'"{written}" is not an id. Copy it as it was printed.') from None


def share_of(written: str) -> float | None:
    """A share such as "10%" or "7.5 %", of 1; None where it is none."""
    number, percent, rest = written.strip().partition("%")
    digits = number.strip()
    if not percent or rest.strip() or not digits.isascii() or len(digits) > _LONGEST_SHARE:
        return None
    if not digits.replace(".", "", 1).isdigit():
        return None
    return round(float(digits) / 100, 6)


def each(what: str, kinds: Iterable[Kind], written: Iterable[str]) -> frozenset[Kind]:
    known = {kind.value: kind for kind in kinds}
    for one in written:
        if one not in known:  # left out, it would mean everybody
            raise ValueError(f'"{one}" is not one of the {what}: {", ".join(known)}.')
    return frozenset(known[one] for one in written)
