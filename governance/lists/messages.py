"""What is shown of named lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.messages import InPlace
from governance.committees.model import GroupKind
from governance.lists.model import Imported, NamedList
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class ListsView(InPlace):
    lists: tuple[NamedList, ...]


@dataclass(frozen=True, kw_only=True)
class ListView(InPlace):
    """``uses``: what names the list, each by its title. ``imported``: what was just imported."""

    found: NamedList
    uses: tuple[str, ...] = ()
    imported: Imported | None = None


@dataclass(frozen=True, kw_only=True)
class ListForm(InPlace):
    key: str = ""
    name: str = ""
    kind: GroupKind | None = None
    group: str = ""
    addresses: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


ListMessage = ListsView | ListView | ListForm
