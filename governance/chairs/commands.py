"""What a chair can ask: their page, several items at once, the agenda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from governance.chairs.bulk import BulkAct
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowChair(Command):
    """A committee's open items by due date, each with a drafted answer. ``items``: only those;
    what of them is no longer open there is left out."""

    queue: str
    items: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DisposeTogether(Command):
    """``words``: of all items; ``own``: of one, in the place of them. ``to``: of a move. ``only``:
    the items of ``ShowChair``, to show the same ones again."""

    bulk_id: UUID
    queue: str
    act: BulkAct
    items: tuple[UUID, ...]
    words: str = ""
    own: Mapping[UUID, str] = field(default_factory=dict)
    to: str = ""
    only: tuple[UUID, ...] = ()
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class UndoTogether(Command):
    bulk_id: UUID


@dataclass(frozen=True, kw_only=True)
class LeaveTogether(Command):
    """The minutes to undo it are over (system only)."""

    bulk_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAgenda(Command):
    """For a meeting. ``on``: its day; ``since``: the day of the last one (None: by cadence).
    ``shared``: without anything that only the committee may read."""

    queue: str
    on: date | None = None
    since: date | None = None
    shared: bool = False
