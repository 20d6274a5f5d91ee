"""What can be asked about digests and monthly figures."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command
from governance.digests.model import BriefChoice


@dataclass(frozen=True, kw_only=True)
class TellDigests(Command):
    """Make the digests and the monthly figures that are due (system only)."""


@dataclass(frozen=True, kw_only=True)
class ShowDigest(Command):
    """A committee's week, as its last digest told it and as it stands now."""

    queue: str


@dataclass(frozen=True, kw_only=True)
class ChooseBriefs(Command):
    """Message by message or once a week, and when."""

    queue: str
    choice: BriefChoice


@dataclass(frozen=True, kw_only=True)
class ShowFigures(Command):
    """What followed from it: the district's months, for all of the staff."""
