"""A survey under a records hold: released as ever, and its answers deleted when it is lifted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select

from governance.access import Source
from governance.messages import Done, Refused
from storage.ledger_tables import audit
from storage.tables import answer_key, sealed_comment, wave_key
from storage.transaction import Transaction
from surveys.commands import AnswerPage, CloseWave, LaunchSurvey, LiftHold, ShowResults
from surveys.messages import Answered, Results, WaveClosedAlready
from surveys.people import Audience
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example, small_roster, teachers
from tests.storage.open_answers import stored

GIVEN = {"week": "4", "help": "late", "note": "It drops"}
STAFF = [TEACHER, *(one.email for one in teachers(small_roster(20), 15))]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=20) as found:
        yield found


async def launch(town: Hall, *, hold: bool) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        hold=hold,
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    for email in STAFF:
        page = AnswerPage(wave_id=command.wave_id, page=0, answers=GIVEN)
        assert isinstance(await town.ask(email, page), Answered)
    return command.wave_id


def kept(tx: Transaction) -> dict[str, int]:
    def rows(table: object) -> int:
        wanted = select(func.count()).select_from(table)  # type: ignore[arg-type]
        return tx.connection.execute(wanted).scalar_one()

    return {
        "open": len(stored(tx.connection)),
        "keys": rows(wave_key) + rows(answer_key),
        "comments": rows(sealed_comment),
    }


async def test_closing_releases_and_deletes_nothing_until_the_hold_is_lifted(town: Hall) -> None:
    wave = await launch(town, hold=True)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    shown = await town.ask(CTO, ShowResults(wave_id=wave))
    assert isinstance(shown, Results)
    assert shown.results.final
    assert await town.core.store.read(kept) == {"open": 16, "keys": 2, "comments": 16}
    late = AnswerPage(wave_id=wave, page=0, answers={"week": "1", "help": "no"})
    assert isinstance(await town.ask(TEACHER, late), WaveClosedAlready)

    assert isinstance(await town.ask(TEACHER, LiftHold(wave_id=wave)), Refused)
    for _ in range(2):  # twice is once
        assert isinstance(await town.ask(CTO, LiftHold(wave_id=wave)), Done)
    assert await town.core.store.read(kept) == {"open": 0, "keys": 0, "comments": 16}
    again = await town.ask(CTO, ShowResults(wave_id=wave))
    assert isinstance(again, Results)
    assert again.results == shown.results

    noted = (
        select(audit.c.what)
        .where(audit.c.subject == wave, audit.c.what.contains("hold"))
        .order_by(audit.c.number)
    )
    told = await town.core.store.read(lambda tx: tx.connection.execute(noted).scalars().all())
    assert told == ["records hold set", "records hold lifted"]


async def test_a_hold_that_is_lifted_while_it_is_open_leaves_a_survey_as_any_other(
    town: Hall,
) -> None:
    wave = await launch(town, hold=True)
    await town.ask(CTO, LiftHold(wave_id=wave))
    assert (await town.core.store.read(kept))["open"] == 16
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert await town.core.store.read(kept) == {"open": 0, "keys": 0, "comments": 16}


async def test_no_hold_can_be_put_on_a_survey_that_was_launched(town: Hall) -> None:
    wave = await launch(town, hold=False)
    known = await town.core.store.read(lambda tx: tx.wave(wave))
    assert known is not None
    again = LaunchSurvey(
        wave_id=wave,
        survey=known.survey,
        audience=known.audience,
        opens_at=None,
        closes_at=known.closes_at,
        hold=True,
    )
    await town.core.dispatch.by_itself(again, Source.OPERATOR)
    found = await town.core.store.read(lambda tx: tx.wave(wave))
    assert found is not None
    assert not found.hold


async def test_comments_of_a_survey_that_an_earlier_version_held_are_kept_when_it_is_lifted(
    town: Hall,
) -> None:
    """It wrote them when the hold was lifted, and had no noise in its results."""
    wave = await launch(town, hold=True)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))

    def as_before(tx: Transaction) -> None:
        results = tx.results(wave)
        assert results is not None
        tx.put_results(wave, replace(results, noisy=False))
        tx.connection.execute(delete(sealed_comment))

    await town.core.store.write(as_before)
    await town.ask(CTO, LiftHold(wave_id=wave))
    assert await town.core.store.read(kept) == {"open": 0, "keys": 0, "comments": 16}
