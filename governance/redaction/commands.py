"""What can be asked about the personal data in a feedback item, and about its original."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ShowTakenOut(Command):
    """The author looks at what was taken out of their words, to correct it."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectTakenOut(Command):
    """``also``: words to take out as well, one a line; ``put_back``: the keys of pieces that were
    no personal data."""

    item_id: UUID
    also: str = ""
    put_back: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConfirmTakenOut(Command):
    """The author says that it is fine: the original is not needed anymore."""

    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowStudentDataForm(Command):
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class RemoveStudentData(Command):
    """Whoever works on an item saw student data in it. ``words``: which, one a line; ``whole``:
    the whole text."""

    item_id: UUID
    words: str = ""
    whole: bool = False


@dataclass(frozen=True, kw_only=True)
class HoldOriginals(Command):
    """A records hold: no original is deleted; of one item, or (None) of the whole district."""

    item_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LiftOriginalsHold(Command):
    item_id: UUID | None = None
