"""What can be asked about named lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.commands import Command
from core.tokens import Slug
from governance.committees.model import GroupKind


@dataclass(frozen=True, kw_only=True)
class ShowLists(Command):
    """All lists."""


@dataclass(frozen=True, kw_only=True)
class ShowList(Command):
    key: Slug


@dataclass(frozen=True, kw_only=True)
class ShowListForm(Command):
    """Make a list ("" as its key), import one again, or name another group."""

    key: Slug = ""


@dataclass(frozen=True, kw_only=True)
class WriteList(Command):
    """Make a list, or replace who is on it. Without a key it is made of the name. ``kind`` and
    ``group`` name the group that it follows; else ``addresses`` are imported, with whatever stands
    round them."""

    key: Slug = ""
    name: str = ""
    kind: GroupKind | None = None
    group: str = ""
    addresses: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class AskGroup(Command):
    """Ask a list's group anew, within seconds."""

    key: Slug


@dataclass(frozen=True, kw_only=True)
class DeleteList(Command):
    """Refused while something that is still to go out names it."""

    key: Slug
