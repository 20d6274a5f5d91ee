"""Many closed waves with their results, and beside them a plain table of a million answers with a
covering index: what a program would read that computes results when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, text, update

from bot.app.core import Core
from core.people import Audience, Level, Role
from storage.tables import participation, wave
from storage.transaction import Transaction
from surveys.ports import Response
from surveys.questions import Answer
from surveys.results.model import WaveResults
from surveys.survey import Participation, Wave, WaveState

_ROLES = (Role.TEACHER, Role.SUPPORT, Role.ADMINISTRATOR)
_LEVELS = (Level.ELEMENTARY, Level.MIDDLE, Level.HIGH)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """``waves`` closed waves with ``each`` responses."""

    waves: Sequence[UUID]
    each: int


async def fill(core: Core, like: Wave, results: WaveResults, waves: int, each: int) -> Filled:
    """Closed waves like one, with its released tables."""
    ids = [uuid4() for _ in range(waves)]
    for number, one in enumerate(ids):
        closed = replace(
            like, id=one, state=WaveState.CLOSED, opens_at=like.opens_at + timedelta(number)
        )

        def write(tx: Transaction, closed: Wave = closed) -> None:
            tx.add_wave(closed)
            tx.put_results(closed.id, replace(results, wave_id=closed.id))
            tx.forget_answers(closed.id)

        await core.store.write(write)
    return Filled(waves=ids, each=each)


async def answer_everybody(core: Core, wave_id: UUID, people: Sequence[UUID]) -> None:
    """Complete responses of so many people to an open wave."""
    rng = Random(4)  # noqa: S311

    def write(tx: Transaction) -> None:
        some = next(iter(tx.people_of(Audience())))
        for _ in people:
            person = replace(
                some,
                id=UUID(int=rng.getrandbits(128)),
                role=rng.choice(_ROLES),
                level=rng.choice(_LEVELS),
                building=f"building-{rng.randint(1, 60)}",
            )
            given: dict[str, Answer] = {
                "week": rng.randint(1, 5),
                "help": "late",
                "note": "It is slow.",
            }
            tx.put_response(wave_id, person, Response(answers=given, complete=True))
        tx.connection.execute(
            update(participation)
            .where(participation.c.wave_id == wave_id)
            .values(state=Participation.ANSWERED)
        )
        tx.connection.execute(update(wave).where(wave.c.id == wave_id).values(state=WaveState.OPEN))

    await core.store.write(write)


# -- what is read -----------------------------------------------------------------------------


def count_plain(connection: Connection, wave_id: UUID | None) -> dict[str, int]:
    """One question's answers counted over the plain table: of a wave, or of all."""
    where = " WHERE wave_id = :wave" if wave_id else ""
    key = wave_id.hex if wave_id and connection.dialect.name == "sqlite" else wave_id
    found = connection.execute(
        text(f"SELECT answer, count(*) FROM bench_plain{where} GROUP BY 1"),
        {"wave": key} if wave_id else {},
    ).all()
    return {str(answer): count for answer, count in found}


def add_plain(engine: Engine, filled: Filled) -> None:
    """The baseline: each answer to a question in a row of its own, and nothing else."""
    postgres, rng = engine.dialect.name == "postgresql", Random(3)  # noqa: S311
    kind = "uuid" if postgres else "char(32)"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE bench_plain (wave_id {kind}, answer smallint)"))
        for one in filled.waves:
            key = one if postgres else one.hex
            rows = [{"wave": key, "answer": rng.randint(1, 5)} for _ in range(filled.each)]
            connection.execute(text("INSERT INTO bench_plain VALUES (:wave, :answer)"), rows)
        connection.execute(text("CREATE INDEX bench_covering ON bench_plain (wave_id, answer)"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE bench_plain" if postgres else "ANALYZE"))
