"""What can be asked about a matter: one docket item, and those that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import form_field


@dataclass(frozen=True, kw_only=True)
class ShowMatter(Command):
    """All that was said of it, and what it could be merged with."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class SplitItem(Command):
    """An item that is kept with another one is about something else."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class MergeItem(Command):
    """An open item says the same as another one of its queue."""

    item_id: UUID
    into: UUID


@dataclass(frozen=True, kw_only=True)
class JoinItem(Command):
    """In chat: an item says the same as another one. ``to``: that one's id, as it was chosen."""

    item_id: UUID
    to: str = form_field(
        "Messages",
        listed=True,
        hint="They become one item. Everyone who said it gets the answer.",
        missing="Choose a message that is still open.",
    )


@dataclass(frozen=True, kw_only=True)
class PartItem(Command):
    """In chat: one of the items kept with this one is about something else. ``to``: its id."""

    item_id: UUID
    to: str = form_field(
        "Messages",
        listed=True,
        hint="It gets its own card. Its author no longer gets this answer.",
        missing="Choose a message that is still combined with it.",
    )


@dataclass(frozen=True, kw_only=True)
class ShowCorrections(Command):
    """What the reader was taught, for the owner of triage."""


@dataclass(frozen=True, kw_only=True)
class ForgetCorrection(Command):
    """What was taught with an item teaches no more; the item stays where it is."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class TellTriage(Command):
    """The morning's figure of triage (system only)."""


@dataclass(frozen=True, kw_only=True)
class TellTrends(Command):
    """The week's look at what grew (system only)."""


@dataclass(frozen=True, kw_only=True)
class ShowTrends(Command):
    """What grew last week among the themes of a committee."""

    queue: str
