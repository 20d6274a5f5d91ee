"""What can be asked about duties."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ShowOwed(Command):
    """Who has not confirmed yet: of an administrator's own building who is overdue and who may
    still do it, of all who is overdue. ``page``: from 0; None: all on one."""

    page: int | None = 0


@dataclass(frozen=True, kw_only=True)
class TendDuties(Command):
    """The clock's, each school morning: ask who is new, let go who has left, remind who owes; of
    the first part of all people."""


@dataclass(frozen=True, kw_only=True)
class TendNextDuties(Command):
    """The same of the next part. ``after``: the last one of the part before; ``day``: on which the
    first part was, as an ordinal."""

    after: UUID
    day: int
