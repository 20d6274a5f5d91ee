"""A survey under a records hold: released as ever, and its answers deleted when it is lifted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select

from bot.operator.operations import do
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.home.commands import ShowInbox
from governance.messages import Done, Refused
from governance.upkeep.messages import RecordsHold
from governance.waves.promise_wording import protection
from storage.ledger_tables import audit, delivery
from storage.tables import answer_key, sealed_comment, wave_key
from storage.transaction import Transaction
from surveys.commands import (
    AnswerPage,
    CloseWave,
    LaunchSurvey,
    LiftHold,
    SetHold,
    ShowPage,
    ShowResults,
)
from surveys.messages import Answered, Results, WaveClosedAlready
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER, example, small_roster, teachers
from tests.postgres import migrated_database
from tests.storage.open_answers import stored

GIVEN = {"week": "4", "help": "late", "note": "It drops"}
STAFF = [TEACHER, *(one.email for one in teachers(small_roster(20), 15))]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=20) as found:
            yield found
    else:
        with migrated_database() as url:
            async with hall(tmp_path, staff=20, url=url) as found:
                yield found


async def launch(town: Hall, *, hold: bool, answering: int | None = None) -> UUID:
    """``answering``: so many of the staff; None: all."""
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
        hold=hold,
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    for email in STAFF[: len(STAFF) if answering is None else answering]:
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


WHY = "A court asked for the answers to be kept."


async def heard(town: Hall, email: str) -> list[RecordsHold]:
    inbox = await town.ask(email, ShowInbox(earlier=True))
    return [one.message for one in inbox.entries if isinstance(one.message, RecordsHold)]


async def sent(town: Hall, kind: str) -> dict[UUID, int]:
    """Messages by person."""
    wanted = select(delivery.c.person_id, func.count()).where(delivery.c.kind == kind)
    rows = await town.core.store.read(
        lambda tx: tx.connection.execute(wanted.group_by(delivery.c.person_id)).all()
    )
    return {row[0]: row[1] for row in rows}


async def test_a_hold_that_is_set_while_a_survey_is_open_is_told_to_everybody_who_was_asked(
    town: Hall,
) -> None:
    wave = await launch(town, hold=False, answering=5)
    page = await town.ask(STAFF[9], ShowPage(wave_id=wave))
    assert not page.promise.held
    assert isinstance(await town.ask(TEACHER, SetHold(wave_id=wave, why=WHY)), Refused)
    done = await do(town.core, "records-hold", {"wave": str(wave), "reason": WHY})
    assert done.ok, done.lines
    assert done.lines[1] == "16 people who were asked are notified."

    told = await sent(town, "hold-set")
    assert (len(told), set(told.values())) == (16, {1})
    for email in (STAFF[0], STAFF[9]):  # one who has answered, and one who has not
        (message,) = await heard(town, email)
        assert (message.wave_id, message.why) == (wave, WHY)
        page = await town.ask(email, ShowPage(wave_id=wave))
        said = " ".join(protection(Words(), page.promise))
        assert f"A records hold is on this survey, because: “{WHY}” Until it is lifted" in said
        assert "then the answers are deleted" not in said
    late = AnswerPage(wave_id=wave, page=0, answers=GIVEN)
    answered = await town.ask(STAFF[9], late)
    assert isinstance(answered, Answered)
    assert answered.held

    again = await do(town.core, "records-hold", {"wave": str(wave), "reason": "Twice"})
    assert again.lines == ("wave: This survey is under a records hold already.",)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert (await town.core.store.read(kept))["open"] == 6, "nothing is deleted"
    assert len(await sent(town, "hold-set")) == 16


async def test_a_hold_that_is_lifted_before_the_closing_is_told_to_the_same_people(
    town: Hall,
) -> None:
    wave = await launch(town, hold=False, answering=5)
    await town.core.dispatch.by_itself(SetHold(wave_id=wave, why=WHY), Source.OPERATOR)
    await town.ask(CTO, LiftHold(wave_id=wave))
    assert await sent(town, "hold-lifted") == await sent(town, "hold-set")
    for email in (STAFF[0], STAFF[9]):
        (message,) = await heard(town, email)
        assert message.why is None, "that it was set is not said any more"
        page = await town.ask(email, ShowPage(wave_id=wave))
        assert not page.promise.held
    # Set once more, each is told once more.
    await town.core.dispatch.by_itself(SetHold(wave_id=wave, why="Again"), Source.OPERATOR)
    assert set((await sent(town, "hold-set")).values()) == {2}
    await town.ask(CTO, LiftHold(wave_id=wave))
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    assert (await town.core.store.read(kept))["open"] == 0

    noted = (
        select(audit.c.what)
        .where(audit.c.subject == wave, audit.c.what.contains("hold"))
        .order_by(audit.c.number)
    )
    told = await town.core.store.read(lambda tx: tx.connection.execute(noted).scalars().all())
    lifted = "records hold lifted"
    assert told == [f"records hold set: {WHY}", lifted, "records hold set: Again", lifted]


async def test_a_hold_needs_a_reason_and_a_survey_that_has_not_closed(town: Hall) -> None:
    wave = await launch(town, hold=False)
    for reason, said in ((" ", "Say why."), ("x" * 301, "Shorten the reason to 300 characters.")):
        refused = await do(town.core, "records-hold", {"wave": str(wave), "reason": reason})
        assert not refused.ok
        assert said in refused.lines[0]
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave))
    late = await do(town.core, "records-hold", {"wave": str(wave), "reason": WHY})
    assert late.lines == (
        "wave: This survey has closed. A records hold can be set until a survey closes.",
    )
    unknown = await do(town.core, "records-hold", {"wave": str(uuid4()), "reason": WHY})
    assert unknown.lines == ("wave: This survey is not here anymore.",)
    assert await sent(town, "hold-set") == {}


async def test_a_launch_that_is_repeated_puts_no_hold_on_the_survey(town: Hall) -> None:
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
