"""What is shown and sent about duties."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.paging import Paging
from governance.duties.model import Awaited, Owed


@dataclass(frozen=True, kw_only=True)
class OwedNews:
    """To an administrator and the ISO: so many are on the list. ``building`` "": of all.
    ``in_chat``: at least one of them is reached there."""

    building: str
    people: int
    in_chat: bool = False


@dataclass(frozen=True, kw_only=True)
class OwedView:
    """The list: who is overdue first, and by building. ``building`` "": of all. ``awaited``: what
    is not over and is listed before anyone is overdue, the first due first."""

    building: str
    rows: tuple[Owed, ...]
    awaited: tuple[Awaited, ...] = ()
    paging: Paging = field(default_factory=Paging)
