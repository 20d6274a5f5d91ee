"""Nobody is asked too often, the author knows how many are spared, and nobody who they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core.people import Audience, Level, Role
from surveys.commands import CheckLaunch, LaunchSurvey, OpenWave
from surveys.messages import LaunchChecked, PanelReach, Rejected, WaveLaunched
from surveys.waves.launching import check
from surveys.waves.limiting import AskingLimit
from surveys.waves.pulsing import launch, open_wave
from surveys.waves.sampling import Rotation, Sample, Selection
from tests.surveys.store import NOON, WEEK, DictStore, person, survey

DAY = timedelta(days=1)
EVERYONE, TEACHERS = Audience(), Audience(roles=frozenset({Role.TEACHER}))


@pytest.fixture
def store() -> DictStore:
    return DictStore(
        [
            *(person() for _ in range(40)),
            *(person(Role.OFFICE, Level.MIDDLE, "east") for _ in range(20)),
        ]
    )


def a_launch(
    audience: Audience = EVERYONE,
    at: datetime = NOON,
    selection: Selection | None = None,
    despite: str | None = None,
) -> LaunchSurvey:
    return LaunchSurvey(
        wave_id=uuid4(),
        survey=survey(),
        audience=audience,
        opens_at=None,
        closes_at=at + WEEK,
        selection=selection,
        despite_limit=despite,
    )


def launched(store: DictStore, command: LaunchSurvey, at: datetime = NOON) -> PanelReach:
    said = launch(store, None, command, at)
    assert isinstance(said, WaveLaunched)
    assert said.reach is not None
    return said.reach


def checked(store: DictStore, command: LaunchSurvey, at: datetime = NOON) -> LaunchChecked:
    return check(store, store.people[0], CheckLaunch(launch=command), at)


def test_who_was_asked_twice_in_thirty_days_is_spared_the_third_time(store: DictStore) -> None:
    for day in (0, 10):
        assert launched(store, a_launch(TEACHERS, NOON + day * DAY), NOON + day * DAY).spared == 0
    third = a_launch(at=NOON + 20 * DAY)
    before = checked(store, third, NOON + 20 * DAY)
    reach = launched(store, third, NOON + 20 * DAY)
    assert (reach.audience, reach.people, reach.spared, reach.about) == (60, 20, 40, False)
    assert before.reach == reach
    assert {store.person(p).role for p in store.panel[third.wave_id]} == {Role.OFFICE}  # type: ignore[union-attr]
    # Thirty days after the first, its people are asked again.
    assert launched(store, a_launch(at=NOON + 30 * DAY), NOON + 30 * DAY).spared == 0


def test_a_panel_is_limited_when_it_is_frozen_not_when_it_is_planned(store: DictStore) -> None:
    planned = replace(a_launch(at=NOON + 5 * DAY), opens_at=NOON + 5 * DAY)
    assert launched(store, planned).spared == 0
    for day in (1, 2):
        launched(store, a_launch(TEACHERS, NOON + day * DAY), NOON + day * DAY)
    open_wave(store, OpenWave(wave_id=planned.wave_id), NOON + 5 * DAY)
    assert store.panel_size(planned.wave_id) == 20
    again = launch(store, None, planned, NOON + 5 * DAY)
    assert isinstance(again, WaveLaunched)
    assert again.people == 20


def test_a_district_without_a_limit_asks_everybody(store: DictStore) -> None:
    store.limit = None
    assert [launched(store, a_launch()).people for _ in range(4)] == [60] * 4


def test_a_districts_own_limit_counts(store: DictStore) -> None:
    store.limit = AskingLimit(surveys=1, days=7)
    launched(store, a_launch(TEACHERS))
    assert launched(store, a_launch(at=NOON + 6 * DAY), NOON + 6 * DAY).spared == 40


def test_only_with_a_reason_are_they_asked_all_the_same(store: DictStore) -> None:
    for _ in range(2):
        launched(store, a_launch())
    refused = launch(store, None, a_launch(despite="  "), NOON)
    assert isinstance(refused, Rejected)
    assert set(refused.unfit) == {"despite_limit"}
    command = a_launch(despite="The state asks for it by Friday.")
    reach = launched(store, command)
    assert (reach.people, reach.spared, reach.despite) == (60, 0, True)
    assert store.waves[command.wave_id].despite_limit == "The state asks for it by Friday."


def test_nobody_left_to_ask_is_said_before_the_launch(store: DictStore) -> None:
    for _ in range(2):
        launched(store, a_launch())
    said = checked(store, a_launch())
    assert "reached the survey limit" in said.unfit["audience"].why
    assert (said.reach.people, said.reach.spared) == (0, 60)


def test_a_sample_reaches_its_size_although_some_are_spared(store: DictStore) -> None:
    for _ in range(2):
        launched(store, a_launch(TEACHERS))
    command = a_launch(selection=Sample(people=12))
    reach = launched(store, command)
    assert (reach.audience, reach.people, reach.spared) == (60, 12, 40)
    kept = store.waves[command.wave_id].selection
    assert isinstance(kept, Sample)
    assert kept.seed is not None


@pytest.mark.usefixtures("real_launches")
def test_who_was_drawn_is_not_told_by_who_is_spared(store: DictStore) -> None:
    """Exact figures of two audiences that differ by one person would tell whether they were."""
    for _ in range(2):
        launched(store, a_launch(selection=Sample(people=31)))
    whole = checked(store, a_launch()).reach
    assert whole.about
    assert whole.spared is not None
    assert (whole.people % 5, whole.spared % 5) == (0, 0)
    for who in store.people[:20]:
        alone = replace(EVERYONE, except_people=frozenset({who.email}))
        one = Audience(people=frozenset({who.email}))
        said = checked(store, a_launch(one))
        assert (said.reach.people, said.reach.spared, set(said.unfit)) == (0, None, {"audience"})
        told = checked(store, a_launch(alone)).reach.spared
        assert told is not None
        assert told % 5 == 0
    assert {what.partition(":")[0] for _, what in store.ledger} == {"reach"}


def test_a_rotation_goes_on_with_the_next_group(store: DictStore) -> None:
    store.limit = None
    waves = [a_launch(selection=Rotation(groups=3))]
    launched(store, waves[0])
    for _ in range(2):
        following = replace(a_launch(selection=Rotation(groups=3)), continues=waves[-1].wave_id)
        reach = launched(store, following)
        assert (reach.people, reach.about) == (20, True)  # what a third is, not who it is
        waves.append(following)
    panels = [set(store.panel[one.wave_id]) for one in waves]
    assert sum(map(len, panels)) == 60
    assert set().union(*panels) == {one.id for one in store.people}


@pytest.mark.parametrize(
    ("selection", "audience"),
    [
        (Sample(people=19), EVERYONE),
        (Sample(people=61), EVERYONE),
        (Sample(share=1.5), EVERYONE),
        (Sample(share=0.01), EVERYONE),
        (Rotation(groups=1), EVERYONE),
        (Rotation(groups=53), EVERYONE),
        (
            Rotation(groups=5),
            Audience(roles=frozenset({Role.OFFICE}), levels=frozenset({Level.HIGH})),
        ),
        (Rotation(groups=3), TEACHERS),
    ],
)
@pytest.mark.usefixtures("real_launches")
def test_a_lot_that_cannot_be_drawn_says_why(
    store: DictStore, selection: Selection, audience: Audience
) -> None:
    rejected = launch(store, None, a_launch(audience, selection=selection), NOON)
    assert isinstance(rejected, Rejected)
    assert set(rejected.unfit) <= {"selection", "audience"}
    assert store.waves == {}


def test_a_rotation_keeps_its_audience_and_its_groups(store: DictStore) -> None:
    first = a_launch(selection=Rotation(groups=3))
    launched(store, first)
    for other in (
        a_launch(TEACHERS, selection=Rotation(groups=3)),
        a_launch(selection=Rotation(groups=4)),
    ):
        rejected = launch(store, None, replace(other, continues=first.wave_id), NOON)
        assert isinstance(rejected, Rejected)
    unknown = launch(store, None, replace(a_launch(), continues=uuid4()), NOON)
    assert isinstance(unknown, Rejected)
    assert set(unknown.unfit) == {"continues"}
