"""``people import``: from a OneRoster folder, a plain CSV file, Slack or Microsoft Graph."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.app.core import Core
from bot.files.accounts import Places
from bot.files.oneroster import read_roster
from bot.files.people_yaml import load_people
from bot.files.plain_csv import read_plain
from bot.files.problems import Problem
from bot.files.roster import Roster
from bot.operator.telling import Arguments, Told, problems_told
from bot.rosters.taking_in import (
    Comparison,
    change_lines,
    compare_roster,
    without_collecting,
    without_students,
    write_roster,
)
from core.people import Building
from governance.committees.model import District
from governance.people.rosters import RosterSource
from storage.transaction import Transaction


async def people_import(core: Core, given: Arguments) -> Told:
    """``source`` (a folder, a file, ``slack`` or ``graph``), ``mapping`` (a people.yaml),
    ``apply``, ``confirmed``: that more than a fifth may leave."""
    with without_collecting():
        return await _import(core, given)


async def _import(core: Core, given: Arguments) -> Told:
    district = await core.store.read(lambda tx: tx.district())
    if given.get("mapping"):
        rules = await asyncio.to_thread(load_people, Path(given["mapping"]))
        if isinstance(rules, list):
            return problems_told(rules)
        district = replace(district, roster=rules)
    places = await places_of(core, district)
    if given["source"] == RosterSource.GRAPH:
        return await _from_graph(core, given, district, places)
    source, roster = await _read(core, given["source"], district, places)
    if isinstance(roster, list):
        return problems_told(roster)
    apply, confirmed = bool(given.get("apply")), bool(given.get("confirmed"))

    def compare(tx: Transaction) -> tuple[Comparison, Roster]:
        staff = without_students(roster, district)
        found = compare_roster(tx, staff, district, apply=apply, source=source, confirmed=confirmed)
        return found, staff

    compared, staff = await core.store.read(compare)
    if apply:
        await write_roster(core.store, compared, core.now())
    done = "Imported." if apply else "Dry run: nothing was changed."
    return Told(lines=(*change_lines(compared.change, staff, apply=apply), done))


async def _from_graph(core: Core, given: Arguments, district: District, places: Places) -> Told:
    from bot.rosters.graph_roster import TakenMeanwhileError, ask_graph

    apply, confirmed = bool(given.get("apply")), bool(given.get("confirmed"))
    try:
        synced = await ask_graph(core, district, places, apply=apply, confirmed=confirmed)
    except TakenMeanwhileError as error:
        return Told(lines=(str(error),))
    done = "Imported." if apply else "Dry run: nothing was changed."
    return Told(lines=(*change_lines(synced.change, synced.roster, apply=apply), done))


async def places_of(core: Core, district: District) -> Places:
    """The district's buildings and words, to place people by."""

    def buildings(tx: Transaction) -> tuple[Building, ...]:
        return district.buildings or tuple(tx.buildings())

    return Places(
        rules=district.roster,
        buildings=await core.store.read(buildings),
        locale=district.locale,
        timezone=district.timezone,
    )


async def _read(
    core: Core, source: str, district: District, places: Places
) -> tuple[RosterSource, Roster | list[Problem]]:
    if source == RosterSource.SLACK:
        from bot.rosters.slack_roster import ask_slack

        return RosterSource.SLACK, await ask_slack(core, places)
    return await asyncio.to_thread(read_files, Path(source), district, places)


def read_files(
    path: Path, district: District, places: Places
) -> tuple[RosterSource, Roster | list[Problem]]:
    """A OneRoster folder or a plain CSV file; ``ValueError`` where it is neither."""
    if path.is_dir():
        read = read_roster(path, locale=district.locale, timezone=district.timezone)
        return RosterSource.ONEROSTER, read
    if path.is_file():
        return RosterSource.CSV, read_plain(path, places)
    raise ValueError(f"{path} is neither a folder, nor a file, nor slack, nor graph.")
