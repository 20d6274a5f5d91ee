"""What can be asked about the personal data in a feedback item, and about its original."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command
from core.forms import form_field

LONGEST_MARKS = 1000
"""Characters of the words that somebody marks."""


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
class RemoveStudentData(Command):
    """Whoever works on an item saw student data in it. ``words``: which, one a line; ``whole``:
    the whole text."""

    item_id: UUID
    words: str = form_field(
        "Which words are student data?",
        hint="One name or number per line, exactly as in the text.",
        longest=LONGEST_MARKS,
        rows=3,
    )
    whole: bool = form_field("Or everything", False, box="The whole text", depends=True)


@dataclass(frozen=True, kw_only=True)
class HoldOriginals(Command):
    """A records hold: no original is deleted; of one item, or (None) of the whole district."""

    item_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LiftOriginalsHold(Command):
    item_id: UUID | None = None
