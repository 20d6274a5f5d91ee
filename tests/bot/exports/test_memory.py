"""An export takes the same memory for a few comments as for fifty thousand."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import pytest

from bot.exports.forms import Form, all_comments, written
from bot.words import Words
from storage.tables import sealed_comment
from storage.transaction import Transaction
from surveys.commands import ExportResults, ReadComments
from surveys.exporting import Exported, SomeComments
from surveys.people import Audience
from surveys.results import Cell, CommentsResult, Table, WaveResults
from surveys.survey import PlannedTable, Survey, Wave, WaveState
from surveys.words import text
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, example

MEGABYTE = 1 << 20
ALLOWED = 16 * MEGABYTE
"""Resident memory that may come on top, whatever the size: pieces, and what the allocator keeps."""


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
        rows = [
            {
                "wave_id": wave.id,
                "id": uuid4(),
                "question": "note",
                "comment": f"{n:06} " + "x" * 293,
            }
            for n in range(comments)
        ]
        tx.connection.execute(sealed_comment.insert(), rows)
        return wave.id

    return write


async def export(town: Hall, wave: UUID, form: Form) -> tuple[int, int]:
    """Bytes that were written, and by how much the process had grown at most."""

    async def read(question: str, after: UUID | None) -> SomeComments:
        some = await town.ask(CTO, ReadComments(wave_id=wave, question=question, after=after))
        assert isinstance(some, SomeComments)
        return some

    exported = await town.ask(CTO, ExportResults(wave_id=wave, form="test"))
    assert isinstance(exported, Exported)
    gc.collect()
    me = psutil.Process()
    before, most, size = me.memory_info().rss, 0, 0
    words = Words("en", "America/Chicago")
    async for piece in written(form, exported, words, all_comments(exported, read)):
        size += len(piece)
        most = max(most, me.memory_info().rss - before)
    return size, most


async def grows(tmp_path: Path, comments: int) -> None:
    pulse = next(one for one in example().surveys if one.key == "weekly-pulse")
    async with hall(tmp_path, staff=5) as town:
        few = await town.core.store.write(sealed(town, pulse, 2_500))
        many = await town.core.store.write(sealed(town, pulse, comments))
        for form in (Form.COMMENTS, Form.JSON, Form.XLSX):
            await export(town, few, form)  # libraries are loaded, pools are filled
            begun = time.perf_counter()
            size, most = await export(town, many, form)
            seconds = time.perf_counter() - begun
            told = f"{comments:,} comments, {size / 1e6:.1f} MB, +{most / MEGABYTE:.1f} MB"
            print(f"{form}: {told}, {comments / seconds:,.0f} a second")  # for whoever runs prove
            assert most < ALLOWED, form


async def test_memory_does_not_grow_with_the_comments(tmp_path: Path) -> None:
    await grows(tmp_path, 8_000)


@pytest.mark.prove
async def test_memory_does_not_grow_with_fifty_thousand_comments(tmp_path: Path) -> None:
    await grows(tmp_path, 50_000)
