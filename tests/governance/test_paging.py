"""No list names a page that is not there, whatever page is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from bot.conversation import Speaker
from bot.registry import OPERATIONS
from core.commands import Command
from core.paging import Paging, paging
from core.people import Platform
from governance.messages import Refused
from tests.attacks.hall import Hall
from tests.governance.test_access import EVERYTHING, furnished
from tests.journeys.running import MovableClock
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person

ASKED_BY = (CTO, ISO, CHAIR, TEACHER)


def pages_in(message: object) -> Iterator[Paging]:
    """Wherever a message keeps them."""
    if isinstance(message, Paging):
        yield message
    elif is_dataclass(message):
        for field in fields(message):
            yield from pages_in(getattr(message, field.name))


def paged() -> set[str]:
    """The lists that are on pages: commands whose answer has a ``Paging``, off the registry."""
    return {
        f"{kind.__name__}.{field.name}"
        for kind in OPERATIONS
        for field in fields(kind)
        if field.name in ("page", "waves", "announcements")
    }


@pytest.mark.parametrize("far", [10_000, 10**9, -3])
async def test_no_list_names_a_page_that_is_not_there(tmp_path: Path, far: int) -> None:
    seen = set()
    async with furnished(f"sqlite:///{tmp_path / 'town.sqlite3'}") as core:
        town = Hall(core=core, clock=MovableClock())
        for command in EVERYTHING:
            if not type(command).__name__.startswith("Show"):
                continue
            for name in ("page", "waves", "announcements"):
                if not hasattr(command, name):
                    continue
                for email in ASKED_BY:
                    found = await _asked(town, email, replace(command, **{name: far}))
                    pages = list(pages_in(found))
                    seen |= {f"{type(command).__name__}.{name}"} if pages else set()
                    assert all(0 <= one.page < one.pages for one in pages), (command, pages)
    on_pages = {"ShowCampaign.page", "ShowDesk.waves", "ShowDesk.announcements", "ShowOwed.page"}
    assert on_pages <= seen <= paged()


async def _asked(town: Hall, email: str, command: Command) -> object:
    who = await person(town.core, email)
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    found = (await town.core.dispatch.handle(speaker, command)).message
    return None if isinstance(found, Refused) else found


def test_past_the_end_is_the_last_page_and_before_the_first_the_first() -> None:
    assert paging(10_000, 6_960, 50) == Paging(page=139, size=50, matching=6_960)
    assert paging(-1, 6_960, 50).page == 0
    assert paging(3, 0, 50) == Paging(page=0, size=50, matching=0)
