"""What people ask of a question that is asked pair by pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.tokens import PageNumber, Slug


class Verdict(StrEnum):
    """What somebody says of a pair. ``SKIP``: it does not concern them."""

    ONE = "one"
    OTHER = "other"
    NEITHER = "neither"
    SKIP = "skip"


@dataclass(frozen=True, kw_only=True)
class BeginPairs(Command):
    """Ask for the first pair."""

    wave_id: UUID
    page: PageNumber


@dataclass(frozen=True, kw_only=True)
class ComparePair(Command):
    """The verdict on a pair, as it stood on the screen; the next one follows."""

    wave_id: UUID
    page: PageNumber
    one: Slug
    other: Slug
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class StopPairs(Command):
    """Enough for now. What was said stays."""

    wave_id: UUID
    page: PageNumber


@dataclass(frozen=True, kw_only=True)
class RestartPairs(Command):
    """Compare the same pairs once more. What was said of them goes."""

    wave_id: UUID
    page: PageNumber


@dataclass(frozen=True, kw_only=True)
class ShowProtection(Command):
    """How the answers are protected, before the first pair."""

    wave_id: UUID
    page: PageNumber
