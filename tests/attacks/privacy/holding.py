"""Districts that are surveyed with the product itself, and what their files hold after it."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg

from bot.conversation import Speaker
from governance.access import Source
from storage.answer_tables import STEP
from storage.postgres import plain_address
from surveys.commands import AnswerPage, CloseWave, DeclineWave, LaunchSurvey
from surveys.people import Audience, Person, Platform
from surveys.tabulating import Atom
from tests.attacks.privacy.district import CHOICES, District, drop_names, pulse
from tests.attacks.privacy.files import Held, Row, length_but_for_the_answer
from tests.journeys.logged import Log

SEALING = 28
"""Bytes that encrypting adds: a nonce and a tag."""


async def surveyed(town: District, seed: int, log: Log, folder: Path) -> Held:
    """Launched, answered, changed, declined, begun and not finished, and closed."""
    chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
    command = LaunchSurvey(
        wave_id=town.wave,
        survey=pulse(),
        audience=Audience(people=frozenset(p.email for p in town.people.values())),
        opens_at=None,
        closes_at=town.core.now() + timedelta(days=7),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    buildings = sorted({one.building for one in town.people.values()})
    opinion = {b: chance.choices(CHOICES, k=2) for b in buildings}
    opinion[chance.choice(buildings)] = ["late"]  # all say the same there
    said, sizes, changed = await _answered(town, chance, opinion)
    transactions = _transactions(town, said)
    before = b"" if town.path is None else await asyncio.to_thread(_files, folder, town.path.name)
    await town.core.dispatch.by_itself(CloseWave(wave_id=town.wave), Source.OPERATOR)
    if town.plain:
        drop_names(town)
    rows, numbered = _rows(town)
    order = [one for one in said if one not in changed] + changed if town.url else list(said)
    return Held(
        said=said,
        atoms={one: _atom(town.people[one]) for one in said},
        order=order,
        sizes=sizes,
        transactions=transactions,
        rows=rows,
        numbered=numbered,
        raw=before + await _raw(town, folder),
        backup=b"" if town.path is None else (folder / f"{town.path.name}.copy").read_bytes(),
        lines=log.written.getvalue().splitlines(),
    )


async def _answered(
    town: District, chance: random.Random, opinion: Mapping[str, Sequence[str]]
) -> tuple[dict[UUID, str], dict[UUID, int], list[UUID]]:
    said: dict[UUID, str] = {}
    sizes: dict[UUID, int] = {}
    weeks: dict[UUID, int] = {}
    people = sorted(town.people, key=lambda one: town.people[one].email)
    chance.shuffle(people)

    async def says(one: UUID, answer: str, week: int) -> None:
        """``one`` answers the second page; what it is stored in is measured."""
        before = await asyncio.to_thread(town.stored)
        await _tell(town, one, _page(town, 1, help=answer))
        after = await asyncio.to_thread(town.stored)
        # Who says what they had said before changes nothing in clear.
        new = next((what for name, what in after.items() if before.get(name) != what), None)
        if new is not None:
            sizes[one] = _told_by(town, len(new), week, _atom(town.people[one]))
        said[one], weeks[one] = answer, week

    for one in people:
        answer, week = chance.choice(opinion[town.people[one].building]), chance.randint(1, 5)
        what = chance.random()
        if what < 0.1:
            await _tell(town, one, DeclineWave(wave_id=town.wave))
            continue
        await _tell(town, one, _page(town, 0, week=str(week)))
        if what < 0.2:
            continue  # begun, and not finished
        await says(one, answer, week)
    changed = chance.sample(list(said), k=3)
    for one in changed:
        await says(one, chance.choice(CHOICES), weeks[one])
    return said, sizes, changed


def _page(town: District, page: int, **answers: str) -> AnswerPage:
    return AnswerPage(wave_id=town.wave, page=page, answers={**answers})


async def _tell(town: District, one: UUID, command: AnswerPage | DeclineWave) -> None:
    await town.core.dispatch.handle(Speaker(platform=Platform.WEB, person=one), command)


def _told_by(town: District, size: int, week: int, atom: Atom) -> int:
    if town.plain:
        return size - len(json.dumps({"help": "", "week": week}))
    size -= SEALING
    padded = STEP > 1 and size % STEP == 0
    return size if padded else size - length_but_for_the_answer({"week": week}, atom)


def _atom(person: Person) -> Atom:
    return person.role.value, person.level.value, person.building


def _transactions(town: District, said: Mapping[UUID, str]) -> dict[UUID, str]:
    if town.path is not None:
        return {}
    found = town.read("SELECT person_id, xmin::text FROM participation")
    return {one: number for one, number in found if one in said}


def _rows(town: District) -> tuple[list[Row], list[Row]]:
    number = "''" if town.path is not None else "xmin::text"
    if town.plain:
        lying = "rowid" if town.path is not None else "ctid"
        found = town.read(
            f"SELECT answers, role, level, building, {number} FROM plain_response ORDER BY {lying}"  # noqa: S608
        )
        rows = [_row(*one) for one in found]
        return rows, rows
    select = f"SELECT answers, NULL, NULL, NULL, {number} FROM sealed_response"  # noqa: S608
    lying = "" if town.path is not None else " ORDER BY ctid"
    return (
        [_row(*one) for one in town.read(select + lying)],
        [_row(*one) for one in town.read(f"{select} ORDER BY id")],
    )


def _row(answers: str, role: str, level: str, building: str, number: str) -> Row:
    return Row(
        answer=json.loads(answers).get("help"), atom=(role, level, building), transaction=number
    )


async def _raw(town: District, folder: Path) -> bytes:
    if town.path is None:
        return await asyncio.to_thread(_server_files, town)
    await town.core.store.backup(folder / f"{town.path.name}.copy")
    return await asyncio.to_thread(_files, folder, town.path.name)


def _files(folder: Path, name: str) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(folder.glob(f"{name}*")))


def _server_files(town: District) -> bytes:
    """The database's own files and the write-ahead log, after a checkpoint."""
    town.read("SELECT pg_stat_force_next_flush()")
    with psycopg.connect(plain_address(town.core.store.url), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
    (root,), (number,) = (
        town.read("SHOW data_directory")[0],
        town.read("SELECT oid FROM pg_database WHERE datname = current_database()")[0],
    )
    folder = Path(root)
    files = [*(folder / "base" / str(number)).iterdir(), *(folder / "pg_wal").iterdir()]
    return b"".join(one.read_bytes() for one in files if one.is_file())
