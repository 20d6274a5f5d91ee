"""Whoever holds every file of a district that was surveyed, and copies from before each answer,
links nobody to an answer after the closing. Beside it a closing that only deletes the column with
the names falls to most of the same ways."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Protocol

import pytest

from bot.checking import upgrade_database
from bot.settings import Settings
from tests.attacks.privacy.district import district
from tests.attacks.privacy.files import LINKS, Held, attack
from tests.attacks.privacy.holding import surveyed
from tests.journeys.logged import logged
from tests.journeys.running import SECRET
from tests.postgres import fresh_database


class Play(Protocol):
    async def __call__(self, folder: Path, seed: int, *, plain: bool) -> Held: ...


FEW, MANY = (2, 1), (6, 10)
"""Districts that the attackers learn on, and districts that they attack."""


async def on_sqlite(folder: Path, seed: int, *, plain: bool) -> Held:
    with logged() as log:
        async with district(folder, plain=plain) as town:
            return await surveyed(town, seed, log, folder)


async def on_postgres(folder: Path, seed: int, *, plain: bool) -> Held:
    with fresh_database(hasty=True) as url, logged() as log:
        settings = Settings(database_url=url, secret_key=SECRET)
        await asyncio.to_thread(upgrade_database, settings)
        async with district(folder, plain=plain, url=url) as town:
            return await surveyed(town, seed, log, folder)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("play", "districts", "seeds", "beaten"),
    [
        pytest.param(on_sqlite, FEW, 1, 5, id="SQLite"),
        pytest.param(on_sqlite, MANY, 100, 5, id="SQLite-many", marks=pytest.mark.prove),
        pytest.param(on_postgres, (2, 2), 200, 3, id="PostgreSQL", marks=pytest.mark.prove),
    ],
)
async def test_the_files_link_nobody_to_an_answer(
    play: Play, districts: tuple[int, int], seeds: int, beaten: int, tmp_path: Path
) -> None:
    own, theirs = districts
    held = {
        plain: [await play(tmp_path, seeds + n, plain=plain) for n in range(own + theirs)]
        for plain in (False, True)
    }
    print(f"\n{'linked by':40} {'attempts':>8} {'ours':>6} {'names deleted':>14}")
    ways = 0
    for name, link in LINKS.items():
        ours, plain = (attack(link, held[p][:own], held[p][own:]) for p in (False, True))
        print(f"{name:40} {ours.attempts:8} {ours.successes:6} {plain.successes:14}")
        assert ours.attempts > 20 * theirs
        assert ours.successes == 0, name
        ways += plain.successes > plain.attempts / 10
    assert ways >= beaten, "the attackers are too weak to say anything"
