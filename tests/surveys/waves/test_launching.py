"""How many a survey has to ask, and which tables are worth their noise, before it is launched."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.people import Audience, Level, Role
from core.words import Words
from governance import wording
from surveys.commands import CheckLaunch, LaunchSurvey
from surveys.messages import Rejected, WaveLaunched
from surveys.survey import Dimension, Survey
from surveys.waves.launching import check
from surveys.waves.pulsing import launch
from surveys.waves.sampling import Rotation, Sample, Selection
from tests.surveys.store import NOON, WEEK, DictStore, person, survey

pytestmark = pytest.mark.usefixtures("real_launches")

BY_BUILDING = (Dimension.BUILDING,)
TOO_FEW = "Ask at least 20 people. With fewer, no result could be shown safely."


def schools(*sizes: int) -> DictStore:
    """One level each."""
    levels = [Level.ELEMENTARY, Level.MIDDLE, Level.HIGH]
    return DictStore(
        [
            person(Role.TEACHER, levels[at % 3], f"school-{at}")
            for at, size in enumerate(sizes)
            for _ in range(size)
        ]
    )


def a_launch(asks: Survey | None = None, selection: Selection | None = None) -> LaunchSurvey:
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=asks or survey(),
        audience=Audience(),
        opens_at=None,
        closes_at=NOON + WEEK,
        reminders=(),
        selection=selection,
    )


def refused(store: DictStore, command: LaunchSurvey) -> dict[str, str]:
    """Why, as the form is told and as the launch is; empty where it is launched."""
    foreseen = check(store, None, CheckLaunch(launch=command), NOON).unfit
    said = launch(store, None, command, NOON)
    assert isinstance(said, WaveLaunched if not foreseen else Rejected)
    if isinstance(said, Rejected):
        assert said.unfit == foreseen
        assert command.wave_id not in store.waves
    return {field: wording.unfit(Words(), why) for field, why in foreseen.items()}


def test_nineteen_people_are_too_few_and_twenty_are_not() -> None:
    assert refused(schools(19), a_launch()) == {"audience": TOO_FEW}
    assert refused(schools(20), a_launch()) == {}


def test_a_lot_draws_twenty() -> None:
    store = schools(100)
    assert refused(store, a_launch(selection=Sample(people=19))) == {
        "selection": "Draw at least 20 people."
    }
    assert refused(store, a_launch(selection=Sample(people=20))) == {}
    few = refused(store, a_launch(selection=Rotation(groups=6)))
    assert few == {"selection": "The audience is too small for 6 groups. Use fewer groups."}
    assert refused(store, a_launch(selection=Rotation(groups=5))) == {}


def test_of_a_small_audience_a_lot_is_told_the_same() -> None:
    """That more could be drawn would be no help."""
    assert refused(schools(19), a_launch(selection=Sample(share=0.5))) == {"audience": TOO_FEW}


def test_people_who_are_skipped_are_not_asked() -> None:
    store = schools(21)
    for _ in range(2):
        assert refused(store, a_launch()) == {}
    store.people += [person() for _ in range(19)]
    assert refused(store, a_launch()) == {"audience": TOO_FEW}


def test_a_table_that_is_mostly_noise_is_refused_with_what_to_choose_instead() -> None:
    store = schools(*(100 for _ in range(12)))
    assert refused(store, a_launch(survey(BY_BUILDING))) == {}
    store = schools(*(40 for _ in range(12)))
    assert refused(store, a_launch(survey(BY_BUILDING))) == {
        "tables": "Results for each building would mostly be off by about 9 points. Choose "
        "results for each level instead."
    }
    assert refused(store, a_launch(survey((Dimension.LEVEL,)))) == {}


def test_where_no_coarser_table_would_do_it_is_to_be_left_out() -> None:
    assert refused(schools(20, 20, 20), a_launch(survey(BY_BUILDING))) == {
        "tables": "Results for each building would mostly be off by about 20 points. Leave them "
        "out."
    }


def test_a_sample_makes_the_groups_smaller() -> None:
    store = schools(*(200 for _ in range(12)))
    assert refused(store, a_launch(survey(BY_BUILDING))) == {}
    tenth = a_launch(survey(BY_BUILDING), Sample(share=0.1))
    assert "each building" in refused(store, tenth)["tables"]
