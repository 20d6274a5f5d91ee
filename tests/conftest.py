"""What tests of more than one room share: a real browser, and a database that is migrated."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import Random
from secrets import randbelow
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from hypothesis import settings

from bot.jobs import closings, computing
from core import words
from governance.reading import worker
from storage import deadline
from surveys.disclosure import expected, live
from surveys.disclosure import tables as disclosed
from surveys.disclosure.noise import Noisy
from surveys.results import release
from surveys.waves import launching
from tests import learned_once
from tests.compiled import compiled_once
from tests.computed_here import Here
from tests.hurried import every_sync, nothing_waited_for
from tests.migrated import every_migration, migrations_once
from tests.plain_logs import plain_logs

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = [
    "compiled_once",
    "every_migration",
    "every_sync",
    "migrations_once",
    "nothing_waited_for",
]

# The same cases in every run: what fails fails again, and no change is stopped by another's luck.
# No deadline: a busy machine pauses any of them.
# To look further: pytest --hypothesis-profile=default
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")

plain_logs()

# Most of what tests make is gone by itself.
gc.set_threshold(20_000, 20, 50)

# Where the machine is busy, not the database, no door gives up. Tests of that set it themselves.
deadline.SECONDS = 30.0

# Nor does the clock go on before a closing has ended.
closings.WAITED = 600.0

# Most towns of tests are too small to be asked anything, or to be told figures as a district is:
# ``real_launches`` has what a launch wants, and ``real_sizes`` what results do.
_REAL = launching.FEWEST, expected.MOST_OFF
launching.FEWEST, expected.MOST_OFF = 1, 1_000.0
_DRAW: tuple[Any, ...] = (
    release.final_results,
    release.live_results,
    disclosed.released,
    live.seen,
)
"""What draws noise, from the operating system's randomness where nobody gives another source."""

_SCHOOL, disclosed.MORE_THAN_A_SCHOOL = disclosed.MORE_THAN_A_SCHOOL, 0

# A closing computes here, where tests may change what it does: ``computed_apart`` has the process.
_APART, computing.process = computing.process, Here

worker.SERVE = learned_once.SERVE

# Most dates of tests are of one year, and read alike in any year that the tests are run in.
words.this_year = lambda zone: 2026

# A process that reads is heavy: it starts where something is read, and in tests of its start.
os.environ.setdefault("SOUNDINGBOARD_READER_AT_START", "false")

SLOW_FIRST = (
    "tests/attacks",
    "tests/journeys",
    "tests/faults",
    "tests/hostile",
    "tests/playground",
    "tests/bot/web/test_every_page.py",
    "tests/replicas",
    "tests/bench",
    "tests/storage",
    "tests/scheduler",
    "tests/bot/demo/test_demo_past.py",
    "tests/bot/cli/test_cli.py",
    "tests/governance",
)
"""What holds the files that take longest, for how few tests they have."""

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""The one without windows where it is there: it needs half the processor."""

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture
def real_launches(monkeypatch: pytest.MonkeyPatch) -> None:
    """A launch wants as many people, and tables as sure, as it does outside of tests."""
    monkeypatch.setattr(launching, "FEWEST", _REAL[0])
    monkeypatch.setattr(expected, "MOST_OFF", _REAL[1])


@pytest.fixture
def real_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a few people are told like a group, as outside of tests."""
    monkeypatch.setattr(disclosed, "MORE_THAN_A_SCHOOL", _SCHOOL)


@pytest.fixture
def computed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closing computes in a process of its own, as outside of tests."""
    monkeypatch.setattr(computing, "process", _APART)


def pytest_sessionstart(session: pytest.Session) -> None:
    """What tests tell (``make prove``) is also seen where several processes run them: a worker's
    standard output is its connection to the one that asked."""
    if "PYTEST_XDIST_WORKER" in os.environ and session.config.getoption("capture") == "no":
        sys.stdout = sys.stderr


def _speaks_of_proof(path: Path) -> bool:
    return "prove" in path.read_text(encoding="utf-8").lower()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make prove` leaves files alone that have nothing for it. Most have not, and each process
    would take half a minute to find that out."""
    looks = config.option.markexpr == "prove" and collection_path.match("test_*.py")
    return True if looks and not _speaks_of_proof(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Processes take file after file, as they come (``--no-loadscope-reorder``): one that lasts
    half a minute and is begun last leaves the others with nothing to do."""

    def place(item: pytest.Item) -> int:
        return next(
            (n for n, slow in enumerate(SLOW_FIRST) if item.nodeid.startswith(slow)),
            len(SLOW_FIRST),
        )

    proofs = {item.path for item in items if item.get_closest_marker("prove")}
    silent = [path for path in proofs if not _speaks_of_proof(path)]
    assert silent == [], "say “prove” in them, or `make prove` does not find their tests"
    items.sort(key=place)  # what is equal stays as it is: files and folders stay together


@pytest.fixture(scope="module", autouse=True)
def nothing_to_collect() -> None:
    """What is there stays until the end, most of it: not to be looked through each time that
    somebody collects garbage (Hypothesis does, before each of its hundred cases)."""
    gc.collect()
    gc.freeze()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One headless Chromium for the whole run; tests open contexts of their own in it.

    Tests that use it run in the session's event loop:
    ``pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]``.
    """
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        await chromium.close()


@pytest.fixture(autouse=True)
def noise_of_this_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """The same noise whenever a test runs, so that none fails by chance. What is computed in a
    process of its own has the operating system's, and so has a draw by itself."""
    of_this_test = Random(request.node.nodeid).randrange  # noqa: S311 - not for a secret
    kept = [(one, one.__defaults__) for one in _DRAW]
    for one, defaults in kept:
        one.__defaults__ = tuple(of_this_test if d is randbelow else d for d in defaults or ())
    yield
    for one, defaults in kept:
        one.__defaults__ = defaults


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts without noise, so that figures can be told by hand."""

    def counted(count: int, *_: object) -> Noisy:
        return Noisy(count, 0.0)

    monkeypatch.setattr("surveys.disclosure.tables.noisy", counted)
