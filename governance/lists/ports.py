"""What named lists need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from governance.lists.model import NamedList


class ListStore(Protocol):
    def named_list(self, key: str) -> NamedList | None: ...

    def named_lists(self) -> Sequence[NamedList]:
        """By their names."""
        ...

    def lists_of(self, person_id: UUID) -> frozenset[str]:
        """The keys of the lists that somebody is on."""
        ...

    def put_list(self, new: NamedList) -> None:
        """All but who is on it."""
        ...

    def put_list_members(self, key: str, people: Collection[UUID]) -> None:
        """Replace who is on a list."""
        ...

    def drop_list(self, key: str) -> None: ...

    def staff_by_email(self, emails: Collection[str]) -> Mapping[str, UUID]:
        """Active people by their addresses."""
        ...
