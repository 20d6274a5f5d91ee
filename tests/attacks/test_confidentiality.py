"""What whoever holds the files can find out of a wave that closed, and what counts give away."""

from __future__ import annotations

import random
import secrets
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.conversation import Speaker
from core.people import Audience, Person, Platform
from governance.access import Source
from governance.home.commands import ShowDesk
from governance.views import DeskView
from surveys.commands import AnswerPage, CloseWave, DeclineWave, LaunchSurvey, ShowResults
from surveys.messages import Answered, Results, WaveLaunched
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, example
from tests.storage.open_answers import open_tables, stored


async def launched(town: Hall, people: list[Person], key: str = "weekly-pulse") -> UUID:
    survey = next(s for s in example().surveys if s.key == key)
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(people=frozenset(p.email for p in people)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
    )
    reply = await town.core.dispatch.by_itself(command, Source.OPERATOR)
    assert isinstance(reply.message, WaveLaunched)
    return reply.message.wave_id


async def answers(town: Hall, wave: UUID, who: Person, note: str, week: str = "3") -> None:
    given = AnswerPage(wave_id=wave, page=0, answers={"week": week, "help": "yes", "note": note})
    speaker = Speaker(platform=Platform.WEB, person=who.id)
    reply = await town.core.dispatch.handle(speaker, given)
    assert isinstance(reply.message, Answered)


async def close(town: Hall, wave: UUID) -> None:
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)


async def staff(town: Hall) -> list[Person]:
    return list(await town.core.store.read(lambda tx: tx.people_of(Audience())))


def raw(folder: Path) -> dict[str, bytes]:
    """Every byte that is on the disk, free pages and the write-ahead log included."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_no_file_holds_an_original_a_key_or_a_link_after_the_closing(
    tmp_path: Path,
) -> None:
    chance = random.Random(7)  # noqa: S311
    async with hall(tmp_path, staff=60) as town:
        people = (await staff(town))[:60]
        closing, open_still = await launched(town, people), await launched(town, people)
        marks: list[str] = []
        for _ in range(2):  # everybody changes their answer once
            chance.shuffle(people)
            for one in people:
                mark = "zq" + secrets.token_hex(8)
                marks.append(mark)
                # Some words fill overflow pages, which are freed in another way.
                await answers(town, closing, one, f"{mark} {'long ' * chance.choice([1, 90])}")
                await answers(town, open_still, one, "short")
        columns = await town.core.store.read(
            lambda tx: (
                tx.connection.exec_driver_sql("SELECT wave_id, wrapped FROM wave_key").all(),
                stored(tx.connection, closing),
            )
        )
        keys = {UUID(wave): bytes(wrapped) for wave, wrapped in columns[0]}
        respondents = [one.respondent.encode() for one in columns[1]]
        assert len(respondents) == len(people)
        assert any(respondents[0] in data for data in raw(tmp_path).values()), "the probe works"
        assert any(keys[closing] in data for data in raw(tmp_path).values())
        await close(town, closing)
        sealed = await town.core.store.read(
            lambda tx: tx.connection.exec_driver_sql("SELECT comment FROM sealed_comment").all()
        )
        kept = "".join(comment for (comment,) in sealed)
        for name, data in raw(tmp_path).items():
            assert keys[closing] not in data, name
            assert not [one for one in respondents if one in data], name
            gone = [mark for mark in marks if mark not in kept]
            assert len(gone) >= len(people), "what was changed is gone"
            assert not [mark for mark in gone if mark.encode() in data], name
        assert any(keys[open_still] in data for data in raw(tmp_path).values())
        await town.core.store.backup(tmp_path / "copy.sqlite3")
        assert keys[open_still] not in (tmp_path / "copy.sqlite3").read_bytes()


@pytest.mark.parametrize("how_many", [0, 1, 4])
async def test_fewer_than_five_are_nothing_on_every_surface_open_and_closed(
    tmp_path: Path, how_many: int
) -> None:
    async with hall(tmp_path, staff=10) as town:
        people = (await staff(town))[:8]
        wave = await launched(town, people)
        for one in people[:how_many]:
            await answers(town, wave, one, "we few")
        for stage in ("open", "closed"):
            if stage == "closed":
                await close(town, wave)
            found = await town.ask(CTO, ShowResults(wave_id=wave))
            assert isinstance(found, Results)
            assert found.results.answered is None, stage
            for table in found.results.tables:
                assert all(cell.n is None for cell in table.cells), stage
            assert "we few" not in repr(found)
            desk = await town.ask(CTO, ShowDesk())
            assert isinstance(desk, DeskView)
            assert desk.waves[0].answered is None, stage
        left = await town.core.store.read(
            lambda tx: [
                tx.connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()  # noqa: S608
                for table in ("sealed_response", "sealed_comment", "wave_key", "answer_key")
            ]
        )
        assert left == [0, 0, 0, 0]
        assert await town.core.store.read(lambda tx: open_tables(tx.connection)) == []


async def test_looking_before_and_after_one_known_answer_tells_nothing_about_it(
    tmp_path: Path,
) -> None:
    """Nothing moves after the only look at 250 people, at 100 answers."""
    async with hall(tmp_path, staff=260) as town:
        people = (await staff(town))[:250]
        wave = await launched(town, people)

        async def look() -> tuple[object, int | None]:
            found = await town.ask(CTO, ShowResults(wave_id=wave))
            desk = await town.ask(CTO, ShowDesk())
            assert isinstance(found, Results)
            return (found.results.answered, found.results.tables), desk.waves[0].answered

        for one in people[:98]:
            await answers(town, wave, one, "", week=random.choice("12345"))  # noqa: S311
        seen = []
        for one in people[98:105]:
            seen.append(await look())
            await answers(town, wave, one, "", week=random.choice("12345"))  # noqa: S311
        assert [answered for _, answered in seen] == [None, None, *[100] * 5]
        assert seen[0] == seen[1]
        assert all(one == seen[2] for one in seen[2:]), "the first look is kept"
        victim = people[105]
        for week in "12345":
            await answers(town, wave, victim, "", week=week)
            assert await look() == seen[2], "one answer, and each change of it, shows nothing"


async def test_declining_shows_in_no_count(tmp_path: Path) -> None:
    async with hall(tmp_path, staff=260) as town:
        people = (await staff(town))[:250]
        wave = await launched(town, people)
        for one in people[:102]:
            await answers(town, wave, one, "")
        before = await town.ask(CTO, ShowResults(wave_id=wave))
        for one in people[102:110]:
            speaker = Speaker(platform=Platform.WEB, person=one.id)
            await town.core.dispatch.handle(speaker, DeclineWave(wave_id=wave))
        after = await town.ask(CTO, ShowResults(wave_id=wave))
        assert (before.results.asked, before.results.answered) == (250, 100)
        assert after.results.tables == before.results.tables
