"""Named lists of people inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, func, select

from governance.committees.model import GroupKind
from governance.lists.model import NamedList
from storage.connection import Connected, read_once
from storage.importing import PART
from storage.tables import list_member, named_list, person

_PEOPLE = (
    select(func.count())
    .select_from(list_member.join(person, person.c.id == list_member.c.person_id))
    .where(list_member.c.list_key == named_list.c.key, person.c.active)
    .scalar_subquery()
)
_LISTS = select(named_list, _PEOPLE.label("people"))


class Lists(Connected):
    """Implements ``governance.lists.ports.ListStore``."""

    def named_list(self, key: str) -> NamedList | None:
        row = self.connection.execute(_LISTS.where(named_list.c.key == key)).first()
        return _list_from(row) if row else None

    def named_lists(self) -> Sequence[NamedList]:
        rows = self.connection.execute(_LISTS.order_by(named_list.c.name, named_list.c.key))
        return [_list_from(row) for row in rows]

    @read_once
    def lists_of(self, person_id: UUID) -> frozenset[str]:
        keys = select(list_member.c.list_key).where(list_member.c.person_id == person_id)
        return frozenset(self.connection.execute(keys).scalars())

    def put_list(self, new: NamedList) -> None:
        row = {
            "key": new.key,
            "name": new.name,
            "kind": new.kind,
            "group_id": new.group,
            "tried_at": new.tried_at,
            "filled_at": new.filled_at,
            "trouble": new.trouble,
            "left_out": new.left_out,
        }
        self.put(named_list, row, ("key",))

    def put_list_members(self, key: str, people: Collection[UUID]) -> None:
        mine = list_member.c.list_key == key
        there = set(self.connection.execute(select(list_member.c.person_id).where(mine)).scalars())
        gone, new = sorted(there - set(people)), sorted(set(people) - there)
        for at in range(0, len(gone), PART):
            some = list_member.c.person_id.in_(gone[at : at + PART])
            self.connection.execute(delete(list_member).where(and_(mine, some)))
        self.insert_new(list_member, [{"list_key": key, "person_id": one} for one in new])

    def drop_list(self, key: str) -> None:
        self.connection.execute(delete(list_member).where(list_member.c.list_key == key))
        self.connection.execute(delete(named_list).where(named_list.c.key == key))

    def staff_by_email(self, emails: Collection[str]) -> Mapping[str, UUID]:
        listed, found = sorted(emails), dict[str, UUID]()
        for at in range(0, len(listed), PART):
            some = person.c.email.in_(listed[at : at + PART]), person.c.active
            rows = self.connection.execute(select(person.c.email, person.c.id).where(*some))
            found.update((email, who) for email, who in rows)
        return found


def _list_from(row: Row[Any]) -> NamedList:
    return NamedList(
        key=row.key,
        name=row.name,
        kind=GroupKind(row.kind) if row.kind else None,
        group=row.group_id,
        tried_at=row.tried_at,
        filled_at=row.filled_at,
        trouble=row.trouble,
        left_out=row.left_out,
        people=row.people,
    )
