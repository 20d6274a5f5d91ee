"""What is shown of named lists."""

from __future__ import annotations

from dataclasses import dataclass

from core.messages import InPlace
from governance.lists.model import Imported, NamedList


@dataclass(frozen=True, kw_only=True)
class ListsView(InPlace):
    lists: tuple[NamedList, ...]


@dataclass(frozen=True, kw_only=True)
class ListView(InPlace):
    """``uses``: what names the list, each by its title. ``imported``: what was just imported."""

    found: NamedList
    uses: tuple[str, ...] = ()
    imported: Imported | None = None


ListMessage = ListsView | ListView
