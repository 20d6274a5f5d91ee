"""The district's files as somebody uploads them: what is wrong in them, or what loading them would
change. It loads nothing; that is the operator's (``soundingboard district load``)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.core import Core
from bot.files.district import LoadedDistrict, load_district
from bot.files.problems import Problem
from bot.files.unpacking import UnpackError, is_zip, unpack
from bot.operator import loading
from bot.rosters.group_members import with_groups
from bot.rosters.taking_in import without_collecting
from governance.office.files import FileDifference, FileProblem, FilesChecked
from storage.deadline import taking_a_while


async def check_files(core: Core, body: bytes) -> FilesChecked:
    """A district's folder as a ZIP file."""
    if not is_zip(body):
        return FilesChecked(unreadable="This is not a ZIP file.")
    with taking_a_while():
        return await _check(core, body)


async def _check(core: Core, body: bytes) -> FilesChecked:
    with without_collecting(), TemporaryDirectory(prefix="soundingboard-") as folder:
        try:
            loaded = await asyncio.to_thread(_loaded, body, Path(folder))
        except UnpackError as error:
            return FilesChecked(unreadable=str(error))
        if isinstance(loaded, list):
            return FilesChecked(
                problems=tuple(
                    FileProblem(place=f"{one.file}, {one.line}", said=f"{one.message} {one.fix}")
                    for one in loaded
                )
            )
        coming = {person.email for person in loaded.roster.people} if loaded.roster else None
        grouped = await with_groups(core, loaded.district, coming)
        found = await loading.load(
            core.store, replace(loaded, district=grouped.district), core.now(), apply=False
        )
    return FilesChecked(
        differences=tuple(FileDifference(sign=one.sign, said=one.what) for one in found)
    )


def _loaded(body: bytes, folder: Path) -> LoadedDistrict | list[Problem]:
    return load_district(unpack(body, folder))
