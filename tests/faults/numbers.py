"""The boundaries at which tests kill: all of them in `make prove`, a few in `make test`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest


def blocks(
    last: int, name: str = "boundary", *, few: Sequence[int], steps: int = 1, size: int = 4
) -> list[Any]:
    """1 to ``last`` in ``steps``, in blocks whose numbers are killed at side by side (a life
    mostly waits: ``side_by_side``). In the ordinary run ``few`` are one block."""
    every = range(1, last + 1, steps)
    cut = [tuple(every[place : place + size]) for place in range(0, len(every), size)]
    return [pytest.param(tuple(few), id=f"{name}-" + "-".join(map(str, few)))] * bool(few) + [
        pytest.param(block, id=f"{name}-{block[0]}-to-{block[-1]}", marks=pytest.mark.prove)
        for block in cut
    ]


async def side_by_side(block: Sequence[int], doing: Callable[[int], Awaitable[None]]) -> None:
    """Each number of a block by itself; a failure says which it was."""
    ended = await asyncio.gather(*(doing(number) for number in block), return_exceptions=True)
    for number, error in zip(block, ended, strict=True):
        if error is not None:
            error.add_note(f"killed at number {number}")
            raise error


SQLITE, POSTGRES = "sqlite", "postgres"


def on_both(sqlite: Sequence[Any], postgres: Sequence[Any]) -> list[Any]:
    """Blocks of each database as parameters: the database, and the block."""
    return [
        pytest.param(name, *one.values, id=f"{name}-{one.id}", marks=one.marks)
        for name, some in ((SQLITE, sqlite), (POSTGRES, postgres))
        for one in some
    ]
