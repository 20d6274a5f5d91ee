"""The demo's colleagues: somebody who looks at the results first finds figures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.demo.colleagues import Colleagues
from core.people import Audience
from governance.access import Source
from surveys.commands import LaunchSurvey, ShowResults
from surveys.disclosure.live import FEWEST
from surveys.messages import Results
from tests.attacks.hall import hall
from tests.journeys.town import CTO, example


@pytest.mark.parametrize("key", ["weekly-pulse", "staff-priorities"])
async def test_live_figures_are_there_before_anybody_comes_in(key: str, tmp_path: Path) -> None:
    async with hall(tmp_path, staff=260) as town:
        [pulse] = [one for one in example().surveys if one.key == key]
        launched = LaunchSurvey(
            wave_id=uuid4(),
            survey=pulse,
            audience=Audience(),
            opens_at=None,
            closes_at=town.clock() + timedelta(days=4),
        )
        await town.core.dispatch.by_itself(launched, Source.OPERATOR)
        async with Colleagues(town.core, pace=0.001).at_work():
            shown = await town.ask(CTO, ShowResults(wave_id=launched.wave_id))
        assert isinstance(shown, Results)
        [district] = [cell for table in shown.results.tables for cell in table.cells]
        assert district.n is not None
        assert district.n >= FEWEST
        assert district.questions
