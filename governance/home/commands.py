"""What is asked of no one feature: pages over all of them, addresses, and the nightly sweep."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.lists import ListRequest
from core.people import Platform


class HomePart(StrEnum):
    """How much of what waits for somebody they asked to see."""

    ALL = "all"
    WAITING = "waiting"
    DOCKETS = "dockets"


@dataclass(frozen=True, kw_only=True)
class ShowHome(Command):
    """What waits for the speaker, by every duty that they have: Slack's home tab. ``part``: only
    that of it."""

    part: HomePart = HomePart.ALL


@dataclass(frozen=True, kw_only=True)
class ShowOfficeFigures(Command):
    """What a Home shows that is entered in a ledger or in the audit when its reader sees it. Only
    those who hold an office have any."""


@dataclass(frozen=True, kw_only=True)
class ShowInbox(Command):
    """The person's own page: what waits, what they said, what followed from it. ``earlier``: only
    what they were sent, and all of it, not only the newest. ``parts``: also what the features show
    on Home."""

    earlier: bool = False
    parts: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowBeingRead(Command):
    """Which of a person's own messages are still being read. A page asks for it every two
    seconds, so it is one statement."""


@dataclass(frozen=True, kw_only=True)
class ShowDocket(Command):
    """A committee's list, or ``triage`` or ``restricted``. ``asked``: what its page asks of the
    list, for the item that is open beside it."""

    queue: str
    asked: ListRequest | None = None


@dataclass(frozen=True, kw_only=True)
class ShowDesk(Command):
    """The CTO's office: surveys, waves and announcements. ``waves`` and ``announcements``: which
    page of each (from 0). ``wave_id``: of the waves only this one."""

    waves: int = 0
    announcements: int = 0
    wave_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CountWaves(Command):
    """How many were asked and answered in some surveys, as far as that is released."""

    wave_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShowHelp(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteAddress(Command):
    """A platform tells where somebody can be reached (an install or a first message).

    ``conversation`` None: nothing to post to yet; ``reachable`` False: removed or blocked.
    ``opened``: the app was opened or installed there, so its first words are an introduction.
    """

    platform: Platform
    workspace: str
    user: str
    email: str | None
    conversation: str | None
    service_url: str | None = None
    reachable: bool = True
    opened: bool = False


@dataclass(frozen=True, kw_only=True)
class KeepHouse(Command):
    """The nightly sweep of what has done its work (system only)."""


@dataclass(frozen=True, kw_only=True)
class RemindReader(Command):
    """The daily look at what is sensitive and unread (system only)."""
