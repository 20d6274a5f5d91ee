"""The doctor's checks that the running service makes of itself, for a page in its reader's words:
nobody outside is asked, nothing is changed, and nothing is told that says something about what a
person wrote."""

from __future__ import annotations

import asyncio

from bot.app.core import Core
from bot.doctor.asking_around import Finding
from bot.doctor.closing_findings import closing_findings
from bot.doctor.own_findings import (
    ENGLISH,
    attendance_finding,
    district_findings,
    platform_findings,
    process_findings,
    room_finding,
)
from bot.doctor.restored_findings import restored_findings
from bot.rosters.daily_rosters import roster_findings
from bot.rosters.list_groups import list_findings
from core.words import Words
from storage.attending import attended
from storage.processes import processes
from storage.store import database_file
from storage.transaction import Transaction


async def look_inside(core: Core, words: Words = ENGLISH) -> list[Finding]:
    """What is well and what is not."""

    def read(tx: Transaction) -> list[Finding]:
        return [
            *district_findings(tx, words),
            *closing_findings(tx, words),
            *restored_findings(tx, words),
        ]

    findings = await core.store.read(read)
    findings += await roster_findings(core, words)
    findings += await list_findings(core, words)
    path = database_file(core.settings.database_url)
    if path is not None and path.exists():
        findings.append(await asyncio.to_thread(room_finding, path, words))
    if not core.store.embedded:
        waits = await core.store.read(lambda tx: attended(tx, core.now()))
        running = await core.store.read(lambda tx: processes(tx, core.now()))
        findings += [attendance_finding(waits, words), *process_findings(running, words)]
    findings += platform_findings(core.settings, words)
    return findings
