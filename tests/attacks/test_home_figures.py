"""Every figure on a Home, before somebody who opens it day by day and knows when one person wrote.

Each tile and each panel that a feature declares is here with the reason for which it tells nothing
of one person; a new one without a reason fails. What follows from messages is attacked: the same
town once without and once with what one person did, and no office's Home may tell which it is.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.home import TablePanel
from core.people import Role
from core.words import Words
from governance.board_reports.gathering import gather
from governance.board_reports.overlapping import month_of
from governance.chairs.commands import ShowAgenda
from governance.committees.model import RESTRICTED, TRIAGE, Office
from governance.composing import compose
from governance.digests.commands import ShowDigest
from governance.digests.monthly import figures_for
from governance.docket.commands import AcknowledgeItem, AnswerItem, MoveItem, PutAside
from governance.docket.open_items import Aside
from governance.docket.triaging import WAITING
from governance.features import declared
from governance.home.commands import ShowDocket, ShowInbox, ShowOfficeFigures
from governance.upkeep.handlers import HOUSE
from governance.upkeep.messages import TriageWaiting
from governance.views import DocketView
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, example, person, small_roster, teachers
from tests.upgrades.fill import answer, launch

WORDS = Words("en", "America/Chicago")
OWNER = next(o for o in example().district.officers if o.office is Office.TRIAGE_OWNER).person
ADMINISTRATOR = next(one.email for one in small_roster(5).people if one.role is Role.ADMINISTRATOR)
OFFICES = (CTO, ISO, ADMINISTRATOR)
"""Who has figures on Home and no docket."""
OTHERS = [one.email for one in teachers(small_roster(5), 5)]

ATTACKED = "attacked below"
RELEASED = "a figure of released results, which their page has, too (test_heat_map.py)"
ON_THEIR_LIST = "a sum of rows that its reader opens, by name"
PUBLISHED = "of what offices wrote or decided, and of nothing that staff said"

WHY = {
    "announcements._confirmed": ON_THEIR_LIST,
    "controls._none": PUBLISHED,
    "controls._score": PUBLISHED,
    "digests._answered": ATTACKED,
    "digests._themes": ATTACKED,
    "docket._committees": ATTACKED,
    "docket._themes": ATTACKED,
    "docket._tile": ATTACKED,
    "duties._awaited": ON_THEIR_LIST,
    "duties._buildings": ON_THEIR_LIST,
    "duties._tile": ON_THEIR_LIST,
    "gaps._tile": PUBLISHED,
    "recommendations._panel": PUBLISHED,
    "rules._panel": PUBLISHED,
    "rules._tile": PUBLISHED,
    "waves._answering": RELEASED,
    "waves._works": RELEASED,
}
"""Why each tile and panel tells nothing of one person, by its feature and its function."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def figures_declared() -> set[str]:
    """The functions that draw a tile or a panel, in every module that declares parts of a Home."""
    modules = {source.find.__module__ for of_feature in declared("HOME") for source in of_feature}
    found = set()
    for name in modules:
        for key, one in inspect.getmembers(import_module(name), inspect.isfunction):
            drawn = one.__module__ == name and inspect.signature(one).return_annotation
            if drawn in ("Tile", "BarsPanel", "TablePanel"):
                found.add(f"{name.split('.')[1]}.{key}")
    return found


def test_every_figure_on_a_home_has_its_reason() -> None:
    assert figures_declared() == set(WHY)


async def home(town: Hall, email: str) -> dict[str, str]:
    """What somebody sees on their Home, by the function that draws it."""
    parts = [
        part
        for command in (ShowInbox(parts=True), ShowOfficeFigures())
        for part in (await town.ask(email, command)).parts
    ]
    found: dict[str, str] = {}
    for _, draw in parts:
        made = draw.func if isinstance(draw, partial) else draw
        key = f"{made.__module__.split('.')[1]}.{made.__name__}"
        found[key] = found.get(key, "") + repr(draw(WORDS))
    return found


async def looked(town: Hall) -> dict[str, dict[str, str]]:
    """Each office's Home, what the Board would read of last month, and every month's page."""
    found = {email: await home(town, email) for email in OFFICES}
    last = month_of(date(2026, 10, 1))
    board = await town.core.store.read(lambda tx: gather(tx, last, town.clock()))
    months = await town.core.store.read(lambda tx: tx.figures())
    found["the Board"] = {"figures": repr(board)}
    found["staff"] = {"months": repr(months)}
    return found


async def crowd(town: Hall) -> None:
    """September and October have enough messages in two committees, some of them answered."""
    for queue in ("network", "device-learning"):
        for email in OTHERS:
            await town.item(email, "The Wi-Fi in the gym is slow.", queue)


async def tell_month(town: Hall, month: date) -> None:
    await town.core.store.write(
        lambda tx: tx.put_figures(figures_for(tx, month, town.clock()), town.clock())
    )


@pytest.mark.parametrize("queue", ["network", "device-learning", TRIAGE, RESTRICTED])
async def test_no_home_of_an_office_moves_when_somebody_writes_or_is_answered(
    town: Hall, queue: str
) -> None:
    """Whoever knows the minute in which one person wrote looks before and after."""
    await crowd(town)
    town.clock.forward(days=40)
    before = await looked(town)
    assert before[CTO]["docket._committees"].count("Row(") == 2, "there is something to move"
    item = await town.item(TEACHER, "My supervisor shouts at me.", queue)
    assert await looked(town) == before, "written"
    if queue == "network":
        await town.ask(CHAIR, AcknowledgeItem(item_id=item))
        until = (town.clock()).date().replace(month=12, day=10)
        await town.ask(CHAIR, PutAside(item_id=item, until=until, why="Parts are ordered."))
        assert await looked(town) == before, "acknowledged and put aside"
        await town.ask(CHAIR, MoveItem(item_id=item, to="device-learning", why="Not for us"))
        assert (await town.stored(item)).queue == "device-learning"
        assert await looked(town) == before, "moved"
        other = await town.item(TEACHER, "It is slow.", queue)
        await town.ask(CHAIR, AnswerItem(item_id=other, text="We look at it."))
        assert await looked(town) == before, "answered"


async def test_day_by_day_nobody_learns_what_the_only_one_wrote_of(tmp_path: Path) -> None:
    """In a month in which one person wrote, and was late, the days of all towns are alike,
    wherever the message was."""
    days = list[list[dict[str, dict[str, str]]]]()
    for queue in ("network", "device-learning", RESTRICTED):
        folder = tmp_path / queue
        folder.mkdir()
        async with hall(folder) as town:
            seen = list[dict[str, dict[str, str]]]()
            await crowd(town)
            town.clock.forward(days=35)
            await town.item(TEACHER, "My supervisor shouts at me.", queue)
            for step in (0, 1, 6, 10, 14, 30):
                town.clock.forward(days=step)
                seen.append(await looked(town))
            await tell_month(town, date(2026, 11, 1))
            await tell_month(town, date(2026, 12, 1))
            seen.append(await looked(town))
            days.append(seen)
    assert days[0] == days[1] == days[2]
    assert days[0][0][CTO] != days[0][-1][CTO], "days went by"


async def test_a_month_is_of_as_many_as_it_was_told(town: Hall) -> None:
    """One message becomes restricted after its month was told: no page says that there is one."""
    town.clock.forward(days=30)
    items = [
        await town.item(email, f"The Wi-Fi is slow, {n}.")
        for n in range(3)
        for email in (*OTHERS, TEACHER)
    ]
    for item in items[:8]:
        await town.ask(CHAIR, AnswerItem(item_id=item, text="We look at it."))
    town.clock.forward(days=30)
    await tell_month(town, date(2026, 11, 1))
    await town.ask(CHAIR, MoveItem(item_id=items[-1], to=RESTRICTED, why="It is about a person"))
    town.clock.forward(days=31)
    await tell_month(town, date(2026, 12, 1))
    december, november, *_ = await town.core.store.read(lambda tx: tx.figures())
    assert november.received == december.answered.base == len(items)
    assert december.answered.within == 8


async def test_home_and_the_board_count_the_same(town: Hall) -> None:
    """Nothing is found by taking one from the other, nor from what names who looks."""
    await crowd(town)
    for email in OTHERS[:3]:
        await town.item(email, "The library is cold.", "student-information")
        await town.item(email, "Nobody knows whose this is.", TRIAGE)
        await town.item(email, "It is about somebody.", RESTRICTED)
    kept = await town.item(OTHERS[3], "The library is dark.", "student-information")
    await town.item(OTHERS[4], "The library is loud.", "student-information")
    cto = await person(town.core, CTO)
    await town.core.store.write(lambda tx: tx.keep_from(kept, cto.id))
    town.clock.forward(days=40)
    view = await town.ask(CTO, ShowInbox(parts=True))
    panels = [draw(WORDS) for _, draw in view.parts]
    (panel,) = [one for one in panels if isinstance(one, TablePanel) and one.title == "Committees"]
    rows = [[cell.text for cell in row.cells][1:] for row in panel.rows]
    board = await town.core.store.read(
        lambda tx: gather(tx, month_of(date(2026, 10, 1)), town.clock())
    )
    assert board.still_open.open == sum(int(open_) for open_, _ in rows) == 15
    assert board.still_open.overdue == sum(int(late) for _, late in rows) == 15


async def test_what_names_a_chair_is_in_no_figure_of_theirs(town: Hall) -> None:
    """Home, the week and the agenda, before somebody who compares them with the docket. It is on
    the queue since before they led it."""
    await crowd(town)
    queue = "network"

    async def seen() -> list[str]:
        week = await town.ask(CHAIR, ShowDigest(queue=queue))
        agenda = await town.ask(CHAIR, ShowAgenda(queue=queue))
        shared = await town.ask(CHAIR, ShowAgenda(queue=queue, shared=True))
        docket = await town.ask(CHAIR, ShowDocket(queue=queue))
        assert isinstance(docket, DocketView)
        counts = [week.digest.new, week.digest.open, week.digest.late, len(docket.open_items)]
        lines = [one.words for one in (*week.digest.oldest, *week.digest.due, *agenda.oldest)]
        return [
            repr(await home(town, CHAIR)),
            repr((counts, lines, week.digest.themes)),
            repr((agenda.open, agenda.themes, agenda.quotes, shared.open, shared.themes)),
        ]

    before = await seen()
    item = await town.item(TEACHER, "The chair shouts at me.", queue)
    assert await seen() != before, "what does not name them is there"
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(item, chair.id))
    assert await seen() == before
    until = (town.clock()).date().replace(day=9)
    await town.core.store.write(
        lambda tx: tx.put_aside(item, Aside(until=until, why=""), None, town.clock())
    )
    assert await seen() == before, "nor on the day when it is back"


async def test_who_sorts_hears_of_as_many_as_their_list_has(town: Hall) -> None:
    owner = await person(town.core, OWNER)

    async def told() -> object:
        return await town.core.store.read(
            lambda tx: compose(tx, WAITING, HOUSE, None, None, town.clock(), to=owner)
        )

    names = await town.item(TEACHER, "It is about somebody.", TRIAGE)
    assert isinstance(await told(), TriageWaiting)
    await town.core.store.write(lambda tx: tx.keep_from(names, owner.id))
    assert await told() is None
    await town.item(TEACHER, "It is about nobody.", TRIAGE)
    found = await told()
    assert isinstance(found, TriageWaiting)
    assert found.items == 1


async def test_no_home_moves_when_somebody_answers_a_survey(town: Hall) -> None:
    wave: UUID = uuid4()
    survey = example().surveys[0]
    await launch(town, wave, survey)
    everybody: dict[str, Callable[[], Awaitable[dict[str, str]]]] = {
        email: partial(home, town, email) for email in (*OFFICES, CHAIR)
    }
    before = {email: await look() for email, look in everybody.items()}
    for _ in range(3):
        await answer(town, wave, survey, 1)
        assert {email: await look() for email, look in everybody.items()} == before
