"""Whom a row of a roster means: an import must neither lose a person nor mix two up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from storage.roster_parts import Row

_NAMES = ("given_name", "family_name")


def whom(before: Sequence[Row], rows: Sequence[Row]) -> list[Row | None]:
    """For each row of an import, the person of ``before`` that it means; None: somebody new.

    Two of three must agree: the identifier, the e-mail address, the name. So a person keeps their
    history when they marry, when an address is corrected (or two are swapped) and when identifiers
    are given out anew; and a newcomer who gets the address or the identifier of somebody who left
    does not get that person's feedback and answers with it.
    """
    found: list[Row | None] = [None] * len(rows)
    taken = set()
    for column in ("sourced_id", "email"):  # the identifier says most: it goes first
        known = {old[column]: old for old in before}
        for place, row in enumerate(rows):
            old = known.get(row[column])
            if found[place] is None and old and old["id"] not in taken and _same(old, row):
                found[place] = old
                taken.add(old["id"])
    return found


def _same(old: Row, row: Row) -> bool:
    agreeing = [bool(old[column] == row[column]) for column in ("sourced_id", "email")]
    return sum([*agreeing, _same_name(old, row)]) >= 2


def _same_name(old: Row, row: Row) -> bool:
    """Half a name will do for somebody who is here; for somebody who left, the whole."""
    equal = [bool(old[name] == row[name]) for name in _NAMES]
    return any(equal) if old["active"] else all(equal)


def displaced(
    before: Sequence[Row], found: Sequence[Row | None], rows: Sequence[Row]
) -> Iterator[tuple[Any, str]]:
    """(id, column) of people who are not meant, but hold an address or an identifier that a row
    gives to somebody else."""
    meant = {old["id"] for old in found if old is not None}
    for column in ("sourced_id", "email"):
        wanted = {row[column] for row in rows}
        for old in before:
            if old["id"] not in meant and old[column] in wanted:
                yield old["id"], column
