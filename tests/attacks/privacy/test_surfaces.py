"""Everything that anybody is shown of small districts, attacked: no page, file or message tells
more than the gate says, and from what it says nobody's answer is learned."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from surveys.live import LIVE_FROM

from governance.commands import ShowAsking, ShowDesk
from surveys.commands import ShowResults
from surveys.messages import Answered, Results
from surveys.results import ShareResult
from tests.attacks.privacy import places
from tests.attacks.privacy.surrounding import GATES, attack
from tests.attacks.privacy.towns import WAVE, copied, email_of, founded, launched, page_of, says
from tests.journeys.town import CTO


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("seeds", "most", "attempts"),
    [
        pytest.param(range(2, 3), 250, 4, id="few"),
        pytest.param(range(100, 106), 250, 16, id="many", marks=pytest.mark.prove),
    ],
)
async def test_no_surface_tells_anybodys_answer(
    seeds: range, most: int, attempts: int, tmp_path: Path
) -> None:
    first = await founded(tmp_path / "founded")
    tried: Counter[str] = Counter()
    successes: Counter[str] = Counter()
    twins = 0
    for seed in seeds:
        for gate in GATES:
            found = await attack(first, tmp_path, seed, most, gate, attempts)
            assert not found.untrue, f"seed {seed}, {gate}: {found.untrue[:5]}"
            successes[gate] += found.tally.successes
            tried[gate] += found.tally.attempts
            twins += found.twins
            assert gate != "ours" or not found.tally.successes, f"{seed}: {found.tally.example}"
    told = [f"{gate} {successes[gate]} of {tried[gate]}" for gate in GATES]
    print(f"\nwho sees every surface: {', '.join(told)}; {twins} held beside their like")
    assert twins >= len(seeds)
    assert 10 * successes["plain five"] > tried["plain five"], "too weak to say anything"


async def test_a_changed_answer_shows_in_no_live_figure(tmp_path: Path) -> None:
    """Where live figures are told."""
    everybody = [
        email_of(("teacher", level, building), number)
        for level, building in (("high", "north"), ("middle", "east"))
        for number in range(LIVE_FROM // 2)
    ]
    survey = places.wave_of(places.yes_or_no(), ((places.LEVEL,),)).survey
    async with copied(await founded(tmp_path / "town")) as town:
        ids = await launched(town, survey, frozenset(everybody))

        async def look() -> object:
            asked = (ShowDesk(), ShowAsking(wave_id=WAVE))
            found = await town.ask(CTO, ShowResults(wave_id=WAVE))
            return found, [await town.ask(CTO, one) for one in asked]

        async def answer(email: str, said: str) -> None:
            assert isinstance(await says(town, ids[email], page_of(0, "q", said)), Answered)

        for place, email in enumerate(everybody):
            await answer(email, "ab"[place % 2])
        before = await look()
        found = await town.ask(CTO, ShowResults(wave_id=WAVE))
        assert isinstance(found, Results)
        (told,) = found.results.tables[0].cells[0].questions
        assert isinstance(told, ShareResult), "a figure is told that could change"
        for said in "bab":
            await answer(everybody[0], said)
            assert await look() == before
