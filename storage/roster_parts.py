"""Cuts a roster import into parts that are each right by themselves.

Between two parts, and where an import ends early, everybody is as before it or as after it, and
each address and identifier belongs to one person. So people who hand an e-mail address or an
identifier over to one another (two who swap, three who pass theirs round, a newcomer with the
address of somebody who left) are one group, and a group is written as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Row = Mapping[Any, Any]

UNIQUE = ("sourced_id", "email")
"""Columns of which no two people have the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """One person's row as it was compared (None: somebody new), and as it is to be."""

    old: Row | None
    new: Row


@dataclass(frozen=True, slots=True)
class Group:
    """People who are written together. ``parks``: people of other groups who let go of an
    identifier that somebody here gets, and have a stand-in until their own turn."""

    steps: Sequence[Step]
    parks: frozenset[UUID] = frozenset()


Part = Sequence[Group]


def in_parts(steps: Sequence[Step], *, most: int, first: Collection[str] = ()) -> Sequence[Part]:
    """Parts of at most ``most`` people. First come those with an e-mail address of ``first``, then
    those who leave, who so lose their access at once.

    Where the identifiers of a whole district are given out anew, nearly everybody may hang
    together. Such a group is cut at people whose e-mail address and name stay: by those an import
    that is run again knows them (``storage.roster.whom``). Only people who hand over e-mail
    addresses are never cut apart, so a part that consists of them may be larger.
    """
    ties = list(_ties(steps))
    groups = _Groups(len(steps))
    for holder, getter, column in ties:
        if not (column == "sourced_id" and _is_known_without(steps[holder])):
            groups.join(holder, getter)
    for holder, getter, _ in ties:
        if groups.size(holder) + groups.size(getter) <= most:
            groups.join(holder, getter)
    parks: dict[int, set[UUID]] = defaultdict(set)
    for holder, getter, _ in ties:
        old = steps[holder].old
        if old is not None and groups.of(holder) != groups.of(getter):
            parks[groups.of(getter)].add(old["id"])
    members: dict[int, list[Step]] = defaultdict(list)
    for place, step in enumerate(steps):
        members[groups.of(place)].append(step)
    whole = [Group(some, frozenset(parks.get(root, ()))) for root, some in members.items()]
    whole.sort(key=lambda group: min(_rank(step, first) for step in group.steps))
    return list(_packed(whole, most))


def _ties(steps: Sequence[Step]) -> Iterator[tuple[int, int, str]]:
    """(place of who has a value and gives it up, place of who gets it, column)."""
    for column in UNIQUE:
        holders = {
            step.old[column]: place
            for place, step in enumerate(steps)
            if step.old is not None and step.old[column] != step.new[column]
        }
        for getter, step in enumerate(steps):
            holder = holders.get(step.new[column])
            if holder is not None and holder != getter:
                yield holder, getter, column


def _is_known_without(step: Step) -> bool:
    """Whether an import that is run again knows somebody without their identifier."""
    kept = ("email", "given_name", "family_name", "active")
    old, new = step.old, step.new
    return old is not None and new["active"] and all(old[name] == new[name] for name in kept)


def _rank(step: Step, first: Collection[str]) -> int:
    emails = {row["email"] for row in (step.old, step.new) if row is not None}
    if not emails.isdisjoint(first):
        return 0
    return 2 if step.new["active"] else 1


def _packed(groups: Sequence[Group], most: int) -> Iterator[Part]:
    part: list[Group] = []
    people = 0
    for group in groups:
        if part and people + len(group.steps) > most:
            yield part
            part, people = [], 0
        part.append(group)
        people += len(group.steps)
    if part:
        yield part


class _Groups:
    """Sets that are joined (union-find, by size)."""

    def __init__(self, many: int) -> None:
        self._above = list(range(many))
        self._sizes = [1] * many

    def of(self, place: int) -> int:
        while (above := self._above[place]) != place:
            self._above[place] = self._above[above]
            place = above
        return place

    def size(self, place: int) -> int:
        return self._sizes[self.of(place)]

    def join(self, one: int, other: int) -> None:
        one, other = sorted((self.of(one), self.of(other)), key=self._sizes.__getitem__)
        if one != other:
            self._above[one] = other
            self._sizes[other] += self._sizes[one]
