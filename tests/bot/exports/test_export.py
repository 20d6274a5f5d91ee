"""Released results as files: what is in them, who gets them, and that nothing runs in them."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.exports.forms import Form, all_comments, written
from bot.exports.records import COLUMNS
from core.words import Words
from governance.messages import Refused
from storage.tables import release_note
from surveys.commands import ExportResults, ReadComments, ShowResults
from surveys.messages import Results
from surveys.results.exporting import Exported, SomeComments
from surveys.results.model import ShareResult
from tests.attacks.hall import Hall, hall
from tests.bot.exports.closing import HOSTILE, asked, closed
from tests.journeys.running import running
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, settle

ENGLISH = Words("en", "America/Chicago")


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hall]:
    async with hall(tmp_path_factory.mktemp("export"), staff=64) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def wave(town: Hall) -> UUID:
    return await closed(town)


async def exported(town: Hall, wave: UUID, email: str = CTO) -> Exported:
    found = await town.ask(email, ExportResults(wave_id=wave, form="test"))
    assert isinstance(found, Exported), found
    return found


async def file_of(town: Hall, wave: UUID, form: Form, words: Words = ENGLISH) -> bytes:
    async def read(question: str, after: UUID | None) -> SomeComments:
        asking = ReadComments(wave_id=wave, question=question, after=after)
        some = await town.ask(CTO, asking)
        assert isinstance(some, SomeComments), some
        return some

    found = await exported(town, wave)
    pieces = written(form, found, words, all_comments(found, read))
    return b"".join([piece async for piece in pieces])


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by its mark"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert book.testzip() is None
        return {name: book.read(name).decode() for name in book.namelist()}


# -- what is in them -----------------------------------------------------------------------------


async def test_a_csv_has_the_pages_numbers_as_numbers(town: Hall, wave: UUID) -> None:
    shown = await town.ask(CTO, ShowResults(wave_id=wave))
    assert isinstance(shown, Results)
    district = shown.results.tables[0].cells[0].questions[0]
    assert isinstance(district, ShareResult)
    found = rows(await file_of(town, wave, Form.CSV))
    assert tuple(found[0]) == COLUMNS
    week = [r for r in found if r["table"] == "district" and r["question"] == "week"]
    bars = {r["answer"]: r for r in week if r["measure"] == "share"}
    assert len(bars) == 5
    for share in district.shares:
        assert float(bars[share.key]["value"]) == share.share
        assert float(bars[share.key]["low"]) == share.low
        assert int(bars[share.key]["about_n"]) % 5 == 0
    (mean,) = [r for r in week if r["measure"] == "mean"]
    told = [float(mean[name]) for name in ("value", "low", "high")]
    assert told == [district.mean, district.mean_low, district.mean_high]
    (high,) = [r for r in week if r["measure"] == "share of the high end"]
    assert district.high is not None
    assert float(high["value"]) == district.high.share
    assert "people" not in found[0], "no count is exact"


async def test_what_is_withheld_or_coded_has_no_number_in_any_column(
    town: Hall, wave: UUID
) -> None:
    shown = await town.ask(CTO, ShowResults(wave_id=wave))
    cells = shown.results.tables[1].cells
    assert any(cell.n is None for cell in cells), "one group is too small in this town"
    found = rows(await file_of(town, wave, Form.CSV))
    held = [r for r in found if r["shown"]]
    assert held
    for row in held:
        assert not any(row[name] for name in ("value", "low", "high")), row


async def test_a_json_explains_itself_in_all_languages(town: Hall, wave: UUID) -> None:
    found = json.loads(await file_of(town, wave, Form.JSON))
    book = found["codebook"]
    assert (book["asked"], book["final"]) == (60, True)
    assert book["answered"] % 5 == 0
    assert book["tables"] == [["district"], ["role"]]
    assert any("12 or more" in rule for rule in book["rules"])
    assert any("columns may not add up" in rule for rule in book["rules"])
    first = book["survey"]["pages"][0]["questions"][0]
    assert first["prompt"]["translations"]["es"].startswith("¿Qué tan bien")
    assert set(book["columns"]) <= set(COLUMNS)
    assert {tuple(record) for record in found["results"]} == {COLUMNS}
    assert len(found["comments"]["note"]) == 60


async def test_comments_are_all_there_once_however_they_are_cut_into_pieces(
    town: Hall, wave: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows(await file_of(town, wave, Form.COMMENTS))
    for piece in (1, 5, 60, 61):
        monkeypatch.setattr("surveys.results.exporting.COMMENTS_AT_ONCE", piece)
        assert rows(await file_of(town, wave, Form.COMMENTS)) == whole, piece
        assert len(json.loads(await file_of(town, wave, Form.JSON))["comments"]["note"]) == 60
    assert len(whole) == 60


# -- nothing runs in them ------------------------------------------------------------------------


async def test_no_cell_of_a_csv_begins_like_a_formula(town: Hall, wave: UUID) -> None:
    found = rows(await file_of(town, wave, Form.COMMENTS))
    said = [row["comment"] for row in found]
    for cell in said:
        assert cell.lstrip("\u200b ")[0] not in "=+-@\t\r＝", cell
    assert any(cell == f"'{HOSTILE[0]}" for cell in said), "and nothing of it is lost"


async def test_a_workbook_has_text_as_text_and_no_formula(town: Hall, wave: UUID) -> None:
    book = sheets(await file_of(town, wave, Form.XLSX))
    comments = book["xl/worksheets/sheet3.xml"]
    assert "<f>" not in "".join(book.values()), "no formula"
    assert "<hyperlink" not in "".join(book.values()), "no link"
    cells = re.findall(r'<c r="B\d+"[^>]*t="(\w+)"', comments)
    assert len(cells) == 61
    assert set(cells) == {"inlineStr"}
    assert 'quotePrefix="1"' in book["xl/styles.xml"]
    figures = book["xl/worksheets/sheet2.xml"]
    assert re.search(r"<c r=\"K2\"[^>]*><v>0?\.\d+</v>", figures), "a share is a number"


# -- who gets them, and that it is noted ---------------------------------------------------------


async def test_a_named_committee_sees_and_takes_all_planned_tables_and_others_nothing(
    town: Hall, wave: UUID
) -> None:
    for email in (CTO, CHAIR):
        shown = await town.ask(email, ShowResults(wave_id=wave))
        assert len(shown.results.tables) == 2, email
        assert len((await exported(town, wave, email)).results.tables) == 2
    for email in (TEACHER, ISO):
        for command in (
            ShowResults(wave_id=wave),
            ExportResults(wave_id=wave, form="csv"),
            ReadComments(wave_id=wave, question="note"),
        ):
            assert isinstance(await town.ask(email, command), Refused), (email, command)
    other = await asked(town, 12, committees=("library-media",))
    assert isinstance(await town.ask(CHAIR, ShowResults(wave_id=other)), Refused)


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("form", Form)
async def test_what_is_broken_off_leaves_nothing_on_the_disk(
    town: Hall, wave: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form
) -> None:
    """Whoever downloads goes away, or the database does, while comments are being written."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def comments(*, away: bool) -> AsyncIterator[tuple[str, tuple[str, ...]]]:
        yield "note", ("Fine.",) * 3
        if away:
            raise OSError("the database went away")

    shown = await exported(town, wave)
    broken_off = written(form, shown, ENGLISH, comments(away=False))
    await anext(broken_off)
    assert isinstance(broken_off, AsyncGenerator)
    await broken_off.aclose()
    assert left_in(tmp_path) == []
    if form is not Form.CSV:  # which has no comments in it
        with pytest.raises(OSError, match="went away"):
            _ = [piece async for piece in written(form, shown, ENGLISH, comments(away=True))]
    assert left_in(tmp_path) == []


async def test_every_export_is_in_the_ledger_with_who_and_how(town: Hall, wave: UUID) -> None:

    async def ledger() -> list[str]:
        notes = select(release_note.c.what).where(release_note.c.wave_id == wave)
        return list(
            await town.core.store.read(lambda tx: tx.connection.execute(notes).scalars().all())
        )

    before = await ledger()
    await town.ask(CTO, ExportResults(wave_id=wave, form="stone"))
    await town.ask(CTO, ReadComments(wave_id=wave, question="note"))
    noted = await ledger()
    shown = r"final: district, role; \d+ answers; beside them: rates, who answered.*; export: stone"
    assert any(re.fullmatch(shown, one) for one in noted)
    assert noted.count("60 comments on note") == before.count("60 comments on note") + 1


async def test_no_comments_while_it_is_open_and_none_of_a_question_without(town: Hall) -> None:
    open_one = await asked(town, 24)
    for question in ("note", "week", "nothing"):
        answer = await town.ask(CTO, ReadComments(wave_id=open_one, question=question))
        assert isinstance(answer, Refused), question
    few = await closed(town, 9)
    assert isinstance(await town.ask(CTO, ReadComments(wave_id=few, question="note")), Refused)
    assert isinstance(await town.ask(CTO, ReadComments(wave_id=uuid4(), question="x")), Refused)


async def test_the_page_offers_what_it_then_sends(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=64)) as service:
        wave = await closed(Hall(core=service.core, clock=service.clock))
        async with httpx.AsyncClient(base_url=service.url, follow_redirects=True) as client:
            await _sign_in(client, await service.signin_url(CTO))
            page = (await client.get(f"/results/{wave}")).text
            offered = re.findall(rf'href="(/results/{wave}/export/[\w.]+)"', page)
            assert len(offered) == 4
            for path in offered:
                sent = await client.get(path)
                assert sent.status_code == 200, path
                name = path.rpartition("/")[2]
                told = sent.headers["content-disposition"]
                assert re.fullmatch(rf'attachment; filename="weekly-pulse-[\d-]+\.{name}"', told)
                assert sent.headers["x-content-type-options"] == "nosniff"
                assert sent.content
            assert (await client.get(f"/results/{wave}/export/exe")).status_code == 404
            await client.get("/signout")
            client.cookies.clear()
            await _sign_in(client, await service.signin_url(TEACHER))
            for path in offered:
                assert (await client.get(path)).status_code == 403


async def _sign_in(client: httpx.AsyncClient, url: str) -> Any:
    page = await client.get(url)
    token, form = (
        re.search(rf'name="{name}" value="([^"]*)"', page.text) for name in ("token", "csrf")
    )
    assert token is not None
    assert form is not None
    await client.post("/signin", data={"token": token[1], "csrf": form[1]})
