"""Taking results along: a wave of 50,000 answers among a million, streamed into files, beside a
plain program that reads the same rows and writes them at once."""

from __future__ import annotations

import asyncio
import csv
import gc
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import xlsxwriter
from sqlalchemy import create_engine, select, text

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.conversation import Speaker
from bot.demo.examples import example_district
from bot.exports.forms import Form, all_comments, written
from bot.operator.operations import OPERATIONS
from core import text as sentences
from core.people import Audience, Platform
from core.words import Words
from storage.tables import sealed_comment
from storage.transaction import Transaction
from surveys.commands import ExportResults, ReadComments
from surveys.results.exporting import Exported, SomeComments
from surveys.results.model import Cell, CommentsResult, Table, WaveResults
from surveys.survey import PlannedTable, Wave, WaveState

from .databases import SECRET, Kind, database
from .measured import Figure, Progress, Scale, Section, times
from .results import CTO

_WAVES = 20
_EACH = 50_000
_FEW = 2_500
_SAID = "The wireless in the library drops whenever two classes log in at the same time. "
_ALLOWED = 16 * 2**20
"""Bytes of memory that may come on top: pieces of a file, and what the allocator keeps."""

_FORMS = (Form.COMMENTS, Form.JSON, Form.XLSX)


@dataclass(frozen=True, kw_only=True)
class Wrote:
    """Seconds that a file took, its bytes, and by how many bytes the process had grown at most."""

    seconds: float
    size: int
    grew: int


@dataclass(frozen=True, kw_only=True)
class Exports:
    """One database: each form as the product streams it, and as a plain program writes it."""

    kind: Kind
    each: int
    every: int
    ours: Mapping[Form, Wrote]
    plain: Mapping[Form, Wrote]


def measure(scale: Scale, progress: Progress) -> Section:
    """The section of ``make bench``."""
    progress.begin(2 * len(Kind))
    found = []
    for kind in Kind:
        folder = scale.folder / kind.name
        folder.mkdir()
        with database(kind, folder) as url:
            found.append(asyncio.run(_on(kind, url, folder, scale, progress)))
    return Section(
        key="export",
        title="Results to take along",
        figures=[figure for one in found for figure in _figures(one)],
    )


async def _on(kind: Kind, url: str, folder: Path, scale: Scale, progress: Progress) -> Exports:
    each = scale.of(_EACH, 100)
    progress(f"{kind}: writing {_WAVES * each:,} comments")
    settings = Settings(database_url=url, secret_key=SECRET)  # type: ignore[arg-type]
    async with open_core(settings) as core:
        told = await OPERATIONS["district-load"](core, {"path": str(example_district())})
        assert told.ok, told.lines
        few = await core.store.write(lambda tx: _closed(tx, core, min(_FEW, each)))
        wave = await core.store.write(lambda tx: _closed(tx, core, each))
        await core.store.write(lambda tx: _again(tx, wave, _WAVES - 1))
        progress(f"{kind}: writing files")
        ours = {}
        for form in _FORMS:
            await _streamed(core, few, form, folder)  # libraries are loaded, pools are filled
            ours[form] = await _streamed(core, wave, form, folder)
    plain = {form: _plain(url, wave, form, folder) for form in _FORMS}
    return Exports(kind=kind, each=each, every=_WAVES * each, ours=ours, plain=plain)


def _closed(tx: Transaction, core: Core, comments: int) -> UUID:
    """A closed wave with so many comments."""
    survey, now = tx.ready_survey("weekly-pulse"), core.now()
    assert survey is not None
    wave = Wave(id=uuid4(), survey=survey, audience=Audience(), opens_at=now, closes_at=now)
    tx.add_wave(wave)
    prompt = sentences.text("And?")
    counted = CommentsResult(question="note", prompt=prompt, n=comments, comments=())
    cell = Cell(group=(), n=comments, questions=(counted,))
    released = WaveResults(
        wave_id=wave.id,
        title=survey.title,
        final=True,
        asked=comments,
        answered=comments,
        tables=(Table(plan=PlannedTable(), cells=(cell,)),),
        as_of=now,
    )
    tx.put_results(wave.id, released)
    tx.set_wave_state(wave.id, WaveState.CLOSED)
    # Made by the database: what this process once held would hide what it grows by.
    made = _MADE_BY_SQLITE if _on_sqlite(tx) else _MADE_BY_POSTGRES
    said = {"wave": _id(tx, wave.id), "said": _SAID * 2, "most": comments}
    tx.connection.execute(text(made), said)
    return wave.id


_MADE_BY_SQLITE = """
WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < :most - 1)
INSERT INTO sealed_comment (wave_id, id, question, comment)
SELECT :wave, lower(hex(randomblob(16))), 'note', printf('%06d ', i) || :said FROM n
"""
_MADE_BY_POSTGRES = """
INSERT INTO sealed_comment (wave_id, id, question, comment)
SELECT :wave, gen_random_uuid(), 'note', lpad(i::text, 6, '0') || ' ' || :said
FROM generate_series(0, :most - 1) AS i
"""


def _again(tx: Transaction, wave_id: UUID, times_more: int) -> None:
    """The same comments for other waves, which are not read: with random ids."""
    new = "lower(hex(randomblob(16)))" if _on_sqlite(tx) else "gen_random_uuid()"
    copied = text(
        "INSERT INTO sealed_comment (wave_id, id, question, comment) "
        f"SELECT :other, {new}, question, comment FROM sealed_comment WHERE wave_id = :wave"
    )
    for _ in range(times_more):
        ids = {"other": _id(tx, uuid4()), "wave": _id(tx, wave_id)}
        tx.connection.execute(copied, ids)


def _on_sqlite(tx: Transaction) -> bool:
    return tx.connection.dialect.name == "sqlite"


def _id(tx: Transaction, one: UUID) -> UUID | str:
    return one.hex if _on_sqlite(tx) else one


async def _streamed(core: Core, wave_id: UUID, form: Form, folder: Path) -> Wrote:
    officer = await core.store.read(lambda tx: tx.person_by_email(CTO))
    assert officer is not None
    speaker = Speaker(platform=Platform.WEB, person=officer.id)

    async def read(question: str, after: UUID | None) -> SomeComments:
        asked = ReadComments(wave_id=wave_id, question=question, after=after)
        some = (await core.dispatch.handle(speaker, asked)).message
        assert isinstance(some, SomeComments)
        return some

    reply = await core.dispatch.handle(speaker, ExportResults(wave_id=wave_id, form=form))
    exported = reply.message
    assert isinstance(exported, Exported)
    gc.collect()
    me, path = psutil.Process(), folder / f"ours.{form}"
    before, most, begun = me.memory_info().rss, 0, time.perf_counter()
    pieces = written(form, exported, Words("en", "UTC"), all_comments(exported, read))
    with path.open("wb") as file:
        async for piece in pieces:
            file.write(piece)
            most = max(most, me.memory_info().rss - before)
    return Wrote(seconds=time.perf_counter() - begun, size=path.stat().st_size, grew=most)


# -- the baseline: read everything, write everything ------------------------------------------


def _plain(url: str, wave_id: UUID, form: Form, folder: Path) -> Wrote:
    write: Mapping[Form, Callable[[Path, Sequence[tuple[str, str]]], None]] = {
        Form.COMMENTS: _plain_csv,
        Form.JSON: _plain_json,
        Form.XLSX: _plain_xlsx,
    }
    gc.collect()
    me, path = psutil.Process(), folder / f"plain.{form}"
    before, begun = me.memory_info().rss, time.perf_counter()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    rows = select(sealed_comment.c.question, sealed_comment.c.comment)
    with engine.connect() as connection:
        found = [(question, comment) for question, comment in connection.execute(
            rows.where(sealed_comment.c.wave_id == wave_id)
        )]  # fmt: skip
    write[form](path, found)
    seconds, grew = time.perf_counter() - begun, me.memory_info().rss - before
    engine.dispose()
    return Wrote(seconds=seconds, size=path.stat().st_size, grew=grew)


def _plain_csv(path: Path, rows: Sequence[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _plain_json(path: Path, rows: Sequence[tuple[str, str]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump({"comments": [comment for _, comment in rows]}, file)


def _plain_xlsx(path: Path, rows: Sequence[tuple[str, str]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for at, (question, comment) in enumerate(rows):
        sheet.write_string(at, 0, question)
        sheet.write_string(at, 1, comment)
    book.close()


# -- in words ---------------------------------------------------------------------------------


def _figures(found: Exports) -> Iterator[Figure]:
    for form, ours in found.ours.items():
        plain = found.plain[form]
        what = f"{found.kind}: {found.each:,} of {found.every:,} comments as {_NAMES[form]}"
        yield Figure(
            what=f"{what} ({ours.size / 1e6:.1f} MB), piece by piece, each noted in the ledger",
            measured=f"{ours.seconds:.2f} s",
            baseline=f"{plain.seconds:.2f} s",
            ratio=times(ours.seconds / plain.seconds),
        )
        yield Figure(
            what=f"{what}: memory on top, at most; beside it at the end",
            demand=f"≤ {_ALLOWED >> 20} MB",
            measured=f"{ours.grew / 2**20:.1f} MB",
            baseline=f"{plain.grew / 2**20:.1f} MB",
            reached=ours.grew <= _ALLOWED,
        )


_NAMES = {Form.COMMENTS: "CSV", Form.JSON: "JSON with the codebook", Form.XLSX: "a workbook"}
