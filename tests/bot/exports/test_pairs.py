"""Pairs in an export: how often each was chosen, of the district; below it nothing that counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.exports.records import records
from bot.words import Words
from surveys.release import final_results
from surveys.results import RankingResult, WaveResults
from tests.surveys.store import NOON
from tests.surveys.test_pairwise import asked_wave, people


def test_an_export_tells_how_often_each_was_chosen() -> None:
    asked = asked_wave()
    responses = [
        one
        for order in ("abcdef", "fedcba", "cdabef", "efabdc")
        for one in people("middle", 15, order, asked, sure=80)
    ]
    groups = Counter((r.role, r.level, r.building) for r in responses)
    results: WaveResults = final_results(asked, responses, groups, 60, str, NOON)
    told = results.tables[0].cells[0].questions[0]
    assert isinstance(told, RankingResult)
    found = [(r.answer, r.measure, r.value) for r in records(results, Words())]
    for one in told.ranked:
        assert (one.key, "chosen", one.wins) in found
        assert (one.key, "not chosen", one.losses) in found
        assert (one.key, "estimate", one.estimate) in found
    hidden = [replace(one, wins=None, losses=None, estimate=None) for one in told.ranked]
    below = replace(told, ranked=tuple(hidden))
    cell = replace(results.tables[0].cells[0], questions=(below,))
    table = replace(results.tables[0], cells=(cell,))
    kept = records(replace(results, tables=(table,)), Words())
    assert not {"chosen", "not chosen", "estimate"} & {record.measure for record in kept}
