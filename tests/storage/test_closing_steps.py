"""A closing that fails at one of its steps keeps the answers, says so, and is taken up again; what
was written of it once stays."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from bot.app.watching import Unwatched
from bot.doctor.closing_findings import closing_findings
from bot.jobs.closings import Closings
from core.people import Audience
from governance.access import Source
from governance.reading.child import Child
from storage.ledger_tables import delivery
from storage.tables import sealed_comment, wave_count
from storage.transaction import Transaction
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey
from surveys.messages import Answered, WaveClosedAlready
from surveys.results.model import WaveResults
from surveys.survey import WaveState
from surveys.waves.closing import Computed
from tests.attacks.hall import Hall, hall
from tests.journeys.town import TEACHER, example, small_roster, teachers
from tests.postgres import migrated_database
from tests.storage.open_answers import open_tables, stored

pytestmark = pytest.mark.usefixtures("computed_apart")

STAFF = [TEACHER, *(one.email for one in teachers(small_roster(30), 25))]
ANSWERED = len(STAFF)
"""Well above the ten whose comments are shown: how many answered is released with noise."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=30) as found:
            yield found
    else:
        with migrated_database() as url:
            async with hall(tmp_path, staff=30, url=url) as found:
                yield found


async def answered(town: Hall) -> UUID:
    """A survey that all of ``STAFF`` have answered; its closing is due."""
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        despite_limit="One after the other, to the same people.",
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    for number, email in enumerate(STAFF):
        given = {"week": "4", "help": "late", "note": f"note {number}"}
        said = await town.ask(email, AnswerPage(wave_id=command.wave_id, page=0, answers=given))
        assert isinstance(said, Answered)
    town.clock.forward(days=3)
    return command.wave_id


async def look(town: Hall, read: Any) -> Any:
    return await town.core.store.read(read)


def kept(tx: Transaction) -> int:
    return len(stored(tx.connection))


def told(tx: Transaction) -> int:
    """How often the results went out."""
    sent = select(func.count()).select_from(delivery).where(delivery.c.kind == "results")
    return tx.connection.execute(sent).scalar_one()


def comments(tx: Transaction) -> int:
    return tx.connection.execute(select(func.count()).select_from(sealed_comment)).scalar_one()


def fails(*_: object, **__: object) -> None:
    raise RuntimeError("the disk is full")


def dies(_: object) -> None:
    """In place of what computes."""
    os.kill(os.getpid(), signal.SIGKILL)


async def state_of(town: Hall, wave: UUID) -> WaveState:
    found = await look(town, lambda tx: tx.wave(wave))
    return WaveState(found.state)


@pytest.mark.parametrize(
    ("step", "instead"),
    [
        ("closings.gather", fails),
        ("computing.computed", fails),
        ("computing.computed", dies),
        ("closings.publish", fails),
    ],
)
async def test_a_step_that_fails_before_results_are_written_keeps_the_answers(
    town: Hall, monkeypatch: pytest.MonkeyPatch, step: str, instead: Any
) -> None:
    wave = await answered(town)
    with monkeypatch.context() as patched:
        patched.setattr(f"bot.jobs.{step}", instead)
        await town.core.dispatch.keep_time()
    assert await state_of(town, wave) is WaveState.CLOSED
    assert (await look(town, kept), await look(town, told)) == (ANSWERED, 0)
    assert await look(town, lambda tx: tx.final_count(wave)) is None
    late = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=0, answers={"week": "1"}))
    assert isinstance(late, WaveClosedAlready)
    ((good, said),) = await look(town, closing_findings)
    assert not good
    assert str(wave) in said

    await town.core.dispatch.keep_time()  # the clock's next look
    results = await look(town, lambda tx: tx.results(wave))
    assert results.final
    assert (await look(town, kept), await look(town, told)) == (0, 1)
    assert await look(town, comments) == ANSWERED
    assert await look(town, closing_findings) == []


async def on_the_wifi(texts: Sequence[str]) -> Sequence[str]:
    """In place of the reader."""
    return ["wifi"] * len(texts)


async def test_the_process_that_computes_counts_the_themes_too(town: Hall) -> None:
    town.core.ears.themes_of = on_the_wifi
    wave = await answered(town)
    await town.core.dispatch.keep_time()
    results: WaveResults = await look(town, lambda tx: tx.results(wave))
    assert results.themes is not None
    assert results.themes.people is not None
    assert await look(town, kept) == 0


@pytest.mark.parametrize("instead", [fails, dies])
async def test_themes_that_cannot_be_counted_hold_up_nothing(
    town: Hall, monkeypatch: pytest.MonkeyPatch, instead: Any
) -> None:
    town.core.ears.themes_of = on_the_wifi
    monkeypatch.setattr("bot.jobs.computing.with_themes", instead)
    wave = await answered(town)
    await town.core.dispatch.keep_time()
    results: WaveResults = await look(town, lambda tx: tx.results(wave))
    assert results.themes is not None
    assert results.themes.people is None
    assert (await look(town, kept), await look(town, told)) == (0, 1)
    assert await look(town, comments) == ANSWERED


async def test_results_that_are_not_read_back_as_computed_are_not_kept_and_the_answers_are(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, right = await answered(town), Transaction.put_results_body

    def writes_less(tx: Transaction, wave_id: UUID, body: str) -> None:
        right(tx, wave_id, body[:-1])

    with monkeypatch.context() as patched:
        patched.setattr(Transaction, "put_results_body", writes_less)
        await town.core.dispatch.keep_time()
    assert await look(town, lambda tx: tx.results(wave)) is None
    assert (await look(town, kept), await look(town, told), await look(town, comments)) == (
        ANSWERED,
        0,
        0,
    )
    await town.core.dispatch.keep_time()
    assert (await look(town, kept), await look(town, told)) == (0, 1)


async def test_what_was_written_stays_when_the_answers_could_not_be_deleted(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = await answered(town)
    with monkeypatch.context() as patched:
        patched.setattr("bot.jobs.closings.forget_answers", fails)
        await town.core.dispatch.keep_time()
    first: WaveResults = await look(town, lambda tx: tx.results(wave))
    assert first.final
    assert await look(town, kept) == ANSWERED
    ((good, said),) = await look(town, closing_findings)
    assert not good
    assert "deleted" in said
    await town.core.dispatch.keep_time()
    assert await look(town, lambda tx: tx.results(wave)) == first, "noise is drawn once"
    assert (await look(town, kept), await look(town, told)) == (0, 1)


async def test_the_first_of_two_processes_that_computed_the_same_results_publishes_them(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has read the answers before the other has written."""
    wave, both, found = await answered(town), asyncio.Event(), list[Computed]()
    ask = Child.ask

    async def together(child: Child, *asked: Any) -> Any:
        mine = await ask(child, *asked)
        found.append(mine)
        if len(found) == 2:
            both.set()
        await asyncio.wait_for(both.wait(), 60)
        return mine

    with monkeypatch.context() as patched:
        patched.setattr("bot.jobs.computing.computed", fails)
        await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    monkeypatch.setattr(Child, "ask", together)
    processes = [Closings(town.core.store, town.clock, Unwatched()) for _ in range(2)]
    await asyncio.gather(*(one.finish(wave) for one in processes))
    assert len(found) == 2
    counts = select(func.count()).select_from(wave_count)
    assert await look(town, lambda tx: tx.connection.execute(counts).scalar_one()) == 1
    assert (await look(town, told), await look(town, comments)) == (1, ANSWERED)
    written = await look(town, lambda tx: tx.results_body(wave))
    assert written in [one.body for one in found]
    assert await look(town, lambda tx: open_tables(tx.connection)) == []


async def test_others_answer_while_results_are_computed(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave, other = await answered(town), uuid4()
    command = LaunchSurvey(
        wave_id=other,
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        despite_limit="One after the other, to the same people.",
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    begun, done, ask = asyncio.Event(), asyncio.Event(), Child.ask

    async def slowly(child: Child, *asked: Any) -> Any:
        begun.set()
        await done.wait()
        return await ask(child, *asked)

    monkeypatch.setattr(Child, "ask", slowly)
    closing = asyncio.create_task(town.core.dispatch.by_itself(CloseWave(wave_id=wave)))
    await begun.wait()
    for email in STAFF:
        given = AnswerPage(wave_id=other, page=0, answers={"week": "4", "help": "late"})
        assert isinstance(await town.ask(email, given), Answered)
        late = AnswerPage(wave_id=wave, page=0, answers={"week": "4", "help": "late"})
        assert isinstance(await town.ask(email, late), WaveClosedAlready)
    assert not closing.done()
    done.set()
    await closing
    assert await look(town, lambda tx: tx.final_count(wave)) is not None
