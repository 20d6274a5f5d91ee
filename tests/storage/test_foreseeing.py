"""What an answer needs is read at once, and never older than what the transaction itself wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, update

from bot.conversation import Speaker
from core.commands import Command
from core.people import Audience, Platform
from storage.foreseeing import Foreseeing
from storage.tables import person as person_table
from storage.transaction import Transaction
from surveys.commands import AnswerPage, LaunchSurvey
from surveys.messages import Answered, QuestionPage
from surveys.survey import Participation
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example, person

ADDRESS = (Platform.SLACK, "T1", "U1")
ANN = Speaker(platform=Platform.SLACK, workspace="T1", user="U1", email=TEACHER)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.fixture
async def wave(town: Hall) -> UUID:
    """An open wave; Ann was heard from before, so her address is known."""
    launched = await town.ask(
        CTO,
        LaunchSurvey(
            wave_id=uuid4(),
            survey=next(s for s in example().surveys if s.key == "weekly-pulse"),
            audience=Audience(people=frozenset({TEACHER})),
            opens_at=None,
            closes_at=town.clock() + timedelta(days=4),
            reminders=(),
        ),
    )
    found: UUID = launched.wave_id
    who = await person(town.core, TEACHER)
    platform, workspace, user = ADDRESS
    await town.core.store.write(
        lambda tx: tx.note_address(
            who,
            platform=platform,
            workspace=workspace,
            user=user,
            conversation="D1",
            service_url=None,
            reachable=True,
        )
    )
    return found


async def handle(town: Hall, command: Command) -> Any:
    return (await town.core.dispatch.handle(ANN, command, event_id=uuid4().hex)).message


def page(wave: UUID, mark: str = "4") -> AnswerPage:
    return AnswerPage(wave_id=wave, page=0, answers={"week": mark, "help": "yes"})


@contextmanager
def statements(town: Hall) -> Iterator[list[str]]:
    """What the writer asks the database meanwhile."""
    engine, said = town.core.store.engine, list[str]()

    def asked(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", asked)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", asked)


async def test_a_first_answer_reads_once_and_writes_three_times(town: Hall, wave: UUID) -> None:
    await handle(town, page(wave))  # the survey is decoded once, the wave's key is made once
    await town.core.store.write(lambda tx: _ask_anew(tx, wave))
    with statements(town) as said:
        assert isinstance(await handle(town, page(wave)), Answered)
    kinds = [one.split(maxsplit=1)[0] for one in said]
    assert kinds == ["BEGIN", "SELECT", "INSERT", "INSERT", "UPDATE"], said


def _ask_anew(tx: Transaction, wave: UUID) -> None:
    ann = tx.person_by_email(TEACHER)
    assert ann is not None
    tx.set_participation(wave, ann.id, Participation.ASKED)


async def test_what_was_foreseen_is_what_would_have_been_read(
    town: Hall, wave: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as blind:
        blind.setattr(Foreseeing, "foresee_answer", lambda *_: None)
        unforeseen = [await handle(town, page(wave, mark)) for mark in "12"]
    assert [await handle(town, page(wave, mark)) for mark in "34"] == [unforeseen[1]] * 2
    ann = await person(town.core, TEACHER)

    def both(tx: Transaction) -> list[tuple[object, ...]]:
        found = []
        for _ in range(2):
            said = tx.response(wave, ann.id)
            assert said is not None
            found.append(
                (
                    tx.person_by_address(*ADDRESS),
                    tx.wave(wave),
                    tx.participation(wave, ann.id),
                    tx.district_loaded_at(),
                    said,
                )
            )
            tx.foresee_answer(*ADDRESS, wave)
        return found

    read, foreseen = await town.core.store.read(both)
    assert read == foreseen
    assert None not in read


async def test_it_is_given_away_once(town: Hall, wave: UUID) -> None:
    ann = await person(town.core, TEACHER)

    def work(tx: Transaction) -> list[Participation | None]:
        tx.foresee_answer(*ADDRESS, wave)
        before = tx.participation(wave, ann.id)
        tx.set_participation(wave, ann.id, Participation.DECLINED)
        return [before, tx.participation(wave, ann.id)]

    seen = await town.core.store.write(work)
    assert seen == [Participation.ASKED, Participation.DECLINED]


@pytest.mark.parametrize("known", [True, False], ids=["known", "a stranger's address"])
async def test_without_a_wave_or_an_address_all_is_as_ever(
    town: Hall, wave: UUID, known: bool
) -> None:
    somebody = ANN if known else Speaker(platform=Platform.SLACK, workspace="T9", user="U9")
    command = page(uuid4()) if known else page(wave)
    reply = await town.core.dispatch.handle(somebody, command)
    assert type(reply.message).__name__ == "Refused"


async def test_who_left_meanwhile_is_turned_away(town: Hall, wave: UUID) -> None:
    assert isinstance(await handle(town, page(wave)), Answered | QuestionPage)
    await town.core.store.write(
        lambda tx: tx.connection.execute(
            update(person_table).where(person_table.c.email == TEACHER).values(active=False)
        )
    )
    assert type(await handle(town, page(wave))).__name__ == "Refused"
