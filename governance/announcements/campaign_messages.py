"""What asks once more before what went out is sent again or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.messages import InPlace
from core.text import Text
from governance.announcements.model import Missed


@dataclass(frozen=True, kw_only=True)
class AskAgainCheck(InPlace):
    """Whom a survey's invitation did not reach, by what happened to it, and whether to ask them
    again."""

    wave_id: UUID
    title: Text
    missed: Missed


@dataclass(frozen=True, kw_only=True)
class ResendCheck(InPlace):
    """Who did not get an announcement, by what happened to it, and whether to send it to them.
    Those of whom nobody knows are asked about by themselves: they may get it twice."""

    announcement_id: UUID
    title: Text
    missed: Missed


@dataclass(frozen=True, kw_only=True)
class RecallCheck(InPlace):
    """Asks once more before an announcement is taken back: from how many, in how many seconds;
    how many still wait for it, and of how many nobody knows."""

    announcement_id: UUID
    title: Text
    sent: int
    queued: int
    unknown: int
    seconds: float
