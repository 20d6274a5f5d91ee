"""What can be asked about duties."""

from __future__ import annotations

from dataclasses import dataclass

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ShowOwed(Command):
    """Who was reminded three times: an administrator's own building, or all. ``page``: from 0;
    None: all on one."""

    page: int | None = 0


@dataclass(frozen=True, kw_only=True)
class TendDuties(Command):
    """The clock's, each school morning: ask who is new, let go who has left, remind who owes."""
