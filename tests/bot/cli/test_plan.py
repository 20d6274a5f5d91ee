"""Readings of the plan's indicators come in from a CSV file: all of them, or none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.operator.operations import do
from bot.operator.telling import Told
from governance.goals.commands import ShowGoal
from governance.goals.messages import GoalView
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited
from tests.journeys.town import TEACHER

HEADER = "goal,indicator,on,value,note\n"
GOOD = "reliable-wifi,coverage,2026-09-30,86.5,A sample of rooms\n"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def brought(town: Hall, folder: Path, rows: str) -> Told:
    file = folder / "readings.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return await do(town.core, "reading-import", {"path": str(file)})


async def kept(town: Hall) -> list[tuple[date, float, str]]:
    view = await town.ask(TEACHER, ShowGoal(goal="reliable-wifi"))
    assert isinstance(view, GoalView)
    readings = view.line.indicators[0].readings
    return [(one.on, one.value, one.note) for one in readings]


async def test_readings_of_a_file_are_on_the_goals_page(town: Hall, tmp_path: Path) -> None:
    rows = GOOD + 'reliable-wifi,coverage,2026-06-01,"84,5%",\n'
    told = await brought(town, tmp_path, rows)
    assert (told.ok, told.lines) == (True, ("2 readings are in the plan.",))
    there = [(date(2026, 6, 1), 84.5, ""), (date(2026, 9, 30), 86.5, "A sample of rooms")]
    assert await kept(town) == there
    assert (await brought(town, tmp_path, rows)).ok, "the same again changes nothing"
    assert await kept(town) == there
    assert len([one for one in await audited(town) if one.startswith("reading")]) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("reliable-wify,coverage,2026-09-30,1,", 'no goal "reliable-wify"'),
        ("reliable-wifi,covrage,2026-09-30,1,", 'no indicator "covrage"'),
        ("purposeful-use,coverage,2026-09-30,1,", "Add it to plan.yaml."),
        ("reliable-wifi,coverage,30.9.2026,1,", '"30.9.2026" is not a day.'),
        ("reliable-wifi,coverage,2026-12-24,1,", "2026-12-24 has not come yet."),
        ("reliable-wifi,coverage,2026-09-29,many,", '"many" is not a number.'),
        ('reliable-wifi,coverage,2026-09-29,"1,234",', '"1,234" can be read in two ways.'),
        (f"reliable-wifi,coverage,2026-09-29,1,{'x' * 301}", "301 characters"),
        ("reliable-wifi,coverage,2026-09-30,87,", "the first is in line 2"),
        ("reliable-wifi,coverage,2026-09-29,87", "This row has 4 cells"),
    ],
)
async def test_what_is_wrong_is_told_with_its_line_and_nothing_is_taken_in(
    town: Hall, tmp_path: Path, row: str, said: str
) -> None:
    told = await brought(town, tmp_path, f"{GOOD}{row}\n")
    assert not told.ok
    assert "readings.csv:3" in told.lines[0]
    assert said in told.lines[0]
    assert await kept(town) == []
