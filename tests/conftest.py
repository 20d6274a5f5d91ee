"""What tests of more than one room share: a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.async_api import Browser

# The same cases in every run: what fails fails again, and no change is stopped by another's luck.
# To look further: pytest --hypothesis-profile=default
settings.register_profile("steady", derandomize=True, database=None)
settings.load_profile("steady")

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
