"""What the command line asks about the plan."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app.core import Core
from bot.files.problems import Problem
from bot.files.readings_csv import read_readings
from bot.operator.telling import Arguments, Told, by_operator, problems_told
from governance.goals.commands import ImportReadings
from governance.goals.model import Reading


async def reading_import(core: Core, given: Arguments) -> Told:
    """``path``: a CSV file. All of its readings are taken in, or none."""
    district = await core.store.read(lambda tx: tx.district())
    now = core.now()
    today = now.astimezone(ZoneInfo(district.timezone)).date()
    path = Path(given["path"])
    found = await asyncio.to_thread(read_readings, path, district.components, today, now)
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        return problems_told(problems)
    readings = tuple(one for one in found if isinstance(one, Reading))
    told = await by_operator(core, ImportReadings(readings=readings))
    return told if not told.ok else Told(lines=(f"{len(readings)} readings are in the plan.",))
