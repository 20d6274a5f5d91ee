"""A survey closes with what its comments are about, where somebody can read them, and without where
nobody can. Nothing waits for the reader."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Text, cast, select

from bot import conversation
from bot.app import wiring
from bot.doctor.closing_findings import closing_findings
from bot.exports.forms import Form
from bot.jobs import closings
from bot.web.result_figures import drawn_results
from core.people import Audience
from governance.access import Source
from storage.panels import Panels
from storage.tables import wave as wave_table
from storage.transaction import Transaction
from surveys.commands import AnswerPage, LaunchSurvey, SetHold, ShowResults
from surveys.disclosure import themes
from surveys.disclosure.noise import Noisy
from surveys.messages import Answered, Results
from surveys.results.model import CommentThemes, WaveResults
from surveys.survey import USUAL
from tests.attacks.hall import Hall, RoteReader, hall
from tests.attacks.visiting import signed_in
from tests.bot.exports.test_export import file_of
from tests.journeys.running import running, until
from tests.journeys.town import CTO, TEACHER, example, settle, small_roster, teachers
from tests.storage.open_answers import stored

STAFF = [TEACHER, *(one.email for one in teachers(small_roster(60), 44))]

WIFI, PRINTER, NOTHING = "the wifi drops in my room", "the printer jams", "keep it up"

READ = {WIFI: "wifi", PRINTER: "copiers", NOTHING: ""}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=60) as found:
        yield found


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(themes, "noisy", lambda count, *_: Noisy(count, 0.0))


class Reader:
    """Knows what is written here. It notes what it is asked."""

    def __init__(self, town: Hall) -> None:
        self.asked: list[Sequence[str]] = []
        town.core.ears.themes_of = self.themes_of

    async def themes_of(self, texts: Sequence[str]) -> Sequence[str]:
        self.asked.append(texts)
        return [READ[one] for one in texts]


async def answered(town: Hall) -> UUID:
    """45 people answer: 25 on the Wi-Fi, nine on printers, six on nothing, five without a word."""
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=next(one for one in example().surveys if one.key == "weekly-pulse"),
        audience=Audience(people=frozenset(STAFF)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=2),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    notes = [WIFI] * 25 + [PRINTER] * 9 + [NOTHING] * 6 + [""] * 5
    for email, note in zip(STAFF, notes, strict=True):
        given = {"week": "4", "help": "late", "note": note}
        said = await town.ask(email, AnswerPage(wave_id=command.wave_id, page=0, answers=given))
        assert isinstance(said, Answered)
    town.clock.forward(days=3)
    return command.wave_id


async def results_of(town: Hall, wave: UUID) -> WaveResults:
    shown = await town.ask(CTO, ShowResults(wave_id=wave))
    assert isinstance(shown, Results)
    return shown.results


async def kept(town: Hall) -> int:
    return await town.core.store.read(lambda tx: len(stored(tx.connection)))


def told(results: WaveResults) -> dict[str, int]:
    assert results.themes is not None
    return {one.theme: one.people for one in results.themes.themes}


@pytest.mark.usefixtures("exact")
async def test_a_closed_survey_says_what_forty_comments_are_about(town: Hall) -> None:
    reader, wave = Reader(town), await answered(town)
    assert (await results_of(town, wave)).themes is None, "it is open"
    await town.core.dispatch.keep_time()
    results = await results_of(town, wave)
    assert told(results) == {"wifi": 25}, "nine people are too few"
    assert results.themes == CommentThemes(
        people=40, least=12, themes=results.themes.themes if results.themes else (), others=15
    )
    assert [set(one) for one in reader.asked] == [set(READ)], "each text is read once"
    assert await kept(town) == 0


@pytest.mark.usefixtures("exact")
async def test_the_page_has_themes_and_comments_and_nothing_that_joins_them(town: Hall) -> None:
    Reader(town)
    wave = await answered(town)
    await town.core.dispatch.keep_time()
    page = drawn_results(await results_of(town, wave), conversation.Reader())
    part = page.split('id="comments-part"')[1].split("</details>\n<")[0]
    figure, listed = part.split("</figure>", 1)
    assert "What the comments are about" in figure
    assert "About 40 people wrote a comment. Each counts for one theme." in figure
    assert ">about 25<" in figure
    assert ">about 15<" in figure, "what is left over"
    assert "opier" not in page, "a theme of nine is not named"
    assert WIFI in listed
    assert "Wireless" in figure
    assert "Wireless" not in listed


@pytest.mark.usefixtures("exact")
async def test_a_file_of_results_has_the_themes_with_how_many_and_no_comments(town: Hall) -> None:
    Reader(town)
    wave = await answered(town)
    await town.core.dispatch.keep_time()
    lines = csv.DictReader(io.StringIO((await file_of(town, wave, Form.CSV)).decode("utf-8-sig")))
    found = [(one["measure"], one["answer"], one["value"]) for one in lines if not one["question"]]
    assert found == [("people who wrote", "", "40"), ("people on a theme", "wifi", "25")]
    said = (await file_of(town, wave, Form.COMMENTS)).decode("utf-8-sig")
    assert {len(row) for row in csv.reader(io.StringIO(said))} == {3}
    assert "wifi," not in said


async def test_a_service_asks_its_own_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To it all comments are on the Wi-Fi. The page has it as the office sees it."""
    monkeypatch.setattr(themes, "noisy", lambda count, *_: Noisy(count, 0.0))
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
    async with running(tmp_path, settle(staff=60)) as service:
        wave = await answered(Hall(service.core, service.clock))

        async def closed() -> bool:
            await service.core.dispatch.keep_time()
            return bool(await service.core.store.read(lambda tx: tx.results_body(wave)))

        await until(closed)
        async with signed_in(service, CTO) as visitor:
            page = (await visitor.get(f"/results/{wave}")).text
    assert "About 40 people wrote a comment." in page
    assert ">about 40<" in page


async def test_a_reader_that_is_down_leaves_a_closing_without_themes(town: Hall) -> None:
    async def away(_: Sequence[str]) -> Sequence[str]:
        raise RuntimeError("no reader could be started")

    town.core.ears.themes_of = away
    wave = await answered(town)
    await town.core.dispatch.keep_time()
    results = await results_of(town, wave)
    assert results.final
    assert results.themes == CommentThemes(least=12)
    assert await kept(town) == 0
    page = drawn_results(await results_of(town, wave), conversation.Reader())
    assert "The themes could not be read when the survey closed." in page
    assert WIFI in page


@pytest.mark.parametrize("long", [True, False], ids=["too long", "long"])
async def test_nothing_waits_for_a_reader_that_takes_long(
    town: Hall,
    monkeypatch: pytest.MonkeyPatch,
    long: bool,
) -> None:
    """The clock goes on meanwhile; a reader that takes too long is not waited for at all."""
    begun, done = asyncio.Event(), asyncio.Event()

    async def slowly(texts: Sequence[str]) -> Sequence[str]:
        begun.set()
        await done.wait()
        return [READ[one] for one in texts]

    town.core.ears.themes_of = slowly
    monkeypatch.setattr(closings, "WAITED", 0.05)
    monkeypatch.setattr(closings, "_THEMES_SECONDS", 0.5 if long else 60.0)
    wave = await answered(town)
    for _ in range(3):
        await asyncio.wait_for(town.core.dispatch.keep_time(), 5)
    await asyncio.wait_for(begun.wait(), 30)
    if not long:
        assert await town.core.store.read(lambda tx: tx.results(wave)) is None
        done.set()
    for _ in range(200):
        if await town.core.store.read(lambda tx: tx.final_count(wave)) and not await kept(town):
            break
        await asyncio.sleep(0.05)
    results = await results_of(town, wave)
    assert results.themes is not None
    assert (results.themes.people is None) is long


async def test_what_was_drawn_and_not_written_is_drawn_again_and_what_was_written_never(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service is cut short between reading and writing, and between writing and deleting."""

    def fails(*_: object) -> None:
        raise RuntimeError("the disk is full")

    reader, wave = Reader(town), await answered(town)
    with monkeypatch.context() as patched:
        patched.setattr("bot.jobs.closings.publish", fails)
        await town.core.dispatch.keep_time()
    assert await town.core.store.read(lambda tx: tx.results_body(wave)) is None
    assert await kept(town) == 45
    with monkeypatch.context() as patched:
        patched.setattr("bot.jobs.closings.forget_answers", fails)
        await town.core.dispatch.keep_time()
    first = await town.core.store.read(lambda tx: tx.results_body(wave))
    assert first is not None
    assert len(reader.asked) == 2
    await town.core.dispatch.keep_time()
    assert await town.core.store.read(lambda tx: tx.results_body(wave)) == first
    assert len(reader.asked) == 2, "nothing is read again"
    assert await town.core.store.read(closing_findings) == []


async def test_under_a_records_hold_themes_are_drawn_once_though_the_answers_stay(
    town: Hall,
) -> None:
    reader, wave = Reader(town), await answered(town)
    town.clock.forward(days=-2)
    hold = SetHold(wave_id=wave, why="A court asks for it.")
    await town.core.dispatch.by_itself(hold, Source.OPERATOR)
    town.clock.forward(days=2)
    await town.core.dispatch.keep_time()
    first = await town.core.store.read(lambda tx: tx.results_body(wave))
    assert await kept(town) == 45
    for _ in range(2):
        town.clock.forward(days=1)
        await town.core.dispatch.keep_time()
    assert await town.core.store.read(lambda tx: tx.results_body(wave)) == first
    assert len(reader.asked) == 1


async def test_a_restored_database_draws_no_themes(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, wave = Reader(town), await answered(town)
    monkeypatch.setattr(Transaction, "results_wait", lambda *_: True)
    await town.core.dispatch.keep_time()
    assert reader.asked == []
    assert await town.core.store.read(lambda tx: tx.results_body(wave)) is None


async def test_a_survey_that_did_not_promise_themes_has_none(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was launched before they existed: nothing is read, and its page is as it was."""
    monkeypatch.setattr(Panels, "release_rules", lambda _: USUAL)
    reader, wave = Reader(town), await answered(town)
    await town.core.store.write(lambda tx: _as_before(tx, wave))
    await town.core.dispatch.keep_time()
    results = await results_of(town, wave)
    assert results.final
    assert (results.themes, reader.asked) == (None, [])
    page = drawn_results(await results_of(town, wave), conversation.Reader())
    assert "What the comments are about" not in page
    assert WIFI in page


def _as_before(tx: Transaction, wave: UUID) -> None:
    """Its rules as they were written then."""
    rules: Any = wave_table.c.rules
    found = tx.connection.execute(select(cast(rules, Text))).scalar_one()
    assert '"themes":false' in found
    before = found.replace(',"themes":false', "")
    tx.connection.execute(wave_table.update().where(wave_table.c.id == wave).values(rules=before))
