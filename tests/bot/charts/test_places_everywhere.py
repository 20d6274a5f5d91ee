"""Each choice has the same range of places at every door: page, picture, chat, export, Board report
and alignment."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import partial
from html import unescape
from pathlib import Path
from uuid import uuid4

from bot.charts.alignment_chart import goal_table
from bot.exports.records import records
from bot.slack.blocks import pen_for
from bot.slack.draw_results import results_blocks
from bot.teams.tabulating import cell_lines
from bot.web.result_figures import drawn_results
from core.text import text
from core.words import Words
from governance.alignment.priorities import priorities_of
from governance.board_reports import wording
from governance.board_reports.gathering import gather
from governance.board_reports.periods import Period
from governance.labels import Labels
from surveys.results.model import Cell, RankedChoice, RankingResult, Table, WaveResults
from surveys.survey import PlannedTable
from tests.attacks.hall import hall
from tests.bot.slack.samples import FRESH
from tests.bot.web.examples import READER
from tests.governance.alignment.ranked import survey
from tests.governance.board_reports.filled import released_wave
from tests.surveys.store import NOON

WORDS = Words("en", "America/Chicago")
MIGHT_BE = {"wifi": "1", "sign-in": "2", "parking": "3–4", "robots": "3–5", "phones": "4–5"}
"""By the intervals below: 70, 62, 52, 50 and 45.5, each ± 3."""

POINTS = dict(zip(MIGHT_BE, (0.70, 0.62, 0.52, 0.50, 0.455), strict=True))

RANKED = RankingResult(
    question="first",
    prompt=text("What comes first?"),
    n=812,
    ranked=tuple(
        RankedChoice(
            key=key, label=text(f"<{key}>"), points=p, low=p - 0.03, high=p + 0.03, firsts=None
        )
        for key, p in POINTS.items()
    ),
)
RESULTS = WaveResults(
    wave_id=uuid4(),
    title=text("Priorities"),
    final=True,
    noisy=True,
    asked=1500,
    answered=812,
    tables=(Table(plan=PlannedTable(), cells=(Cell(group=(), n=812, questions=(RANKED,)),)),),
    as_of=NOON,
)


def test_pages_pictures_and_chats_show_the_places_that_each_interval_allows() -> None:
    page = unescape(drawn_results(RESULTS, READER))
    slack = json.dumps(results_blocks(RESULTS, pen_for(READER, FRESH)), ensure_ascii=False)
    cell = RESULTS.tables[0].cells[0]
    lines = cell_lines(WORDS, cell, Labels(WORDS), least=12, titled=False)
    teams = json.dumps(lines, ensure_ascii=False, default=str)
    picture = page.partition("<svg")[2].partition("</svg>")[0]
    for key, places in MIGHT_BE.items():
        for shown in (page, picture, unescape(slack), teams):
            assert re.search(rf"{places}\. \W*{key}\W", shown), (key, shown)


def test_exports_and_alignment_have_the_same_places() -> None:
    exported = {one.answer: one.shown for one in records(RESULTS, WORDS) if one.measure == "place"}
    assert exported == MIGHT_BE
    aligned = priorities_of(survey(), RESULTS)
    rows = goal_table([("Goal", [one for one in aligned if one.ranked])], WORDS).rows
    assert [row[2] for row in rows] == list(MIGHT_BE.values())


async def test_a_board_report_has_the_same_places(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        now = town.clock()
        period = Period(first=now.date() - timedelta(days=60), last=now.date() - timedelta(days=1))
        closed = now - timedelta(days=3)
        add = partial(released_wave, key="a", closes=closed, label="Wi-Fi", closed=True)
        wave = await town.core.store.write(add)
        await town.core.store.write(lambda tx: tx.put_results(wave, RESULTS))
        figures = await town.core.store.read(lambda tx: gather(tx, period, now))
    [ranking] = figures.rankings
    told = {one.label.default.strip("<>"): wording.place(WORDS, one) for one in ranking.told}
    assert told == {key: at for key, at in MIGHT_BE.items() if at[0] in "123"}
