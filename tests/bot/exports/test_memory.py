"""An export takes the same memory for a few comments as for fifty thousand."""

from __future__ import annotations

import ctypes
import gc
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest
from sqlalchemy import text as text_of_sql

from bot.exports.forms import Form, all_comments, written
from core.people import Audience
from core.text import text
from core.words import Words
from storage.transaction import Transaction
from surveys.commands import ExportResults, ReadComments
from surveys.results.exporting import Exported, SomeComments
from surveys.results.model import Cell, CommentsResult, Table, WaveResults
from surveys.survey import PlannedTable, Survey, Wave, WaveState
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, example

MEGABYTE = 1 << 20
ALLOWED = 16 * MEGABYTE
"""Resident memory that may come on top, whatever the size: pieces, and what the allocator keeps."""


_MADE = """
WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i < :most - 1)
INSERT INTO sealed_comment (wave_id, id, question, comment)
SELECT :wave, lower(hex(randomblob(16))), 'note', printf('%07d %0292d', i, 0) FROM n
"""


def sealed(town: Hall, survey: Survey, comments: int) -> Callable[[Transaction], UUID]:
    """Writes a closed wave with so many comments of 300 letters."""

    def write(tx: Transaction) -> UUID:
        now = town.clock()
        wave = Wave(id=uuid4(), survey=survey, audience=Audience(), opens_at=now, closes_at=now)
        tx.add_wave(wave)
        said = CommentsResult(question="note", prompt=text("And?"), n=comments, comments=())
        cell = Cell(group=(), n=comments, questions=(said,))
        tx.put_results(
            wave.id,
            WaveResults(
                wave_id=wave.id,
                title=survey.title,
                final=True,
                asked=comments,
                answered=comments,
                tables=(Table(plan=PlannedTable(), cells=(cell,)),),
                as_of=now,
            ),
        )
        tx.set_wave_state(wave.id, WaveState.CLOSED)
        # Made by the database: what this process once held would hide what it grows by.
        tx.connection.execute(text_of_sql(_MADE), {"wave": wave.id.hex, "most": comments})
        return wave.id

    return write


TIMES = 3
"""An export is made at most so often: other threads of this process add to what one run takes, and
never to what all of them take."""

FORMS = (Form.COMMENTS, Form.JSON, Form.XLSX)


def _give_back() -> None:
    """What a process once held and keeps for the next time would hide by how much it grows."""
    ctypes.CDLL(None).malloc_trim(0)


async def export(
    town: Hall, wave: UUID, form: Form, keep: list[bytes] | None = None
) -> tuple[int, int]:
    """Bytes that were written, and by how much the process had grown at most."""

    async def read(question: str, after: UUID | None) -> SomeComments:
        some = await town.ask(CTO, ReadComments(wave_id=wave, question=question, after=after))
        assert isinstance(some, SomeComments)
        return some

    exported = await town.ask(CTO, ExportResults(wave_id=wave, form="test"))
    assert isinstance(exported, Exported)
    gc.collect()
    _give_back()
    me = psutil.Process()
    before, most, size = me.memory_info().rss, 0, 0
    words = Words("en", "America/Chicago")
    async for piece in written(form, exported, words, all_comments(exported, read)):
        size += len(piece)
        if keep is not None:
            keep.append(piece)
        most = max(most, me.memory_info().rss - before)
    return size, most


async def grows(tmp_path: Path, comments: int, forms: tuple[Form, ...] = FORMS) -> None:
    pulse = next(one for one in example().surveys if one.key == "weekly-pulse")
    async with hall(tmp_path, staff=5) as town:
        few = await town.core.store.write(sealed(town, pulse, 2_500))
        many = await town.core.store.write(sealed(town, pulse, comments))
        for form in forms:
            await export(town, few, form)  # libraries are loaded, pools are filled
            for _ in range(TIMES):
                begun = time.perf_counter()
                size, most = await export(town, many, form)
                seconds = time.perf_counter() - begun
                if most < ALLOWED:
                    break
            told = f"{comments:,} comments, {size / 1e6:.1f} MB, +{most / MEGABYTE:.1f} MB"
            print(f"{form}: {told}, {comments / seconds:,.0f} a second")  # for whoever runs prove
            assert size > 250 * comments or form is Form.XLSX, "not all of it was written"
            assert most < ALLOWED, form


async def test_memory_does_not_grow_with_the_comments(tmp_path: Path) -> None:
    await grows(tmp_path, 8_000)


@pytest.mark.prove
async def test_memory_does_not_grow_with_fifty_thousand_comments(tmp_path: Path) -> None:
    await grows(tmp_path, 50_000)


@pytest.mark.prove
@pytest.mark.timeout(600)
async def test_memory_does_not_grow_with_a_million_comments(tmp_path: Path) -> None:
    """A workbook takes a sheet's 1,048,576 rows at most, and minutes: it is tried with fewer."""
    await grows(tmp_path, 1_000_000, (Form.COMMENTS, Form.JSON))


@pytest.mark.prove
async def test_holding_a_hundred_thousand_comments_would_be_seen(tmp_path: Path) -> None:
    """The measure can fail: the same pieces, kept."""
    pulse = next(one for one in example().surveys if one.key == "weekly-pulse")
    kept: list[bytes] = []
    async with hall(tmp_path, staff=5) as town:
        few = await town.core.store.write(sealed(town, pulse, 2_500))
        many = await town.core.store.write(sealed(town, pulse, 100_000))
        await export(town, few, Form.JSON)
        _, most = await export(town, many, Form.JSON, kept)
    assert most > ALLOWED
