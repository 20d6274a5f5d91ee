"""A long list on pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

One = TypeVar("One")

LINES = 100
"""Entries on a page of a list that people read through."""


@dataclass(frozen=True, kw_only=True)
class Paging:
    """Which page of a list is shown, from 0; ``matching``: of so many entries."""

    page: int = 0
    size: int = 10
    matching: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.matching // self.size))


def paging(page: int, matching: int, size: int) -> Paging:
    """The page that was asked for, or the last; before the first, the first. Every list goes by
    this, so that none names a page that is not there."""
    last = max(0, matching - 1) // size
    return Paging(page=min(max(page, 0), last), size=size, matching=matching)


def on_page(
    found: Sequence[One], page: int | None, size: int = LINES
) -> tuple[Sequence[One], Paging]:
    """The entries of a page. None: all of them, on one."""
    if page is None:
        return found, Paging(size=max(1, len(found)), matching=len(found))
    there = paging(page, len(found), size)
    return found[there.page * size :][:size], there
