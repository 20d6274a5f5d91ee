"""Whoever holds the database, its log, a backup and what was logged, after a survey has closed: no
answer is in any of them. Released tables, comments, and who was asked are."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text as sql

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.conversation import Speaker
from bot.operator.loading import load
from core.people import Audience, Person, Platform
from core.text import text
from governance.access import Source
from storage.answer_tables import answers_of
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey
from surveys.messages import Answered
from surveys.questions import Date, FreeText, Number, Question
from surveys.survey import Survey
from tests.journeys.logged import Log, logged
from tests.journeys.running import SECRET
from tests.journeys.town import example, small_roster
from tests.surveys.disclosure.plans import WHOLE, survey_of, yes_or_no

WAVE = UUID(int=0xC105ED)
STAFF = 30
FEW = 9
"""Comments on one question: too few to be shown."""

REMAINS = "The heating is loud in room"


def _survey() -> Survey:
    asked: list[Question] = [
        yes_or_no(),
        Number(key="many", prompt=text("How many?"), minimum=0, maximum=99_999, whole=False),
        Date(
            key="day",
            prompt=text("When?"),
            minimum=date(2031, 1, 1),
            maximum=date(2031, 12, 31),
        ),
        FreeText(key="few", prompt=text("Why?")),
        FreeText(key="enough", prompt=text("What else?")),
    ]
    return survey_of(asked, tables=[WHOLE])


def _answers(at: int) -> dict[str, str]:
    """One person's. What marks them stands nowhere else: numbers and days are counted in bands."""
    few = {"few": f"Marmalade {at} in the corridor."} if at < FEW else {}
    return {
        "q": "yes" if at % 3 else "no",
        "many": f"{60_000 + 997 * at}.4375",
        "day": f"2031-05-{at + 1:02}",
        "enough": f"{REMAINS} {at}.",
        **few,
    }


MARKS = [
    mark
    for at in range(STAFF)
    for key, mark in _answers(at).items()
    if key in ("many", "day", "few")
]


@pytest.mark.usefixtures("computed_apart")
async def test_after_the_closing_no_answer_is_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "town.sqlite3"
    with logged() as log:
        settings = Settings(database_url=f"sqlite:///{path}", secret_key=SecretStr(SECRET))
        async with open_core(settings) as core:
            people = await _loaded(core)
            encrypted = await _answered(core, people)
            await core.dispatch.by_itself(CloseWave(wave_id=WAVE), Source.OPERATOR)
            held = await asyncio.to_thread(_held, tmp_path, path, log)
    assert len(encrypted) == STAFF
    assert _found(MARKS, held) == []
    assert not any(body[:64] in held for body in encrypted), "a copy of an answer's bytes"
    assert REMAINS.encode() in held
    assert people[0].email.encode() in held
    with closing(sqlite3.connect(path)) as rows:
        (asked,) = rows.execute("SELECT count(*) FROM participation").fetchone()
        (tables,) = rows.execute("SELECT results FROM wave").fetchone()
        keys = rows.execute("SELECT * FROM wave_key UNION ALL SELECT * FROM answer_key").fetchall()
        assert (asked, keys) == (STAFF, [])
        assert '"noisy"' in tables
        rows.execute("CREATE TABLE careless (answer TEXT)")
        rows.executemany("INSERT INTO careless VALUES (?)", [(mark,) for mark in MARKS])
        rows.commit()
    assert _found(MARKS, _held(tmp_path, path, log)) == MARKS, "the search finds what is there"


async def _loaded(core: Core) -> Sequence[Person]:
    roster = small_roster(STAFF)
    loaded = replace(
        example(),
        district=replace(example().district, platform=Platform.WEB, calendar=None),
        roster=roster,
    )
    await load(core.store, loaded, core.now(), apply=True)
    everybody = await core.store.read(lambda tx: list(tx.people_of(Audience())))
    people = everybody[:STAFF]
    command = LaunchSurvey(
        wave_id=WAVE,
        survey=_survey(),
        audience=Audience(people=frozenset(one.email for one in people)),
        opens_at=None,
        closes_at=core.now() + timedelta(days=7),
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    return people


async def _answered(core: Core, people: Iterable[Person]) -> list[bytes]:
    """What is stored of each answer while the survey is open."""
    for at, one in enumerate(people):
        command = AnswerPage(wave_id=WAVE, page=0, answers=dict(_answers(at)))
        reply = await core.dispatch.handle(Speaker(platform=Platform.WEB, person=one.id), command)
        assert isinstance(reply.message, Answered), reply.message
    table = answers_of(WAVE).table.name
    return await core.store.read(
        lambda tx: [row.body for row in tx.connection.execute(sql(f"SELECT body FROM {table}"))]  # noqa: S608
    )


def _held(folder: Path, path: Path, log: Log) -> bytes:
    """All bytes of the database and its write-ahead log, a backup, and what was logged."""
    backup = folder / "backup.sqlite3"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as copy:
        source.backup(copy)
        names = [
            name
            for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        cells = [
            cell if isinstance(cell, bytes) else str(cell).encode()
            for name in names
            for row in source.execute(f'SELECT * FROM "{name}"')  # noqa: S608
            for cell in row
        ]
    files = [one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()]
    return b"\n".join([*files, *cells, log.text.encode()])


def _found(marks: Iterable[str], held: bytes) -> list[str]:
    return [mark for mark in marks if mark.encode() in held]
