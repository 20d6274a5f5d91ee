"""A sentence that another feature adds to a report: said when it is drafted, kept when issued."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.cards import card_of
from core.words import Words
from governance.board_reports import further
from governance.board_reports.commands import ChoosePeriod, IssueReport, ShowReport
from governance.board_reports.messages import ReportView
from governance.board_reports.model import Issued
from governance.board_reports.periods import Preset
from storage.board_reports import board_report_issued
from surveys.encoding import decode
from tests.attacks.hall import Hall, hall
from tests.bot.cards.reading import read
from tests.journeys.town import CTO, TEACHER

FIRST, LAST = date(2026, 8, 11), date(2026, 10, 4)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def test_a_line_of_a_feature_stands_in_the_report_and_stays(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["Two labs"]

    def lines(_store: object, period: object, _now: object) -> list[further.Wording]:
        assert period
        return [lambda words, one=one: f"{one} ({words.spoken})" for one in said]

    monkeypatch.setattr(further, "declared", lambda name: [(lines,)] if name else [])
    report = uuid4()
    draft = await town.ask(
        CTO, ChoosePeriod(report_id=report, preset=Preset.OWN, first=FIRST, last=LAST)
    )
    assert [one.default for one in draft.figures.further] == ["Two labs (en)"]
    said[0] = "Three labs"
    seen_late = await town.ask(CTO, IssueReport(report_id=report, seen=draft.seen))
    assert seen_late.draft, "what is issued was seen before"
    await town.ask(CTO, IssueReport(report_id=report, seen=seen_late.seen))
    said.clear()
    shown = await town.ask(TEACHER, ShowReport(report_id=report))
    assert isinstance(shown, ReportView)
    assert not shown.draft
    for locale, line in {"en": "Three labs (en)", "es": "Three labs (es)"}.items():
        assert line in read(card_of(shown, Words(locale, "America/Chicago")))


async def test_what_was_issued_before_there_were_such_lines_reads_as_it_was(town: Hall) -> None:
    report = uuid4()
    draft = await town.ask(
        CTO, ChoosePeriod(report_id=report, preset=Preset.OWN, first=FIRST, last=LAST)
    )
    await town.ask(CTO, IssueReport(report_id=report, seen=draft.seen))
    body = await town.core.store.read(
        lambda tx: tx.connection.execute(select(board_report_issued.c.body)).scalar_one()
    )
    old: dict[str, Any] = json.loads(body)
    assert old["figures"].pop("further") == []
    assert decode(Issued, json.dumps(old)) == decode(Issued, body)
