"""What the features show on Home: to whom, that it says no more than their pages, and its cost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from core.home import BarsPanel, HomeElement, TablePanel
from core.text import text
from core.tiles import Tile, Tone
from core.words import Words
from governance.digests import wording as digest_words
from governance.digests.messages import Answered, MonthlyFigures, ThemeCount
from governance.docket.handlers import queue_name
from governance.home.commands import ShowInbox, ShowOfficeFigures
from governance.views import InboxView, OverviewView
from storage.transaction import Transaction
from surveys.results.beside import Trend, TrendPoint, Unit
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.board_reports.filled import released_wave, results_of
from tests.governance.recommendations.test_recommending import sent
from tests.journeys.town import (
    CHAIR,
    CTO,
    ISO,
    OFFICE,
    TEACHER,
    example,
    person,
    small_roster,
    teachers,
)

WORDS = Words("en", "America/Chicago")
EVERYBODY = (TEACHER, OFFICE, CHAIR, CTO, ISO)
MOST_STATEMENTS = 40
"""For Home: what waits, what came, and the parts of the features."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def shown(town: Hall, email: str) -> list[HomeElement]:
    commands = [ShowInbox(parts=True), *([ShowOfficeFigures()] if email in (CTO, ISO) else [])]
    views = [await town.ask(email, one) for one in commands]
    assert all(isinstance(one, InboxView | OverviewView) for one in views)
    return [draw(WORDS) for view in views for _, draw in view.parts]


async def tiles(town: Hall, email: str) -> dict[str, Tile]:
    return {one.label: one for one in await shown(town, email) if isinstance(one, Tile)}


async def test_staff_without_a_duty_see_no_figures(town: Hall) -> None:
    assert await shown(town, TEACHER) == []
    assert (await town.ask(TEACHER, ShowOfficeFigures())).parts == ()


async def test_a_chair_sees_what_is_late_new_theirs_and_due(town: Hall) -> None:
    assert {one.figure for one in (await tiles(town, CHAIR)).values()} == {"0"}
    first = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    await town.item(OFFICE, "The Wi-Fi in the office is slow.")
    found = await tiles(town, CHAIR)
    assert (found["Late"].figure, found["New"].figure) == ("0", "2")
    town.clock.forward(days=40)
    found = await tiles(town, CHAIR)
    assert (found["Late"].figure, found["Late"].tone) == ("2", Tone.NOW)
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(first, chair.id))
    found = await tiles(town, CHAIR)
    assert found["Late"].figure == "1", "what names them is not counted for them"


async def committees(town: Hall) -> list[list[str]]:
    (panel,) = [
        one
        for one in await shown(town, CTO)
        if isinstance(one, TablePanel) and one.title == "Committees"
    ]
    return [[cell.text for cell in row.cells] for row in panel.rows]


async def test_the_cto_sees_committees_with_late_messages_first(town: Hall) -> None:
    """Of months that are over, in which five people or more wrote what is open."""
    authors = [one.email for one in teachers(small_roster(5), 5)]
    for email in authors:
        await town.item(email, "The Wi-Fi in the gym is slow.")
    assert await committees(town) == [], "not before the month is over"
    town.clock.forward(days=40)
    for number in range(2):
        for email in authors:
            await town.item(email, f"The tool for grades is slow, {number}.", "device-learning")
    for email in authors[:4]:
        await town.item(email, "The library is cold.", "student-information")
    network = queue_name(example().district, "network")
    assert await committees(town) == [[network, "5", "5"]]
    town.clock.forward(days=20)
    assert [row[1:] for row in await committees(town)] == [["5", "5"], ["10", "0"]]


def month(first: date, themes: dict[str, int], within: int | None, base: int | None) -> Any:
    return MonthlyFigures(
        month=first,
        received=sum(themes.values()),
        answered=Answered(month=first, base=base, within=within),
        themes=tuple(ThemeCount(name=name, count=n) for name, n in themes.items()),
    )


async def test_themes_are_the_sums_of_what_every_month_told(town: Hall) -> None:
    """Nothing that a month withheld can be found in them."""
    told = [
        month(date(2026, 6, 1), {"Wi-Fi": 99}, 30, 40),
        month(date(2026, 7, 1), {"Wi-Fi": 10, "Carts": 6}, 20, 40),
        month(date(2026, 8, 1), {"Wi-Fi": 12, "Printers": 10, "Carts": 9, "": 4}, None, None),
        month(date(2026, 9, 1), {"Wi-Fi": 20, "Printers": 7}, 36, 40),
    ]
    for one in told:
        await town.core.store.write(lambda tx, one=one: tx.put_figures(one, town.clock()))
    parts = await shown(town, CTO)
    (panel,) = [one for one in parts if isinstance(one, BarsPanel)]
    assert [(bar.label, bar.figure) for bar in panel.bars] == [
        ("Wi-Fi", "42 · ▲ 8"),
        ("Printers", "17 · ▼ 3"),
        ("Carts", "15"),
    ], "three months, and a change only where both of the last two months told the theme"
    async with browser(town, CTO) as client:
        page = unescape((await client.get("/")).text)
    drawn = page[page.index("What staff talk about") :]
    for said in ("42 · ▲ 8", "17 · ▼ 3"):
        assert said in drawn, "as its reader sees it"
    tile = (await tiles(town, CTO))["Answered within 30 days"]
    assert tile.figure == "90%"
    assert tile.trend == (0.75, 0.5, None, 0.9), "what was not told is a gap, not a zero"


async def test_a_month_that_hides_a_few_is_told_in_the_same_words_as_on_its_page(
    town: Hall,
) -> None:
    told = month(date(2026, 8, 1), {"Wi-Fi": 12}, 20, 40)
    few = replace(told, month=date(2026, 9, 1))
    few = replace(few, answered=Answered(month=few.month, base=9, within=None, few_left=True))
    for one in (told, few):
        await town.core.store.write(lambda tx, one=one: tx.put_figures(one, town.clock()))
    tile = (await tiles(town, CTO))["Answered within 30 days"]
    assert tile.figure == "Nearly all"
    assert tile.trend_says == "The last 2 months: 50%, nearly all."
    assert "nearly all were answered" in digest_words.answered(WORDS, few)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (-0.03, 0.35, "No clear change from 46%, ± 19 points"),
        (0.06, 0.26, "▲ 16 points since last time"),
    ],
)
async def test_a_pulse_is_beside_the_one_before_it(
    town: Hall, low: float, high: float, says: str
) -> None:
    """A figure whose change may be chance says from what, and how much chance alone does."""

    def closed(tx: Transaction) -> None:
        now = town.clock()
        wave = released_wave(tx, "pulse", now, "Wi-Fi", closed=True)
        trend = Trend(
            question="works",
            prompt=text("How well did technology work?"),
            group=(),
            points=tuple(
                TrendPoint(
                    wave_id=wave, as_of=now, n=60, value=value, low=value - 0.16, high=value + 0.16
                )
                for value in (0.46, 0.62)
            ),
            change=0.16,
            low=low,
            high=high,
            kind=Unit.SHARE,
            lowest=4,
            highest=5,
        )
        tx.put_final_count(wave, 120, 60)
        tx.put_results(wave, replace(results_of(wave, now, "Wi-Fi"), trends=(trend,)))

    await town.core.store.write(closed)
    tile = (await tiles(town, CTO))["How well did technology work?"]
    assert (tile.figure, tile.says) == ("62%", says)
    assert tile.of.startswith("± 16"), "as on the page of results"


async def test_what_is_shown_to_an_office_is_entered_each_day(town: Hall) -> None:
    async def entered() -> int:
        return await town.core.store.read(lambda tx: tx.audit_length())

    await shown(town, ISO)
    before = await entered()
    await shown(town, ISO)
    assert await entered() == before, "once a day"


async def test_it_costs_the_same_however_much_there_is(town: Hall) -> None:
    await sent(town, await town.item(TEACHER, "The Wi-Fi in the gym is slow."))
    for email in EVERYBODY:
        await shown(town, email)
    before = [await statements(town, email) for email in EVERYBODY]
    waiting = 1
    for many in (7, 30):
        for number in range(waiting, many):
            item = await town.item(TEACHER, f"The Wi-Fi in room {number} is slow.")
            await sent(town, item)
        waiting = many
        assert [await statements(town, email) for email in EVERYBODY] == before, f"{many} wait"
    view = await town.ask(CTO, ShowInbox())
    assert isinstance(view, InboxView)
    assert len(view.waiting) == waiting, "each of them is drawn"
    assert max(before) <= MOST_STATEMENTS


async def statements(town: Hall, email: str) -> int:
    """With those by which the dispatch finds out who asks."""
    seen = [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(Engine, "after_cursor_execute", counted)
    try:
        await shown(town, email)
    finally:
        event.remove(Engine, "after_cursor_execute", counted)
    return seen[0]


async def test_earlier_messages_do_not_read_what_the_page_does_not_show(town: Hall) -> None:
    """What they told us is known, for its news is not shown twice, but nothing more is read of
    it."""
    item = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    view = await town.ask(TEACHER, ShowInbox(earlier=True))
    assert isinstance(view, InboxView)
    assert (view.items, view.results, view.parts) == ((), (), ())
    assert view.told == {item}
    home = await town.ask(TEACHER, ShowInbox())
    assert isinstance(home, InboxView)
    assert [one.item_id for one in home.items] == [item]
